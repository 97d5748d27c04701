"""What files of other engines leave out is filled in; events, loops and flows mean the same as before."""

import pytest

from bpmn import adopt, readers
from bpmn.model import Expression
from tests.unit.adopt.adopting import adopted, codes, file, finding, line, node, process

TASK = '<userTask id="a"/><userTask id="b"/>'


def shown(expression: Expression | None):
    return (expression.text, expression.feel) if expression is not None else None


def test_missing_ids_are_given_and_prefixes_taken_away():
    found = adopted(file(f'<startEvent id="s"/>{TASK}<sequenceFlow sourceRef="s" targetRef="tns:a"/>'))
    (flow,) = process(found).nodes["s"].outgoing
    assert flow.id.startswith("Flow_") and flow.target == "a"
    assert {"id-given", "prefixed-reference"} <= set(codes(found))


def test_what_the_drawing_shows_follows_the_prefix():
    drawn = (
        '<x:BPMNDiagram xmlns:x="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC">'
        '<x:BPMNPlane bpmnElement="p">'
        '<x:BPMNShape id="d1" bpmnElement="tns:a"><dc:Bounds x="300" y="100" width="100" height="80"/></x:BPMNShape>'
        '<x:BPMNShape id="d2" bpmnElement="b"><dc:Bounds x="500" y="100" width="100" height="80"/></x:BPMNShape>'
        "</x:BPMNPlane></x:BPMNDiagram>"
    )
    source = file(f'{TASK}<sequenceFlow sourceRef="a" targetRef="b"/>').replace(
        b"</definitions>", f"{drawn}</definitions>".encode()
    )
    found = adopted(source)
    nodes = process(found).nodes
    (start,) = [n for n in nodes.values() if n.kind == "startEvent"]
    content = (found.content or b"").decode()
    for id_ in ("a", start.id, start.outgoing[0].id, nodes["a"].outgoing[0].id):
        assert f'bpmnElement="{id_}"' in content
    assert '<dc:Bounds x="214" y="122" width="36" height="36"' in content


def test_several_beginnings_get_one_start_event():
    found = adopted(file(TASK))
    (start,) = [n for n in process(found).nodes.values() if n.kind == "startEvent"]
    assert sorted(f.target for f in start.outgoing) == ["a", "b"] and "implicit-start" in codes(found)


def test_a_process_that_only_a_message_started_can_still_be_started_by_hand():
    content = (
        '<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent><userTask id="a"/>'
        '<sequenceFlow id="f" sourceRef="s" targetRef="a"/>'
    )
    found = adopted(file(content, '<message id="m" name="aanvraag"/>'))
    model = process(found)
    assert len(model.root.starts) == 1 and model.root.starts != ("s",) and "started-by-hand" in codes(found)
    assert "message-key" not in codes(found)


def test_an_event_sub_process_keeps_its_only_start():
    content = (
        '<userTask id="a"/><subProcess id="e" triggeredByEvent="true"><startEvent id="s">'
        "<errorEventDefinition/></startEvent></subProcess>"
    )
    assert [n.id for n in process(adopted(file(content))).nodes.values() if n.scope == "e"] == ["s"]


def test_references_without_a_definition_get_one():
    content = (
        '<userTask id="a"/><boundaryEvent id="v" attachedToRef="a">'
        '<errorEventDefinition errorRef="stuk"/></boundaryEvent>'
        '<intermediateThrowEvent id="t"><signalEventDefinition signalRef="klaar"/></intermediateThrowEvent>'
    )
    nodes = process(adopted(file(content))).nodes
    assert shown(nodes["v"].triggers[0].name) == ("stuk", False)
    assert shown(nodes["t"].triggers[0].name) == ("klaar", False)


def test_catchers_write_their_variables_and_an_end_ends_all():
    content = (
        '<userTask id="a"/><boundaryEvent id="v" attachedToRef="a">'
        '<errorEventDefinition camunda:errorCodeVariable="code" camunda:errorMessageVariable="tekst"/></boundaryEvent>'
        '<endEvent id="z"><terminateEventDefinition flowable:terminateAll="true"/></endEvent>'
    )
    found = adopted(file(content))
    nodes = process(found).nodes
    assert (nodes["v"].triggers[0].code_variable, nodes["v"].triggers[0].message_variable) == ("code", "tekst")
    assert nodes["z"].triggers[0].whole_process and (found.translated, found.total) == (3, 3)


