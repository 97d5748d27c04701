"""Merges one file by what it is; a file that cannot be read is one piece."""

from collections.abc import Iterator
from typing import Final

from bpmn import xml
from bpmn.edit.drawing.mend import mend
from bpmn.edit.errors import Refused
from bpmn.merge import elements, layout, objects, paragraphs, words
from bpmn.merge.model import Deciding, three_way
from bpmn.merge.tree import Ambiguous, read
from bpmn.merge.write import write
from bpmn.readers.names import Element, local

_COLUMNS: Final = ("input", "output")


def merge(base: bytes | None, mine: bytes | None, theirs: bytes | None, deciding: Deciding) -> bytes | None:
    """The merged content; None when the file is gone."""
    return three_way(base, mine, theirs, lambda: _both(base, mine, theirs, deciding))


def _both(base: bytes | None, mine: bytes | None, theirs: bytes | None, deciding: Deciding) -> bytes | None:
    merged = None
    if mine is not None and theirs is not None:
        if deciding.path.endswith((".bpmn", ".dmn")) and base is not None:
            merged = _xml(base, mine, theirs, deciding)
        elif deciding.path.endswith(".json"):
            merged = objects.merge(base, mine, theirs, deciding)
        elif deciding.path.endswith((".md", ".txt")) and base is not None:
            merged = _text(base, mine, theirs, deciding)
    if merged is not None:
        return merged
    return mine if deciding.choose(words.whole(deciding.path, mine, theirs)) == "mine" else theirs


def _text(base: bytes, mine: bytes, theirs: bytes, deciding: Deciding) -> bytes | None:
    try:
        texts = [each.decode() for each in (base, mine, theirs)]
    except UnicodeDecodeError:
        return None
    merged = paragraphs.merge(texts[0], texts[1], texts[2], deciding)
    return merged.encode() if merged is not None else None


def _xml(base: bytes, mine: bytes, theirs: bytes, deciding: Deciding) -> bytes | None:
    try:
        roots = [xml.parse(each, deciding.path, comments=True) for each in (base, mine, theirs)]
        spaces = _spaces(roots)
        if spaces is None or len({root.tag for root in roots}) > 1:
            return None
        atomic = frozenset(_reshaped(roots))
        old = read(roots[0], atomic)
        merging = elements.Merging(old, read(roots[1], atomic, old), read(roots[2], atomic, old), deciding)
    except (xml.Unreadable, Ambiguous):
        return None
    elements.run(merging)
    layout.follow(merging)
    merged = write(merging, spaces)
    if not deciding.path.endswith(".bpmn") or not layout.changed_by_both(merging):
        return merged
    try:
        return mend(merged, mine, theirs)
    except Refused:
        return merged


def _spaces(roots: list[Element]) -> dict[str | None, str] | None:
    """All prefixes together; None when one prefix stands for two namespaces."""
    found: dict[str | None, str] = {}
    for element in (e for root in roots for e in root.iter("*")):
        for prefix, uri in element.nsmap.items():
            if found.setdefault(prefix, uri) != uri:
                return None
    return found


def _reshaped(roots: list[Element]) -> Iterator[str]:
    """Decision tables whose columns changed: their rules fit the columns of their own version only."""
    shapes = [
        {e.get("id"): [c.get("id") for c in e if local(c) in _COLUMNS] for e in tables}
        for tables in (root.iter("{*}decisionTable") for root in roots)
    ]
    for id_ in set().union(*shapes):
        if id_ and len({str(shape.get(id_)) for shape in shapes}) > 1:
            yield id_
