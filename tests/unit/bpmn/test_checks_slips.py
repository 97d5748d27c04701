"""Rules about what runs otherwise than meant: timers, messages, boundary events, calls, names, drawing."""

import pytest

from bpmn import checks, forms, readers
from bpmn.model import Finding, Process

XML = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    ' xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI">'
)
TOP = (
    '<message id="m" name="antwoord"/><message id="k" name="antwoord"><extensionElements>'
    '<zeebe:subscription correlationKey="=zaaknummer"/></extensionElements></message>'
    '<message id="own" name="=&quot;a&quot; + zaaknummer"/><error id="x" errorCode="X"/>'
)
CATCH = '<intermediateCatchEvent id="t" name="t">{}</intermediateCatchEvent>'
TIMER = "<timerEventDefinition><{0}>{1}</{0}></timerEventDefinition>"


def flow(source: str, target: str, condition: str = "") -> str:
    inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'


def chain(*ids: str) -> str:
    return "".join(flow(one, other) for one, other in zip(ids, ids[1:], strict=False))


def drawn(body: str, id: str = "p") -> Process:
    source = f'{XML}{TOP}<process id="{id}" isExecutable="true"><startEvent id="s"/><endEvent id="e"/>{body}'
    return readers.read(f"{source}</process></definitions>".encode())[0][0]


def found(process: Process, *known: object) -> list[Finding]:
    return [one for one in checks.run((process,), *known) if one.code != "not-drawn"]


def codes(process: Process, *known: object) -> list[tuple[str, str, str]]:
    return [(one.code, one.severity, one.element) for one in found(process, *known)]


def caught(inner: str) -> Process:
    return drawn(CATCH.format(inner) + chain("s", "t", "e"))


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("timeDuration", "PT30D", "timer-wrong"),
        ("timeDuration", "P2H", "timer-wrong"),
        ("timeDuration", "14 dagen", "timer-wrong"),
        ("timeDate", "31-01-2027", "timer-wrong"),
        ("timeCycle", "R/P0D", "timer-wrong"),
        ("timeCycle", "R0/PT1H", "timer-wrong"),
        ("timeCycle", "0 0 9 * * ?", "timer-wrong"),
        ("timeDuration", "P15M", "duration-suspicious"),
        ("timeDuration", "P1M14D", "duration-suspicious"),
        ("timeDuration", "P0D", "duration-suspicious"),
        ("timeDuration", "-P1D", "duration-suspicious"),
        ("timeDuration", "P99Y", "duration-suspicious"),
        ("timeDuration", "=duration(&quot;PT30D&quot;)", "duration-suspicious"),
        ("timeDuration", "=duration(&quot;P30M&quot;)", "duration-suspicious"),
        ("timeDate", "2027-01-31T09:00:00+01:00", "fixed-date"),
        ("timeCycle", "R3/PT1H", "cycle-fires-once"),
    ],
)
def test_a_timer_that_is_likely_a_slip(kind: str, text: str, code: str) -> None:
    severity = "error" if code == "timer-wrong" else "warning"
    assert codes(caught(TIMER.format(kind, text))) == [(code, severity, "t")]


@pytest.mark.parametrize("text", ["P14D", "P6W", "P3M", "P1Y", "PT15M", "P1DT12H", "=termijn", "PT48H", "P5M", "P10Y"])
def test_a_duration_that_is_meant(text: str) -> None:
    assert codes(caught(TIMER.format("timeDuration", text))) == []


def test_a_process_may_begin_once_on_a_day() -> None:
    begin = '<startEvent id="s2">' + TIMER.format("timeDate", "2027-01-31T09:00:00") + "</startEvent>"
    assert codes(drawn(begin + chain("s", "e") + flow("s2", "e"))) == []


def test_a_slip_names_what_was_meant() -> None:
    (one,) = found(caught(TIMER.format("timeDuration", "PT30D")))
    assert "Bedoelt u P30D?" in one.nl and "Did you mean P30D?" in one.en


def test_a_cycle_of_seconds() -> None:
    event = (
        f'<boundaryEvent id="b" name="b" attachedToRef="t" cancelActivity="false">{{}}</boundaryEvent>{flow("b", "e")}'
    )
    task = '<task id="t" name="t"/>' + chain("s", "t", "e")
    hasty = drawn(task + event.format(TIMER.format("timeCycle", "R/PT10S")))
    assert codes(hasty) == [("cycle-too-fast", "warning", "b")]
    assert codes(drawn(task + event.format(TIMER.format("timeCycle", "R/PT1M")))) == []


