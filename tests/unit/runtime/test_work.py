"""User tasks, jobs, decisions, scripts, called cases, mappings: what the host is asked to do, and with what."""

from decimal import Decimal
from typing import Any

import pytest

from bpmn import dmn, readers
from engine.domain import effects, events
from engine.runtime import Refused, compile_process
from tests.conformance.memory_host import EPOCH
from tests.unit.runtime.drawing import (
    boundary,
    element,
    end,
    error,
    extension,
    flows,
    mapping,
    process,
    start,
    sub,
    timer,
    user,
)
from tests.unit.runtime.playing import Play

ONE = flows("s>a a>e")
DECISION = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
<decision id="risk" name="risk"><variable name="risk"/>
<decisionTable hitPolicy="UNIQUE"><input id="i"><inputExpression><text>visitors</text></inputExpression></input>
<output id="o"/><rule id="low"><inputEntry><text>&lt; 500</text></inputEntry>
<outputEntry><text>"A"</text></outputEntry></rule>
<rule id="high"><inputEntry><text>&gt;= 500</text></inputEntry><outputEntry><text>"B"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


def opened(play: Play, kind: type) -> Any:
    return next(e for e in play.host.log if isinstance(e, kind))


def task(*inner: str, **attributes: str) -> str:
    return start() + user("a", extension(*inner), **attributes) + end() + ONE


def test_a_user_task_says_who_when_and_how_urgent() -> None:
    play = Play(
        task(
            '<zeebe:assignmentDefinition assignee="=who" candidateGroups="=groups" candidateUsers="x, y"/>',
            '<zeebe:taskSchedule dueDate="=due" followUpDate="P1D"/>',
            '<zeebe:priorityDefinition priority="=70 + 1"/><zeebe:formDefinition formId="f"/>',
            name="Check",
        ),
        who="ann",
        groups=["g1", "g2"],
        due="2026-09-21T12:00:00",
    )
    found = opened(play, effects.OpenTask)
    assert (found.name, found.assignee, found.groups, found.users) == ("Check", "ann", ("g1", "g2"), ("x", "y"))
    assert (found.priority, found.form, found.role) == (71, "f", None)
    assert found.due_at == 1_789_984_800_000  # noon in Amsterdam is 10:00 UTC in summer
    assert found.follow_up_at == EPOCH + 86_400_000


def test_the_role_of_the_lane_counts_when_nobody_is_assigned() -> None:
    lane = (
        '<laneSet id="ls"><lane id="L"><extensionElements>'
        '<plus1:role xmlns:plus1="http://plus-1.nl/schema/bpmn/1.0" id="clerk"/>'
        "</extensionElements><flowNodeRef>a</flowNodeRef></lane></laneSet>"
    )
    assert opened(Play(lane + task()), effects.OpenTask).role == "clerk"
    inner = lane.replace(">a<", ">q<") + start() + sub("q", start("s2") + user("a") + flows("s2>a")) + flows("s>q")
    assert opened(Play(inner), effects.OpenTask).role == "clerk"
    assigned = task('<zeebe:assignmentDefinition candidateGroups="g"/>')
    assert opened(Play(lane + assigned), effects.OpenTask).role is None


@pytest.mark.parametrize(("who", "code"), [(5, "wrong-type"), ({"a": 1}, "wrong-type")])
def test_an_assignee_that_is_no_text_is_an_incident(who: object, code: str) -> None:
    play = Play(task('<zeebe:assignmentDefinition assignee="=who"/>'), who=who)
    assert play.incidents == {"a": code} and play.set(who="ann").retry().open == "a"


