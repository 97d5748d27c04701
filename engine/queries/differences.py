"""What a draft, a proposal or a version changes of the version before it."""

from dataclasses import dataclass
from uuid import UUID

from bpmn import compare
from bpmn import package as packages
from engine.domain.caller import Caller
from engine.domain.errors import NotFound
from engine.domain.rights import require
from engine.queries.versions import read_version
from engine.store import drafts, models, proposals, versions
from engine.store.models import Version
from engine.store.proposals import Proposal
from engine.store.transaction import Transaction
from engine.usecases.effective_model import base_package


@dataclass(frozen=True, slots=True)
class Difference:
    """`old`: the version before, None for the first; `comparison` is None without one, and when the new files cannot
    be read (then `readable` is false, and the checks say why)."""

    name: str
    old: Version | None
    comparison: compare.Comparison | None
    readable: bool = True

    @property
    def proposed(self) -> str:
        """The number that these changes ask for."""
        impact = self.comparison.impact if self.comparison else "none"
        return compare.next_version(self.old.semver if self.old else None, impact)


@dataclass(frozen=True, slots=True)
class Published:
    """One version among the others. `proposal`: what it was made of, None when it was published without one."""

    version: Version
    newest: bool
    proposal: Proposal | None
    difference: Difference


def of_draft(transaction: Transaction, caller: Caller, key: str) -> Difference:
    """The draft as saved last beside the newest version. Raises NotFound."""
    require(caller, "draft.read")
    draft = drafts.read(transaction, key)
    known = versions.of_model(transaction, key)

    def look() -> Difference:
        return _beside(transaction, known[0] if known else None, drafts.files(transaction, draft), draft.name)

    remembered = ("difference", draft.id, draft.revision, known[0].id if known else None)
    return transaction.memory.recall(remembered, look)


def of_proposal(transaction: Transaction, caller: Caller, key: str, id_: UUID) -> tuple[Proposal, Difference]:
    """A proposal beside the version that was the newest when it was decided, or is now. Raises NotFound."""
    require(caller, "draft.read")
    proposal = proposals.read(transaction, id_)
    if proposal.key != key:
        raise NotFound
    known = versions.of_model(transaction, key)
    older = [one for one in known if one.published_at < (proposal.decided_at or transaction.at)]
    files = _proposed(transaction, proposal)
    name = known[0].name if known else key
    if files is None:
        return proposal, Difference(name, None, None, readable=False)
    return proposal, _beside(transaction, older[0] if older else None, files, name)


def proposed_files(transaction: Transaction, caller: Caller, key: str, id_: UUID) -> dict[str, bytes]:
    """The files that a proposal would publish, or has. Raises NotFound, also when they are no longer kept."""
    require(caller, "draft.read")
    proposal = proposals.read(transaction, id_)
    files = _proposed(transaction, proposal) if proposal.key == key else None
    if files is None:
        raise NotFound
    return files


def of_version(transaction: Transaction, caller: Caller, key: str, semver: str) -> Published:
    """A version of one's own beside the one before it. Raises NotFound."""
    require(caller, "draft.read")
    known = versions.of_model(transaction, key)
    at = next((number for number, one in enumerate(known) if one.semver == semver), None)
    if at is None:
        raise NotFound
    version, older = known[at], known[at + 1 : at + 2]
    made = (one for one in proposals.every(transaction, key) if one.version_id == version.id)
    files = models.version_files(transaction, version.owner_id, version.id)
    difference = _beside(transaction, older[0] if older else None, files, version.name)
    return Published(version, at == 0, next(made, None), difference)


def version_files(transaction: Transaction, caller: Caller, key: str, semver: str) -> dict[str, bytes]:
    """The files of a version of one's own. Raises NotFound."""
    found = read_version(transaction, caller, key, semver)
    return models.version_files(transaction, found.owner_id, found.id)


def _proposed(transaction: Transaction, proposal: Proposal) -> dict[str, bytes] | None:
    """The files of a proposal: published ones from their version, else from the draft's history while that lasts."""
    if proposal.version_id is not None:
        return models.version_files(transaction, proposal.owner_id, proposal.version_id)
    return drafts.files_of(transaction, proposal.draft_id, proposal.revision)


def _beside(transaction: Transaction, old: Version | None, files: dict[str, bytes], name: str) -> Difference:
    new, _ = packages.read(files)
    if new is None:
        return Difference(name, old, None, readable=False)
    if old is None:
        return Difference(name, None, None)
    return Difference(name, old, compare.compare(base_package(transaction, old.owner_id, old.id), new))
