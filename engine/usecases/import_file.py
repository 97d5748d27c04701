"""A file from elsewhere takes its place in a draft, or begins a new model."""

from dataclasses import dataclass

from bpmn import dropped
from bpmn.model import Finding
from engine.domain.caller import Caller
from engine.domain.errors import Invalid, Problem
from engine.domain.rights import require
from engine.store import drafts
from engine.store.drafts import Draft
from engine.store.transaction import Transaction
from engine.usecases.import_model import ImportModel, import_model
from engine.usecases.save_draft import SaveDraft, save_draft


@dataclass(frozen=True, slots=True)
class ImportFile:
    """`revision`: of the draft as the caller saw it; `name`: the file's, whose ending tells its kind."""

    key: str
    revision: int
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ImportNew:
    """A file to begin a model with: BPMN, or a zip with a package."""

    name: str
    content: bytes


def import_file(transaction: Transaction, caller: Caller, command: ImportFile) -> Draft:
    """The draft with the file in it. Raises Invalid with every reason why it cannot be used; else as save_draft."""
    require(caller, "draft.edit")
    draft = drafts.read(transaction, command.key)
    found, findings = dropped.changes(command.name, command.content, drafts.files(transaction, draft))
    if found is None:
        raise _unusable(findings)
    return save_draft(transaction, caller, SaveDraft(command.key, command.revision, found))


def import_new(transaction: Transaction, caller: Caller, command: ImportNew) -> Draft:
    """The draft of the new model. Raises Invalid, and as import_model."""
    require(caller, "draft.edit")
    found, findings = dropped.changes(command.name, command.content, {})
    if found is None:
        raise _unusable(findings)
    files = {path: content for path, content in found.items() if content is not None}
    return import_model(transaction, caller, ImportModel(files))


def _unusable(findings: tuple[Finding, ...]) -> Invalid:
    problems = tuple(Problem(f.element or f.path, f.nl, f.en, f.code, f.line, f.path) for f in findings)
    return Invalid("Dit bestand kan niet worden gebruikt.", "This file cannot be used.", problems)
