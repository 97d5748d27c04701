"""Timers on a real database: due by the calendar of the municipality, each fired once, however many sweep."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, text

from engine.domain.caller import system
from engine.domain.errors import StateConflict
from engine.domain.memory import LeastRecent
from engine.domain.work import Instance
from engine.queries import cases as case_queries
from engine.settings import Settings
from engine.store import listing
from engine.store.database import sessions
from engine.store.transaction import Transactions
from engine.usecases.complete_task import CompleteTask, complete_task
from engine.usecases.publish_message import PublishMessage, publish_message
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.seed_demo import seed_demo
from engine.usecases.start_case import StartCase, start_case
from engine.usecases.submitted import Submission
from engine.worker.run_one import claim_due, run_all
from tenants.demo import load
from tests.application import OFF_ROAD

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="http://plus-1.nl/test">'
    '<message id="M" name="betaald"><extensionElements><zeebe:subscription correlationKey="=zaaknummer"/>'
    '</extensionElements></message><process id="klok" isExecutable="true"><startEvent id="S"/>'
)
USER = '<userTask id="{0}" name="{0}"><extensionElements><zeebe:userTask/></extensionElements></userTask>'
TIMER = "<timerEventDefinition><{0} xsi:type='tFormalExpression'>=termijn</{0}></timerEventDefinition>"
TIMER_ONCE, TIMER_DATE, TIMER_CYCLE = (TIMER.format(kind) for kind in ("timeDuration", "timeDate", "timeCycle"))
END = '<endEvent id="E"/>'


def flow(source: str, target: str) -> str:
    return f'<sequenceFlow id="{source}{target}" sourceRef="{source}" targetRef="{target}"/>'


def catch(inner: str) -> str:
    return f'<intermediateCatchEvent id="T">{inner}</intermediateCatchEvent>' + USER.format("A") + END


WAIT = flow("S", "T") + flow("T", "A") + flow("A", "E")
REMIND = (
    USER.format("A") + '<boundaryEvent id="B" attachedToRef="A" cancelActivity="{}">{}</boundaryEvent>'
    + USER.format("H") + END + '<endEvent id="E2"/>'
    + flow("S", "A") + flow("A", "E") + flow("B", "H") + flow("H", "E2")
)  # fmt: skip
EVENTS = (
    '<eventBasedGateway id="G"/>' + catch(TIMER_ONCE)
    + '<intermediateCatchEvent id="R"><messageEventDefinition messageRef="M"/></intermediateCatchEvent>'
    + USER.format("P") + '<endEvent id="E2"/>'
    + flow("S", "G") + flow("G", "T") + flow("G", "R") + flow("T", "A") + flow("A", "E") + flow("R", "P")
    + flow("P", "E2")
)  # fmt: skip


def local(moment: str, fold: int = 0) -> int:
    """Epoch milliseconds of a local moment; `fold` 1 is the second of the two in the autumn night."""
    return int(datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM, fold=fold).timestamp() * 1000)


class Play:
    """One municipality with one model, a clock to move, and the sweeps of two workers."""

    def __init__(self, transactions: Transactions, clock: Any, tenant: UUID) -> None:
        self.transactions, self.clock, self.tenant = transactions, clock, tenant

    def publish(self, body: str) -> None:
        source = f"{HEAD}{body}</process></definitions>".encode()
        with self.transactions.of(self.tenant) as transaction:
            publish_model(transaction, system(self.tenant), PublishModel({"process.bpmn": source}, "1.0.0", "test"))

    def start(self, at: int, termijn: str) -> Instance:
        self.clock.now = at
        with self.transactions.of(self.tenant) as transaction:
            return start_case(transaction, system(self.tenant), StartCase("klok", Submission({"termijn": termijn})))

    def due(self) -> list[int]:
        """When the open timers are due, in epoch milliseconds."""
        query = "select due_at from job where kind = 'timer' and state = 'ready' order by due_at"
        with self.transactions.of(self.tenant) as transaction:
            return [int(at.timestamp() * 1000) for at in transaction.run(text(query)).scalars()]

    def sweep(self, at: int) -> int:
        """Two sweeps at a time at that moment, until nothing is due; how many jobs were done."""
        self.clock.now = at
        done: list[int] = []
        gate = threading.Barrier(2)

        def one() -> None:
            gate.wait()
            while found := claim_due(self.transactions):
                done.append(run_all(self.transactions, Settings(), found))

        threads = [threading.Thread(target=one) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(done)

    def tasks(self) -> list[str]:
        with self.transactions.of(self.tenant) as transaction:
            wanted = listing.TaskFilter(order="created")
            return sorted(line.node for line in listing.open_tasks(transaction, system(self.tenant), wanted)[0])

    def complete(self, node: str) -> None:
        with self.transactions.of(self.tenant) as transaction:
            lines = listing.open_tasks(transaction, system(self.tenant), listing.TaskFilter())[0]
            task = next(line for line in lines if line.node == node)
            complete_task(transaction, system(self.tenant), CompleteTask(task.id, task.revision))


@pytest.fixture
def play(transactions: Transactions, clock: Any, utrecht: UUID) -> Play:
    return Play(transactions, clock, utrecht)


@pytest.mark.parametrize(
    ("start", "termijn", "due"),
    [
        ("2027-01-31T10:00", "P1M", "2027-02-28T10:00"),
        ("2028-01-31T10:00", "P1M", "2028-02-29T10:00"),
        ("2028-02-29T10:00", "P1Y", "2029-02-28T10:00"),
        ("2028-02-28T10:00", "P1D", "2028-02-29T10:00"),
        ("2027-10-15T10:00", "P1M", "2027-11-15T10:00"),
        ("2027-03-01T09:00", "P8W", "2027-04-26T09:00"),
        ("2027-03-27T12:00", "P1D", "2027-03-28T12:00"),
        ("2027-03-27T12:00", "PT24H", "2027-03-28T13:00"),
        ("2027-03-27T02:30", "P1D", "2027-03-28T03:30"),
        ("2027-10-30T12:00", "P1D", "2027-10-31T12:00"),
        ("2027-10-30T12:00", "PT24H", "2027-10-31T11:00"),
        ("2027-10-30T02:30", "P1D", "2027-10-31T02:30"),
        ("2027-12-31T23:59", "PT1M", "2028-01-01T00:00"),
    ],
)
def test_terms_go_by_the_calendar(play: Play, start: str, termijn: str, due: str) -> None:
    play.publish(catch(TIMER_ONCE) + WAIT)
    play.start(local(start), termijn)
    assert play.due() == [local(due)]
    assert play.sweep(local(due) - 1) == 0 and play.tasks() == []
    assert play.sweep(local(due)) == 1 and play.tasks() == ["A"]
    assert play.sweep(local(due) + 1) == 0 and play.due() == []


@pytest.mark.parametrize(
    ("text_", "due"),
    [
        ("2027-07-01T09:00:00", local("2027-07-01T09:00")),
        ("2027-12-01T09:00:00", local("2027-12-01T09:00")),
        ("2027-10-31T02:30:00+01:00", local("2027-10-31T02:30", fold=1)),
        ("2027-07-01T09:00:00Z", local("2027-07-01T11:00")),
    ],
)
def test_a_date_without_zone_is_local(play: Play, text_: str, due: int) -> None:
    play.publish(catch(TIMER_DATE) + WAIT)
    play.start(local("2027-03-01T09:00"), text_)
    assert play.due() == [due]


def test_a_reminder_leaves_the_task_as_it_is(play: Play) -> None:
    play.publish(REMIND.format("false", TIMER_ONCE))
    play.start(local("2027-03-20T09:00"), "P2W")
    assert play.due() == [local("2027-04-03T09:00")]
    assert play.sweep(local("2027-04-03T09:00")) == 1
    assert play.tasks() == ["A", "H"]
    play.complete("A")
    play.complete("H")
    assert play.tasks() == [] and play.due() == []


def test_a_task_done_in_time_is_not_reminded_of(play: Play) -> None:
    play.publish(REMIND.format("false", TIMER_ONCE))
    play.start(local("2027-03-20T09:00"), "P2W")
    play.complete("A")
    assert play.due() == [] and play.sweep(local("2027-05-01T09:00")) == 0 and play.tasks() == []


def test_a_deadline_takes_the_task_away(play: Play) -> None:
    play.publish(REMIND.format("true", TIMER_ONCE))
    play.start(local("2027-03-20T09:00"), "P2W")
    assert play.sweep(local("2027-04-03T09:00")) == 1 and play.tasks() == ["H"]


def test_a_repeated_reminder_comes_each_week_at_the_same_hour(play: Play) -> None:
    play.publish(REMIND.format("false", TIMER_CYCLE))
    play.start(local("2027-03-20T09:00"), "R3/P1W")
    for number, day in enumerate(("2027-03-27", "2027-04-03", "2027-04-10"), 1):
        assert play.due() == [local(f"{day}T09:00")]
        assert play.sweep(local(f"{day}T09:00")) == 1
        assert play.tasks() == ["A", *["H"] * number]
    assert play.due() == []


def test_of_timer_and_message_the_first_wins(play: Play) -> None:
    play.publish(EVENTS)
    late, quick = (play.start(local("2027-03-20T09:00"), "P2W") for _ in range(2))
    caller = system(play.tenant)
    with play.transactions.of(play.tenant) as transaction:
        publish_message(transaction, caller, PublishMessage("betaald", quick.business_key))
    assert play.tasks() == ["P"] and len(play.due()) == 1
    assert play.sweep(local("2027-04-03T09:00")) == 1
    assert play.tasks() == ["A", "P"]
    with pytest.raises(StateConflict), play.transactions.of(play.tenant) as transaction:
        publish_message(transaction, caller, PublishMessage("betaald", late.business_key))
    assert play.sweep(local("2028-04-03T09:00")) == 0


def test_message_and_timer_at_the_same_moment(play: Play) -> None:
    """Ten cases for which both come at once: each goes one way, and only one."""
    play.publish(EVENTS)
    cases = [play.start(local("2027-03-20T09:00"), "P2W") for _ in range(10)]

    def pay() -> None:
        for case in cases:
            try:
                with play.transactions.of(play.tenant) as transaction:
                    publish_message(transaction, system(play.tenant), PublishMessage("betaald", case.business_key))
            except StateConflict:
                continue  # the timer was first

    payer = threading.Thread(target=pay)
    payer.start()
    play.sweep(local("2027-04-03T09:00"))
    payer.join()
    play.sweep(local("2027-04-03T09:01"))
    assert len(play.tasks()) == 10 and set(play.tasks()) <= {"A", "P"}
    with play.transactions.of(play.tenant) as transaction:
        views = [case_queries.read_case(transaction, system(play.tenant), case.id) for case in cases]
    assert [view.incidents for view in views] == [[]] * 10 and [len(view.tasks) for view in views] == [1] * 10


def test_the_advice_term_of_the_permit_reminds_once_and_leaves_the_tasks(
    pool: Engine, clock: Any, woken: Any, start_values: Callable[[], dict[str, object]]
) -> None:
    transactions = Transactions(sessions(pool), clock, LeastRecent(), woken)
    seed_demo(transactions, {})
    play = Play(transactions, clock, load.UTRECHT)
    clock.now = local("2027-03-20T09:00")
    with transactions.of(play.tenant) as transaction:
        command = StartCase("evenementenvergunning", Submission(start_values()))
        case = start_case(transaction, system(play.tenant), command)
    play.sweep(clock.now)
    with transactions.of(play.tenant) as transaction:
        task = listing.open_tasks(transaction, system(play.tenant), listing.TaskFilter())[0][0]
        given = Submission({"volledig": "ja"})
        complete_task(transaction, system(play.tenant), CompleteTask(task.id, task.revision, given))
    play.sweep(clock.now)
    advisers = play.tasks()
    assert advisers == ["Task_Advies"] * 2 and play.due() == [local("2027-04-03T09:00")]
    play.sweep(local("2027-04-03T09:00"))
    assert play.tasks() == advisers
    with transactions.of(play.tenant) as transaction:
        view = case_queries.read_case(transaction, system(play.tenant), case.id)
        history = case_queries.read_history(transaction, system(play.tenant), case.id)
    assert [line.node for line in history if line.kind == "job-done"].count("Task_Herinnering") == 1
    assert view.incidents == [] and len(view.documents) == 2


@pytest.fixture
def start_values() -> Callable[[], dict[str, object]]:
    return lambda: dict(OFF_ROAD)
