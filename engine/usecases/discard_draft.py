"""Give up a draft: published versions stay as they are."""

from dataclasses import dataclass

from engine.domain.caller import Caller
from engine.domain.rights import require
from engine.store import drafts
from engine.store.transaction import Transaction
from engine.usecases.draft_contents import require_editable


@dataclass(frozen=True, slots=True)
class DiscardDraft:
    """`revision`: the one that the caller saw, so that nobody throws away what another has just saved."""

    key: str
    revision: int


def discard_draft(transaction: Transaction, caller: Caller, command: DiscardDraft) -> None:
    """Ends the draft. Raises NotFound, StateConflict while a proposal is open, StaleRevision."""
    require(caller, "draft.edit")
    draft = drafts.locked(transaction, command.key)
    require_editable(draft, command.revision)
    drafts.close(transaction, draft)
