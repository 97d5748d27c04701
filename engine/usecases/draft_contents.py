"""What the verbs on drafts share: limits of the files, how a model is called in them, and whether one may edit."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bpmn import archive, readers
from bpmn.model import Process
from bpmn.package import MANIFEST
from engine.domain.errors import Invalid, ModelRefused, Problem, StaleRevision, StateConflict
from engine.store import versions
from engine.store.drafts import Draft, Stamp
from engine.store.transaction import Transaction
from engine.usecases.effective_model import refused

KEY = re.compile(r"[^\W\d][\w.-]{0,99}")
Changed = Mapping[str, bytes | None]


@dataclass(frozen=True, slots=True)
class Named:
    """How the files call their model."""

    key: str
    name: str


def require_editable(draft: Draft, revision: int | None) -> None:
    """Nothing is proposed, and the draft is as the caller read it. Raises StateConflict or StaleRevision."""
    if draft.locked:
        raise StateConflict(
            "Er staat een voorstel open voor dit ontwerp. Trek het voorstel in, of wacht op het besluit. "
            "Er is niets opgeslagen.",
            "A proposal for this draft is open. Withdraw it, or wait for the decision. Nothing was saved.",
            current="locked",
        )
    if draft.revision != revision:
        raise StaleRevision(
            f"{draft.edited_by_name} heeft dit ontwerp intussen veranderd. Er is niets opgeslagen.",
            f"{draft.edited_by_name} changed this draft meanwhile. Nothing was saved.",
            current=draft.revision,
        )


def require_own_key(transaction: Transaction, key: str) -> None:
    """The collective has no model of this key, or the tenant had one first. Raises StateConflict, saying what to do
    instead."""
    sharer = versions.shared_by(transaction, key)
    if sharer is not None and not versions.of_model(transaction, key):
        raise StateConflict(
            f"'{key}' is een gedeeld proces van {sharer}. Kies een andere sleutel of stel daar een wijziging voor.",
            f"{key!r} is a shared process of {sharer}. Choose another key, or propose a change there.",
            current=key,
        )


def require_within_limits(present: Mapping[str, Stamp], changed: Changed) -> None:
    """The files together keep to the limits of an archive. Raises Invalid with all faults at once."""
    sizes = {path: stamp.size for path, stamp in present.items() if path not in changed}
    sizes |= {path: len(content) for path, content in changed.items() if content is not None}
    problems = tuple(_faults(sizes, changed))
    if problems:
        raise Invalid("De bestanden kunnen niet worden bewaard.", "The files cannot be saved.", problems)


def _faults(sizes: Mapping[str, int], changed: Changed) -> Iterator[Problem]:
    for path in sorted(changed):
        name = ascii(path[:100])
        if not archive.safe(path):
            nl = f"Deze bestandsnaam is niet toegestaan: {name}. Gebruik letters, cijfers, punt, streepje en _."
            en = f"This file name is not allowed: {name}. Use letters, digits, dot, dash and _."
            yield Problem(path[:200], nl, en, "path", path=path[:200])
        elif sizes.get(path, 0) > archive.MAX_FILE:
            yield Problem(path, f"{path} is groter dan 5 MB.", f"{path} is larger than 5 MB.", "size", path=path)
    if MANIFEST not in sizes:
        nl, en = f"Zonder {MANIFEST} is er geen model.", f"Without {MANIFEST} there is no model."
        yield Problem(MANIFEST, nl, en, "manifest", path=MANIFEST)
    if len(sizes) > archive.MAX_FILES:
        nl = f"Het zijn {len(sizes)} bestanden; het maximum is {archive.MAX_FILES}."
        yield Problem("files", nl, f"There are {len(sizes)} files; the maximum is {archive.MAX_FILES}.", "files")
    if sum(sizes.values()) > archive.MAX_TOTAL:
        yield Problem("files", "De bestanden zijn samen groter dan 20 MB.", "The files exceed 20 MB together.", "size")


def differing(present: Mapping[str, Stamp], wanted: Changed) -> dict[str, bytes | None]:
    """What really changes: content that is there already, and the removal of what is not there, do not."""
    found: dict[str, bytes | None] = {}
    for path, content in wanted.items():
        now = present.get(path)
        if content is None:
            if now is not None:
                found[path] = None
        elif now is None or now.hash != hashlib.sha256(content).hexdigest():
            found[path] = content
    return found


def replacing(present: Mapping[str, Stamp], wanted: Mapping[str, bytes]) -> dict[str, bytes | None]:
    """What changes when the files become exactly these."""
    removed: dict[str, bytes | None] = {path: None for path in present if path not in wanted}
    return differing(present, {**removed, **wanted})


def called(changed: Changed) -> str | None:
    """The process name in a changed manifest; None when it did not change, or cannot be read."""
    source = changed.get(MANIFEST)
    process = _main(readers.read(source, MANIFEST)[0]) if source is not None else None
    return (process.name or process.id) if process else None


def named(files: Mapping[str, bytes]) -> Named:
    """Key and name of a model by its manifest, whatever else is wrong with it. Raises ModelRefused or Invalid."""
    processes, findings = readers.read(files[MANIFEST], MANIFEST)
    process = _main(processes)
    if process is None:
        raise refused(findings) if findings else ModelRefused("Er is geen proces.", "There is no process.")
    given = next((d.attributes.get("key", "") for d in process.declared if d.tag == "package"), "")
    key = given or process.id
    if not KEY.fullmatch(key):
        nl = f"De sleutel {ascii(key[:100])} kan niet: begin met een letter, dan letters, cijfers, punt, streepje of _."
        en = f"The key {ascii(key[:100])} cannot be used: a letter, then letters, digits, dot, dash or _."
        problem = Problem(process.id, nl, en, "key", process.line, MANIFEST)
        raise Invalid("De sleutel van het model klopt niet.", "The key of the model is wrong.", (problem,))
    return Named(key, process.name or key)


def _main(processes: tuple[Process, ...]) -> Process | None:
    """The process that carries `plus1:package`, else the first that can run, else the first: as a package has it."""
    marked = [p for p in processes if any(d.tag == "package" for d in p.declared)]
    return next(iter([*marked, *(p for p in processes if p.executable), *processes]), None)
