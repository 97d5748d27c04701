"""Drafts: one per model of an owner, with the content of each file per revision, and who has it open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from engine.domain.caller import Caller
from engine.domain.errors import NotFound
from engine.domain.ids import new_id
from engine.domain.memory import LeastRecent
from engine.store.transaction import Transaction

KEPT = 200  # revisions that can be read back
SEEN = timedelta(seconds=30)

DRAFT = (
    "d.owner_id, d.id, d.key, coalesce(m.name, d.name), d.revision, v.semver, d.edited_by, d.edited_by_name, "
    "d.edited_at, exists (select 1 from proposal p where p.owner_id = d.owner_id and p.key = d.key "
    "and p.state = 'open')"
)
FROM_DRAFT = """from draft d left join model m on m.owner_id = d.owner_id and m.key = d.key
  left join version v on v.owner_id = d.owner_id and v.id = d.base_id where d.owner_id = :owner and d.open"""
ALL = text(f"select {DRAFT} {FROM_DRAFT} order by d.key")
ONE = text(f"select {DRAFT} {FROM_DRAFT} and d.key = :key")
LOCK = text("select id from draft where owner_id = :owner and key = :key for no key update")
RESERVE = text(
    "insert into draft (owner_id, id, key, name, revision, open, base_id, edited_by, edited_by_name, edited_at) "
    "values (:owner, :id, :key, :name, 0, false, null, :by, :by_name, :at) on conflict (owner_id, key) do nothing"
)
OPEN = text("update draft set open = true, name = :name, base_id = :base where owner_id = :owner and key = :key")
CLOSE = text("update draft set open = false where owner_id = :owner and id = :id")
EDIT = text(
    "update draft set revision = revision + 1, name = coalesce(:name, name), edited_by = :by, "
    "edited_by_name = :by_name, edited_at = :at where owner_id = :owner and id = :id returning revision"
)
HEAD = text("select revision from draft where owner_id = :owner and id = :id")
NEWEST_FILES = """select distinct on (path) path, revision, content from draft_file
  where owner_id = :owner and draft_id = :id and revision <= :revision order by path, revision desc"""
FILES = text(f"select path, content from ({NEWEST_FILES}) f where content is not null order by path")
STAMPS = text(
    f"select path, length(content) as size, encode(sha256(content), 'hex') as hash from ({NEWEST_FILES}) f "
    "where content is not null order by path"
)
NEW_FILE = text(
    "insert into draft_file (owner_id, draft_id, path, revision, content) "
    "values (:owner, :id, :path, :revision, :content)"
)
# Whatever no revision that is kept can see: what was replaced, or removed, before the first of them.
PRUNE = text(
    """delete from draft_file f where f.owner_id = :owner and f.draft_id = :id and f.revision <= :first
    and (f.content is null or exists (select 1 from draft_file n where n.owner_id = f.owner_id
      and n.draft_id = f.draft_id and n.path = f.path and n.revision > f.revision and n.revision <= :first))"""
)
SEE = text(
    "insert into draft_presence (owner_id, draft_id, actor, name, seen_at) values (:owner, :id, :actor, :name, :at) "
    "on conflict (owner_id, draft_id, actor) do update set name = excluded.name, seen_at = excluded.seen_at"
)
OTHERS = text(
    "select name, seen_at from draft_presence where owner_id = :owner and draft_id = :id and actor <> :actor "
    "and seen_at >= :since order by name"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """Work on the next version of a model. `base_version`: the number of the version that it began from; `locked`: a
    proposal is open, so that nothing may change; `edited_by`: as history writes an actor."""

    owner_id: UUID
    id: UUID
    key: str
    name: str
    revision: int
    base_version: str | None
    edited_by: str
    edited_by_name: str
    edited_at: datetime
    locked: bool


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is known of a file without reading it: bytes, and its SHA-256 in hex."""

    size: int
    hash: str


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody else who has the draft open."""

    name: str
    seen_at: datetime


def every(transaction: Transaction) -> list[Draft]:
    """The open drafts of the tenant, by key."""
    return [Draft(*tuple(row)) for row in transaction.run(ALL, {"owner": transaction.tenant})]


def find(transaction: Transaction, key: str) -> Draft | None:
    """The open draft of a model; None when there is none."""
    row = transaction.run(ONE, {"owner": transaction.tenant, "key": key}).first()
    return None if row is None else Draft(*tuple(row))


def read(transaction: Transaction, key: str) -> Draft:
    """The open draft of a model. Raises NotFound."""
    found = find(transaction, key)
    if found is None:
        raise NotFound
    return found


def lock(transaction: Transaction, key: str) -> Draft | None:
    """The open draft, and no other writer until the end of the transaction.

    Read after the lock, in a statement of its own: whoever had it may have proposed meanwhile."""
    transaction.run(LOCK, {"owner": transaction.tenant, "key": key})
    return find(transaction, key)


def locked(transaction: Transaction, key: str) -> Draft:
    """The same. Raises NotFound."""
    found = lock(transaction, key)
    if found is None:
        raise NotFound
    return found


def begin(transaction: Transaction, caller: Caller, key: str, name: str, base: UUID | None) -> tuple[Draft, bool]:
    """The draft of a model, locked, and whether it begins now; then nothing was written into it yet."""
    values: dict[str, object] = {"owner": transaction.tenant, "id": new_id(), "key": key, "name": name, "base": base}
    transaction.run(RESERVE, values | {"by": caller.actor, "by_name": caller.name, "at": transaction.at})
    known = lock(transaction, key)
    if known is not None:
        return known, False
    transaction.run(OPEN, values)
    return read(transaction, key), True


def write(
    transaction: Transaction,
    caller: Caller,
    draft: Draft,
    changed: Mapping[str, bytes | None],
    name: str | None = None,
) -> Draft:
    """The next revision of a locked draft; None removes a file. `name`: what a model without a version is called.

    What this transaction reads from here on is remembered for itself alone, since all of it may be rolled back."""
    transaction.memory = LeastRecent()
    values: dict[str, object] = {"owner": draft.owner_id, "id": draft.id, "name": name, "at": transaction.at}
    revision = transaction.run(EDIT, values | {"by": caller.actor, "by_name": caller.name}).scalar_one()
    rows = [values | {"path": path, "revision": revision, "content": data} for path, data in sorted(changed.items())]
    if rows:
        transaction.run(NEW_FILE, rows)
    transaction.run(PRUNE, values | {"first": revision - KEPT})
    return read(transaction, draft.key)


def close(transaction: Transaction, draft: Draft) -> None:
    """End the work; its history stays until newer work overtakes it."""
    transaction.run(CLOSE, {"owner": draft.owner_id, "id": draft.id})


def files(transaction: Transaction, draft: Draft, revision: int | None = None) -> dict[str, bytes]:
    """The files by path, as they are or as they were. Raises NotFound when that revision is no longer kept."""
    wanted = draft.revision if revision is None else revision
    if not max(1, draft.revision - KEPT) <= wanted <= draft.revision:
        raise NotFound
    rows = transaction.run(FILES, {"owner": draft.owner_id, "id": draft.id, "revision": wanted})
    return {row.path: bytes(row.content) for row in rows}


def files_of(transaction: Transaction, draft: UUID, revision: int) -> dict[str, bytes] | None:
    """The files as they were in a revision, also when that work has ended; None when they are no longer kept."""
    values = {"owner": transaction.tenant, "id": draft, "revision": revision}
    if revision < transaction.run(HEAD, values).scalar_one() - KEPT:
        return None
    return {row.path: bytes(row.content) for row in transaction.run(FILES, values)}


def stamps(transaction: Transaction, draft: Draft) -> dict[str, Stamp]:
    """Size and hash of every file as it is, by path."""
    rows = transaction.run(STAMPS, {"owner": draft.owner_id, "id": draft.id, "revision": draft.revision})
    return {row.path: Stamp(row.size, row.hash) for row in rows}


def see(transaction: Transaction, caller: Caller, draft: Draft) -> list[Presence]:
    """Note that the caller has it open; the others that have."""
    values: dict[str, object] = {"owner": draft.owner_id, "id": draft.id, "actor": caller.actor}
    transaction.run(SEE, values | {"name": caller.name, "at": transaction.at})
    rows = transaction.run(OTHERS, values | {"since": transaction.at - SEEN})
    return [Presence(row.name, row.seen_at) for row in rows]
