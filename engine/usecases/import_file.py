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


@dataclass(frozen=True, slots=True)
class Brought:
    """The draft with the file in it; `told`: what was converted in the file, and what to look at because of it."""

    draft: Draft
    told: tuple[Finding, ...] = ()


def import_file(transaction: Transaction, caller: Caller, command: ImportFile) -> Brought:
    """The draft with the file in it. Raises Invalid with every reason why it cannot be used; else as save_draft."""
    require(caller, "draft.edit")
    draft = drafts.read(transaction, command.key)
    found, findings = dropped.changes(command.name, command.content, drafts.files(transaction, draft))
    if found is None:
        raise _unusable(findings)
    return Brought(save_draft(transaction, caller, SaveDraft(command.key, command.revision, found)), findings)


def import_new(transaction: Transaction, caller: Caller, command: ImportNew) -> Brought:
    """The draft of the new model. Raises Invalid, and as import_model."""
    require(caller, "draft.edit")
    found, findings = dropped.changes(command.name, command.content, {})
    if found is None:
        raise _unusable(findings)
    files = {path: content for path, content in found.items() if content is not None}
    return Brought(import_model(transaction, caller, ImportModel(files)), findings)


def _unusable(findings: tuple[Finding, ...]) -> Invalid:
    problems = tuple(Problem(f.element or f.path, f.nl, f.en, f.code, f.line, f.path) for f in findings)
    return Invalid("Dit bestand kan niet worden gebruikt.", "This file cannot be used.", problems)
