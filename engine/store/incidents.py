"""Incidents: steps and jobs that a person must look at."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from engine.domain.errors import NotFound
from engine.store.transaction import Transaction

COLUMNS = (
    "n.id, n.instance_id, n.token, n.node, n.code, n.message, n.job_id, n.created_at, n.resolved_at, n.resolved_by, "
    "n.reason, i.key, i.business_key"
)
JOIN = "from incident n join instance i on i.tenant_id = n.tenant_id and i.id = n.instance_id"
READ = text(f"select {COLUMNS} {JOIN} where n.tenant_id = :tenant and n.id = :id")
OPEN = text(
    f"select {COLUMNS} {JOIN} where n.tenant_id = :tenant and n.resolved_at is null "
    "order by n.created_at desc, n.id desc limit :most"
)
OF_CASE = text(
    f"select {COLUMNS} {JOIN} where n.tenant_id = :tenant and n.instance_id = :id and n.resolved_at is null "
    "order by n.created_at"
)
RESOLVE = text(
    "update incident set resolved_at = :at, resolved_by = :by, reason = :reason "
    "where tenant_id = :tenant and id = :id and resolved_at is null returning id"
)


@dataclass(frozen=True, slots=True)
class Incident:
    """`code`: stable kind of fault; `message`: what happened; `job_id`: of the failed job, else a step failed."""

    id: UUID
    instance_id: UUID
    token: int
    node: str
    code: str
    message: str
    job_id: UUID | None
    created_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None
    reason: str | None
    key: str
    business_key: str


def read(transaction: Transaction, incident: UUID) -> Incident:
    """One incident. Raises NotFound."""
    row = transaction.run(READ, {"tenant": transaction.tenant, "id": incident}).first()
    if row is None:
        raise NotFound
    return Incident(*tuple(row))


def unresolved(transaction: Transaction, most: int) -> list[Incident]:
    """The newest open incidents of the tenant."""
    return [Incident(*tuple(row)) for row in transaction.run(OPEN, {"tenant": transaction.tenant, "most": most})]


def of_case(transaction: Transaction, instance: UUID) -> list[Incident]:
    """The open incidents of one case."""
    return [Incident(*tuple(row)) for row in transaction.run(OF_CASE, {"tenant": transaction.tenant, "id": instance})]


def resolve(transaction: Transaction, incident: UUID, by: str, reason: str) -> bool:
    """Close an incident; False when it was closed before."""
    values = {"tenant": transaction.tenant, "id": incident, "at": transaction.at, "by": by, "reason": reason}
    return transaction.run(RESOLVE, values).first() is not None