def test_a_job_gets_its_inputs_and_leaves_only_its_outputs() -> None:
    inner = extension(
        '<zeebe:taskDefinition type="=kind" retries="3"/>',
        '<zeebe:taskHeaders><zeebe:header key="k" value="v"/></zeebe:taskHeaders>',
        mapping({"y": "=x + 1", "deep.in": "=x"}, {"z": "=y * 2", "all.r": "=r"}),
    )
    play = Play(
        start() + element("serviceTask", "a", inner) + user("u") + end() + flows("s>a a>u u>e"), x=1, kind="send"
    )
    job = opened(play, effects.OpenJob)
    assert (job.type, job.retries, dict(job.headers)) == ("send", 3, {"k": "v"})
    assert job.variables == {"y": 2, "deep": {"in": 1}}
    play.complete("a", q=5, r="ok")
    assert play.variables == {"x": 1, "kind": "send", "z": 4, "all": {"r": "ok"}}


def test_a_job_without_inputs_sees_the_inner_variable_before_the_outer() -> None:
    work = element("serviceTask", "a", extension('<zeebe:taskDefinition type="t"/>'))
    inner = sub("u", extension(mapping({"x": "=x + 1"})), start("us"), work, end("ue"), flows("us>a a>ue"))
    play = Play(start() + inner + end() + flows("s>u u>e"), x=1, y=3)
    assert opened(play, effects.OpenJob).variables == {"x": 2, "y": 3}


def test_an_output_into_a_context_keeps_the_rest_of_it() -> None:
    inner = extension(mapping(outputs={"case.status": '="done"'}))
    play = Play(start() + user("a", inner) + end() + ONE, case={"nr": 1, "status": "new"})
    assert play.complete("a").variables == {"case": {"nr": 1, "status": "done"}}


def test_numbers_stay_exact() -> None:
    inner = extension('<zeebe:script expression="=0.1 + fee" resultVariable="sum"/>')
    play = Play(
        start() + element("scriptTask", "a", inner) + user("u") + end() + flows("s>a a>u u>e"), fee=Decimal("0.20")
    )
    assert play.variables == {"fee": Decimal("0.20"), "sum": Decimal("0.30")} and b"0.30" in play.case.blob


def test_a_decision_is_worked_out_and_kept_in_history() -> None:
    model, findings = dmn.read(DECISION)
    assert model is not None and not findings
    inner = extension('<zeebe:calledDecision decisionId="risk" resultVariable="class"/>')
    content = start() + element("businessRuleTask", "a", inner) + user("u") + end() + flows("s>a a>u u>e")
    play = Play(content, decisions={"risk": model}, visitors=900)
    assert play.variables["class"] == "B"
    note = next(e for e in play.host.log if isinstance(e, effects.Note) and e.kind == "decision")
    assert note.data["rules"] == [["risk", ["high"]]] and note.data["inputs"] == {"visitors": 900}


def test_a_decision_that_two_rules_answer_is_an_incident() -> None:
    both = DECISION.replace(b"&gt;= 500", b"&gt;= 400")
    model, _ = dmn.read(both)
    assert model is not None
    inner = extension('<zeebe:calledDecision decisionId="risk" resultVariable="class"/>')
    content = start() + element("businessRuleTask", "a", inner) + user("u") + end() + flows("s>a a>u u>e")
    play = Play(content, decisions={"risk": model}, visitors=450)
    assert play.incidents == {"a": "decision-failed"} and "class" not in play.variables
    assert play.set(visitors=900).retry().variables["class"] == "B"


def test_an_unknown_decision_is_refused() -> None:
    inner = extension('<zeebe:calledDecision decisionId="gone" resultVariable="class"/>')
    drawn = process(start() + element("businessRuleTask", "a", inner) + end() + ONE)
    with pytest.raises(Refused) as refused:
        compile_process(readers.read(drawn.encode())[0][0], {})
    assert [(f.code, f.element, f.line) for f in refused.value.findings] == [("unknown-decision", "a", 1)]


CHILD = process(start("s9") + user("b") + end("e9") + flows("s9>b b>e9"), id="child")


def caller(*inner: str, flags: str = "") -> str:
    called = f'<zeebe:calledElement processId="child" {flags}/>'
    return start() + element("callActivity", "a", extension(called, *inner)) + user("u") + end() + flows("s>a a>u u>e")


