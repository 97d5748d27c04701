"""The models that a tenant owns: their versions, and the work on the next one."""

from dataclasses import dataclass
from uuid import UUID

from engine.domain.caller import Caller
from engine.domain.errors import NotFound
from engine.domain.rights import require
from engine.store import drafts, proposals, versions
from engine.store.drafts import Draft
from engine.store.models import Version
from engine.store.proposals import Proposal
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class OwnedModel:
    """A model in the list; `newest`: None until its first version."""

    key: str
    name: str
    newest: Version | None
    draft: Draft | None
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class Overview:
    """One model: its versions, the newest first, the draft, and the proposal that is open."""

    key: str
    name: str
    versions: tuple[Version, ...]
    draft: Draft | None
    proposal: Proposal | None


def owned_models(transaction: Transaction, caller: Caller) -> list[OwnedModel]:
    """Every model of the tenant's own, also those that have only a draft, by name."""
    require(caller, "draft.read")
    newest = {version.key: version for version in versions.newest_of_each(transaction)}
    drafted = {draft.key: draft for draft in drafts.every(transaction)}
    proposed = {proposal.key: proposal for proposal in proposals.every(transaction) if proposal.state == "open"}
    names = {draft.key: draft.name for draft in drafted.values()} | {one.key: one.name for one in newest.values()}
    found = (OwnedModel(key, name, newest.get(key), drafted.get(key), proposed.get(key)) for key, name in names.items())
    return sorted(found, key=lambda model: (model.name.casefold(), model.key))


def list_proposals(transaction: Transaction, caller: Caller, key: str | None = None) -> list[Proposal]:
    """The newest proposals of the tenant, decided ones too; `key`: of one model."""
    require(caller, "draft.read")
    return proposals.every(transaction, key)


def read_proposal(transaction: Transaction, caller: Caller, id_: UUID) -> Proposal:
    """One proposal. Raises NotFound."""
    require(caller, "draft.read")
    return proposals.read(transaction, id_)


def model_overview(transaction: Transaction, caller: Caller, key: str) -> Overview:
    """One model of the tenant's own. Raises NotFound."""
    require(caller, "draft.read")
    known = tuple(versions.of_model(transaction, key))
    draft = drafts.find(transaction, key)
    if not known and draft is None:
        raise NotFound
    name = known[0].name if known else draft.name if draft else key
    return Overview(key, name, known, draft, proposals.find_open(transaction, key))
