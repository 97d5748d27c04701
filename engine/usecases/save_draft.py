"""Save what changed in a draft. What is wrong with the model is no reason to lose it: findings tell that."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.caller import Caller
from engine.domain.rights import require
from engine.store import drafts
from engine.store.drafts import Draft
from engine.store.transaction import Transaction
from engine.usecases.draft_contents import called, differing, require_editable, require_within_limits


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """`revision`: the one that the changes were made in; `files`: what changed, by path; None removes a file."""

    key: str
    revision: int
    files: Mapping[str, bytes | None]


def save_draft(transaction: Transaction, caller: Caller, command: SaveDraft) -> Draft:
    """The draft with its new revision; the same revision when nothing differs.

    Raises NotFound, StateConflict while a proposal is open, StaleRevision (`current`: the revision now), Invalid."""
    require(caller, "draft.edit")
    draft = drafts.locked(transaction, command.key)
    require_editable(draft, command.revision)
    present = drafts.stamps(transaction, draft)
    require_within_limits(present, command.files)
    changed = differing(present, command.files)
    return drafts.write(transaction, caller, draft, changed, called(changed)) if changed else draft
