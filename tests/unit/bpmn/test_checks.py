"""The rules before publishing: each finds its fault, names element and line, and says in two languages what to do."""

from dataclasses import replace
from typing import Any

import pytest

from bpmn import checks, readers
from bpmn.model import Expression, Finding, Process, Trigger

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    ' xmlns:plus1="http://plus-1.nl/schema/bpmn/1.0"><message id="m"/><process id="p" isExecutable="true">\n'
)
TASK = '<startEvent id="s"/><userTask id="a">{}</userTask><endEvent id="e"/>{}'
FLOWS = '<sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="e"/>'


def run(processes: tuple[Process, ...], *known: Any) -> tuple[Finding, ...]:
    """What the rules say, names and drawing aside."""
    return tuple(f for f in checks.run(processes, *known) if f.code not in ("no-name", "not-drawn"))


def drawn(body: str) -> Process:
    return readers.read(f"{HEAD}{body}</process></definitions>".encode())[0][0]


def task(inner: str = "", more: str = "") -> Process:
    return drawn(TASK.format(inner, FLOWS + more))


def ext(inner: str) -> str:
    return f"<extensionElements>{inner}</extensionElements>"


def flow(source: str, target: str, condition: str = "") -> str:
    inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'


def test_a_sound_process_has_no_findings() -> None:
    assert run((task(),), {}, {}) == ()


NAME = Expression("betaald", feel=False)
LOOP = '<multiInstanceLoopCharacteristics isSequential="true"/>'
GATE = '<startEvent id="s"/><exclusiveGateway id="x"/><endEvent id="e"/>'
EVENT_GATE = '<startEvent id="s"/><eventBasedGateway id="g"/><userTask id="a"/><endEvent id="e"/>'
INPUT = ext('<zeebe:ioMapping><zeebe:input source="{}" target="fee"/></zeebe:ioMapping>')
PARAMETER = ext('<plus1:parameter id="fee"/>')


