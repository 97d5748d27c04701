"""The job table: what is due, who holds it, and how it ended. The table is the truth; wakers only point at rows."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from engine.domain.ids import new_id
from engine.domain.outcome import NewDecision, NewDocument
from engine.domain.work import Job, NewJob
from engine.store.transaction import Transaction

DUE = text("select tenant, job from due_jobs(:at, :most)")
# Materialized, so that it is looked for once: as a subquery in `where` it was run for every job of the tenant.
CLAIM = text(
    """with free as materialized (
      select id from job where tenant_id = :tenant and id = :id
      and ((state = 'ready' and due_at <= :at) or (state = 'running' and lease_until < :at))
      for update skip locked)
    update job j set state = 'running', attempts = attempts + 1, fence = fence + 1, lease_until = :lease
    from free where j.tenant_id = :tenant and j.id = :id and j.id = free.id
    returning j.id, j.instance_id, j.token, j.node, j.kind, j.type, j.state, j.attempts, j.max_attempts, j.fence,
      j.payload"""
)
RELEASE = text(
    "update job set state = :state, due_at = :due, lease_until = null, last_error = :error "
    "where tenant_id = :tenant and id = :id and fence = :fence and state = 'running'"
)
REVIVE = text(
    "update job set state = 'ready', due_at = :at, attempts = 0 where tenant_id = :tenant and id = :id "
    "and state = 'failed' returning instance_id"
)
INCIDENT = text(
    "insert into incident (tenant_id, id, instance_id, token, node, code, message, job_id, created_at) "
    "select tenant_id, :incident, instance_id, token, node, :code, :message, id, :at from job "
    "where tenant_id = :tenant and id = :id"
)
DOCUMENT = text(
    "insert into document (tenant_id, id, instance_id, job_id, title, media_type, content, created_at) "
    "values (:tenant, :id, :instance, :job, :title, :media_type, :content, :at)"
)
DECISION = text(
    "insert into decision (tenant_id, instance_id, id, subject, authority, result, decided_at) "
    "values (:tenant, :instance, :id, :subject, :authority, :result, :decided_at)"
)
ADD = text(
    "insert into job (tenant_id, id, instance_id, token, node, kind, type, state, due_at, attempts, max_attempts, "
    "fence, payload, created_at) "
    "values (:tenant, :id, :instance, :token, :node, :kind, :type, 'ready', :due, 0, :most, 0, "
    ":payload, :at)"
)
DONE = text("update job set state = 'done', lease_until = null where tenant_id = :tenant and id = :id")
TENANT_NAME = text("select name from tenant where id = :tenant")


def due(transaction: Transaction, at: datetime, most: int) -> list[tuple[UUID, UUID]]:
    """(tenant, job) of what is due or whose worker is gone, tenant by tenant in turn, so that nobody starves."""
    return [(row.tenant, row.job) for row in transaction.run(DUE, {"at": at, "most": most})]


def claim(transaction: Transaction, job: UUID, lease_seconds: float) -> Job | None:
    """Take a due job for this worker; None when another has it, or it is no longer due. Spends an attempt."""
    lease = transaction.at + timedelta(seconds=lease_seconds)
    values = {"tenant": transaction.tenant, "id": job, "at": transaction.at, "lease": lease}
    row = transaction.run(CLAIM, values).first()
    return None if row is None else Job(*tuple(row))


def again(transaction: Transaction, job: Job, due_at: datetime, error: str) -> None:
    """Give it back for another attempt at `due_at`; does nothing when the lease was lost."""
    _release(transaction, job, "ready", due_at, error)


def give_up(transaction: Transaction, job: Job, code: str, message: str) -> None:
    """No more attempts: a person must look. Does nothing when the lease was lost."""
    if _release(transaction, job, "failed", transaction.at, message):
        values = {"tenant": transaction.tenant, "id": job.id, "incident": new_id(), "code": code, "message": message}
        transaction.run(INCIDENT, {**values, "at": transaction.at})


def _release(transaction: Transaction, job: Job, state: str, due_at: datetime, error: str) -> bool:
    values = {"tenant": transaction.tenant, "id": job.id, "fence": job.fence, "state": state, "due": due_at}
    done = transaction.run(RELEASE, {**values, "error": error[:2000]})
    return bool(getattr(done, "rowcount", 0))


def revive(transaction: Transaction, job: UUID) -> bool:
    """A failed job gets all its attempts again; False when it is not failed."""
    values = {"tenant": transaction.tenant, "id": job, "at": transaction.at}
    return transaction.run(REVIVE, values).first() is not None


def add(transaction: Transaction, job: NewJob) -> None:
    """A job of its own, beside the step of a case; when it is due at once it is woken after the commit."""
    values: dict[str, object] = {"tenant": transaction.tenant, "id": job.id, "instance": job.instance_id}
    values |= {"token": job.token, "due": datetime.fromtimestamp(job.due_at / 1000, UTC)}
    values |= {"node": job.node, "kind": job.kind, "type": job.type, "at": transaction.at, "most": job.max_attempts}
    transaction.run(ADD, values | {"payload": job.payload})
    if job.due_at <= transaction.now:
        transaction.wake(job.id)


def done(transaction: Transaction, job: UUID) -> None:
    """Finished, without a step of the case."""
    transaction.run(DONE, {"tenant": transaction.tenant, "id": job})


def add_documents(transaction: Transaction, job: Job, documents: tuple[NewDocument, ...]) -> None:
    """Store what a job made, in the transaction that completes it."""
    for document in documents:
        values: dict[str, object] = {"tenant": transaction.tenant, "id": new_id(), "instance": job.instance_id}
        values |= {"title": document.title, "media_type": document.media_type, "content": document.content}
        transaction.run(DOCUMENT, values | {"job": job.id, "at": transaction.at})


def add_decisions(transaction: Transaction, job: Job, decisions: tuple[NewDecision, ...]) -> None:
    """Register decisions, in the transaction that completes the job."""
    for decision in decisions:
        values: dict[str, object] = {"tenant": transaction.tenant, "id": new_id(), "instance": job.instance_id}
        values |= {"subject": decision.subject, "authority": decision.authority, "result": decision.result}
        transaction.run(DECISION, values | {"decided_at": decision.decided_at})


def tenant_name(transaction: Transaction) -> str:
    """The name of the tenant of the transaction."""
    return str(transaction.run(TENANT_NAME, {"tenant": transaction.tenant}).scalar_one())