def test_a_data_object_keeps_the_value_that_it_begins_with():
    content = (
        '<dataObject id="d" name="teller" itemSubjectRef="xsd:int"><extensionElements>'
        "<flowable:value>5</flowable:value></extensionElements></dataObject>"
    )
    assert process(adopted(file(content + TASK))).variables == {"teller": 5}


@pytest.mark.parametrize(
    ("event", "timer", "value"),
    [
        ("<timeDuration>P14D</timeDuration>", "duration", ("P14D", False)),
        ("<timeDuration>${termijn}</timeDuration>", "duration", ("termijn", True)),
        ("<timeDuration>PT${uren}H</timeDuration>", "duration", ('"PT" + string(uren) + "H"', True)),
        ("<timeDate>2027-01-31T09:00:00</timeDate>", "date", ("2027-01-31T09:00:00", False)),
        ("<timeCycle>R3/PT10H</timeCycle>", "cycle", ("R3/PT10H", False)),
    ],
)
def test_timers_mean_the_same(event, timer, value):
    content = line(
        f'<intermediateCatchEvent id="t"><timerEventDefinition>{event}</timerEventDefinition></intermediateCatchEvent>'
    )
    found = adopted(file(content))
    (trigger,) = process(found).nodes["t"].triggers
    assert (trigger.timer, shown(trigger.value)) == (timer, value) and codes(found, "error") == []


@pytest.mark.parametrize("cycle", ["0 0 12 * * ?", "elke dag"])
def test_a_time_that_nothing_here_knows_is_an_error(cycle):
    content = line(
        '<intermediateCatchEvent id="t"><timerEventDefinition>'
        f"<timeCycle>{cycle}</timeCycle></timerEventDefinition></intermediateCatchEvent>"
    )
    assert finding(adopted(file(content)), "timer-form").element == "t"


def test_names_of_messages_and_signals_are_worked_out():
    content = (
        '<intermediateCatchEvent id="t"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
        '<intermediateThrowEvent id="s">'
        '<signalEventDefinition camunda:signalExpression="${soort}"/></intermediateThrowEvent>'
    )
    found = adopted(file(content, '<message id="m" name="brief-${nr}"/>'))
    nodes = process(found).nodes
    assert shown(nodes["t"].triggers[0].name) == ('"brief-" + string(nr)', True)
    assert shown(nodes["s"].triggers[0].name) == ("soort", True)
    assert finding(found, "message-key").element == "t"


def test_a_message_that_is_sent_by_code_is_work_of_the_event():
    content = '<endEvent id="z"><messageEventDefinition camunda:type="external" camunda:topic="melding"/></endEvent>'
    event = node(file(TASK + content), "z")
    assert shown(event.work.type) == ("melding", False) and event.triggers == ()


def test_a_receive_task_without_a_message_waits_for_one_with_its_name():
    found = adopted(file('<receiveTask id="r" name="Wacht op advies"/>'))
    assert shown(process(found).nodes["r"].triggers[0].name) == ("Wacht op advies", False)
    assert codes(found, "warning") == ["message-made", "message-key"]


LOOP = (
    '<userTask id="t" camunda:assignee="${mensen[0]}">'
    '<multiInstanceLoopCharacteristics camunda:collection="mensen" camunda:elementVariable="mens">'
    "{0}</multiInstanceLoopCharacteristics>"
    "</userTask>"
)


def test_a_multi_instance_keeps_list_item_and_condition():
    condition = (
        "<completionCondition>${nrOfCompletedInstances/nrOfInstances >= 0.5 or loopCounter == 0}</completionCondition>"
    )
    task = node(file(line(LOOP.replace("{0}", condition.replace(">=", "&gt;=")))), "t")
    loop = task.loop
    assert loop is not None and (shown(loop.collection), loop.element) == (("mensen", True), "mens")
    assert shown(loop.condition) == (
        "((nrOfCompletedInstances / nrOfInstances) >= 0.5) or ((loopCounter - 1) = 0)",
        True,
    )
    assert shown(task.work.assignee) == ("mensen[1]", True)


