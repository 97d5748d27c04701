"""A file that somebody brings to a package: the place where it belongs, or why it cannot be used."""

from collections.abc import Mapping
from dataclasses import replace

import msgspec

from bpmn import adopt, archive, dmn, forms
from bpmn.model import Finding
from bpmn.package import MANIFEST

Changes = Mapping[str, bytes | None]
KNOWN = ".bpmn, .dmn, .form, .json, .md, .zip"


def changes(name: str, content: bytes, files: Mapping[str, bytes]) -> tuple[Changes | None, tuple[Finding, ...]]:
    """What `files` (path → bytes) has to change for the file `name`: path → new content, None for a file that goes.

    A zip is a whole package and replaces all; a BPMN file becomes the main process, canonical: findings say once what
    was converted; a decision table or form takes the place of the one with the same id. None with the reasons when it
    is of another kind, too large or unreadable; what cannot be run is no reason: checks tell that afterwards."""
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    most = archive.MAX_ARCHIVE if ending == "zip" else archive.MAX_FILE
    if len(content) > most:
        mb = most // 1024 // 1024
        nl = f"'{name}' is groter dan {mb} MB. Kies een kleiner bestand."
        return _refused(name, nl, f"'{name}' is larger than {mb} MB. Choose a smaller file.")
    place = _PLACES.get(ending)
    if place is None:
        nl = f"'{name}' is geen bestand voor een proces. Kies een bestand dat eindigt op {KNOWN}."
        return _refused(name, nl, f"'{name}' is no file for a process. Choose a file that ends in {KNOWN}.")
    return place(name, content, files)


def _refused(name: str, nl: str, en: str) -> tuple[None, tuple[Finding, ...]]:
    return None, (Finding("file-refused", "error", nl, en, path=name),)


def _zip(name: str, content: bytes, files: Mapping[str, bytes]) -> tuple[Changes | None, tuple[Finding, ...]]:
    found, findings = archive.unpack(content)
    if found is None:
        return None, findings
    diagrams = [path for path in found if path.endswith(".bpmn")]
    if MANIFEST not in found and len(diagrams) == 1:
        # Not packed here: its only diagram is the process.
        found = {MANIFEST if path in diagrams else path: content for path, content in found.items()}
    if MANIFEST not in found:
        nl = f"In '{name}' zit geen bestand {MANIFEST}. Kies een zip die u hier of met `plus1 models export` maakte."
        en = f"There is no file {MANIFEST} in '{name}'. Choose a zip made here or with `plus1 models export`."
        return _refused(name, nl, en)
    changed: dict[str, bytes | None] = dict.fromkeys(path for path in files if path not in found)
    told: list[Finding] = []
    for path, content in found.items():
        adoption = adopt.adopt(path, content) if path.endswith(".bpmn") else None
        changed[path] = content if adoption is None or adoption.content is None else adoption.content
        if adoption is not None and changed[path] != content:
            told.append(_converted(path, adoption))
    return changed, tuple(told)


def _bpmn(name: str, content: bytes, files: Mapping[str, bytes]) -> tuple[Changes | None, tuple[Finding, ...]]:
    adoption = adopt.adopt(f"{_plain(name)}.bpmn", content)
    if adoption.content is None:
        return None, tuple(replace(one, path=name) for one in adoption.findings)
    if adoption.content == content:
        return {MANIFEST: content}, ()
    return {MANIFEST: adoption.content}, (_converted(name, adoption),)


def _converted(name: str, adoption: adopt.Adoption) -> Finding:
    number, share = len(adoption.open), adoption.share
    nl = f"'{name}' is van een andere engine en is omgezet: {share} %. Open punten: {number}."
    en = f"'{name}' is of another engine and was converted: {share} %. Open points: {number}."
    return Finding("adopted", "info", f"{nl} Kijk bij de bevindingen.", f"{en} Look at the findings.", path=name)


def _dmn(name: str, content: bytes, files: Mapping[str, bytes]) -> tuple[Changes | None, tuple[Finding, ...]]:
    model, findings = dmn.read(content, path=name)
    if model is None or not model.decisions:
        faults = tuple(one for one in findings if one.severity == "error")
        nl, en = f"In '{name}' staat geen beslissing.", f"There is no decision in '{name}'."
        return (None, faults) if faults else _refused(name, nl, en)
    return {_same(model.decisions, files, "decisions/") or f"decisions/{_plain(name)}.dmn": content}, ()


def _same(ids: Mapping[str, object], files: Mapping[str, bytes], folder: str) -> str | None:
    """The file of the package that has one of these decisions already."""
    for path, known in files.items():
        if path.startswith(folder):
            other, _ = dmn.read(known, path=path)
            if other is not None and not ids.keys().isdisjoint(other.decisions):
                return path
    return None


def _json(name: str, content: bytes, files: Mapping[str, bytes]) -> tuple[Changes | None, tuple[Finding, ...]]:
    try:
        data = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _refused(name, f"'{name}' is geen geldige JSON: {error}", f"'{name}' is not valid JSON: {error}")
    if isinstance(data, dict) and {"start", "steps", "expect"} <= data.keys():
        return {f"scenarios/{_plain(name)}.json": content}, ()
    form, findings = forms.read(content, name)
    if form is None:
        return None, findings
    for path, known in files.items():
        other = forms.read(known, path)[0] if path.startswith("forms/") else None
        if other is not None and other.id == form.id:
            return {path: content}, ()
    return {f"forms/{_plain(form.id)}.json": content}, ()


def _text(name: str, content: bytes, files: Mapping[str, bytes]) -> tuple[Changes | None, tuple[Finding, ...]]:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _refused(name, f"'{name}' is geen tekst (UTF-8).", f"'{name}' is no text (UTF-8).")
    return {f"texts/{_plain(name)}.md": content}, ()


def _plain(name: str) -> str:
    """A file name without folder and ending, with only what a path of a package may have."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    kept = "".join(each if each.isascii() and (each.isalnum() or each in "-_") else "-" for each in stem)
    return kept.strip("-_")[:60] or "bestand"


_PLACES = {"zip": _zip, "bpmn": _bpmn, "xml": _bpmn, "dmn": _dmn, "json": _json, "form": _json, "md": _text}
