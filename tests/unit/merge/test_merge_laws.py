"""Laws of merging: one side alone is taken to the byte, disjoint changes come together, nothing ever dangles."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bpmn import checks, package
from bpmn.merge import merge
from tests.unit.merge.conftest import FILES, PROCESS, SUBJECTS

QUICK = settings(max_examples=30, deadline=None)
subjects = st.sets(st.sampled_from(sorted(SUBJECTS)), max_size=6)


def apply(names):
    found = FILES
    for name in sorted(names):
        found = SUBJECTS[name](found)
    return found


def parts(path, content):
    """What a file says, wherever it says it: order between neighbours is a matter of its own."""
    if path.endswith((".bpmn", ".dmn")):
        return sorted(
            (e.getparent().get("id", "") if e.getparent() is not None else "", str(e.tag), *said(e))
            for e in etree.fromstring(content).iter()
        )
    return msgspec.json.decode(content) if path.endswith(".json") else content.split()


def said(e):
    return sorted(e.attrib.items()) if isinstance(e.tag, str) else [], (e.text or "").strip()


@QUICK
@given(one=subjects, other=subjects)
def test_a_side_that_changed_nothing_leaves_the_other_as_it_is(one, other):
    base, changed = apply(one), apply(one | other)
    assert merge(base, base, changed, {}).files == changed
    assert merge(base, changed, base, {}).files == changed
    assert merge(base, changed, changed, {}).files == changed


@QUICK
@given(one=subjects, other=subjects)
def test_disjoint_changes_come_together_whoever_is_mine(one, other):
    merged = merge(FILES, apply(one), apply(other - one), {})
    swapped = merge(FILES, apply(other - one), apply(one), {})
    assert merged.conflicts == swapped.conflicts == ()
    both = apply(one | other)
    assert {p: parts(p, c) for p, c in merged.files.items()} == {p: parts(p, c) for p, c in both.items()}
    assert package.content_hash(merged.files) == package.content_hash(swapped.files)


@QUICK
@given(one=subjects, other=subjects)
def test_two_valid_versions_merge_to_a_valid_one(one, other):
    merged = merge(FILES, apply(one), apply(other), {})
    found, findings = package.read(merged.files)
    assert merged.conflicts == ()
    findings += checks.run([*found.processes.values()], found.decisions, found.forms)
    assert [f for f in findings if f.severity == "error"] == []


def delete(id_):
    def change(root):
        for e in root.xpath(f"//*[@id='{id_}' or @bpmnElement='{id_}' or text()='{id_}']"):
            e.getparent().remove(e)
        for e in root.xpath(f"//*[@sourceRef='{id_}' or @targetRef='{id_}' or @attachedToRef='{id_}']"):
            delete(e.get("id"))(root)

    return change


def connect(source, target):
    def change(root):
        where = root.xpath(f"//*[@id='{source}']")
        if where and root.xpath(f"//*[@id='{target}']") and not root.xpath(f"//*[@id='Flow_{source}_{target}']"):
            name = f"Flow_{source}_{target}"
            tag = "{http://www.omg.org/spec/BPMN/20100524/MODEL}sequenceFlow"
            where[0].addnext(etree.Element(tag, id=name, sourceRef=source, targetRef=target))

    return change


def rename(id_, name):
    return lambda root: [e.set("name", name) for e in root.xpath(f"//*[@id='{id_}']")]


INSIDE = ["Task_Schouw", "Task_Advies", "Gateway_Risico", "Task_Voorbereiden", "Task_Besluiten", "Gateway_Akkoord"]
nodes = st.sampled_from(INSIDE)
wild = st.lists(
    st.one_of(
        nodes.map(delete),
        st.builds(connect, nodes, nodes),
        st.builds(rename, nodes, st.sampled_from(["Een", "Twee"])),
    ),
    max_size=4,
)


def wildly(changes):
    root = etree.fromstring(FILES[PROCESS])
    for change in changes:
        change(root)
    return {**FILES, PROCESS: etree.tostring(root)}


@settings(max_examples=60, deadline=None)
@given(one=wild, other=wild, answers=st.lists(st.sampled_from(["mine", "theirs"]), min_size=1))
def test_whatever_is_decided_nothing_dangles_and_nothing_stays_open(one, other, answers):
    mine, theirs = wildly(one), wildly(other)
    merged, decisions = merge(FILES, mine, theirs, {}), {}
    while merged.conflicts and len(decisions) < 50:
        decisions |= {c.id: answers[n % len(answers)] for n, c in enumerate(merged.conflicts)}
        merged = merge(FILES, mine, theirs, decisions)
    assert merged.conflicts == ()
    root = etree.fromstring(merged.files[PROCESS])
    ids = set(root.xpath("//@id"))
    named = set(root.xpath("//@sourceRef|//@targetRef|//@attachedToRef|//@bpmnElement"))
    texts = {e.text for e in root.iter("{*}incoming", "{*}outgoing", "{*}flowNodeRef")}
    assert (named | texts) - ids == set()
    assert len(named) > 10
    lanes = [e.text for e in root.iter("{*}flowNodeRef")]
    assert len(lanes) == len(set(lanes))
    for flow in root.iter("{*}sequenceFlow"):
        for end, kind in (("sourceRef", "outgoing"), ("targetRef", "incoming")):
            holders = root.xpath(f"//*[local-name()='{kind}'][text()='{flow.get('id')}']/..")
            assert {h.get("id") for h in holders} <= {flow.get(end)}


@QUICK
@given(one=wild, other=wild)
def test_conflicts_are_the_same_seen_from_the_other_side(one, other):
    mine, theirs = wildly(one), wildly(other)
    found = merge(FILES, mine, theirs, {}).conflicts
    swapped = merge(FILES, theirs, mine, {}).conflicts
    assert sorted((c.id, c.mine, c.theirs) for c in found) == sorted((c.id, c.theirs, c.mine) for c in swapped)
