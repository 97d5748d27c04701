"""Proposals to publish one revision of a draft: at most one is open per model; decided ones stay as a record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Row, text

from engine.domain.caller import Caller
from engine.domain.codec import from_text, to_text
from engine.domain.errors import NotFound
from engine.store.transaction import Transaction
from tenants import release
from tenants.release import Release

COLUMNS = (
    "owner_id, id, draft_id, key, revision, semver, changelog, effective_from, state, proposed_by, proposed_by_name, "
    "proposed_at, edited_by, edited_by_name, decided_by, decided_by_name, decided_at, remark, version_id, release"
)
OWN = f"select {COLUMNS} from proposal where owner_id = :owner"
ALL = text(f"{OWN} and (cast(:key as text) is null or key = :key) order by proposed_at desc, id desc limit :most")
ONE = text(f"{OWN} and id = :id")
OPEN = text(f"{OWN} and key = :key and state = 'open'")
NEW = text(
    "insert into proposal (owner_id, id, draft_id, key, revision, semver, changelog, effective_from, state, "
    "proposed_by, proposed_by_name, proposed_at, edited_by, edited_by_name, release) values (:owner_id, :id, "
    ":draft_id, :key, :revision, :semver, :changelog, :effective_from, 'open', :proposed_by, :proposed_by_name, "
    ":proposed_at, :edited_by, :edited_by_name, :release)"
)
END = text(
    "update proposal set state = :state, decided_by = :by, decided_by_name = :by_name, decided_at = :at, "
    "remark = :remark, version_id = :version where owner_id = :owner and id = :id and state = 'open'"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """`state`: open, withdrawn, approved or rejected; `revision`: of the draft, which is what would be published;
    `edited_by`: who edited that revision last; `version_id`: what an approval made."""

    owner_id: UUID
    id: UUID
    draft_id: UUID
    key: str
    revision: int
    semver: str
    changelog: str
    effective_from: date | None
    state: str
    proposed_by: str
    proposed_by_name: str
    proposed_at: datetime
    edited_by: str
    edited_by_name: str
    decided_by: str | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = None
    remark: str | None = None
    version_id: UUID | None = None
    release: Release = release.PLAIN


def every(transaction: Transaction, key: str | None = None, most: int = 200) -> list[Proposal]:
    """The newest proposals of the tenant, of one model or of all."""
    rows = transaction.run(ALL, {"owner": transaction.tenant, "key": key, "most": most})
    return [_proposal(row) for row in rows]


def read(transaction: Transaction, id_: UUID) -> Proposal:
    """One proposal. Raises NotFound."""
    row = transaction.run(ONE, {"owner": transaction.tenant, "id": id_}).first()
    if row is None:
        raise NotFound
    return _proposal(row)


def find_open(transaction: Transaction, key: str) -> Proposal | None:
    """The proposal of a model that waits for a decision."""
    row = transaction.run(OPEN, {"owner": transaction.tenant, "key": key}).first()
    return None if row is None else _proposal(row)


def _proposal(row: Row[Any]) -> Proposal:
    *found, how = tuple(row)
    return Proposal(*(*found, release.read(cast(Mapping[str, str], from_text(how)))))


def add(transaction: Transaction, new: Proposal) -> None:
    """Propose; the draft is locked by the caller, so that there is no second one."""
    values = {name: getattr(new, name) for name in Proposal.__slots__}
    transaction.run(NEW, values | {"release": to_text(release.as_json(new.release))})


def end(
    transaction: Transaction, proposal: Proposal, caller: Caller, state: str, remark: str, version: UUID | None = None
) -> Proposal:
    """Withdrawn, approved (as that version) or rejected, by this caller."""
    values: dict[str, object] = {"owner": proposal.owner_id, "id": proposal.id, "state": state, "version": version}
    values |= {"by": caller.actor, "by_name": caller.name, "at": transaction.at, "remark": remark}
    transaction.run(END, values)
    return read(transaction, proposal.id)
