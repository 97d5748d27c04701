"""A new model from files that were made elsewhere: its first draft."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.caller import Caller
from engine.domain.errors import StateConflict
from engine.domain.rights import require
from engine.store import drafts, versions
from engine.store.drafts import Draft
from engine.store.transaction import Transaction
from engine.usecases.draft_contents import named, replacing, require_own_key, require_within_limits


@dataclass(frozen=True, slots=True)
class ImportModel:
    """`files` by path; process.bpmn says how the model is called."""

    files: Mapping[str, bytes]


def import_model(transaction: Transaction, caller: Caller, command: ImportModel) -> Draft:
    """The draft of the new model. Raises Invalid or ModelRefused with every fault, StateConflict for a taken key."""
    require(caller, "draft.edit")
    require_within_limits({}, dict(command.files))
    model = named(command.files)
    require_own_key(transaction, model.key)
    if versions.of_model(transaction, model.key):
        raise _taken(model.key)
    draft, fresh = drafts.begin(transaction, caller, model.key, model.name, None)
    if not fresh:
        raise _taken(model.key)
    changed = replacing(drafts.stamps(transaction, draft), command.files)
    return drafts.write(transaction, caller, draft, changed, model.name)


def _taken(key: str) -> StateConflict:
    return StateConflict(
        f"U hebt al een model '{key}'. Open dat ontwerp en lees het bestand daar in, of kies een andere sleutel.",
        f"You have a model {key!r} already. Open its draft and read the file in there, or choose another key.",
        current=key,
    )
