"""Many at once, with real threads and a real pool: one wins, the others are told at once, and nothing is done twice."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from engine.domain.caller import Caller, system
from engine.domain.errors import Plus1Error, StaleRevision, StateConflict
from engine.domain.memory import LeastRecent
from engine.domain.work import Job
from engine.queries import cases as case_queries
from engine.settings import Settings
from engine.store import jobs, listing
from engine.store.database import connect, sessions
from engine.store.transaction import Transactions
from engine.usecases.claim_task import ClaimTask, claim_task
from engine.usecases.complete_task import CompleteTask, complete_task
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.start_case import StartCase, start_case
from engine.usecases.submitted import Submission
from engine.worker.run_one import claim_due, run_all

MODELS = Path(__file__).parents[1] / "models"
CROWD = 32


def at_once(number: int, act: Callable[[int], Any]) -> tuple[list[Any], list[Exception], float]:
    """Do it in so many threads that begin together: (results, errors, longest wait in seconds)."""
    results: list[Any] = []
    errors: list[Exception] = []
    waits: list[float] = []
    gate = threading.Barrier(number)

    def one(index: int) -> None:
        gate.wait()
        began = time.monotonic()
        try:
            results.append(act(index))
        except (Plus1Error, SQLAlchemyError) as error:
            errors.append(error)
        waits.append(time.monotonic() - began)

    threads = [threading.Thread(target=one, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results, errors, max(waits)


@pytest.fixture
def crowd(transactions: Transactions, cluster: Any, database: str, clock: Any, woken: Any) -> Any:
    """Transactions over a pool that is smaller than the crowd, as in a web process."""
    pool = connect(cluster.url("plus1_app", database), 10, 30)
    yield Transactions(sessions(pool), clock, LeastRecent(), woken)
    pool.dispose()


@pytest.fixture
def task(transactions: Transactions, utrecht: UUID) -> listing.TaskLine:
    caller = system(utrecht)
    with transactions.of(utrecht) as transaction:
        files = {"process.bpmn": (MODELS / "keuze.bpmn").read_bytes()}
        publish_model(transaction, caller, PublishModel(files, "1.0.0", "eerste"))
    with transactions.of(utrecht) as transaction:
        start_case(transaction, caller, StartCase("keuze"))
    with transactions.of(utrecht) as transaction:
        return listing.open_tasks(transaction, caller, listing.TaskFilter())[0][0]


def clerk(tenant: UUID, index: int) -> Caller:
    return Caller(tenant, "person", f"p{index}", f"Persoon {index}", frozenset({"clerk"}))


def test_thirty_two_clerks_complete_one_task(
    crowd: Transactions, transactions: Transactions, utrecht: UUID, task: listing.TaskLine
) -> None:
    def complete(index: int) -> str:
        with crowd.of(utrecht) as transaction:
            command = CompleteTask(task.id, task.revision, Submission({"bedrag": 200 + index}))
            complete_task(transaction, clerk(utrecht, index), command)
        return f"person:p{index}"

    results, errors, longest = at_once(CROWD, complete)
    assert len(results) == 1 and len(errors) == CROWD - 1
    assert {type(error) for error in errors} <= {StateConflict, StaleRevision}, errors
    assert longest < 6
    with transactions.of(utrecht) as transaction:
        history = case_queries.read_history(transaction, system(utrecht), task.instance_id)
        view = case_queries.read_case(transaction, system(utrecht), task.instance_id)
    assert [line.seq for line in history] == list(range(1, len(history) + 1))
    assert [line.actor for line in history if line.kind == "task-completed"] == results
    assert (view.case.revision, len(view.tasks)) == (2, 1)
    assert f"person:p{int(str(view.variables['bedrag'])) - 200}" == results[0], "the winner's values are those kept"


def test_thirty_two_clerks_take_one_task(crowd: Transactions, utrecht: UUID, task: listing.TaskLine) -> None:
    def claim(index: int) -> str | None:
        with crowd.of(utrecht) as transaction:
            return claim_task(transaction, clerk(utrecht, index), ClaimTask(task.id, task.revision)).assignee

    results, errors, longest = at_once(CROWD, claim)
    assert len(results) == 1 and {type(error) for error in errors} <= {StateConflict, StaleRevision}
    assert all(isinstance(error, Plus1Error) and error.nl for error in errors) and longest < 6
    with crowd.of(utrecht) as transaction:
        assert listing.open_tasks(transaction, system(utrecht), listing.TaskFilter())[0][0].assignee == results[0]


def test_many_cases_at_once_do_not_disturb_each_other(
    crowd: Transactions, transactions: Transactions, utrecht: UUID, task: listing.TaskLine
) -> None:
    def whole(index: int) -> str:
        with crowd.of(utrecht) as transaction:
            case = start_case(transaction, system(utrecht), StartCase("keuze"))
        for values in ({"bedrag": 150}, {}):
            with crowd.of(utrecht) as transaction:
                line = listing.open_tasks(transaction, system(utrecht), listing.TaskFilter(case=case.id))[0][0]
            with crowd.of(utrecht) as transaction:
                command = CompleteTask(line.id, line.revision, Submission(values))
                case = complete_task(transaction, clerk(utrecht, index), command)
        return case.business_key if case.status == "completed" else ""

    results, errors, _longest = at_once(16, whole)
    assert errors == [] and len(set(results)) == 16 and "" not in results


@pytest.fixture
def job(transactions: Transactions, utrecht: UUID, woken: Any) -> UUID:
    with transactions.of(utrecht) as transaction:
        files = {"process.bpmn": (MODELS / "melden.bpmn").read_bytes()}
        publish_model(transaction, system(utrecht), PublishModel(files, "1.0.0", "eerste"))
    with transactions.of(utrecht) as transaction:
        given = Submission({"adres": "http://127.0.0.1:9/", "bedrag": 1})
        start_case(transaction, system(utrecht), StartCase("melden", given))
    ((_tenant, found),) = woken.jobs
    return found


def test_workers_claim_one_job(crowd: Transactions, utrecht: UUID, job: UUID) -> None:
    def claim(_index: int) -> Job | None:
        with crowd.of(utrecht) as transaction:
            return jobs.claim(transaction, job, 60)

    results, errors, longest = at_once(8, claim)
    won = [found for found in results if found is not None]
    assert errors == [] and [(found.id, found.attempts, found.fence) for found in won] == [(job, 1, 1)]
    assert longest < 6


def test_who_lost_the_lease_changes_nothing(transactions: Transactions, utrecht: UUID, job: UUID, clock: Any) -> None:
    with transactions.of(utrecht) as transaction:
        slow = jobs.claim(transaction, job, 60)
    clock.now += 61_000
    with transactions.of(utrecht) as transaction:
        quick = jobs.claim(transaction, job, 60)
    assert slow and quick and quick.fence == slow.fence + 1
    with transactions.of(utrecht) as transaction:
        jobs.give_up(transaction, slow, "te laat", "te laat")
        jobs.again(transaction, slow, transaction.at, "te laat")
    with transactions.of(utrecht) as transaction:
        assert transaction.run(text("select state from job")).scalar_one() == "running"
        assert transaction.run(text("select count(*) from incident")).scalar_one() == 0


def test_many_sweeps_try_a_job_once(crowd: Transactions, utrecht: UUID, job: UUID) -> None:
    """It fails, and its next attempt is due later."""

    def sweep(_index: int) -> int:
        return run_all(crowd, Settings(http_allow=()), claim_due(crowd))

    results, errors, _longest = at_once(16, sweep)
    assert errors == [] and sum(results) == 1
