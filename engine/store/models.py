"""Published versions, overrides and effective models: append-only rows, read as immutable values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Row, text

from engine.domain.codec import from_text, to_text
from engine.domain.errors import NotFound
from engine.domain.ids import new_id
from engine.domain.memory import LeastRecent
from engine.store.statement import asking
from engine.store.transaction import Transaction
from tenants import release
from tenants.release import Release

VERSION = (
    "v.owner_id, v.id, v.key, m.name, v.semver, v.package_hash, v.changelog, v.published_by, v.published_at, "
    "v.effective_from, v.last_start, o.name as owner_name, o.kind as owner_kind, "
    "v.release"
)
FROM_VERSION = """from version v join model m on m.owner_id = v.owner_id and m.key = v.key
  join tenant o on o.id = v.owner_id"""
VERSION_WIDTH = len(VERSION.split(", "))
CHOICES = "revision, choices, author, created_at"
CHOICES_WIDTH = len(CHOICES.split(", "))
NEWEST = "cast(string_to_array(v.semver, '.') as integer[]) desc"
# Who has nothing newer still works with a version whose last lawful start date has passed: no case begins on it, but
# its choices can be changed and its successor adopted.
IN_FORCE = f"""where :on >= coalesce(v.effective_from, :on)
  and (cast(:key as text) is null or v.key = :key)
  and not exists (select 1 from rollout r where r.owner_id = v.owner_id and r.version_id = v.id
    and r.tenant_id = :tenant and r.state <> 'adopted')
  order by v.key, (v.owner_id = :tenant) desc, (coalesce(v.last_start, :on) >= :on) desc, {NEWEST}"""
CURRENT = asking(f"select distinct on (v.key) {VERSION} {FROM_VERSION} {IN_FORCE}", VERSION_WIDTH)
CURRENT_WITH_CHOICES = asking(
    f"""select distinct on (v.key) {VERSION}, c.* {FROM_VERSION}
    left join lateral (select {CHOICES} from override where tenant_id = :tenant and key = v.key
    order by revision desc limit 1) c on true {IN_FORCE}""",
    VERSION_WIDTH + CHOICES_WIDTH,
)
FILES = text("select path, content from version_file where owner_id = :owner and version_id = :id order by path")
MADE = """select e.id, e.key, e.owner_id, e.version_id, v.semver, e.override_revision, e.structure_hash, e.resolved_on
  from effective_model e join version v on v.owner_id = e.owner_id and v.id = e.version_id
  where e.tenant_id = :tenant"""
EFFECTIVE = text(f"{MADE} and e.id = :id")
EFFECTIVE_FOR = asking(
    f"{MADE} and e.version_id = :version and e.override_revision = :revision and e.structure_hash = :hash",
    "id key owner_id version_id semver override_revision structure_hash resolved_on",
)
NEW_EFFECTIVE = text(
    "insert into effective_model (tenant_id, id, key, owner_id, version_id, override_revision, structure_hash, "
    "resolved_on) values (:tenant, :id, :key, :owner, :version, :revision, :hash, :on) on conflict do nothing"
)
OVERRIDE = text(
    f"select {CHOICES} from override where tenant_id = :tenant and key = :key "
    "and (cast(:revision as integer) is null or revision = :revision) order by revision desc limit 1"
)
NEW_OVERRIDE = text(
    "insert into override (tenant_id, key, revision, choices, author, created_at) "
    "values (:tenant, :key, :revision, :choices, :author, :at) on conflict do nothing returning revision"
)
NEW_MODEL = text(
    "insert into model (owner_id, key, name) values (:owner, :key, :name) "
    "on conflict (owner_id, key) do update set name = excluded.name"
)
NEW_VERSION = text(
    "insert into version (owner_id, id, key, semver, package_hash, changelog, published_by, published_at, "
    "effective_from, last_start, release) values (:owner, :id, :key, :semver, :hash, :changelog, :by, :at, "
    ":effective_from, :last_start, :release) on conflict (owner_id, key, semver) do nothing returning id"
)
NEW_FILE = text(
    "insert into version_file (owner_id, version_id, path, content) values (:owner, :version, :path, :content)"
)


@dataclass(frozen=True, slots=True)
class Version:
    """A published version of a model."""

    owner_id: UUID
    id: UUID
    key: str
    name: str
    semver: str
    package_hash: str
    changelog: str
    published_by: str
    published_at: datetime
    effective_from: date | None
    last_start: date | None
    owner_name: str
    owner_kind: str
    release: Release = release.PLAIN

    def begins_cases(self, on: date) -> bool:
        """Whether its last lawful start date has not passed on that day."""
        return self.last_start is None or on <= self.last_start


def as_version(values: Sequence[Any]) -> Version:
    """The columns of VERSION as a value."""
    *found, how = values
    return Version(*(*found, release.read(cast(Mapping[str, str], from_text(how)))))


@dataclass(frozen=True, slots=True)
class EffectiveModel:
    """Version ⊕ override revision, of the tenant of the transaction."""

    id: UUID
    key: str
    owner_id: UUID
    version_id: UUID
    semver: str
    override_revision: int
    structure_hash: str
    resolved_on: date


@dataclass(frozen=True, slots=True)
class StoredOverride:
    """A revision of a tenant's choices; revision 0 stands for none."""

    revision: int
    choices: str
    author: str
    created_at: datetime | None


