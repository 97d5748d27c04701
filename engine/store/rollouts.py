"""How a version reaches the other tenants: the owner begins, each tenant decides, and both can read how it stands.

Between publishing and changing choices there is one lock per key, shared by those who choose: so a version never
counts as one that fits choices which were made for another at that very moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text

from engine.domain.caller import Caller
from engine.domain.errors import NotFound
from engine.store.transaction import Transaction
from tenants.rebase import Status

COLUMNS = (
    "r.owner_id, r.version_id, r.tenant_id, r.key, r.state, r.override_revision, r.decided_by, r.decided_by_name, "
    "r.decided_at, r.reason, r.held_until, r.seen_by_name, r.seen_at"
)
NOT_READ = "r.state = 'adopted' and r.decided_by like 'system:%' and r.seen_at is null"
ALONE = text("select pg_advisory_xact_lock(hashtextextended(:key, 0))")
TOGETHER = text("select pg_advisory_xact_lock_shared(hashtextextended(:key, 0))")
CHOOSERS = text("select tenant from tenants_with_choices(:key)")
NEW = text(
    "insert into rollout (owner_id, version_id, tenant_id, key, state, override_revision, decided_by, "
    "decided_by_name, decided_at, seen_at) values (:owner, :version, :other, :key, :state, 0, :by, :by_name, :at, "
    ":seen)"
)
LOCK = text(f"select {COLUMNS} from rollout r where r.tenant_id = :tenant and r.version_id = :id for no key update")
LOCK_ALL = text(
    "select version_id from rollout where tenant_id = :tenant and key = :key order by version_id for no key update"
)
DECIDE = text(
    "update rollout set state = :state, override_revision = :revision, decided_by = :by, decided_by_name = :by_name, "
    "decided_at = :at, reason = :reason, held_until = :until, seen_by = null, seen_by_name = null, seen_at = :seen "
    "where owner_id = :owner and version_id = :version and tenant_id = :tenant"
)
# What was decided for a later day, or is held, was looked at with other choices.
RECONSIDER = text(
    """update rollout r set state = case when r.state = 'held' then 'held' else 'pending' end from version v
    where v.owner_id = r.owner_id and v.id = r.version_id and r.tenant_id = :tenant and r.key = :key
    and (r.state = 'held' or (r.state = 'adopted' and v.effective_from > :on))
    and cast(string_to_array(v.semver, '.') as integer[]) > cast(string_to_array(:semver, '.') as integer[])
    returning r.owner_id, r.version_id"""
)
WAITING = text(
    """select r.owner_id, r.version_id from rollout r join version v on v.owner_id = r.owner_id and v.id = r.version_id
    where r.tenant_id = :tenant and r.key = :key and (r.state <> 'adopted' or v.effective_from > :on)
    and cast(string_to_array(v.semver, '.') as integer[]) > cast(string_to_array(:semver, '.') as integer[])"""
)
FIND = text(
    f"select {COLUMNS} from rollout r join version v on v.owner_id = r.owner_id and v.id = r.version_id "
    "where r.tenant_id = :tenant and r.key = :key and v.semver = :semver"
)
FORGET = text("delete from rollout_status where owner_id = :owner and version_id = :version and tenant_id = :tenant")
TELL = text(
    "insert into rollout_status (owner_id, version_id, tenant_id, number, point, status, nl, en, remedy_nl, "
    "remedy_en, start) values (:owner, :version, :tenant, :number, :point, :status, :nl, :en, :remedy_nl, "
    ":remedy_en, :start)"
)
OF_VERSION = text(f"select {COLUMNS} from rollout r where r.owner_id = :owner and r.version_id = :version")
HELD = text(f"select {COLUMNS} from rollout r where r.tenant_id = :tenant and r.state in ('held', 'deferred')")
# What went by itself, and nobody has read yet.
UNSEEN = text(f"select {COLUMNS} from rollout r where r.tenant_id = :tenant and {NOT_READ} order by r.decided_at desc")
SEE = text(
    "update rollout set seen_by = :by, seen_by_name = :by_name, seen_at = :at where tenant_id = :tenant "
    "and version_id = :version and seen_at is null"
)
COUNT = text(
    f"select count(*) from rollout r where r.tenant_id = :tenant and (r.state = 'held' or {NOT_READ}) "
    "and not exists (select 1 from rollout n join version w on w.owner_id = n.owner_id and w.id = n.version_id "
    "join version v on v.owner_id = r.owner_id and v.id = r.version_id where r.state = 'held' "
    "and n.tenant_id = r.tenant_id and n.owner_id = r.owner_id and n.key = r.key and n.state = 'adopted' "
    "and cast(string_to_array(w.semver, '.') as integer[]) > cast(string_to_array(v.semver, '.') as integer[]))"
)
TOLD = text(
    "select tenant_id, point, status, nl, en, remedy_nl, remedy_en, start from rollout_status "
    "where owner_id = :owner and version_id = :version and (cast(:tenant as uuid) is null or tenant_id = :tenant) "
    "order by tenant_id, number"
)


@dataclass(frozen=True, slots=True)
class Rollout:
    """One version for one tenant. `state`: waiting (for its ring), pending (not looked at yet), held (the tenant must
    decide), deferred (until the day `held_until`) or adopted; `override_revision`: the choices that were looked at;
    `reason`: why it was put off; `seen_at`: when somebody read what it did by itself."""

    owner_id: UUID
    version_id: UUID
    tenant_id: UUID
    key: str
    state: str
    override_revision: int = 0
    decided_by: str | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    held_until: date | None = None
    seen_by_name: str | None = None
    seen_at: datetime | None = None


def shut_out_choosers(transaction: Transaction, key: str) -> None:
    """Until the end of the transaction nobody changes choices for this key; those who are at it finish first."""
    transaction.run(ALONE, {"key": key})


def lock_choices(transaction: Transaction, key: str) -> None:
    """For a change of choices: no version of this key is published meanwhile, nor rolled out to this tenant."""
    transaction.run(TOGETHER, {"key": key})
    transaction.run(LOCK_ALL, {"tenant": transaction.tenant, "key": key})


def choosers(transaction: Transaction, key: str) -> frozenset[UUID]:
    """The tenants that have choices for a model of this tenant's own; not what they chose."""
    return frozenset(transaction.run(CHOOSERS, {"key": key}).scalars())


