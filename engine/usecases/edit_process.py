"""Change one thing in the main process of a draft, drawing included, without a canvas: for people at a keyboard."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bpmn import edit
from bpmn.package import MANIFEST
from engine.domain.caller import Caller
from engine.domain.errors import Invalid, Problem
from engine.domain.rights import require
from engine.store import drafts
from engine.store.drafts import Draft
from engine.store.transaction import Transaction
from engine.usecases.draft_contents import called, require_editable

VERBS: Final[Mapping[str, Callable[..., bytes]]] = {
    "add-step": edit.add_step,
    "rename": edit.rename,
    "connect": edit.connect,
    "set-condition": edit.set_condition,
    "set-default": edit.set_default,
    "set-form": edit.set_form,
    "move-to-lane": edit.move_to_lane,
    "delete": edit.delete,
}


@dataclass(frozen=True, slots=True)
class EditProcess:
    """`revision`: of the draft as the caller saw it; `verb`: one of VERBS; `given`: its arguments by name."""

    key: str
    revision: int
    verb: str
    given: Mapping[str, str | None]


def edit_process(transaction: Transaction, caller: Caller, command: EditProcess) -> Draft:
    """The draft with its new revision. Raises NotFound, StateConflict while a proposal is open, StaleRevision, and
    Invalid with what to do when the change cannot be made."""
    require(caller, "draft.edit")
    draft = drafts.locked(transaction, command.key)
    require_editable(draft, command.revision)
    source = drafts.files(transaction, draft).get(MANIFEST, b"")
    try:
        made = VERBS[command.verb](source, **command.given)
    except edit.Refused as refused:
        problem = Problem(refused.element, refused.nl, refused.en, refused.code, path=MANIFEST)
        raise Invalid(refused.nl, refused.en, (problem,)) from refused
    changed = {MANIFEST: made}
    return draft if made == source else drafts.write(transaction, caller, draft, changed, called(changed))
