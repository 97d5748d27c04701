"""One job from claim to completion. Celery's task and the thread both call `run_one`."""

import random
from collections.abc import Callable, Iterable
from datetime import timedelta
from threading import Event
from uuid import UUID

import structlog

from engine.connectors.base import Assignment
from engine.connectors.registry import CONNECTORS
from engine.domain.errors import Plus1Error, Unavailable
from engine.domain.outcome import BpmnError, Done, Failed, Hopeless, Outcome
from engine.domain.work import Job
from engine.settings import Settings
from engine.store import jobs
from engine.store.transaction import Transactions
from engine.usecases.finish_job import assignment_of, finish_inner, finish_service, give_up
from engine.usecases.start_on_time import pass_over, start_on_time
from engine.worker.retry import Pace, wait_before_next
from engine.worker.rollout import run_rollout

log = structlog.get_logger()
DRAW = random.Random()


def run_one(transactions: Transactions, settings: Settings, tenant: UUID, job_id: UUID) -> bool:
    """Claim the job, do it, store the result; False when it was not ours to do.

    A worker that dies anywhere in here leaves the row in state `running`; when its lease ends, the next one repeats the
    work with the same key and the same inputs."""
    with transactions.of(tenant) as transaction:
        job = jobs.claim(transaction, job_id, settings.lease_seconds)  # for itself, so that whatever fails spends it
    if job is None:
        return False
    try:
        _work(transactions, settings, tenant, job)
    except Unavailable:
        raise  # the lease ends, and it is tried again
    except Plus1Error as refused:
        told = "; ".join([str(refused), *(problem.en for problem in refused.problems)])
        _give_up(transactions, tenant, job, "job-refused", told)
    return True


def _work(transactions: Transactions, settings: Settings, tenant: UUID, job: Job) -> None:
    if job.kind == "rollout":
        run_rollout(transactions, tenant, job)
    elif job.attempts > job.max_attempts:  # the worker died each time, or our own code failed on it
        _give_up(transactions, tenant, job, "worker-died", f"{job.max_attempts} attempts ended without a result")
    elif job.kind == "service":
        _service(transactions, settings, tenant, job)
    elif job.kind == "schedule":
        with transactions.of(tenant) as transaction:
            start_on_time(transaction, job)
    else:  # timers and events between cases need nothing from outside
        with transactions.of(tenant) as transaction:
            finish_inner(transaction, job)


def _service(transactions: Transactions, settings: Settings, tenant: UUID, job: Job) -> None:
    """Outside work, outside of any transaction."""
    with transactions.of(tenant) as transaction:
        assignment = assignment_of(transaction, job)
    outcome = _do(assignment, settings)
    with transactions.of(tenant) as transaction:
        if isinstance(outcome, Done | BpmnError):
            finish_service(transaction, job, outcome)
        elif isinstance(outcome, Failed) and job.attempts < job.max_attempts:
            pace = Pace(settings.retry_seconds, settings.retry_cap_seconds)
            wait = wait_before_next(job.attempts, pace, outcome.after, DRAW)
            jobs.again(transaction, job, transaction.at + timedelta(seconds=wait), outcome.message)
        else:
            code = "job-refused" if isinstance(outcome, Hopeless) else "retries-used-up"
            give_up(transaction, job, code, outcome.message)


def _give_up(transactions: Transactions, tenant: UUID, job: Job, code: str, message: str) -> None:
    with transactions.of(tenant) as transaction:
        if job.kind == "schedule":
            log.error("no case begun by the clock", tenant=str(tenant), model=job.type, error=message)
            pass_over(transaction, job, message)
        else:
            give_up(transaction, job, code, message)


def _do(assignment: Assignment, settings: Settings) -> Outcome:
    connector = CONNECTORS.get(assignment.type)
    if connector is None:
        return Hopeless(f"no connector knows the job type {assignment.type!r}")
    return connector(assignment, settings)


def run_all(transactions: Transactions, settings: Settings, due: Iterable[tuple[UUID, UUID]]) -> int:
    """Run these jobs one after the other; how many were ours. A job whose code fails is logged and left to its lease,
    so that one bad row does not stop the others."""
    done = 0
    for tenant, job_id in due:
        try:
            done += run_one(transactions, settings, tenant, job_id)
        except Exception as error:
            log.error("job failed", tenant=str(tenant), job=str(job_id), error=repr(error), exc_info=True)
    return done


def sweep(transactions: Transactions, seconds: float, stop: Event, run: Callable[[UUID, UUID], None]) -> None:
    """Until `stop`: look for due jobs every so many seconds. A database that is away is no reason to end."""
    while not stop.wait(seconds):
        try:
            found = claim_due(transactions)
        except Exception as error:
            log.warning("sweep failed", error=repr(error))
            continue
        for tenant, job in found:
            run(tenant, job)


def claim_due(transactions: Transactions, most: int = 100) -> list[tuple[UUID, UUID]]:
    """What is due now, of all tenants, in turn."""
    with transactions.at_gate() as transaction:
        return jobs.due(transaction, transaction.at, most)