NO_OVERRIDE = StoredOverride(0, "[]", "", None)


def current_version(transaction: Transaction, key: str, on: date) -> Version:
    """The version that the tenant works with on that day, never one that is held for it; its own model goes before the
    collective's, and a version that may begin cases before one that no longer may. Raises NotFound."""
    row = transaction.run(CURRENT, {"key": key, "on": on, "tenant": transaction.tenant}).first()
    if row is None:
        raise NotFound
    return as_version(tuple(row))


def in_force(transaction: Transaction, key: str, on: date) -> tuple[Version, StoredOverride]:
    """The version in force and the newest revision of the tenant's choices, in one statement. Raises NotFound."""
    row = transaction.run(CURRENT_WITH_CHOICES, {"key": key, "on": on, "tenant": transaction.tenant}).first()
    if row is None:
        raise NotFound
    found, chosen = tuple(row)[:VERSION_WIDTH], tuple(row)[VERSION_WIDTH:]
    return as_version(found), NO_OVERRIDE if chosen[0] is None else StoredOverride(*chosen)


def current_versions(transaction: Transaction, on: date) -> list[Version]:
    """The version in force of every model that the tenant can read, by key."""
    values = {"key": None, "on": on, "tenant": transaction.tenant}
    return [as_version(tuple(row)) for row in transaction.run(CURRENT, values)]


def version_files(transaction: Transaction, owner: UUID, id_: UUID) -> dict[str, bytes]:
    """The files of a version by path."""
    rows = transaction.run(FILES, {"owner": owner, "id": id_})
    return {row.path: bytes(row.content) for row in rows}


def _effective(row: Row[Any] | None) -> EffectiveModel:
    if row is None:
        raise NotFound
    return EffectiveModel(*tuple(row))


def effective_model(transaction: Transaction, id_: UUID) -> EffectiveModel:
    """What a case runs on. Raises NotFound."""
    return _effective(transaction.run(EFFECTIVE, {"tenant": transaction.tenant, "id": id_}).first())


def find_effective(
    transaction: Transaction, version_id: UUID, revision: int, structure_hash: str
) -> EffectiveModel | None:
    """The effective model with this structure, when a case has needed it before."""
    values = {"tenant": transaction.tenant, "version": version_id, "revision": revision, "hash": structure_hash}
    row = transaction.run(EFFECTIVE_FOR, values).first()
    return None if row is None else _effective(row)


def add_effective(
    transaction: Transaction, of: Version, revision: int, structure_hash: str, on: date
) -> EffectiveModel:
    """Remember an effective model; when somebody else was first, theirs."""
    values = {
        "tenant": transaction.tenant,
        "id": new_id(),
        "key": of.key,
        "owner": of.owner_id,
        "version": of.id,
        "revision": revision,
        "hash": structure_hash,
        "on": on,
    }
    transaction.run(NEW_EFFECTIVE, values)
    return _effective(transaction.run(EFFECTIVE_FOR, values).first())


def override(transaction: Transaction, key: str, revision: int | None = None) -> StoredOverride:
    """The newest revision of the tenant's choices, or the one asked for; NO_OVERRIDE when there is none."""
    row = transaction.run(OVERRIDE, {"tenant": transaction.tenant, "key": key, "revision": revision}).first()
    return NO_OVERRIDE if row is None else StoredOverride(*tuple(row))


def add_override(transaction: Transaction, key: str, revision: int, choices: str, author: str) -> bool:
    """A new revision of the tenant's choices; False when somebody else was first with that revision.

    What this transaction reads from here on is remembered for itself alone, since all of it may be rolled back."""
    transaction.memory = LeastRecent()
    values = {"tenant": transaction.tenant, "key": key, "revision": revision, "choices": choices, "author": author}
    return transaction.run(NEW_OVERRIDE, {**values, "at": transaction.at}).first() is not None


def add_version(transaction: Transaction, new: Version, files: dict[str, bytes]) -> bool:
    """Publish: the model's row, the version and its files; False when the owner has this number already."""
    transaction.run(NEW_MODEL, {"owner": new.owner_id, "key": new.key, "name": new.name})
    values = {"owner": new.owner_id, "id": new.id, "key": new.key, "semver": new.semver, "hash": new.package_hash}
    values |= {"changelog": new.changelog, "by": new.published_by, "at": new.published_at}
    values |= {"effective_from": new.effective_from, "last_start": new.last_start}
    values |= {"release": to_text(release.as_json(new.release))}
    if transaction.run(NEW_VERSION, values).first() is None:
        return False
    rows = [
        {"owner": new.owner_id, "version": new.id, "path": path, "content": content}
        for path, content in sorted(files.items())
    ]
    transaction.run(NEW_FILE, rows)
    return True
