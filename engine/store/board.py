"""How a version stands for every tenant, for the owner that follows it: all in one statement."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text

from engine.store.releases import POLICY, RING
from engine.store.transaction import Transaction
from tenants.rebase import BLOCKING
from tenants.release import AUTOMATIC, EVERYONE

LINES = text(
    f"""select r.tenant_id, k.tenant_slug, k.tenant_name, r.state, coalesce(g.ring, '{EVERYONE}') as ring,
      coalesce(p.policy, '{AUTOMATIC}') as policy, p.until, r.reason, r.held_until, r.decided_by, r.decided_by_name,
      r.decided_at, coalesce(s.alerts, 0) as alerts, o.tenant is not null as own
    from rollout r join known_tenants() k on k.tenant = r.tenant_id
    left join lateral ({RING.format(tenant="r.tenant_id")}) g on true
    left join lateral ({POLICY.format(tenant="r.tenant_id")}) p on true
    left join (select tenant_id, count(*) as alerts from rollout_status where owner_id = :owner
      and version_id = :version and status = any(:blocking) group by tenant_id) s on s.tenant_id = r.tenant_id
    left join tenants_with_own(:key) o on o.tenant = r.tenant_id
    where r.owner_id = :owner and r.version_id = :version order by lower(k.tenant_name), r.tenant_id"""
)
WORKS_WITH = text(
    """select v.semver from rollout r join version v on v.owner_id = r.owner_id and v.id = r.version_id
    where r.owner_id = :owner and r.tenant_id = :other and r.key = :key and r.state = 'adopted'
    and coalesce(v.effective_from, :on) <= :on
    order by cast(string_to_array(v.semver, '.') as integer[]) desc limit 1"""
)


@dataclass(frozen=True, slots=True)
class Line:
    """One tenant. `alerts`: how many of its choices or questions stand in the way; `own`: it has a model of its own
    instead; `decided_by`: as history writes it."""

    tenant: UUID
    slug: str
    name: str
    state: str
    ring: str
    policy: str
    until: date | None
    reason: str | None
    held_until: date | None
    decided_by: str | None
    decided_by_name: str | None
    decided_at: datetime | None
    alerts: int
    own: bool


def lines(transaction: Transaction, key: str, version: UUID) -> list[Line]:
    """Every tenant that has a row, by name."""
    values = {"owner": transaction.tenant, "key": key, "version": version, "blocking": sorted(BLOCKING)}
    return [Line(*tuple(row)) for row in transaction.run(LINES, values)]


def works_with(transaction: Transaction, key: str, tenant: UUID, on: date) -> str | None:
    """The number of the version of this owner that a tenant adopted last, as far as its row tells."""
    values = {"owner": transaction.tenant, "other": tenant, "key": key, "on": on}
    found = transaction.run(WORKS_WITH, values).scalar()
    return None if found is None else str(found)
