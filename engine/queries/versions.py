"""The models that a tenant owns: their versions, and the work on the next one."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from engine.domain.caller import Caller
from engine.domain.errors import NotFound
from engine.domain.rights import require
from engine.store import board, drafts, proposals, rollouts, versions
from engine.store.drafts import Draft
from engine.store.models import Version
from engine.store.proposals import Proposal
from engine.store.transaction import Transaction
from tenants.rebase import Status


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


@dataclass(frozen=True, slots=True)
class RolloutLine:
    """How a version stands for one tenant. `state`: waiting, pending, held, deferred or adopted; `statuses`: of its
    choices, in words; `decided_by_name`: a person or client of that tenant, None when nobody had to; `alerts`: what
    it has to decide; `own_model`: it has a model of its own instead."""

    tenant: UUID
    tenant_name: str
    state: str
    statuses: tuple[Status, ...]
    decided_by_name: str | None
    decided_at: datetime | None
    slug: str
    ring: str
    policy: str
    reason: str | None
    held_until: date | None
    alerts: int
    own_model: bool


def owned_models(transaction: Transaction, caller: Caller) -> list[OwnedModel]:
    """Every model of the tenant's own, also those that have only a draft, by name."""
    require(caller, "draft.read")
    newest = {version.key: version for version in versions.newest_of_each(transaction)}
    drafted = {draft.key: draft for draft in drafts.every(transaction)}
    proposed = {proposal.key: proposal for proposal in proposals.every(transaction) if proposal.state == "open"}
    names = {draft.key: draft.name for draft in drafted.values()} | {one.key: one.name for one in newest.values()}
    found = (OwnedModel(key, name, newest.get(key), drafted.get(key), proposed.get(key)) for key, name in names.items())
    return sorted(found, key=lambda model: (model.name.casefold(), model.key))


def read_version(transaction: Transaction, caller: Caller, key: str, semver: str) -> Version:
    """One version of the tenant's own. Raises NotFound."""
    require(caller, "draft.read")
    found = next((one for one in versions.of_model(transaction, key) if one.semver == semver), None)
    if found is None:
        raise NotFound
    return found


def list_proposals(transaction: Transaction, caller: Caller, key: str | None = None) -> list[Proposal]:
    """The newest proposals of the tenant, decided ones too; `key`: of one model."""
    require(caller, "draft.read")
    return proposals.every(transaction, key)


def read_proposal(transaction: Transaction, caller: Caller, id_: UUID) -> Proposal:
    """One proposal. Raises NotFound."""
    require(caller, "draft.read")
    return proposals.read(transaction, id_)


def rollout_report(transaction: Transaction, caller: Caller, version_id: UUID) -> list[RolloutLine]:
    """Every other tenant that could start a version of the tenant's own, by name. Raises NotFound."""
    require(caller, "rollout.read")
    version = versions.read(transaction, version_id)
    told = rollouts.statuses(transaction, version.owner_id, version.id)
    lines = board.lines(transaction, version.key, version.id)
    return [_line(one, told.get(one.tenant, ())) for one in lines]


def _line(one: board.Line, told: tuple[Status, ...]) -> RolloutLine:
    by_itself = one.decided_by is None or one.decided_by.startswith("system:")
    who, when = None if by_itself else one.decided_by_name, one.decided_at
    about = (one.slug, one.ring, one.policy, one.reason, one.held_until, one.alerts, one.own)
    return RolloutLine(one.tenant, one.name, one.state, told, who, when, *about)


def model_overview(transaction: Transaction, caller: Caller, key: str) -> Overview:
    """One model of the tenant's own. Raises NotFound."""
    require(caller, "draft.read")
    known = tuple(versions.of_model(transaction, key))
    draft = drafts.find(transaction, key)
    if not known and draft is None:
        raise NotFound
    name = known[0].name if known else draft.name if draft else key
    return Overview(key, name, known, draft, proposals.find_open(transaction, key))