@pytest.mark.parametrize(
    ("body", "code", "severity", "element"),
    [
        (TASK.format(LOOP, FLOWS), "unsupported", "error", "a"),
        (EVENT_GATE + flow("s", "g") + flow("g", "a") + flow("a", "e"), "unsupported", "error", "g"),
        (TASK.format("", FLOWS) + '<boundaryEvent id="b" attachedToRef="a"/>', "unsupported", "error", "b"),
        (TASK.format("", FLOWS) + '<subProcess id="k" triggeredByEvent="true"/>', "unsupported", "error", "k"),
        (
            '<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent><endEvent id="e"/>'
            + flow("s", "e"),
            "unsupported",
            "error",
            "s",
        ),
        (GATE.replace('id="x"', 'id="x" default="zz"') + flow("s", "x"), "unknown-default", "error", "x"),
        (TASK.format(ext('<plus1:fourEyes other="zz"/>'), FLOWS), "unknown-four-eyes", "error", "a"),
        (
            '<startEvent id="s"/>' + flow("s", "t")
            + '<intermediateThrowEvent id="t"><linkEventDefinition name="L"/></intermediateThrowEvent>',
            "unknown-link",
            "error",
            "t",
        ),
        (
            '<startEvent id="s"/>' + flow("s", "e")
            + '<endEvent id="e"><compensateEventDefinition activityRef="zz"/></endEvent>',
            "unknown-activity",
            "error",
            "e",
        ),
        ('<startEvent id="s"/><receiveTask id="a"/>' + flow("s", "a"), "receives-nothing", "error", "a"),
        ('<startEvent id="s"/><receiveTask id="a" messageRef="m"/>' + flow("s", "a"), "receives-nothing", "error", "a"),
        ('<userTask id="a"/>', "no-start", "error", "p"),
        ('<startEvent id="s"/><task id="a"/><task id="b"/>' + flow("s", "a") + flow("a", "b") + flow("b", "a"),
         "no-end", "error", "p"),
        (TASK.format("", FLOWS) + flow("a", "s"), "wrong-flow", "error", "s"),
        (TASK.format("", FLOWS) + '<task id="lost"/>', "unreachable", "warning", "lost"),
        (GATE + flow("s", "x") + flow("x", "e", "=a +"), "feel-syntax", "error", "xe"),
        (GATE + flow("s", "x") + flow("x", "e", "yes"), "condition-no-expression", "error", "xe"),
        (GATE + flow("s", "x") + flow("x", "e", "=ok"), "no-default-flow", "warning", "x"),
        (GATE + flow("s", "x") + flow("x", "e", "=ok") + '<endEvent id="e2"/>' + flow("x", "e2"),
         "always-taken", "warning", "xe2"),
        (GATE.replace("exclusive", "parallel") + flow("s", "x") + flow("x", "e", "=ok"),
         "condition-ignored", "warning", "xe"),
        (TASK.format(ext('<zeebe:formDefinition formId="f"/>'), FLOWS), "unknown-form", "error", "a"),
        (
            '<startEvent id="s"/><businessRuleTask id="a">'
            + ext('<zeebe:calledDecision decisionId="d" resultVariable="r"/>')
            + "</businessRuleTask>"
            + flow("s", "a"),
            "unknown-decision",
            "error",
            "a",
        ),
        (PARAMETER + TASK.format(INPUT.format("=1"), FLOWS), "parameter-hidden", "error", "a"),
        (
            TASK.format(INPUT.format("=date(&quot;2027-01-01&quot;) + duration(&quot;P6W&quot;)"), FLOWS),
            "weeks-in-expression",
            "error",
            "a",
        ),
    ],
)  # fmt: skip
def test_every_fault_is_found(body: str, code: str, severity: str, element: str) -> None:
    found = [f for f in run((drawn(body),), {}, {}) if f.code == code]
    assert [(f.severity, f.element) for f in found] == [(severity, element)]
    assert found[0].line == 2 if element != "p" else found[0].line == 1
    assert found[0].nl.endswith(".") and found[0].en.endswith(".") and found[0].nl != found[0].en


def test_a_receive_task_of_another_engine_may_be_completed_by_a_call() -> None:
    body = '<startEvent id="s"/><receiveTask id="a"/><endEvent id="e"/>' + flow("s", "a") + flow("a", "e")
    other = HEAD.replace("http://camunda.org/schema/zeebe/1.0", "http://camunda.org/schema/1.0/bpmn")
    other = other.replace(' xmlns:plus1="http://plus-1.nl/schema/bpmn/1.0"', "")
    process = readers.read(f"{other}{body}</process></definitions>".encode())[0][0]
    assert [f.code for f in run((process,), {}, {}) if f.severity == "error"] == []
    named = drawn(body.replace('id="a"/>', 'id="a" messageRef="m"/>', 1))
    named = replace(named, nodes={**named.nodes, "a": replace(named.nodes["a"], triggers=(Trigger("message", NAME),))})
    assert [f.code for f in run((named,), {}, {})] == ["no-correlation-key"]


def test_unknown_names_are_not_guessed_at() -> None:
    process = task(ext('<zeebe:formDefinition formId="f"/>'))
    assert run((process,)) == () and run((process,), {}, {"f": object()}) == ()


def test_weeks_name_the_days_to_write() -> None:
    process = task(INPUT.format("=duration(&quot;P6W&quot;)"))
    assert '"P42D"' in run((process,))[0].en


def test_ids_are_unique_in_a_package() -> None:
    found = run((task(), replace(task(), id="q")))
    assert {f.code for f in found} == {"duplicate-id"} and {"s", "a", "e", "f1", "f2"} <= {f.element for f in found}