def test_a_called_case_gets_and_gives_what_is_mapped() -> None:
    none = 'propagateAllParentVariables="false" propagateAllChildVariables="false"'
    play = Play(caller(mapping({"y": "=x"}, {"res": "=r"}), flags=none), also=CHILD, x=1)
    child = play.host.cases[2]
    assert child.state().root.vars == {"y": 1} and child.state().status == "child"
    play.host.complete(play.host.query_tasks("2")[0].id, {"r": 7, "o": 1})
    assert play.variables == {"x": 1, "res": 7} and play.open == "u"


def test_everything_may_go_down_and_up() -> None:
    play = Play(caller(), also=CHILD, x=1)
    play.host.complete(play.host.query_tasks("2")[0].id, {"r": 7})
    assert play.variables == {"x": 1, "r": 7}


def test_the_called_case_ends_with_its_caller() -> None:
    play = Play(caller() + boundary("t", "a", timer("PT1S")) + flows("t>u"), also=CHILD)
    assert play.host.instances() == 2 and play.wait_until(2_000).open == "u" and play.host.instances() == 1


def test_an_error_of_a_called_case_is_caught_at_the_call() -> None:
    raising = process(start("s9") + user("b") + end("e9", error()) + flows("s9>b b>e9"), id="child")
    play = Play(caller() + boundary("t", "a", error()) + flows("t>u"), also=raising)
    play.host.complete(play.host.query_tasks("2")[0].id, {"v": 1})
    assert play.open == "u" and play.count("t") == 1 and play.variables["v"] == 1 and play.host.instances() == 1


def test_a_retried_call_starts_a_fresh_case() -> None:
    raising = process(start("s9") + user("b") + end("e9", error()) + flows("s9>b b>e9"), id="child")
    play = Play(caller(), also=raising)
    play.host.complete(play.host.query_tasks("2")[0].id, {})
    assert play.incidents == {"a": "uncaught-error"}
    play.retry()
    assert play.open == "a" and play.host.ended("2") and not play.host.ended("3")


def test_a_retried_job_is_opened_anew() -> None:
    job = element("serviceTask", "a", extension('<zeebe:taskDefinition type="send"/>'))
    play = Play(start() + job + end() + ONE).raise_("a", "Q")
    assert play.incidents == {"a": "uncaught-error"} and play.retry().open == "a"
    assert sum(isinstance(e, effects.OpenJob) for e in play.host.log) == 2


def test_local_variables_end_with_their_scope() -> None:
    inner = extension(mapping({"local": "=1"})) + start("s2") + user("a") + end("e2") + flows("s2>a a>e2")
    play = Play(start() + sub("u", inner) + user("z") + end() + flows("s>u u>z z>e"), g=0)
    assert play.complete("a", local=5, g=1, n=2).variables == {"g": 1, "n": 2}


def test_an_administrator_corrects_a_variable() -> None:
    play = Play(start() + user("a") + end() + ONE, x=1).set(x=2)
    assert play.variables == {"x": 2}
    note = next(e for e in play.host.log if isinstance(e, effects.Note) and e.kind == "variables")
    assert note.data == {"x": 2}


def test_parameters_stand_behind_the_scopes_and_not_in_the_state() -> None:
    inner = extension('<zeebe:script expression="=fee * 2" resultVariable="total"/>')
    play = Play(start() + user("w") + element("scriptTask", "a", inner) + user("u") + end() + flows("s>w w>a a>u u>e"))
    play.case.definition = play.case.definition.bind({"fee": Decimal("12.50")}, seed="case-1")
    assert play.complete("w").variables == {"total": 25} and b"fee" not in play.case.blob


def test_the_end_event_that_was_reached_last_is_told() -> None:
    play = Play(start() + user("a") + end("e granted") + flows("s>a a>e{=no} a>granted{=not(no)}"), no=False)
    assert opened(play.complete("a"), effects.Completed).end == "granted"


def test_a_case_ends_from_outside() -> None:
    play = Play(start() + user("a") + boundary("b", "a", timer("PT1S")) + end() + ONE + flows("b>e"))
    play.do(events.Cancel())
    assert play.case.state().status == "cancelled" and not play.case.waits and not play.case.tasks
