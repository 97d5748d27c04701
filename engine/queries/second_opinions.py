"""The second opinion on a draft or a proposal: what SpiffWorkflow makes of its scenarios."""

from collections.abc import Mapping
from uuid import UUID

from bpmn import package as packages
from engine.domain.caller import Caller
from engine.queries.differences import proposed_files
from engine.queries.drafts import read_draft
from engine.store import drafts, proposals
from engine.store.transaction import Transaction
from engine.usecases.effective_model import local_day
from engine.usecases.second_opinions import ScenarioOpinion, second_opinions


def of_draft(transaction: Transaction, caller: Caller, key: str) -> tuple[ScenarioOpinion, ...]:
    """On the draft as saved last. Raises NotFound."""
    draft = read_draft(transaction, caller, key)
    return _asked(transaction, draft.id, draft.revision, drafts.files(transaction, draft), key)


def of_proposal(transaction: Transaction, caller: Caller, key: str, id_: UUID) -> tuple[ScenarioOpinion, ...]:
    """On what a proposal would publish, or has. Raises NotFound, also when its files are no longer kept."""
    files = proposed_files(transaction, caller, key, id_)
    proposal = proposals.read(transaction, id_)
    return _asked(transaction, proposal.draft_id, proposal.revision, files, key)


def _asked(
    transaction: Transaction, draft: UUID, revision: int, files: Mapping[str, bytes], key: str
) -> tuple[ScenarioOpinion, ...]:
    """Remembered per revision and day: a proposal is the draft that it was made of."""

    def ask() -> tuple[ScenarioOpinion, ...]:
        package, _ = packages.read(files, key)
        return second_opinions(package, transaction.now) if package is not None else ()

    return transaction.memory.recall(("opinions", draft, revision, local_day(transaction.at)), ask)