def test_a_message_in_the_middle_needs_a_key() -> None:
    event = '<messageEventDefinition messageRef="{}"/>'
    assert codes(caught(event.format("m"))) == [("no-correlation-key", "warning", "t")]
    assert codes(caught(event.format("k"))) == [] == codes(caught(event.format("own")))
    start = '<startEvent id="s2">' + event.format("m") + "</startEvent>"
    assert codes(drawn(start + chain("s", "e") + flow("s2", "e"))) == []


def test_a_boundary_event_leads_on_and_catches_alone() -> None:
    task = '<task id="t" name="t"/>' + chain("s", "t", "e")
    event = '<boundaryEvent id="{0}" name="{0}" attachedToRef="t"><errorEventDefinition {1}/></boundaryEvent>'
    one, other = event.format("b1", ""), event.format("b2", "")
    assert codes(drawn(task + one)) == [("boundary-leads-nowhere", "warning", "b1")]
    both = drawn(task + one + other + flow("b1", "e") + flow("b2", "e"))
    assert codes(both) == [("caught-twice", "warning", "b2")]
    apart = drawn(task + one + event.format("b2", 'errorRef="x"') + flow("b1", "e") + flow("b2", "e"))
    assert codes(apart) == []


def test_flows_into_what_begins_by_itself() -> None:
    task = '<task id="t" name="t"/>' + chain("s", "t", "e")
    event = '<boundaryEvent id="b" name="b" attachedToRef="t"><errorEventDefinition/></boundaryEvent>' + flow("b", "e")
    assert ("wrong-flow", "error", "b") in codes(drawn(task + event + flow("t", "b")))
    handler = '<task id="h" name="h" isForCompensation="true"/>'
    assert ("wrong-flow", "error", "h") in codes(drawn(task + handler + flow("t", "h")))


def test_a_circle_that_nothing_leads_to_is_told_once() -> None:
    lost = (
        '<task id="a" name="a"/><task id="b" name="b"/><task id="c" name="c"/>' + chain("a", "b", "a") + flow("b", "c")
    )
    assert codes(drawn(chain("s", "e") + lost)) == [("unreachable", "warning", "a")]
    alone = '<task id="a" name="a"/><task id="b" name="b"/>' + chain("a", "b", "e")
    assert codes(drawn(chain("s", "e") + alone)) == [("unreachable", "warning", "a")]


def test_a_link_that_nobody_throws_is_not_reached() -> None:
    link = '<intermediateCatchEvent id="l" name="l"><linkEventDefinition name="L"/></intermediateCatchEvent>'
    throw = '<intermediateThrowEvent id="w" name="w"><linkEventDefinition name="L"/></intermediateThrowEvent>'
    assert codes(drawn(link + chain("s", "e") + flow("l", "e"))) == [("unreachable", "warning", "l")]
    assert codes(drawn(link + throw + flow("s", "w") + flow("l", "e"))) == []


def called(id: str, other: str, way_past: bool) -> Process:
    call = f'<callActivity id="{id}c" name="c"><extensionElements><zeebe:calledElement processId="{other}"/>'
    call += "</extensionElements></callActivity>"
    past = '<exclusiveGateway id="x" name="x" default="x_e"/>' + flow("s", "x") + flow("x", "e")
    way = past + flow("x", f"{id}c", "=more") if way_past else flow("s", f"{id}c")
    return drawn(call + way + flow(f"{id}c", "e"), id)


def test_processes_that_call_each_other_for_ever() -> None:
    def circles(*processes: Process) -> list[tuple[str, str]]:
        return [(one.severity, one.element) for one in checks.run(processes) if one.code == "call-cycle"]

    assert circles(called("p", "p", False)) == [("error", "pc")]
    assert circles(called("p", "p", True)) == [("warning", "pc")]
    assert circles(called("p", "q", False), called("q", "p", False)) == [("error", "pc"), ("error", "qc")]
    assert circles(called("p", "q", False), called("q", "p", True)) == [("warning", "pc"), ("warning", "qc")]
    assert circles(called("p", "q", False), called("q", "r", False)) == []


