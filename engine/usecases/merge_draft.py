"""Somebody saved meanwhile: put both changes of the draft together, and ask about what both changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpmn.merge import Conflict, merge
from engine.domain.caller import Caller
from engine.domain.errors import NotFound, StateConflict
from engine.domain.rights import require
from engine.store import drafts
from engine.store.drafts import Draft
from engine.store.transaction import Transaction
from engine.usecases.draft_contents import called, replacing, require_editable, require_within_limits


@dataclass(frozen=True, slots=True)
class MergeDraft:
    """`base`: the revision that the caller's changes were made in; `files`: those changes, by path, None for a removed
    one; `decisions`: conflict id → "mine" or "theirs"."""

    key: str
    base: int
    files: Mapping[str, bytes | None]
    decisions: Mapping[str, str]


def merge_draft(transaction: Transaction, caller: Caller, command: MergeDraft) -> Draft | tuple[Conflict, ...]:
    """The draft with both changes; or what is still to be decided, and then nothing was saved.

    Raises NotFound, StateConflict while a proposal is open or when `base` is no longer kept, Invalid."""
    require(caller, "draft.edit")
    draft = drafts.locked(transaction, command.key)
    require_editable(draft, draft.revision)
    present = drafts.stamps(transaction, draft)
    base, theirs = _base(transaction, draft, command.base), drafts.files(transaction, draft)
    require_within_limits(present, command.files)
    given = {**base, **command.files}
    mine = {path: content for path, content in given.items() if content is not None}
    merged = merge(base, mine, theirs, command.decisions)
    if merged.conflicts:
        return merged.conflicts
    changed = replacing(present, merged.files)
    require_within_limits(present, changed)
    return drafts.write(transaction, caller, draft, changed, called(changed)) if changed else draft


def _base(transaction: Transaction, draft: Draft, revision: int) -> dict[str, bytes]:
    try:
        return drafts.files(transaction, draft, revision)
    except NotFound:
        raise StateConflict(
            f"Uw wijzigingen gaan uit van revisie {revision}, en die is niet meer bewaard. Open het ontwerp opnieuw.",
            f"Your changes were made in revision {revision}, which is no longer kept. Open the draft anew.",
            current=draft.revision,
        ) from None
