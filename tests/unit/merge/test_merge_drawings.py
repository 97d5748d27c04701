"""Two who both add steps get one drawing in which nothing lies on anything; places are no question for people."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn import edit
from bpmn.merge import merge
from tests.unit.edit.checker import Picture
from tests.unit.edit.conftest import NESTED, PERMIT, SMALL, read
from tests.unit.merge.conftest import PROCESS, replace

names = st.sampled_from(["Lezen", "Is het goed?", "Bellen"])
changes = st.lists(st.tuples(st.sampled_from("iiard"), st.integers(0, 999), names), max_size=3)


def changed(source, made):
    for what, number, name in made:
        picture = Picture(source)
        flows, nodes = sorted(picture.flows), sorted(i for i in picture.solid if picture.kind(i) != "textAnnotation")
        if not flows:  # all steps were taken away
            return source
        flow, node = flows[number % len(flows)], nodes[number % len(nodes)]
        try:
            if what == "i":
                source = edit.add_step(source, picture.elements[flow].get("sourceRef"), "userTask", name, flow)
            elif what == "a":
                source = edit.add_step(source, node, "userTask", name)
            else:
                source = edit.rename(source, node, name) if what == "r" else edit.delete(source, node)
        except edit.Refused:
            continue
    return source


@settings(max_examples=40, deadline=None)
@given(source=st.sampled_from([PERMIT, SMALL, NESTED]), one=changes, other=changes)
def test_two_changed_drawings_come_together(source, one, other):
    base, mine, theirs = ({PROCESS: s} for s in (source, changed(source, one), changed(source, other)))
    merged = merge(base, mine, theirs, {})
    assert [c for c in merged.conflicts if c.id.endswith(("@bounds", "@waypoints"))] == []
    if not merged.conflicts:
        assert Picture(merged.files[PROCESS]).faults() == {}
        read(merged.files[PROCESS])
        assert merge(base, theirs, mine, {}).files == merged.files


def test_two_steps_in_two_places_are_both_there_and_the_rest_moved_by_both():
    mine = edit.add_step(PERMIT, "Task_Besluitbrief", "userTask", "Lezen")
    theirs = edit.add_step(PERMIT, "Task_Ontvangstbevestiging", "userTask", "Bellen")
    merged = merge({PROCESS: PERMIT}, {PROCESS: mine}, {PROCESS: theirs}, {})
    assert merged.conflicts == ()
    pictures = [Picture(s) for s in (PERMIT, mine, theirs, merged.files[PROCESS])]
    places = [p.shapes["End_Verleend"].x for p in pictures]
    assert places[3] - places[0] == (places[1] - places[0]) + (places[2] - places[0])
    assert {pictures[3].elements[i].get("name") for i in set(pictures[3].shapes) - set(pictures[0].shapes)} == {
        "Lezen",
        "Bellen",
    }


def test_a_shape_that_both_moved_moves_by_both_and_its_flows_follow():
    old = '<dc:Bounds x="1360" y="820" width="100" height="80"/>'
    base = {PROCESS: PERMIT}
    mine = replace(PROCESS, old, old.replace("1360", "1370"))(base)
    theirs = replace(PROCESS, old, old.replace("820", "830"))(base)
    merged = merge(base, mine, theirs, {})
    picture = Picture(merged.files[PROCESS])
    assert merged.conflicts == ()
    assert (picture.shapes["Task_Schouw"].x, picture.shapes["Task_Schouw"].y) == (1370, 830)
    parts = {i for side in (mine, theirs) for i, _ in Picture(side[PROCESS]).loose()}
    assert {i for i, _ in picture.loose()} <= parts


def test_a_drawing_with_words_for_numbers_merges():
    base = {PROCESS: SMALL.replace(b'x="240" y="80"', b'x="a" y="80"')}
    mine = {PROCESS: base[PROCESS].replace(b'x="a" y="80"', b'x="b" y="80"')}
    theirs = {PROCESS: base[PROCESS].replace(b'x="a" y="80"', b'x="c" y="80"')}
    assert b'x="b" y="80"' in merge(base, mine, theirs, {}).files[PROCESS]
    assert merge(base, mine, theirs, {}).files == merge(base, theirs, mine, {}).files