def add(transaction: Transaction, rows: Iterable[Rollout]) -> None:
    """The rows of a version that is published in this transaction."""
    values = [
        {"owner": row.owner_id, "version": row.version_id, "other": row.tenant_id, "key": row.key, "state": row.state}
        | {"by": row.decided_by, "by_name": row.decided_by_name, "at": row.decided_at, "seen": row.seen_at}
        for row in rows
    ]
    if values:
        transaction.run(NEW, values)


def lock(transaction: Transaction, version: UUID) -> Rollout:
    """How a version stands for the tenant of the transaction; nobody else decides meanwhile. Raises NotFound."""
    row = transaction.run(LOCK, {"tenant": transaction.tenant, "id": version}).first()
    if row is None:
        raise NotFound
    return Rollout(*tuple(row))


def decide(
    transaction: Transaction,
    caller: Caller,
    row: Rollout,
    state: str,
    revision: int,
    reason: str | None = None,
    until: date | None = None,
) -> None:
    """The tenant's row becomes `state`, on that revision of its choices; `reason` and `until`: of putting it off."""
    values = _of(row) | {"state": state, "revision": revision, "reason": reason, "until": until}
    values |= {"seen": None if caller.kind == "system" else transaction.at}
    transaction.run(DECIDE, values | {"by": caller.actor, "by_name": caller.name, "at": transaction.at})


def see(transaction: Transaction, caller: Caller, version: UUID) -> None:
    """Somebody has read what a version did by itself."""
    values = {"tenant": transaction.tenant, "version": version, "by": caller.actor, "by_name": caller.name}
    transaction.run(SEE, values | {"at": transaction.at})


def unseen(transaction: Transaction) -> list[Rollout]:
    """What the tenant got by itself and nobody has read yet, the newest first."""
    return [Rollout(*tuple(row)) for row in transaction.run(UNSEEN, {"tenant": transaction.tenant})]


def count_open(transaction: Transaction) -> int:
    """How many versions wait for a decision of the tenant, or went by themselves unread."""
    return int(transaction.run(COUNT, {"tenant": transaction.tenant}).scalar_one())


def tell(transaction: Transaction, row: Rollout, statuses: Iterable[Status]) -> None:
    """These are now the statuses of the tenant's choices on that version."""
    transaction.run(FORGET, _of(row))
    told = [
        _of(row) | {"number": number} | {name: getattr(status, name) for name in Status.__slots__}
        for number, status in enumerate(statuses)
    ]
    if told:
        transaction.run(TELL, told)


def reconsider(transaction: Transaction, key: str, above: str, on: date) -> list[tuple[UUID, UUID]]:
    """(owner, version) of what must be looked at again since the tenant's choices changed: higher than `above`, and
    held, or adopted for a day after `on`; the latter is pending from here on."""
    values = {"tenant": transaction.tenant, "key": key, "semver": above, "on": on}
    return [(row.owner_id, row.version_id) for row in transaction.run(RECONSIDER, values)]


def waiting(transaction: Transaction, key: str, above: str, on: date) -> list[tuple[UUID, UUID]]:
    """(owner, version) of what is higher than `above` and not in force for the tenant on `on`, decided or not."""
    values = {"tenant": transaction.tenant, "key": key, "semver": above, "on": on}
    return [(row.owner_id, row.version_id) for row in transaction.run(WAITING, values)]


def find(transaction: Transaction, key: str, semver: str) -> Rollout:
    """How a version of a shared model stands for the tenant of the transaction. Raises NotFound."""
    row = transaction.run(FIND, {"tenant": transaction.tenant, "key": key, "semver": semver}).first()
    if row is None:
        raise NotFound
    return Rollout(*tuple(row))


def of_version(transaction: Transaction, version: UUID) -> list[Rollout]:
    """Every tenant's row of a version of this tenant's own."""
    rows = transaction.run(OF_VERSION, {"owner": transaction.tenant, "version": version})
    return [Rollout(*tuple(row)) for row in rows]


def held(transaction: Transaction) -> list[Rollout]:
    """What is held for the tenant of the transaction, or put off."""
    return [Rollout(*tuple(row)) for row in transaction.run(HELD, {"tenant": transaction.tenant})]


def statuses(
    transaction: Transaction, owner: UUID, version: UUID, tenant: UUID | None = None
) -> dict[UUID, tuple[Status, ...]]:
    """Tenant → the statuses of its choices on a version; of one tenant, or of all that may be read."""
    found: dict[UUID, list[Status]] = {}
    for row in transaction.run(TOLD, {"owner": owner, "version": version, "tenant": tenant}):
        found.setdefault(row.tenant_id, []).append(_status(row))
    return {of: tuple(told) for of, told in found.items()}


def _status(row: Row[Any]) -> Status:
    return Status(*tuple(row)[1:])


def _of(row: Rollout) -> dict[str, object]:
    return {"owner": row.owner_id, "version": row.version_id, "tenant": row.tenant_id}
