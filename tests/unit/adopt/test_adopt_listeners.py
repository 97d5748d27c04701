"""Listeners of other engines become steps where the flow allows it, and are told where it does not."""

import pytest

from tests.unit.adopt.adopting import adopted, codes, file, finding, line, process

TASK = '<userTask id="a"/><userTask id="b"/>'
LISTENER = '<extensionElements><camunda:executionListener event="{0}" class="a.B"/></extensionElements>'


@pytest.mark.parametrize("kind", ["parallelGateway", "inclusiveGateway"])
def test_a_listener_before_a_join_is_a_step_behind_the_join(kind):
    joins = (
        f'<{kind} id="g">{LISTENER.format("start")}</{kind}>{TASK}<userTask id="c"/>'
        '<sequenceFlow id="f1" sourceRef="a" targetRef="g"/><sequenceFlow id="f2" sourceRef="b" targetRef="g"/>'
        '<sequenceFlow id="f3" sourceRef="g" targetRef="c"/>'
    )
    nodes = process(adopted(file(joins))).nodes
    (join,) = [n for n in nodes.values() if n.kind == kind and n.id != "g"]
    step = nodes[join.outgoing[0].target]
    assert join.incoming == ("f1", "f2") and step.name == "B" and [f.target for f in step.outgoing] == ["g"]


@pytest.mark.parametrize(
    "content",
    [
        f'<complexGateway id="g">{LISTENER.format("start")}</complexGateway>{TASK}'
        '<sequenceFlow id="f1" sourceRef="a" targetRef="g"/><sequenceFlow id="f2" sourceRef="b" targetRef="g"/>',
        f'{TASK}<userTask id="c" isForCompensation="true">{LISTENER.format("end")}</userTask>',
        f'{TASK}<userTask id="c">{LISTENER.format("update")}</userTask>',
        f'{TASK}<sequenceFlow id="f1" sourceRef="a" targetRef="weg">{LISTENER.format("take")}</sequenceFlow>',
        f'{TASK}<eventBasedGateway id="g">{LISTENER.format("end")}</eventBasedGateway>',
        f'<exclusiveGateway id="g">{LISTENER.format("end")}</exclusiveGateway>{TASK}'
        '<sequenceFlow id="f1" sourceRef="g" targetRef="a"/><sequenceFlow id="f2" sourceRef="g" targetRef="b"/>',
        f'{TASK}<intermediateThrowEvent id="g"><linkEventDefinition name="x"/></intermediateThrowEvent>'
        f'<intermediateCatchEvent id="c">{LISTENER.format("start")}'
        '<linkEventDefinition name="x"/></intermediateCatchEvent>',
        f'{TASK}<adHocSubProcess id="h"><userTask id="c">{LISTENER.format("start")}</userTask></adHocSubProcess>',
        f'{TASK}<textAnnotation id="g">{LISTENER.format("start")}</textAnnotation>',
    ],
)
def test_a_listener_that_no_step_can_stand_for_is_told(content):
    found = adopted(file(content))
    assert finding(found, "listener-left").line == 1 and found.translated < found.total


def test_listeners_in_one_place_keep_their_order():
    listener = '<camunda:executionListener event="{0}" class="a.{1}"/>'
    both = "".join(listener.format(event, f"{event}{n}") for event in ("start", "end") for n in (1, 2))
    nodes = process(
        adopted(file(line(f'<userTask id="t"><extensionElements>{both}</extensionElements></userTask>')))
    ).nodes
    names, at = [], nodes["start"]
    while at.outgoing:
        at = nodes[at.outgoing[0].target]
        names.append(at.name or at.id)
    assert names == ["Start1", "Start2", "t", "End1", "End2", "end"]


def test_listeners_of_a_process_stand_behind_its_start_and_before_its_end():
    both = "".join(f'<camunda:executionListener event="{each}" class="a.{each}"/>' for each in ("start", "end"))
    source = file(f"<extensionElements>{both}</extensionElements>" + line('<userTask id="t"/>'))
    found = adopted(source)
    nodes = process(found).nodes
    names, at = [], nodes["start"]
    while at.outgoing:
        at = nodes[at.outgoing[0].target]
        names.append(at.name or at.id)
    assert names == ["Start", "t", "End", "end"] and codes(found, "warning") == ["implement-me", "implement-me"]
