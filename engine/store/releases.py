"""Rings, and what each tenant wants: who gets a version when, before anybody looks at its choices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text

from engine.domain.caller import Caller
from engine.store.models import Version
from engine.store.transaction import Transaction
from tenants.release import AUTOMATIC, EVERYONE, RINGS

POLICY = """select p.policy, p.until from rollout_policy p where p.tenant_id = {tenant} and p.key in (:key, '')
  order by (p.key = :key) desc, p.revision desc limit 1"""
RING = """select t.ring from tenant_ring t where t.tenant_id = {tenant} and t.owner_id = :owner
  order by t.revision desc limit 1"""
AUDIENCE = text(
    f"""select k.tenant, k.tenant_kind, k.tenant_name, coalesce(g.ring, '{EVERYONE}') as ring,
      coalesce(p.policy, '{AUTOMATIC}') as policy, p.until from known_tenants() k
    left join lateral ({RING.format(tenant="k.tenant")}) g on true
    left join lateral ({POLICY.format(tenant="k.tenant")}) p on true
    where k.tenant <> :owner order by k.tenant_name, k.tenant"""
)
TERMS = text(
    f"""select coalesce(({RING.format(tenant=":tenant")}), '{EVERYONE}') as ring,
      coalesce((select policy from ({POLICY.format(tenant=":tenant")}) p), '{AUTOMATIC}') as policy,
      (select until from ({POLICY.format(tenant=":tenant")}) p) as until"""
)
OPENED = text("select ring, opens_on from release_ring where owner_id = :owner and version_id = :version")
OPEN = text(
    "insert into release_ring (owner_id, version_id, ring, opens_on, set_by, set_by_name, set_at) values (:owner, "
    ":version, :ring, :on, :by, :by_name, :at) on conflict (owner_id, version_id, ring) do update "
    "set opens_on = least(release_ring.opens_on, excluded.opens_on), set_by = excluded.set_by, "
    "set_by_name = excluded.set_by_name, set_at = excluded.set_at"
)
PUT = text(
    "insert into tenant_ring (owner_id, tenant_id, revision, ring, reason, set_by, set_by_name, set_at) select :owner, "
    ":other, coalesce(max(revision), 0) + 1, :ring, :reason, :by, :by_name, :at from tenant_ring "
    "where owner_id = :owner and tenant_id = :other"
)
SAY = text(
    "insert into rollout_policy (tenant_id, key, revision, policy, until, reason, set_by, set_by_name, set_at) "
    "select :tenant, :key, coalesce(max(revision), 0) + 1, :policy, :until, :reason, :by, :by_name, :at "
    "from rollout_policy where tenant_id = :tenant and key = :key"
)
SAID = text(
    "select key, policy, until, reason, set_by_name, set_at from rollout_policy where tenant_id = :tenant "
    "order by set_at desc, revision desc limit 100"
)


@dataclass(frozen=True, slots=True)
class Terms:
    """Whether a tenant gets a version now: its `ring`, and its `policy`, with the day `until` which it holds."""

    ring: str
    policy: str
    until: date | None

    def reached(self, opened: Mapping[str, date], today: date) -> bool:
        """Whether this ring or a later one has opened."""
        return any(day <= today and RINGS.index(ring) >= RINGS.index(self.ring) for ring, day in opened.items())


@dataclass(frozen=True, slots=True)
class Member:
    """One tenant that a version may go to."""

    tenant: UUID
    kind: str
    name: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class Policy:
    """What a tenant said it wants, of one model or (`key` empty) of all others."""

    key: str
    policy: str
    until: date | None
    reason: str
    set_by_name: str
    set_at: datetime


def audience(transaction: Transaction, key: str) -> list[Member]:
    """Every other tenant, by name, with what holds for a model of the tenant of the transaction."""
    rows = transaction.run(AUDIENCE, {"owner": transaction.tenant, "key": key})
    return [Member(r.tenant, r.tenant_kind, r.tenant_name, Terms(r.ring, r.policy, r.until)) for r in rows]


def terms(transaction: Transaction, owner: UUID, key: str) -> Terms:
    """What holds for a model of that owner and the tenant of the transaction."""
    row = transaction.run(TERMS, {"tenant": transaction.tenant, "owner": owner, "key": key}).one()
    return Terms(row.ring, row.policy, row.until)


def opened(transaction: Transaction, owner: UUID, version: UUID) -> dict[str, date]:
    """Ring → its day, of those that are known."""
    rows = transaction.run(OPENED, {"owner": owner, "version": version})
    return {row.ring: row.opens_on for row in rows}


def open_rings(transaction: Transaction, caller: Caller, version: Version, days: Mapping[str, date]) -> None:
    """These rings get a version of the tenant's own from these days, or earlier when that was said before."""
    of = {"owner": transaction.tenant, "version": version.id, "by": caller.actor, "by_name": caller.name}
    for ring, day in days.items():
        transaction.run(OPEN, of | {"ring": ring, "on": day, "at": transaction.at})


def put_in_ring(transaction: Transaction, caller: Caller, tenant: UUID, ring: str, reason: str) -> None:
    """From now on the tenant is in that ring."""
    values = {"owner": transaction.tenant, "other": tenant, "ring": ring, "reason": reason, "by": caller.actor}
    transaction.run(PUT, values | {"by_name": caller.name, "at": transaction.at})


def say(transaction: Transaction, caller: Caller, key: str, policy: str, until: date | None, reason: str) -> None:
    """From now on the tenant of the transaction wants this."""
    values = {"tenant": transaction.tenant, "key": key, "policy": policy, "until": until, "reason": reason}
    transaction.run(SAY, values | {"by": caller.actor, "by_name": caller.name, "at": transaction.at})


def said(transaction: Transaction) -> list[Policy]:
    """What the tenant of the transaction said, the newest first."""
    return [Policy(*tuple(row)) for row in transaction.run(SAID, {"tenant": transaction.tenant})]