def test_an_error_that_nothing_catches() -> None:
    def lost(*processes: Process) -> list[str]:
        return [one.element for one in checks.run(processes) if one.code == "nobody-catches"]

    wrong = '<endEvent id="w"><errorEventDefinition errorRef="x"/></endEvent>'
    assert lost(drawn(wrong + flow("s", "w"))) == ["w"]
    around = f'<subProcess id="k" name="k"><startEvent id="s1"/>{wrong}{flow("s1", "w")}</subProcess>' + chain("s", "k")
    event = '<boundaryEvent id="b" name="b" attachedToRef="k"><errorEventDefinition {}/></boundaryEvent>' + flow(
        "b", "e"
    )
    assert lost(drawn(around)) == ["w"]
    assert lost(drawn(around + event.format(""))) == [] == lost(drawn(around + event.format('errorRef="x"')))
    begin = '<startEvent id="s1"><errorEventDefinition/></startEvent>'
    inside = f'<subProcess id="k" triggeredByEvent="true">{begin}{{}}</subProcess>'
    assert lost(drawn(inside.format(wrong + flow("s1", "w")))) == ["w"]
    assert lost(drawn(inside.format('<endEvent id="e1"/>' + flow("s1", "e1")) + wrong + flow("s", "w"))) == []
    assert lost(called("p", "q", False), drawn(wrong + flow("s", "w"), "q")) == []


def test_names_that_people_read() -> None:
    body = '<userTask id="t"/><task id="u"/><exclusiveGateway id="x"/>' + chain("s", "t", "u", "x", "e")
    assert codes(drawn(body)) == [("no-name", "warning", "t"), ("no-name", "info", "u")]
    split = body + '<endEvent id="e2"/>' + flow("x", "e2", "=no")
    assert ("no-name", "info", "x") in codes(drawn(split))


def test_a_lane_with_an_unknown_element() -> None:
    lanes = (
        '<laneSet id="ls"><lane id="l" name="Balie"><flowNodeRef>s</flowNodeRef><flowNodeRef>zz</flowNodeRef></lane>'
    )
    (one,) = found(drawn(lanes + "</laneSet>" + chain("s", "e")))
    assert (one.code, one.element) == ("unknown-in-lane", "l") and "'zz'" in one.nl


def test_what_is_not_drawn() -> None:
    source = (
        f'{XML}<process id="p" isExecutable="true"><startEvent id="s"/><endEvent id="e"/>{flow("s", "e")}</process>'
    )
    shape = '<di:BPMNDiagram><di:BPMNPlane bpmnElement="p">{}</di:BPMNPlane></di:BPMNDiagram></definitions>'
    shapes = [f'<di:BPMNShape bpmnElement="{id}"/>' for id in "se"]
    for number, expected in ((2, []), (1, ["e"]), (0, ["p"])):
        process = readers.read((source + shape.format("".join(shapes[:number]))).encode())[0][0]
        assert [one.element for one in checks.run((process,)) if one.code == "not-drawn"] == expected


FORM = b"""{"schemaVersion": 16, "type": "default", "id": "f", "components": [
  {"type": "number", "key": "bedrag", "label": "Bedrag", "id": "a"},
  {"type": "checkbox", "key": "akkoord", "label": "Akkoord", "id": "b"}]}"""


def decided(condition: str, start: str = '<zeebe:formDefinition formId="f"/>') -> list[tuple[str, str, str]]:
    form = forms.read(FORM)[0]
    source = (
        f'{XML}<process id="p" isExecutable="true"><startEvent id="s"><extensionElements>{start}</extensionElements>'
    )
    source += '</startEvent><exclusiveGateway id="x" name="x" default="x_e"/><endEvent id="e"/><endEvent id="e2"/>'
    source += f"{flow('s', 'x')}{flow('x', 'e')}{flow('x', 'e2', condition)}</process></definitions>"
    return codes(readers.read(source.encode())[0][0], {}, {"f": form})


def test_a_name_that_nothing_fills_is_an_advice_when_everything_is_known() -> None:
    assert decided("=bedrag &gt; 100 and akkoord") == []
    assert decided("=korting = 3") == [("feel-unfilled-name", "info", "x_e2")]
    assert decided("=korting = 3", "<zeebe:userTask/>") == []


def test_a_field_is_used_as_what_the_form_gives() -> None:
    assert decided('="100" = bedrag') == [("feel-type", "warning", "x_e2")]
    assert decided("=akkoord &gt; 3") == [("feel-type", "warning", "x_e2")]
    assert decided("=bedrag = null or akkoord = true") == []