def test_aggregation_and_index_of_flowable_are_kept():
    more = (
        '<extensionElements><flowable:variableAggregation target="adviezen">'
        '<variable source="advies" target="wat"/></flowable:variableAggregation></extensionElements>'
    )
    task = node(
        file(
            line(
                LOOP.replace("{0}", more).replace(
                    "camunda:collection", 'flowable:elementIndexVariable="i" camunda:collection'
                )
            )
        ),
        "t",
    )
    assert task.loop is not None and (task.loop.output, shown(task.loop.output_element)) == (
        "adviezen",
        ("{wat: advies}", True),
    )
    assert [(m.target, shown(m.source)) for m in task.inputs] == [("i", ("loopCounter - 1", True))]


def test_an_exclusive_flow_without_a_condition_is_the_default_only_when_it_comes_last():
    ways = (
        '<exclusiveGateway id="g"/><sequenceFlow id="f1" sourceRef="g" targetRef="{0}"/>'
        '<sequenceFlow id="f2" sourceRef="g" targetRef="{1}">{2}</sequenceFlow>'
    )
    condition = "<conditionExpression>${x}</conditionExpression>"
    first = adopted(file(TASK + ways.format("a", "b", condition)))
    assert process(first).nodes["g"].default is None and "always-taken" in codes(first)
    ways = ways.replace('targetRef="{0}"/>', 'targetRef="{0}">{2}</sequenceFlow>').replace(
        'targetRef="{1}">{2}</sequenceFlow>', 'targetRef="{1}"/>'
    )
    last = adopted(file(TASK + ways.format("a", "b", condition)))
    assert process(last).nodes["g"].default == "f2" and "made-default" in codes(last)


def test_inputs_of_a_call_come_before_what_it_passes():
    call = (
        '<callActivity id="t" calledElement="ander"><extensionElements><camunda:in source="tussen" target="x"/>'
        '<camunda:inputOutput><camunda:inputParameter name="tussen">${a}</camunda:inputParameter>'
        '<camunda:outputParameter name="z">${y}</camunda:outputParameter></camunda:inputOutput>'
        '<camunda:out source="q" target="y"/></extensionElements></callActivity>'
    )
    found = node(file(line(call)), "t")
    assert [m.target for m in found.inputs] == ["tussen", "x"] and [m.target for m in found.outputs] == ["y", "z"]


def test_the_resources_of_bpmn_assign_a_task():
    inner = "resourceAssignmentExpression"
    who = f"<{{0}}><{inner}><formalExpression>{{1}}</formalExpression></{inner}></{{0}}>"
    several = who.format("potentialOwner", "user(jan), group(balie), beheer")
    task = f'<userTask id="t">{who.format("humanPerformer", "${wie}")}{several}</userTask>'
    work = node(file(line(task)), "t").work
    assert shown(work.assignee) == ("wie", True)
    assert (shown(work.users), shown(work.groups)) == (("jan", False), ("balie,beheer", False))


def test_a_file_that_is_already_canonical_is_given_back_unchanged():
    once = adopted(file(line('<userTask id="t"/>'))).content or b""
    again = adopt.adopt("x.bpmn", once)
    assert again.content == once and again.share == 100 and codes(again) == ["already-canonical"]


def test_what_is_left_of_another_engine_in_a_canonical_file_is_brought_over():
    once = (adopted(file(line('<userTask id="t"/>'))).content or b"").decode()
    mixed = once.replace(
        "<userTask ", '<userTask xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:assignee="${jan}" '
    )
    assert shown(node(mixed.encode(), "t").work.assignee) == ("jan", True)


def test_the_reader_refuses_an_expression_that_could_not_be_translated():
    found = adopted(file(line('<userTask id="t" camunda:assignee="${bean.wie(x)}"/>')))
    _, said = readers.read(found.content or b"")
    assert [(f.code, f.element) for f in said if f.severity == "error"] == [("juel", "t")]
    assert (found.translated, found.total) == (0, 1)
