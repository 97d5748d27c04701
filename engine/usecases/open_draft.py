"""Open the draft of a model of one's own; without one it begins from the newest version."""

from dataclasses import dataclass

from engine.domain.caller import Caller
from engine.domain.errors import NotFound
from engine.domain.rights import require
from engine.store import drafts, models, versions
from engine.store.drafts import Draft
from engine.store.transaction import Transaction
from engine.usecases.draft_contents import replacing


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """`key`: of the model."""

    key: str


def open_draft(transaction: Transaction, caller: Caller, command: OpenDraft) -> Draft:
    """The draft, as somebody left it or made now. Raises NotFound, also for a model of another owner."""
    require(caller, "draft.edit")
    known = drafts.find(transaction, command.key)
    if known is not None:
        return known
    newest = next(iter(versions.of_model(transaction, command.key)), None)
    if newest is None:
        raise NotFound
    draft, fresh = drafts.begin(transaction, caller, newest.key, newest.name, newest.id)
    if not fresh:
        return draft
    files = models.version_files(transaction, newest.owner_id, newest.id)
    return drafts.write(transaction, caller, draft, replacing(drafts.stamps(transaction, draft), files))