def test_the_number_of_nodes_is_bounded() -> None:
    chain = "".join(f'<task id="t{i}"/>' + flow(f"t{i}", f"t{i + 1}") for i in range(2000))
    process = drawn('<startEvent id="s"/>' + flow("s", "t0") + chain + '<endEvent id="t2000"/>')
    assert [f.code for f in run((process,))] == ["too-many-nodes"]


def test_the_number_of_inclusive_joins_is_bounded() -> None:
    gates = "".join(
        f'<inclusiveGateway id="t{i}"/>' + flow(f"t{i}", f"t{i + 1}") + flow(f"u{i}", f"t{i}") for i in range(150)
    )
    tasks = "".join(f'<task id="u{i}"/>' + flow("s", f"u{i}") for i in range(150))
    process = drawn('<startEvent id="s"/>' + gates + tasks + '<endEvent id="t150"/>' + flow("s", "t0"))
    assert [f.code for f in run((process,))] == ["too-many-joins"]


def test_a_join_that_mixes_several_firings_is_named() -> None:
    event = '<boundaryEvent id="b" attachedToRef="a" cancelActivity="false">{}</boundaryEvent>'
    rest = '<parallelGateway id="i"/><parallelGateway id="j"/><task id="t"/><endEvent id="e2"/>'
    rest += flow("b", "i") + flow("i", "j") + flow("i", "t") + flow("t", "j") + flow("j", "e2")
    cycle = "<timerEventDefinition><timeCycle>R/PT1H</timeCycle></timerEventDefinition>"
    once = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
    found = [[f.code for f in run((task("", event.format(t) + rest),))] for t in (cycle, once)]
    assert found == [["join-after-repeated-event"], []]


def test_a_mere_drawing_is_named() -> None:
    assert [f.code for f in run((replace(task(), executable=False),))] == ["not-executable"]


def test_joins_that_wait_for_each_other_are_named() -> None:
    gates = '<startEvent id="s"/><inclusiveGateway id="i"/><inclusiveGateway id="j"/><endEvent id="e"/>'
    lines = flow("s", "i") + flow("i", "j") + flow("j", "i", "=again") + flow("j", "e", "=not(again)")
    one = drawn(gates + lines)
    assert "joins-wait-for-each-other" not in [f.code for f in run((one,))]
    both = drawn(gates.replace("<endEvent", '<task id="t"/><endEvent') + lines + flow("i", "t") + flow("t", "j"))
    assert "joins-wait-for-each-other" in [f.code for f in run((both,))]


def test_what_can_only_be_null_is_a_warning_with_its_place() -> None:
    mapping = '<zeebe:ioMapping><zeebe:input source="=suum(x)" target="t"/></zeebe:ioMapping>'
    process = drawn(TASK.format(ext(mapping), FLOWS))
    (found,) = run((process,))
    assert (found.code, found.severity, found.element) == ("feel-unknown-function", "warning", "a")
    assert "Bedoelt u `sum`?" in found.nl and "Did you mean `sum`?" in found.en


def test_a_condition_that_gives_a_number_is_a_warning() -> None:
    flows = flow("s", "x") + flow("x", "e", "=1 + 2")
    found = [f for f in run((drawn(GATE + flows),)) if f.code == "condition-no-boolean"]
    assert [(f.severity, f.element) for f in found] == [("warning", "xe")] and "number" in found[0].en


def test_a_name_like_one_that_is_filled_is_likely_misspelt() -> None:
    mappings = (
        '<zeebe:ioMapping><zeebe:input source="=bedrga + vreemd + tarief2" target="bedrag"/>'
        '<zeebe:output source="=1" target="tarief1"/></zeebe:ioMapping>'
    )
    process = drawn(TASK.format(ext(mappings), FLOWS))
    (found,) = [f for f in run((process,), {}, {}) if f.code == "feel-unknown-name"]
    assert "`bedrag`" in found.nl and found.element == "a" and found.severity == "warning"
    assert not [f for f in run((process,)) if f.code == "feel-unknown-name"]
