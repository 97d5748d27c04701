"""Flows are drawn, conditioned and deleted; what a deleted step stood between is joined."""

import pytest
from lxml import etree

from bpmn import edit
from tests.unit.edit.conftest import added, element, read


def test_a_flow_with_condition_and_name(small):
    changed = edit.connect(small, "G", "A", 'akkoord = "terug"', "terug")
    (flow,) = added(small, changed)
    found = read(changed).nodes["G"].outgoing[-1]
    assert (found.id, found.target, found.name, found.condition.text) == (flow, "A", "terug", 'akkoord = "terug"')
    assert found.condition.feel
    assert element(changed, flow)[0].attrib == {
        "{http://www.w3.org/2001/XMLSchema-instance}type": "bpmn:tFormalExpression"
    }
    assert read(changed).nodes["A"].incoming == ("F1", flow)


def test_conditions_are_changed_and_taken(small):
    assert read(edit.set_condition(small, "F4", "=x > 1")).nodes["G"].outgoing[1].condition.text == "x > 1"
    assert read(edit.set_condition(small, "F4", " x > 1 ")).nodes["G"].outgoing[1].condition.text == "x > 1"
    assert read(edit.set_condition(small, "F4", None)).nodes["G"].outgoing[1].condition is None
    assert read(edit.set_condition(small, "F3", "")).nodes["G"].default == "F3"


def test_the_default_flow_has_no_condition(small):
    changed = edit.set_default(small, "G", "F4")
    gateway = read(changed).nodes["G"]
    assert (gateway.default, [f.condition for f in gateway.outgoing]) == ("F4", [None, None])
    assert read(edit.set_default(small, "G", None)).nodes["G"].default is None


def test_a_deleted_flow_is_gone_everywhere(small):
    changed = edit.delete(small, "F3")
    assert b"F3" not in changed
    assert read(changed).nodes["G"].default is None


def test_a_deleted_step_joins_its_neighbours(small):
    changed = edit.delete(edit.connect(small, "B", "E2"), "A")
    process = read(changed)
    assert set(process.nodes) == {"klein", "S", "G", "E1", "E2"}
    assert [(f.id, f.target) for f in process.nodes["S"].outgoing] == [("F1", "G")]
    assert process.nodes["G"].incoming == ("F1",)
    root = etree.fromstring(changed)
    drawn = root.xpath("//@bpmnElement")
    assert sorted(drawn) == ["E1", "E2", "F1", "F3", "F4", "G", "S", "klein"]


def test_a_healed_flow_keeps_condition_and_default(small):
    longer = edit.add_step(small, "G", "userTask", "Tussen", "F3")
    (step,) = (i for i in added(small, longer) if i.startswith("Activity_"))
    shorter = read(edit.delete(longer, step)).nodes["G"]
    assert (shorter.default, [(f.id, f.target) for f in shorter.outgoing]) == ("F3", [("F3", "E1"), ("F4", "E2")])


def test_a_choice_with_several_ways_takes_its_flows_along(small):
    process = read(edit.delete(small, "G"))
    assert process.nodes["A"].outgoing == ()
    assert (process.nodes["E1"].incoming, process.nodes["E2"].incoming) == ((), ())


def test_a_join_of_choices_is_healed_and_one_that_waits_for_all_is_not(permit):
    healed = read(edit.delete(permit, "Gateway_Behandelen"))
    assert len(healed.nodes["Task_Risicoklasse"].incoming) == 2
    waiting = permit.replace(b'exclusiveGateway id="Gateway_Behandelen">', b'parallelGateway id="Gateway_Behandelen">')
    start = waiting.index(b'id="Gateway_Behandelen">')
    end = waiting.index(b"</exclusiveGateway>", start)
    waiting = waiting[:end] + b"</parallelGateway>" + waiting[end + len(b"</exclusiveGateway>") :]
    assert read(edit.delete(waiting, "Gateway_Behandelen")).nodes["Task_Risicoklasse"].incoming == ()


def test_a_sub_process_goes_with_all_that_stands_in_it(permit):
    changed = edit.delete(permit, "Behandeling")
    process = read(changed)
    assert "Task_Advies" not in process.nodes
    assert "Boundary_Intrekking" not in process.nodes
    assert [f.target for f in process.nodes["Start_Aanvraag"].outgoing] == ["Gateway_Uitkomst"]
    root = etree.fromstring(changed)
    ids = set(root.xpath("//@id"))
    assert set(root.xpath("//@bpmnElement")) <= ids
    assert {e.text for e in root.iter("{*}flowNodeRef", "{*}incoming", "{*}outgoing")} <= ids


@pytest.mark.parametrize("step", ["Event_Aanvulling", "Event_Aanvultermijn"])
def test_nothing_that_does_not_catch_comes_behind_an_event_gateway(permit, step):
    process = read(edit.delete(permit, step))
    kinds = {process.nodes[f.target].kind for f in process.nodes["Gateway_Wachten"].outgoing}
    assert kinds == {"intermediateCatchEvent"}
