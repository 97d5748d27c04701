"""A case from start to end on a real database: what is stored, who may do what, and what happens when two are at it."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from engine.domain.caller import Caller, system
from engine.domain.errors import NotFound, StaleRevision, StateConflict
from engine.domain.work import Instance
from engine.queries import cases as case_queries
from engine.queries import tasks as task_queries
from engine.store import cases, listing
from engine.store.transaction import Transactions
from engine.usecases.claim_task import ClaimTask, claim_task
from engine.usecases.complete_task import CompleteTask, complete_task
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.start_case import StartCase, start_case
from engine.usecases.submitted import Submission
from tests.counting import Statements

MODELS = Path(__file__).parents[1] / "models"
Begin = Callable[[], Instance]


@pytest.fixture
def begin(transactions: Transactions, utrecht: UUID) -> Begin:
    caller = system(utrecht)
    with transactions.of(utrecht) as transaction:
        files = {"process.bpmn": (MODELS / "keuze.bpmn").read_bytes()}
        publish_model(transaction, caller, PublishModel(files, "1.0.0", "eerste"))

    def begin() -> Instance:
        with transactions.of(utrecht) as transaction:
            return start_case(transaction, caller, StartCase("keuze"))

    return begin


def clerk(tenant: UUID, name: str = "noor") -> Caller:
    return Caller(tenant, "person", name, name.title(), frozenset({"clerk"}))


def only_task(transactions: Transactions, caller: Caller) -> listing.TaskLine:
    with transactions.of(caller.tenant) as transaction:
        lines, following = task_queries.list_tasks(transaction, caller, listing.TaskFilter())
    assert following is None
    (line,) = lines
    return line


def complete(transactions: Transactions, caller: Caller, **values: object) -> Instance:
    task = only_task(transactions, caller)
    with transactions.of(caller.tenant) as transaction:
        command = CompleteTask(task.id, task.revision, Submission(variables=values))
        return complete_task(transaction, caller, command)


def test_a_case_runs_to_its_end(begin: Begin, transactions: Transactions, utrecht: UUID) -> None:
    case, caller = begin(), clerk(utrecht)
    assert case.status == "active" and case.business_key.startswith("Z2026-")
    complete(transactions, caller, bedrag=Decimal("150.10"))
    assert only_task(transactions, caller).name == "Controleren"
    done = complete(transactions, caller)
    assert (done.status, done.end_node) == ("completed", "Klaar")
    with transactions.of(utrecht) as transaction:
        view = case_queries.read_case(transaction, caller, case.id)
        history = case_queries.read_history(transaction, caller, case.id)
    assert view.end_name == "Klaar"
    assert view.variables["dubbel"] == Decimal("300.20")
    assert [line.seq for line in history] == list(range(1, len(history) + 1))
    assert [line.node_name for line in history if line.kind == "task-completed"] == ["Beoordelen", "Controleren"]


def test_the_other_branch(begin: Begin, transactions: Transactions, utrecht: UUID) -> None:
    begin()
    assert complete(transactions, clerk(utrecht), bedrag=50).end_node == "Afgewezen"


def test_a_condition_that_is_no_boolean_is_an_incident(begin: Begin, transactions: Transactions, utrecht: UUID) -> None:
    case = begin()
    assert complete(transactions, clerk(utrecht), bedrag="veel").status == "active"
    with transactions.of(utrecht) as transaction:
        view = case_queries.read_case(transaction, clerk(utrecht), case.id)
    (incident,) = view.incidents
    assert incident.node == "Hoog"
    assert view.places["Hoog"] == (1, "incident")


def test_a_completion_is_few_statements_and_one_commit(
    begin: Begin, transactions: Transactions, utrecht: UUID, pool: Engine
) -> None:
    begin()
    caller = clerk(utrecht)
    complete(transactions, caller, bedrag=150)  # models are read and compiled once
    task = only_task(transactions, caller)
    counted = Statements(pool)
    with transactions.of(utrecht) as transaction:
        complete_task(transaction, caller, CompleteTask(task.id, task.revision))
    assert (counted.executed, counted.commits) == (3, 1)  # set_config, lock, write


def test_the_second_clerk_is_told(begin: Begin, transactions: Transactions, utrecht: UUID) -> None:
    begin()
    noor, daan = clerk(utrecht), clerk(utrecht, "daan")
    task = only_task(transactions, noor)
    with transactions.of(utrecht) as transaction:
        claimed = claim_task(transaction, noor, ClaimTask(task.id, task.revision))
    assert (claimed.assignee, claimed.revision) == ("noor", task.revision + 1)
    with pytest.raises(StateConflict, match="Noor"), transactions.of(utrecht) as transaction:
        claim_task(transaction, daan, ClaimTask(task.id, claimed.revision))
    with pytest.raises(StateConflict, match="Noor"), transactions.of(utrecht) as transaction:
        complete_task(transaction, daan, CompleteTask(task.id, claimed.revision))
    with pytest.raises(StaleRevision), transactions.of(utrecht) as transaction:
        complete_task(transaction, noor, CompleteTask(task.id, task.revision))
    with transactions.of(utrecht) as transaction:
        complete_task(transaction, noor, CompleteTask(task.id, claimed.revision, Submission({"bedrag": 1})))
    with pytest.raises(StateConflict, match="completed"), transactions.of(utrecht) as transaction:
        complete_task(transaction, daan, CompleteTask(task.id, claimed.revision))


def test_another_tenant_finds_nothing(begin: Begin, transactions: Transactions, utrecht: UUID, emmen: UUID) -> None:
    case = begin()
    task = only_task(transactions, clerk(utrecht))
    foreign = clerk(emmen)
    with transactions.of(emmen) as transaction:
        assert task_queries.list_tasks(transaction, foreign, listing.TaskFilter())[0] == []
        for ask in (
            lambda: cases.lock_instance(transaction, case.id),
            lambda: cases.lock_task(transaction, task.id),
            lambda: case_queries.read_case(transaction, foreign, case.id),
            lambda: task_queries.read_task(transaction, foreign, task.id),
        ):
            with pytest.raises(NotFound):
                ask()
    with pytest.raises(NotFound), transactions.of(emmen) as transaction:
        start_case(transaction, system(emmen), StartCase("keuze"))


def test_a_failed_step_leaves_nothing(begin: Begin, transactions: Transactions, utrecht: UUID) -> None:
    begin()
    caller = clerk(utrecht)
    task = only_task(transactions, caller)
    with pytest.raises(RuntimeError), transactions.of(utrecht) as transaction:
        complete_task(transaction, caller, CompleteTask(task.id, task.revision, Submission({"bedrag": 150})))
        raise RuntimeError("the power fails before the commit")
    assert only_task(transactions, caller) == task


def test_pages_of_tasks_follow_each_other(begin: Begin, transactions: Transactions, utrecht: UUID) -> None:
    for _ in range(5):
        begin()
    caller, seen, after = clerk(utrecht), [], None
    while True:
        with transactions.of(utrecht) as transaction:
            wanted = listing.TaskFilter(order="created", most=2, after=after)
            lines, after = task_queries.list_tasks(transaction, caller, wanted)
        seen += [line.id for line in lines]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 5
    with transactions.of(utrecht) as transaction:
        assert transaction.run(text("select count(*) from user_task")).scalar_one() == 5
