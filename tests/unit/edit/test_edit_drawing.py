"""After any change the drawing passes what the library's own drawing must pass."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn import edit
from tests.unit.edit.checker import BANDS, Picture
from tests.unit.edit.conftest import NESTED, PERMIT, SMALL, read

PERMIT_PICTURE = Picture(PERMIT)
NODES = sorted(i for i in PERMIT_PICTURE.shapes if PERMIT_PICTURE.kind(i) not in BANDS)
FLOWS = sorted(PERMIT_PICTURE.edges)
LANES = sorted(i for i in PERMIT_PICTURE.shapes if PERMIT_PICTURE.kind(i) == "lane")
LONG = "Een aanvraag met een erg lange naam die veel ruimte vraagt"


def right(source):
    assert Picture(source).faults() == {}
    read(source)


def attempt(operation, source, *arguments):
    """The changed file; the same one when the change is refused."""
    try:
        return operation(source, *arguments)
    except edit.Refused:
        return source


def test_the_checker_finds_nothing_where_nothing_is_wrong():
    right(PERMIT)
    right(SMALL)
    right(NESTED)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b'x="1360" y="820"', b'x="1290" y="820"', "overlaps"),
        (b'x="1360" y="820"', b'x="1360" y="600"', "outside"),
        (b'<di:waypoint x="2730" y="490"/>', b'<di:waypoint x="2735" y="491"/>', "crooked"),
        (b'<di:waypoint x="2872" y="705"/>', b'<di:waypoint x="2860" y="705"/>', "loose"),
        (b'<dc:Bounds x="2785" y="590"', b'<dc:Bounds x="2785" y="605"', "hidden_labels"),
        (b'bpmnElement="Flow_Gepubliceerd"', b'bpmnElement="Flow_Gereed"', "undrawn"),
    ],
)
def test_the_checker_sees_what_is_wrong(old, new, fault):
    assert PERMIT.count(old) == 1
    assert fault in Picture(PERMIT.replace(old, new)).faults()


@pytest.mark.parametrize("after", NODES)
def test_a_step_behind_any_step(after):
    for kind in ("userTask", "exclusiveGateway", "endEvent"):
        right(attempt(edit.add_step, PERMIT, after, kind, "Nog eens bekijken"))


@pytest.mark.parametrize("flow", FLOWS)
def test_a_step_in_any_flow_and_a_name_on_it(flow):
    begin = PERMIT_PICTURE.elements[flow].get("sourceRef")
    right(attempt(edit.add_step, PERMIT, begin, "serviceTask", "Nieuw", flow))
    right(edit.rename(PERMIT, flow, LONG))
    right(edit.delete(PERMIT, flow))


@pytest.mark.parametrize("id_", NODES)
def test_any_step_renamed_moved_or_deleted(id_):
    right(attempt(edit.delete, PERMIT, id_))
    right(edit.rename(PERMIT, id_, LONG))
    for lane in LANES:
        right(attempt(edit.move_to_lane, PERMIT, id_, lane))


names = st.sampled_from(["", "x", "Is het goed genoeg?", LONG])
places = st.integers(0, 999)
changes = st.lists(st.tuples(st.sampled_from("aaaiilcdr"), places, places, names), min_size=1, max_size=8)
KINDS = sorted(edit.KINDS_TO_ADD)


def change(source, what, one, other, name):
    picture = Picture(source)
    nodes = sorted(i for i in picture.shapes if picture.kind(i) not in BANDS)
    lanes = sorted(i for i in picture.shapes if picture.kind(i) == "lane")
    flows = sorted(picture.flows)
    node, target, kind = nodes[one % len(nodes)], nodes[other % len(nodes)], KINDS[other % len(KINDS)]
    if what == "i" and flows:
        flow = flows[one % len(flows)]
        return attempt(edit.add_step, source, picture.elements[flow].get("sourceRef"), kind, name, flow)
    if what == "l" and lanes:
        return attempt(edit.move_to_lane, source, node, lanes[other % len(lanes)])
    if what == "c":
        return attempt(edit.connect, source, node, target, None, name)
    if what == "d":
        return attempt(edit.delete, source, node)
    if what == "r":
        return attempt(edit.rename, source, [*nodes, *flows][one % (len(nodes) + len(flows))], name)
    return attempt(edit.add_step, source, node, kind, name)


@settings(max_examples=25, deadline=None)
@given(source=st.sampled_from([PERMIT, SMALL, NESTED]), made=changes)
def test_one_change_after_another(source, made):
    for each in made:
        source = change(source, *each)
        right(source)


def test_what_is_to_the_right_moves_on_and_frames_grow():
    after = Picture(edit.add_step(PERMIT, "Task_Besluitbrief", "userTask", "Lezen"))
    grown = after.shapes["Pool_Gemeente"].width - PERMIT_PICTURE.shapes["Pool_Gemeente"].width
    assert grown > 100
    assert after.shapes["Behandeling"].width == PERMIT_PICTURE.shapes["Behandeling"].width + grown
    assert after.shapes["End_Verleend"].x == PERMIT_PICTURE.shapes["End_Verleend"].x + grown
    assert after.shapes["Task_Besluitbrief"] == PERMIT_PICTURE.shapes["Task_Besluitbrief"]


def test_a_long_flow_takes_a_step_without_moving_anything():
    after = Picture(edit.add_step(PERMIT, "Event_Aanvultermijn", "messageCatchEvent", "Wacht", "Flow_TermijnVoorbij"))
    assert {i: b for i, b in after.shapes.items() if i in PERMIT_PICTURE.shapes} == PERMIT_PICTURE.shapes


def test_what_was_drawn_otherwise_before_stays():
    crooked = PERMIT.replace(b'<di:waypoint x="2730" y="490"/>', b'<di:waypoint x="2740" y="495"/>')
    after = Picture(edit.add_step(crooked, "Start_Aanvraag", "userTask", "Lezen"))
    assert set(after.faults()) == {"crooked"}
    assert after.crooked() == ["Flow_Geweigerd"]


def test_a_step_deep_inside_makes_room_in_every_frame_around_it():
    before, after = Picture(NESTED), Picture(edit.add_step(NESTED, "IT", "userTask", "Nog een"))
    grown = {i: after.shapes[i].width - before.shapes[i].width for i in ("Binnen", "Buiten", "P1", "P2")}
    assert min(grown.values()) == max(grown.values()) > 100
    right(edit.add_step(NESTED, "IT", "userTask", "Nog een"))


def test_a_message_flow_and_a_note_stay_at_their_step():
    after = Picture(edit.add_step(NESTED, "S", "userTask", "Eerst"))
    moved = after.shapes["A"].x - 230
    assert moved > 100
    assert after.edges["AS"][0] == (282 + moved, 220)
    assert after.edges["M1"][0] == (280 + moved, 300)


def test_a_step_from_a_boundary_event_on_top_goes_up_and_below_goes_down():
    top = Picture(edit.add_step(PERMIT, "Boundary_Intrekking", "userTask", "Bellen"))
    low = Picture(edit.add_step(SMALL, "B", "userTask", "Bellen"))
    (up,) = (b for i, b in top.shapes.items() if i.startswith("Activity_"))
    (down,) = (b for i, b in low.shapes.items() if i.startswith("Activity_"))
    assert up.bottom < top.shapes["Behandeling"].y
    assert down.y > low.shapes["A"].bottom


def test_a_big_drawing_takes_a_step():
    source = SMALL
    step = "A"
    for n in range(30):
        source = edit.add_step(source, step, "userTask", f"Stap {n}")
    assert Picture(edit.add_step(source, "G", "userTask", "Nog een")).faults() == {}
