"""Writes a merged XML file: what was added keeps its neighbour."""

import copy
from typing import Final

from lxml import etree

from bpmn import xml
from bpmn.merge import order, words
from bpmn.merge.connect import connect
from bpmn.merge.elements import Merging, tag
from bpmn.merge.tree import BOUNDS, COMMENT, ROOT, Value
from bpmn.readers.names import Element

DI: Final = "http://www.omg.org/spec/DD/20100524/DI"
_FIRST: Final = ("documentation", "extensionElements", "incoming", "outgoing", "flowNodeRef")
# Where the order of what stands in an element decides what happens.
_ORDERED: Final = frozenset({"decisionTable", "invocation", "context", "list", "relation"})


def write(merging: Merging, spaces: dict[str | None, str]) -> bytes:
    """The file as bytes; `spaces`: the prefixes of the three versions together."""
    connect(merging)
    inside: dict[str, list[str]] = {}
    for key, facets in merging.facets.items():
        inside.setdefault(str(facets.get("parent", "")), []).append(key)
    # lxml's stubs do not know that None stands for the default namespace.
    known: dict[str, str] = spaces  # type: ignore[assignment]
    root = etree.Element(str(merging.facets[ROOT]["tag"]), _attributes(merging.facets[ROOT]), nsmap=known)
    _fill(merging, ROOT, root, inside)
    for before in merging.theirs.root.itersiblings(preceding=True):
        root.addprevious(copy.copy(before))
    etree.indent(root, "  ")
    return xml.written(root)


def _fill(merging: Merging, key: str, element: Element, inside: dict[str, list[str]]) -> None:
    facets = merging.facets[key]
    element.text = str(facets["text"]) if "text" in facets else None
    points = facets.get("waypoints", ())
    for x, y in (p for p in points if isinstance(p, tuple)):
        etree.SubElement(element, f"{{{DI}}}waypoint", {"x": str(x), "y": str(y)})
    for child in _order(merging, key, inside.get(key, [])):
        own = merging.facets[child]
        if own["tag"] == COMMENT:
            element.append(etree.Comment(str(own.get("text", ""))))
        elif "content" in own:
            element.append(etree.fromstring(str(own["content"])))
        else:
            _fill(merging, child, etree.SubElement(element, str(own["tag"]), _attributes(own)), inside)


def _attributes(facets: dict[str, Value]) -> dict[str, str]:
    found = {facet[1:]: str(value) for facet, value in facets.items() if facet.startswith("@")}
    bounds = facets.get("bounds", ())
    return {**found, **{name: str(value) for name, value in zip(BOUNDS, bounds, strict=False) if value}}


def _order(merging: Merging, key: str, children: list[str]) -> list[str]:
    trees = (merging.base, merging.mine, merging.theirs)
    base, mine, theirs = (t.records[key].children if key in t.records else [] for t in trees)
    fate, prefer = merging.fates[key], ""
    if fate in ("mine", "theirs"):
        base = mine if fate == "mine" else theirs
        mine = theirs = base
    elif tag(merging.facets[key]) in _ORDERED and order.moved_by_both(base, mine, theirs):
        found = words.reordered(merging.mine, merging.theirs, key, merging.deciding.path)
        prefer = merging.deciding.choose(found)
    placed = order.merge(base, mine, theirs, children, prefer)
    for child in children:
        if child not in placed:
            placed.insert(_place(merging, placed, child), child)
    return placed


def _place(merging: Merging, placed: list[str], child: str) -> int:
    """References stand behind their like, before what BPMN wants behind them."""
    kind = tag(merging.facets[child])
    if kind not in _FIRST:
        return len(placed)
    before = _FIRST[: _FIRST.index(kind) + 1]
    return max((n + 1 for n, key in enumerate(placed) if tag(merging.facets[key]) in before), default=0)
