"""Steps are added where they were asked, renamed, equipped and moved; all else stays as it stands."""

import pytest
from lxml import etree

from bpmn import edit, readers
from tests.unit.edit.conftest import added, element, read


def test_a_step_comes_into_the_only_way_out(small):
    after = edit.add_step(small, "A", "userTask", "Controleren")
    step, flow = added(small, after)
    process = read(after)
    assert (process.nodes[step].kind, process.nodes[step].name) == ("userTask", "Controleren")
    assert [(f.id, f.target) for f in process.nodes["A"].outgoing] == [("F2", step)]
    assert [(f.id, f.target) for f in process.nodes[step].outgoing] == [(flow, "G")]
    assert element(after, step).find(".//{*}userTask") is not None


def test_a_step_in_a_chosen_flow_keeps_its_condition_before_it(small):
    after = edit.add_step(small, "G", "manualTask", "Brief halen", "F4")
    step, flow = added(small, after)
    process = read(after)
    no = next(f for f in process.nodes["G"].outgoing if f.id == "F4")
    assert (no.target, no.name, no.condition.text) == (step, "nee", 'akkoord = "nee"')
    assert [(f.id, f.target, f.condition) for f in process.nodes[step].outgoing] == [(flow, "E2", None)]
    assert process.nodes["G"].default == "F3"


@pytest.mark.parametrize(
    ("after", "kind"), [("G", "userTask"), ("G", "endEvent"), ("B", "userTask"), ("B", "endEvent")]
)
def test_a_new_branch_and_a_first_way_out(small, after, kind):
    changed = edit.add_step(small, after, kind, "Verder")
    step, flow = added(small, changed)
    process, old = read(changed), read(small)
    assert [f.id for f in process.nodes[after].outgoing] == [*(f.id for f in old.nodes[after].outgoing), flow]
    assert process.nodes[after].outgoing[-1].target == step


def test_behind_a_join_a_step_comes_into_the_way_on(permit):
    changed = edit.add_step(permit, "Gateway_Behandelen", "userTask", "Lezen")
    step, _ = added(permit, changed)
    assert [f.target for f in read(changed).nodes["Gateway_Behandelen"].outgoing] == [step]


@pytest.mark.parametrize(
    ("kind", "tag", "trigger", "prefix"),
    [
        ("timerCatchEvent", "intermediateCatchEvent", "timer", "Event_"),
        ("messageCatchEvent", "intermediateCatchEvent", "message", "Event_"),
        ("parallelGateway", "parallelGateway", None, "Gateway_"),
        ("businessRuleTask", "businessRuleTask", None, "Activity_"),
    ],
)
def test_kinds_and_ids_are_those_of_a_modeller(small, kind, tag, trigger, prefix):
    changed = edit.add_step(small, "S", kind, "")
    ids = added(small, changed)
    (step,) = (i for i in ids if i.startswith(prefix))
    assert len(step) == len(prefix) + 7
    assert any(i.startswith("Flow_") for i in ids)
    node = read(changed).nodes[step]
    assert (node.kind, node.name, [t.kind for t in node.triggers]) == (tag, None, [trigger] if trigger else [])
    assert edit.add_step(small, "S", kind, "") == changed


def test_a_new_step_stands_in_the_lane_of_the_one_before(permit):
    changed = edit.add_step(permit, "Task_Advies", "userTask", "Advies lezen")
    (step,) = (i for i in added(permit, changed) if i.startswith("Activity_"))
    lanes = [e.getparent().get("id") for e in etree.fromstring(changed).iter("{*}flowNodeRef") if e.text == step]
    assert lanes == ["Lane_adviseur"]


def test_all_else_stays_as_it_stands(small):
    changed = edit.rename(small, "A", "Bekijken").decode()
    before = small.decode().replace(" />", "/>").splitlines()
    lines = [pair for pair in zip(before, changed.splitlines(), strict=True) if pair[0] != pair[1]]
    assert lines == [
        ('    <bpmn:userTask id="A" name="Beoordelen">', '    <bpmn:userTask id="A" name="Bekijken">'),
    ]
    assert "<!-- blijft staan -->" in edit.add_step(small, "A", "userTask", "x").decode()


def test_new_lines_stand_as_the_others(small):
    lines = edit.add_step(small, "A", "userTask", "x").decode().splitlines()
    start = next(n for n, line in enumerate(lines) if 'name="x"' in line)
    assert [len(line) - len(line.lstrip()) for line in lines[start : start + 7]] == [4, 6, 8, 6, 6, 6, 4]
    assert not [line for line in lines if line.count("<") > 2]


def test_names_lose_the_space_around_them_and_can_go(small):
    assert element(edit.rename(small, "A", "  Twee \n  woorden "), "A").get("name") == "Twee woorden"
    bare = edit.rename(small, "G", "")
    assert element(bare, "G").get("name") is None
    assert etree.fromstring(bare).xpath("//*[@bpmnElement='G']/*[local-name()='BPMNLabel']") == []


@pytest.mark.parametrize("id_", ["Lane_adviseur", "Pool_Gemeente", "evenementenvergunning", "Flow_Volledig"])
def test_lanes_pools_processes_and_flows_have_names_too(permit, id_):
    root = etree.fromstring(edit.rename(permit, id_, "Anders"))
    assert "Anders" in root.xpath("//*[@id=$id]/@name", id=id_)


def test_forms_are_given_changed_and_taken(small):
    given = edit.set_form(small, "A", "aanvraag")
    assert read(given).nodes["A"].work.form == "aanvraag"
    assert read(edit.set_form(given, "A", "besluit")).nodes["A"].work.form == "besluit"
    taken = edit.set_form(given, "A", None)
    assert read(taken).nodes["A"].work.form is None
    assert element(taken, "A").find("{*}extensionElements") is None
    assert edit.set_form(small, "A", None) == edit.set_form(small, "A", "")


def test_a_start_keeps_its_own_extensions_beside_another_form(permit):
    changed = edit.set_form(permit, "Start_Aanvraag", "advies")
    start = read(changed).nodes["Start_Aanvraag"]
    assert (start.work.form, [d.tag for d in start.declared]) == ("advies", ["formPoint"])


def test_a_step_moves_to_another_lane_with_what_hangs_on_it(permit):
    changed = edit.move_to_lane(permit, "Task_Advies", "Lane_behandelaar")
    nodes = read(changed).nodes
    assert nodes["Task_Advies"].lane == nodes["Boundary_Adviestermijn"].lane == "Lane_behandelaar"
    refs = [e.text for e in etree.fromstring(changed).iter("{*}flowNodeRef")]
    assert len(refs) == len(set(refs))


def test_a_process_without_a_drawing_is_changed_as_well():
    source = (
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><startEvent id="s"/>'
        b'<sequenceFlow id="f" sourceRef="s" targetRef="e"/><endEvent id="e"/></process></definitions>'
    )
    changed = edit.add_step(source, "s", "userTask", "Lezen")
    process = readers.read(changed)[0][0]
    assert [f.target for f in process.nodes["s"].outgoing] == [i for i in added(source, changed) if i[0] == "A"]
    assert b"BPMNShape" not in changed
    assert read(edit.delete(changed, added(source, changed)[0])).nodes["s"].outgoing[0].target == "e"
