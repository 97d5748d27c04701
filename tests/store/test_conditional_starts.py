"""A condition begins cases: over parameters and the time, on the edge from false to true, per municipality."""

import pytest

from engine.domain.caller import system
from engine.domain.errors import ModelRefused
from engine.usecases import start_on_time as starting
from engine.usecases.change_override import ChangeOverride, change_override
from tests.store.test_scheduled_starts import HEAD, Stage, everyone, stage
from tests.store.test_timers import local

__all__ = ["stage"]

CONDITION = (
    HEAD.replace("timerEventDefinition", "conditionalEventDefinition")
    .replace("<{tag}>", "<condition>")
    .replace("</{tag}>", "</condition>")
)
OPEN = (
    '<plus1:parameter id="open" name="Open" type="boolean" default="false"/>'
    '<plus1:valuePoint id="vp-open" parameter="open" owner="municipality"/>'
)


def conditional(condition: str, extension: str = OPEN) -> dict[str, bytes]:
    return {"process.bpmn": CONDITION.format(id="wekelijks", value=condition, extension=extension).encode()}


def test_a_condition_begins_a_case_when_it_becomes_true_and_not_while_it_stays_so(stage: Stage) -> None:
    stage.publish(conditional('=today() &gt;= date("2027-03-01")'))
    stage.work(local("2027-02-28T23:50"))
    assert stage.cases() == everyone(0)
    for moment in ("2027-03-01T00:06", "2027-03-01T00:12", "2027-03-02T09:00"):
        stage.work(local(moment))
        assert stage.cases() == everyone(1)
    assert len(stage.ask("Utrecht", "select id from job where kind = 'schedule'")) == 1, "looks do not pile up"


def test_a_municipality_opens_by_its_own_choice(stage: Stage) -> None:
    stage.publish(conditional("=open"))

    def choose(value: bool, revision: int) -> None:
        choice = {"point": "vp-open", "value": value, "reason": "Proef"}
        with stage.transactions.of(stage.tenants["Emmen"]) as transaction:
            change_override(
                transaction, system(stage.tenants["Emmen"]), ChangeOverride("wekelijks", [choice], revision)
            )
        stage.work()

    choose(True, 0)
    assert stage.cases() == {"Plus-1": 0, "Utrecht": 0, "Emmen": 1}
    choose(True, 1)
    stage.work(stage.clock.now + 600_000)
    assert stage.cases()["Emmen"] == 1, "nothing became true"
    choose(False, 2)
    choose(True, 3)
    assert stage.cases() == {"Plus-1": 0, "Utrecht": 0, "Emmen": 2}


def test_a_look_whose_worker_dies_is_made_again_and_begins_one_case(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as dying:
        dying.setattr(starting, "begin", die)
        stage.publish(conditional("=true", ""))
    assert stage.cases() == everyone(0)
    stage.work(stage.clock.now + 10 * 60_000)
    stage.work(stage.clock.now + 10 * 60_000)
    assert stage.cases() == everyone(1)


def test_a_condition_that_needs_a_case_is_refused(stage: Stage) -> None:
    with pytest.raises(ModelRefused) as refused:
        stage.publish(conditional("=bedrag &gt; 5"))
    (problem,) = [one for one in refused.value.problems if one.code == "unsupported"]
    assert problem.at == "S" and "'bedrag'" in problem.nl and "parameter" in problem.en
