"""The versions of an owner's own models, whether in force or not; what others may start is in `models.py`."""

from datetime import date
from uuid import UUID

from sqlalchemy import text

from engine.domain.errors import NotFound
from engine.store.models import FROM_VERSION, NEWEST, VERSION, Version, as_version
from engine.store.transaction import Transaction

OWN = f"select {VERSION} {FROM_VERSION} where v.owner_id = :owner"
OF_MODEL = text(f"{OWN} and v.key = :key order by {NEWEST}")
NEWEST_OF_EACH = text(
    f"select distinct on (v.key) {VERSION} {FROM_VERSION} where v.owner_id = :owner order by v.key, {NEWEST}"
)
ONE = text(f"{OWN} and v.id = :id")
# Versions never change but for this: the law may end them.
END_EARLIER = text(
    "update version set last_start = least(last_start, :last) where owner_id = :owner and key = :key "
    "and cast(string_to_array(semver, '.') as integer[]) < cast(string_to_array(:semver, '.') as integer[])"
)
SHARED = text(
    "select o.name from model m join tenant o on o.id = m.owner_id "
    "where m.key = :key and o.kind = 'collective' and o.id <> :owner"
)


def of_model(transaction: Transaction, key: str) -> list[Version]:
    """The versions of a model of the tenant's own, the newest first; none when it has no such model."""
    rows = transaction.run(OF_MODEL, {"owner": transaction.tenant, "key": key})
    return [as_version(tuple(row)) for row in rows]


def newest_of_each(transaction: Transaction) -> list[Version]:
    """The newest version of every model of the tenant's own, by key."""
    return [as_version(tuple(row)) for row in transaction.run(NEWEST_OF_EACH, {"owner": transaction.tenant})]


def read(transaction: Transaction, id_: UUID, owner: UUID | None = None) -> Version:
    """One version of the tenant's own, or of `owner` when the tenant may read that. Raises NotFound."""
    row = transaction.run(ONE, {"owner": owner or transaction.tenant, "id": id_}).first()
    if row is None:
        raise NotFound
    return as_version(tuple(row))


def end_earlier(transaction: Transaction, newer: Version, last: date) -> None:
    """On earlier versions of the same model no case may begin after `last`."""
    transaction.run(END_EARLIER, {"owner": newer.owner_id, "key": newer.key, "semver": newer.semver, "last": last})


def shared_by(transaction: Transaction, key: str) -> str | None:
    """The name of the collective when it, and not this tenant, has a model of that key."""
    found = transaction.run(SHARED, {"key": key, "owner": transaction.tenant}).scalar_one_or_none()
    return None if found is None else str(found)
