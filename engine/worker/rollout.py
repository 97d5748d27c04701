"""One rollout job: a version for one tenant. Whatever goes wrong holds that tenant back, and stops no other."""

from typing import cast
from uuid import UUID

import structlog

from engine.domain.caller import system
from engine.domain.codec import from_text
from engine.domain.errors import Plus1Error, Unavailable
from engine.domain.work import Job
from engine.store import jobs
from engine.store.transaction import Transactions
from engine.usecases.roll_out import HoldBack, RollOut, hold_back, roll_out

log = structlog.get_logger()


def run_rollout(transactions: Transactions, owner: UUID, job: Job) -> None:
    """In a transaction of the tenant that the job names, then the job is done in one of `owner`, whose job it is."""
    payload = cast(dict[str, str], from_text(job.payload))
    tenant, version = UUID(payload["tenant"]), UUID(payload["version"])
    trouble = _died(job) if job.attempts > job.max_attempts else _tried(transactions, tenant, version, job)
    if trouble is not None:
        with transactions.of(tenant) as transaction:
            hold_back(transaction, system(tenant), HoldBack(version, *trouble))
    with transactions.of(owner) as transaction:
        jobs.done(transaction, job.id)


def _tried(transactions: Transactions, tenant: UUID, version: UUID, job: Job) -> tuple[str, str] | None:
    """None when it was done, else why not, in Dutch and English."""
    try:
        with transactions.of(tenant) as transaction:
            roll_out(transaction, system(tenant), RollOut(version))
    except Unavailable:
        raise  # the lease ends, and it is tried again
    except Plus1Error as refused:
        said = [(refused.nl, refused.en), *((problem.nl, problem.en) for problem in refused.problems)]
        return " ".join(nl for nl, _ in said), " ".join(en for _, en in said)
    except Exception as error:
        log.error("rollout failed", tenant=str(tenant), job=str(job.id), error=repr(error), exc_info=True)
        return (
            f"Uw keuzes konden niet worden getoetst. De beheerder vindt de oorzaak in het logboek bij taak {job.id}.",
            f"Your choices could not be checked. The administrator finds the cause in the log at job {job.id}.",
        )
    return None


def _died(job: Job) -> tuple[str, str]:
    return (
        f"Uw keuzes zijn {job.max_attempts} keer getoetst zonder dat er een uitkomst kwam.",
        f"Your choices were checked {job.max_attempts} times without a result.",
    )
