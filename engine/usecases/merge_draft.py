"""Two people changed one draft: both changes go in, and what they did differently is asked, so that nothing is lost."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpmn import merge
from engine.domain.caller import Caller
from engine.domain.errors import NotFound, StateConflict
from engine.domain.rights import require
from engine.store import drafts
from engine.store.drafts import Draft
from engine.store.transaction import Transaction
from engine.usecases.draft_contents import called, replacing, require_editable, require_within_limits


@dataclass(frozen=True, slots=True)
class MergeDraft:
    """`files`: what the caller changed since revision `base`, by path, None for a removed file; `decisions`: id of a
    conflict → "mine" or "theirs"."""

    key: str
    base: int
    files: Mapping[str, bytes | None]
    decisions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MergedDraft:
    """The draft with both changes; None while `conflicts` wait for a decision, and then nothing was stored."""

    draft: Draft | None
    conflicts: tuple[merge.Conflict, ...] = ()


def merge_draft(transaction: Transaction, caller: Caller, command: MergeDraft) -> MergedDraft:
    """Raises NotFound, StateConflict while a proposal is open or when `base` is too long ago, Invalid."""
    require(caller, "draft.edit")
    draft = drafts.locked(transaction, command.key)
    require_editable(draft, draft.revision)
    try:
        base = drafts.files(transaction, draft, command.base)
    except NotFound:
        raise StateConflict(
            "Uw wijzigingen zijn te lang geleden begonnen om samen te voegen. Bewaar ze als bestand en begin opnieuw.",
            "Your changes began too long ago to be merged. Keep them as a file and begin anew.",
            current=draft.revision,
        ) from None
    changed: dict[str, bytes | None] = {**base, **command.files}
    mine = {path: content for path, content in changed.items() if content is not None}
    merged = merge.merge(base, mine, drafts.files(transaction, draft), command.decisions)
    if merged.conflicts:
        return MergedDraft(None, merged.conflicts)
    present = drafts.stamps(transaction, draft)
    differs = replacing(present, merged.files)
    require_within_limits(present, differs)
    return MergedDraft(drafts.write(transaction, caller, draft, differs, called(differs)) if differs else draft)
