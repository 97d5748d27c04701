"""The clock begins cases: for each municipality that uses the version in force, each firing once, whoever dies."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from engine.domain.caller import system
from engine.domain.errors import Invalid
from engine.settings import Settings
from engine.store import jobs, models
from engine.store.transaction import Transactions
from engine.usecases import start_on_time as starting
from engine.usecases.arrange_starts import arrange_starts
from engine.usecases.change_override import ChangeOverride, change_override
from engine.usecases.publish_model import PublishModel, publish_model
from engine.worker.run_one import claim_due, run_all, run_one
from tests.store.test_timers import local

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:plus1="http://plus-1.nl/schema/bpmn/1.0" id="d"'
    ' targetNamespace="http://plus-1.nl/test"><process id="{id}" isExecutable="true"><extensionElements>{extension}'
    '</extensionElements><startEvent id="S"><timerEventDefinition><{tag}>{value}</{tag}></timerEventDefinition>'
    '</startEvent><userTask id="A" name="A"/><endEvent id="E"/><sequenceFlow id="f" sourceRef="S" targetRef="A"/>'
    '<sequenceFlow id="g" sourceRef="A" targetRef="E"/></process></definitions>'
)
HAND = '<startEvent id="S"/>'
NINE, WEEK = local("2027-03-01T09:00"), "R/2027-03-01T09:00:00/P1W"


def model(value: str, tag: str = "timeCycle", id: str = "wekelijks", extension: str = "") -> dict[str, bytes]:
    return {"process.bpmn": HEAD.format(id=id, tag=tag, value=value, extension=extension).encode()}


class Stage:
    """The collective and two municipalities, a clock, and a worker."""

    def __init__(self, transactions: Transactions, clock: Any, tenants: dict[str, UUID]) -> None:
        self.transactions, self.clock, self.tenants = transactions, clock, tenants
        clock.now = local("2027-02-20T12:00")

    def publish(
        self, files: dict[str, bytes], semver: str = "1.0.0", by: str = "Plus-1", on: date | None = None
    ) -> Any:
        tenant = self.tenants[by]
        with self.transactions.of(tenant) as transaction:
            made = publish_model(transaction, system(tenant), PublishModel(files, semver, "test", on))
        self.work()
        return made

    def work(self, at: int | None = None) -> None:
        self.clock.now = self.clock.now if at is None else at
        while due := claim_due(self.transactions):
            run_all(self.transactions, Settings(), due)

    def ask(self, tenant: str, query: str) -> list[Any]:
        with self.transactions.of(self.tenants[tenant]) as transaction:
            return list(transaction.run(text(query)).scalars())

    def cases(self) -> dict[str, int]:
        query = "select id from instance"
        return {name: len(self.ask(name, query)) for name in self.tenants}

    def due(self, tenant: str) -> list[int]:
        query = "select due_at from job where kind = 'schedule' and state = 'ready' and node <> '' order by due_at"
        return [int(at.timestamp() * 1000) for at in self.ask(tenant, query)]


@pytest.fixture
def stage(transactions: Transactions, clock: Any, collective: UUID, utrecht: UUID, emmen: UUID) -> Iterator[Stage]:
    yield Stage(transactions, clock, {"Plus-1": collective, "Utrecht": utrecht, "Emmen": emmen})


def everyone(number: int) -> dict[str, int]:
    return {"Plus-1": 0, "Utrecht": number, "Emmen": number}


def test_a_cycle_begins_a_case_a_week_in_each_municipality_and_none_at_the_collective(stage: Stage) -> None:
    stage.publish(model(WEEK))
    assert stage.due("Utrecht") == stage.due("Emmen") == [NINE] and stage.due("Plus-1") == []
    stage.work(NINE - 1)
    assert stage.cases() == everyone(0)
    stage.work(NINE)
    stage.work(NINE + 1)
    assert stage.cases() == everyone(1) and stage.due("Emmen") == [local("2027-03-08T09:00")]
    stage.work(local("2027-03-08T09:00"))
    assert stage.cases() == everyone(2) and stage.ask("Utrecht", "select node from user_task") == ["A", "A"]
    numbers = stage.ask("Utrecht", "select business_key from instance") + stage.ask(
        "Emmen", "select business_key from instance"
    )
    assert len(set(numbers)) == 4


def test_missed_firings_begin_one_case_together(stage: Stage) -> None:
    stage.publish(model("R4/2027-03-01T09:00:00/P1W"))
    stage.work(local("2027-03-17T12:00"))
    assert stage.cases() == everyone(1) and stage.due("Utrecht") == [local("2027-03-22T09:00")]
    stage.work(local("2027-03-22T09:00"))
    assert stage.cases() == everyone(2) and stage.due("Utrecht") == []


@pytest.mark.parametrize(
    ("tag", "value", "due"),
    [
        ("timeDate", "2027-03-01T09:00:00", [NINE]),
        ("timeDuration", "P14D", [local("2027-03-06T12:00")]),
        ("timeDate", "2027-02-01T09:00:00", []),
        ("timeCycle", "R/2027-02-01T09:00:00/P1W", [local("2027-02-22T09:00")]),
        ("timeCycle", "R2/PT1H", [local("2027-02-20T13:00")]),
        ("timeDate", '=date and time(date("2027-03-01"), time("09:00:00"))', [NINE]),
    ],
)
def test_dates_and_durations_fire_once_and_what_is_over_never(
    stage: Stage, tag: str, value: str, due: list[int]
) -> None:
    stage.publish(model(value.replace('"', "&quot;"), tag))
    assert stage.due("Utrecht") == due
    stage.work(local("2027-03-07T00:00"))
    assert stage.cases() == everyone(len(due)) and value.startswith("R/") == bool(stage.due("Utrecht"))


def test_a_new_version_takes_the_schedule_over(stage: Stage) -> None:
    stage.publish(model(WEEK))
    new = stage.publish(model("R/2027-03-02T10:00:00/P1D"), "1.1.0")
    assert stage.due("Utrecht") == [local("2027-03-02T10:00")]
    stage.work(local("2027-03-02T10:00"))
    assert stage.cases() == everyone(1)
    assert stage.ask("Emmen", "select version_id from effective_model e join instance i on i.effective_id = e.id") == [
        new.id
    ]


def test_a_version_for_a_later_day_takes_it_over_on_that_day_from_midnight(stage: Stage) -> None:
    stage.publish(model("R/2027-02-20T13:00:00/P1D"))
    stage.publish(model("R/2027-02-23T00:00:00/P1D"), "2.0.0", on=date(2027, 2, 23))
    stage.work(local("2027-02-22T13:00"))
    assert stage.cases() == everyone(1) and stage.due("Utrecht") == [local("2027-02-23T13:00")]
    stage.work(local("2027-02-23T00:05"))
    assert stage.cases() == everyone(2) and stage.due("Utrecht") == [local("2027-02-24T00:00")]


def test_a_version_without_a_clock_ends_the_schedule(stage: Stage) -> None:
    stage.publish(model(WEEK))
    source = model(WEEK)["process.bpmn"].decode()
    a, b = source.index("<startEvent"), source.index("<userTask")
    stage.publish({"process.bpmn": (source[:a] + HAND + source[b:]).encode()}, "1.1.0")
    stage.work(local("2027-03-10T09:00"))
    assert stage.cases() == everyone(0) and stage.due("Utrecht") == []


def test_after_the_last_lawful_start_the_clock_is_silent(stage: Stage, utrecht: UUID) -> None:
    stage.clock.now = local("2027-02-20T14:00")
    files = model("R/2027-02-20T13:00:00/P1D", id="kort")
    with stage.transactions.of(utrecht) as transaction:
        version = models.Version(
            *(utrecht, UUID(int=7), "kort", "kort", "1.0.0", "hash", "", "test", transaction.at),
            *(None, date(2027, 2, 22), "", ""),
        )
        models.add_version(transaction, version, files)
        arrange_starts(transaction, "kort")
    for day in ("21", "22", "23", "24"):
        stage.work(local(f"2027-02-{day}T13:00"))
    assert stage.cases() == {"Plus-1": 0, "Utrecht": 2, "Emmen": 0} and stage.due("Utrecht") == []


def test_the_own_model_of_a_municipality_is_its_own(stage: Stage) -> None:
    stage.publish(model(WEEK), by="Emmen")
    stage.work(NINE)
    assert stage.cases() == {"Plus-1": 0, "Utrecht": 0, "Emmen": 1}
    query = "select count(*) from job where kind = 'schedule'"
    assert stage.ask("Utrecht", query) == [0] and stage.ask("Emmen", query) == [2]


def test_a_worker_that_dies_before_the_commit_begins_no_second_case(
    stage: Stage, utrecht: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.publish(model(WEEK))
    stage.clock.now = NINE
    (job,) = [job for tenant, job in claim_due(stage.transactions) if tenant == utrecht]
    real = starting.begin

    def dies(*given: Any) -> None:
        real(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(starting, "begin", dies)
    with pytest.raises(KeyboardInterrupt):
        run_one(stage.transactions, Settings(), utrecht, job)
    monkeypatch.undo()
    assert stage.cases()["Utrecht"] == 0 and stage.due("Utrecht") == []
    assert not run_one(stage.transactions, Settings(), utrecht, job)  # its lease still runs
    stage.work(NINE + int(Settings().lease_seconds * 1000) + 1)
    assert stage.cases() == everyone(1) and stage.due("Utrecht") == [local("2027-03-08T09:00")]


def test_a_worker_that_lost_its_lease_begins_nothing(stage: Stage, utrecht: UUID) -> None:
    stage.publish(model(WEEK))
    stage.clock.now = NINE
    (job,) = [job for tenant, job in claim_due(stage.transactions) if tenant == utrecht]
    with stage.transactions.of(utrecht) as transaction:
        slow = jobs.claim(transaction, job, 1)
    stage.work(NINE + 2_000)
    assert slow is not None and stage.cases()["Utrecht"] == 1
    with stage.transactions.of(utrecht) as transaction:
        starting.start_on_time(transaction, slow)
    assert stage.cases()["Utrecht"] == 1 and len(stage.due("Utrecht")) == 1


@pytest.mark.parametrize("value", ["every Monday", "R0/P1W", "=null", '="R/P0D"', "R/P0D"])
def test_a_timer_that_is_none_is_refused_at_publishing_with_place_and_remedy(stage: Stage, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        stage.publish(model(value.replace('"', "&quot;")))
    (problem,) = refused.value.problems
    assert problem.at == "S" and problem.nl and problem.en
    if value.startswith("="):  # known only when the value is worked out
        assert "R/2027" in problem.nl and "R/2027" in problem.en


def test_a_municipality_chooses_its_own_day(stage: Stage, emmen: UUID) -> None:
    extension = (
        '<plus1:parameter id="eerste" name="Eerste" type="text" default="2027-03-01T09:00:00" binding="start"/>'
        '<plus1:valuePoint id="vp" parameter="eerste" owner="municipality"><plus1:question>Wanneer?</plus1:question>'
        "</plus1:valuePoint>"
    )
    stage.publish(model("=eerste", "timeDate", extension=extension))
    assert stage.due("Utrecht") == stage.due("Emmen") == [NINE]
    with stage.transactions.of(emmen) as transaction:
        chosen = ({"point": "vp", "value": "2027-03-05T09:00:00", "reason": "Later"},)
        change_override(transaction, system(emmen), ChangeOverride("wekelijks", chosen, 0))
    assert stage.due("Utrecht") == [NINE] and stage.due("Emmen") == [local("2027-03-05T09:00")]
    stage.work(local("2027-03-05T09:00"))
    assert stage.cases() == everyone(1)


def test_a_firing_that_is_refused_is_kept_and_the_next_one_comes(
    stage: Stage, utrecht: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.publish(model(WEEK))

    def refuses(*given: Any) -> None:
        raise Invalid("nee", "no such luck")

    monkeypatch.setattr(starting, "begin", refuses)
    stage.work(NINE)
    monkeypatch.undo()
    assert stage.cases() == everyone(0)
    assert stage.ask("Utrecht", "select last_error from job where state = 'failed'") == ["no such luck"]
    stage.work(local("2027-03-08T09:00"))
    assert stage.cases() == everyone(1)
