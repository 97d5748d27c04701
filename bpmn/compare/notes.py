"""What stands in a drawing for people only: notes, pools and the names of data."""

from collections.abc import Iterator, Mapping

from bpmn import xml
from bpmn.compare.changes import About, Change, added, removed
from bpmn.compare.facts import Fact, compared, paired, patch
from bpmn.compare.words import Words, said
from bpmn.readers.names import BPMN, Element, local, text

_TAGS: Mapping[str, Words] = {
    "textAnnotation": Words("Opmerking", "Note"),
    "participant": Words("Deelnemer", "Participant"),
    "dataObjectReference": Words("Gegeven", "Data object"),
    "dataStoreReference": Words("Gegevensbron", "Data store"),
}


def changes(path: str, old: bytes, new: bytes) -> Iterator[Change]:
    """What differs between the notes of two BPMN files; nothing when one of them cannot be read."""
    try:
        before, after = _found(old), _found(new)
    except xml.Unreadable:
        return
    gone, came, stayed = paired(before, after)
    for id_ in gone:
        yield removed(_about(id_, before[id_], path), "patch")
    for id_ in came:
        yield added(_about(id_, after[id_], path), "patch")
    for id_ in stayed:
        yield from compared(_about(id_, after[id_], path), _facts(before[id_]), _facts(after[id_]))


def _found(source: bytes) -> dict[str, Element]:
    tags = [f"{{{BPMN}}}{tag}" for tag in _TAGS]
    return {e.get("id") or f"{local(e)} {n}": e for n, e in enumerate(xml.parse(source).iter(*tags))}


def _about(id_: str, element: Element, path: str) -> About:
    noun, name = _TAGS[local(element)], said(_text(element) or id_).nl
    return About("note", id_, Words(f"{noun.nl} '{name}'", f"{noun.en} '{name}'"), path)


def _text(element: Element) -> str:
    return text(element, "text") or element.get("name") or ""


def _facts(element: Element) -> dict[str, Fact]:
    return {"text": Fact("tekst", "text", _text(element), patch)}
