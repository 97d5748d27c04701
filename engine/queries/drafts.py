"""The draft of a model: its files, what is wrong with it, and who else has it open."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpmn import package as packages
from bpmn.model import Finding
from engine.domain.caller import Caller
from engine.domain.rights import require
from engine.store import drafts, proposals
from engine.store.drafts import Draft, Presence
from engine.store.proposals import Proposal
from engine.store.transaction import Transaction
from engine.usecases.check_package import check_package
from engine.usecases.effective_model import local_day


@dataclass(frozen=True, slots=True)
class Checked:
    """What publishing would say of the draft as it was saved last; `package` is None when it cannot be read."""

    draft: Draft
    package: packages.Package | None
    findings: tuple[Finding, ...]

    @property
    def publishable(self) -> bool:
        """Whether no finding is an error."""
        return self.package is not None and not any(finding.severity == "error" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft with the size of each of its files in bytes, and the proposal that locks it."""

    draft: Draft
    sizes: Mapping[str, int]
    proposal: Proposal | None


def list_drafts(transaction: Transaction, caller: Caller) -> list[Draft]:
    """The drafts of the tenant's own, by key."""
    require(caller, "draft.read")
    return drafts.every(transaction)


def open_of(transaction: Transaction, draft: Draft) -> Opened:
    """What there is to say of a draft beside its contents, for whoever may read it."""
    sizes = {path: stamp.size for path, stamp in drafts.stamps(transaction, draft).items()}
    return Opened(draft, sizes, proposals.find_open(transaction, draft.key))


def read_draft(transaction: Transaction, caller: Caller, key: str) -> Draft:
    """The draft of a model of the tenant's own. Raises NotFound."""
    require(caller, "draft.read")
    return drafts.read(transaction, key)


def draft_files(transaction: Transaction, caller: Caller, key: str, revision: int | None = None) -> dict[str, bytes]:
    """The files by path, as saved last or in an earlier revision. Raises NotFound, also when that is not kept."""
    return drafts.files(transaction, read_draft(transaction, caller, key), revision)


def check_draft(transaction: Transaction, caller: Caller, key: str) -> Checked:
    """Every check of publishing, on what was saved last; remembered per revision and day. Raises NotFound."""
    draft = read_draft(transaction, caller, key)

    def check() -> tuple[packages.Package | None, tuple[Finding, ...]]:
        return check_package(drafts.files(transaction, draft), transaction.now, draft.key)

    remembered = ("draft", draft.owner_id, draft.id, draft.revision, local_day(transaction.at))
    return Checked(draft, *transaction.memory.recall(remembered, check))


def present(transaction: Transaction, caller: Caller, key: str) -> list[Presence]:
    """Who else has the draft open, seen within 30 seconds; the caller is noted as well. Raises NotFound."""
    return drafts.see(transaction, caller, read_draft(transaction, caller, key))
