"""A whole package takes the place of a draft's contents, or begins the draft: for owners who keep models elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpmn.package import MANIFEST
from engine.domain.caller import Caller
from engine.domain.errors import Invalid, Problem, StaleRevision
from engine.domain.rights import require
from engine.store import drafts, versions
from engine.store.drafts import Draft
from engine.store.transaction import Transaction
from engine.usecases.draft_contents import (
    Named,
    called,
    named,
    replacing,
    require_editable,
    require_own_key,
    require_within_limits,
)


@dataclass(frozen=True, slots=True)
class ReplaceDraft:
    """`revision`: of the draft as the caller saw it, None: there is none yet; `files`: all of them, by path."""

    key: str
    revision: int | None
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Replaced:
    """`begun`: there was no draft before."""

    draft: Draft
    begun: bool


def replace_draft(transaction: Transaction, caller: Caller, command: ReplaceDraft) -> Replaced:
    """The draft with exactly these files; the same revision when nothing differs.

    Raises NotFound, StateConflict while a proposal is open or when the key is another's, StaleRevision (also when there
    is a draft and none was expected), and Invalid or ModelRefused. What is wrong with a known model is for findings."""
    require(caller, "draft.edit")
    if command.revision is None:
        draft = _begin(transaction, caller, command)
    else:
        draft = drafts.locked(transaction, command.key)
        require_editable(draft, command.revision)
        require_within_limits({}, dict(command.files))
        _require_same_key(command, _readable(command.files))
    changed = replacing(drafts.stamps(transaction, draft), command.files)
    begun = command.revision is None
    if changed or begun:
        draft = drafts.write(transaction, caller, draft, changed, called(changed))
    return Replaced(draft, begun)


def _begin(transaction: Transaction, caller: Caller, command: ReplaceDraft) -> Draft:
    require_within_limits({}, dict(command.files))
    newest = next(iter(versions.of_model(transaction, command.key)), None)
    if newest is None:
        model = named(command.files)
        _require_same_key(command, model)
        require_own_key(transaction, command.key)
        draft, fresh = drafts.begin(transaction, caller, command.key, model.name, None)
    else:
        _require_same_key(command, _readable(command.files))
        draft, fresh = drafts.begin(transaction, caller, command.key, newest.name, newest.id)
    if not fresh:
        raise StaleRevision(
            f"Er is al een ontwerp, het laatst veranderd door {draft.edited_by_name}. Er is niets opgeslagen.",
            f"There is a draft already, edited last by {draft.edited_by_name}. Nothing was saved.",
            current=draft.revision,
        )
    return draft


def _readable(files: Mapping[str, bytes]) -> Named | None:
    """How the files call their model; None when they do not say, which the checks tell."""
    try:
        return named(files)
    except Invalid:
        return None


def _require_same_key(command: ReplaceDraft, model: Named | None) -> None:
    """A package of another model is a mistake, however good it is. Raises Invalid."""
    if model is None or model.key == command.key:
        return
    nl = f"Dit pakket is van het model '{model.key}', niet van {command.key[:100]!a}. Er is niets opgeslagen."
    en = f"This package is of the model {model.key!r}, not of {command.key[:100]!a}. Nothing was saved."
    raise Invalid(nl, en, (Problem(MANIFEST, nl, en, "key", path=MANIFEST),))
