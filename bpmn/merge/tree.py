"""An XML file as records by key, so that two later versions can be laid beside the one they came from."""

import copy
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from lxml import etree

from bpmn.readers.names import Element, attributes, base, local

Value: TypeAlias = str | tuple[object, ...]

ROOT: Final = "/"
COMMENT: Final = "comment()"
DRAWN: Final = ("bpmnElement", "dmnElementRef")
REFERENCES: Final = frozenset({"incoming", "outgoing", "flowNodeRef"})
# What tells elements without id apart; a constraint or an answer has no name but what it says.
_NAMES: Final = ("key", "target", "name", "scenario", "variable")
_OWN: Final = {"constraint": "expression", "answer": "value", "result": "value"}
BOUNDS: Final = ("x", "y", "width", "height")


def has_id(key: str) -> bool:
    """Whether the key is that of an element with an id, which it keeps wherever it stands."""
    return key.startswith("#") and "/" not in key


def drawn(key: str) -> bool:
    """Whether the key is that of a shape or an edge."""
    return key.startswith("~") and "/" not in key


class Ambiguous(Exception):
    """The file has one id twice, so that its elements cannot be told apart."""


@dataclass(slots=True)
class Record:
    """One element. `facets`: what a side can change on its own: `@name` an attribute, `text`, `tag`, `parent`, `bounds`
    and `waypoints` of the drawing, `content` of mixed text, `lanes`; `refers`: the id that a reference or a shape
    stands for; `about`: the id of the nearest element that has one; `children`: keys in order."""

    key: str
    facets: dict[str, Value]
    about: str = ""
    refers: str = ""
    children: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Tree:
    """One version of a file. `elements` by key; `links`: for each id the elements that name it, with the attribute."""

    root: Element
    records: dict[str, Record] = field(default_factory=dict)
    elements: dict[str, Element] = field(default_factory=dict)
    links: dict[str, set[tuple[str, str]]] = field(default_factory=dict)

    def subtree(self, key: str) -> list[str]:
        """The key and those of all that stands in it, from the outside in; empty when it is not here."""
        found = [key] if key in self.records else []
        for each in found:
            found.extend(self.records[each].children)
        return found

    def name(self, id_: str) -> str:
        """What people call the element: its name, else its id; a part of a decision is called after the decision."""
        element = self.elements.get(f"#{id_}")
        while element is not None and not element.get("name") and "/DMN/" in str(element.tag):
            element = element.getparent()
        return (element.get("name") if element is not None else "") or id_


def read(root: Element, atomic: frozenset[str], old: Tree | None = None) -> Tree:
    """The records of a file; keys of elements without id follow those of `old`. `atomic`: ids of elements that are
    compared as a whole. Raises Ambiguous."""
    tree = Tree(root)
    _walk(root, ROOT, "", tree, atomic, old)
    ids = {record.key[1:] for record in tree.records.values() if has_id(record.key)}
    for record in tree.records.values():
        for facet, value in record.facets.items():
            if facet.startswith("@") and isinstance(value, str) and value in ids and not record.refers:
                tree.links.setdefault(value, set()).add((record.key, facet))
    _lanes(tree)
    return tree


def _walk(e: Element, key: str, about: str, tree: Tree, atomic: frozenset[str], old: Tree | None) -> None:
    if key in tree.records:
        raise Ambiguous(key)
    about = key[1:] if has_id(key) else _drawn(e) or about
    record = Record(key, _facets(e, atomic), about, _refers(e))
    tree.records[key] = record
    tree.elements[key] = e
    if "content" in record.facets:
        return
    for child, name in _keyed(e, key, old):
        record.children.append(name)
        _walk(child, name, about, tree, atomic, old)
        tree.records[name].facets["parent"] = key


def _facets(e: Element, atomic: frozenset[str]) -> dict[str, Value]:
    if _comment(e):
        return {"tag": COMMENT, "text": e.text or ""}
    facets: dict[str, Value] = {"tag": str(e.tag)}
    mixed = _mixed(e)
    if mixed or (e.get("id") or "") in atomic:
        return {**facets, "content": _content(e, not mixed)}
    for name, value in attributes(e):
        facets[f"@{name}"] = value
    if local(e) == "Bounds":
        facets["bounds"] = tuple(facets.pop(f"@{name}", "") for name in BOUNDS)
    points = tuple((p.get("x"), p.get("y")) for p in e if local(p) == "waypoint")
    if points:
        facets["waypoints"] = points
    if len(e) == 0 and e.text and e.text.strip():
        facets["text"] = e.text.strip() if local(e) in REFERENCES else e.text
    return facets


def _comment(e: Element) -> bool:
    return isinstance(e, etree._Comment)


def _mixed(e: Element) -> bool:
    """Text between elements: a piece of rich text is one thing."""
    inside = [e.text if len(e) else "", *(child.tail for child in e)]
    return any(text and text.strip() for text in inside)


def _content(e: Element, strip: bool = True) -> str:
    if _comment(e):
        return e.text or ""
    alone = copy.deepcopy(e)
    alone.tail = None
    return str(etree.canonicalize(etree.tostring(alone, encoding="unicode"), strip_text=strip, with_comments=True))


def _refers(e: Element) -> str:
    if local(e) in REFERENCES:
        return (e.text or "").strip()
    return _drawn(e)


def _drawn(e: Element) -> str:
    """The id that a shape or an edge draws; a plane is the paper, no drawing."""
    if local(e) == "BPMNPlane":
        return ""
    return next((e.get(name) or "" for name in DRAWN if e.get(name)), "")


def _keyed(parent: Element, key: str, old: Tree | None) -> Iterator[tuple[Element, str]]:
    """The children with their keys, in order."""
    known = dict.fromkeys(old.records[key].children if old is not None and key in old.records else [])
    children = [c for c in parent if not isinstance(c, etree._ProcessingInstruction) and local(c) != "waypoint"]
    found: dict[int, str] = {}
    loose: list[int] = []
    used: set[str] = set()
    for n, child in enumerate(children):
        sure, name = _identity(child, key)
        if sure or (name and name in known and name not in used):
            found[n] = name
            used.add(name)
        else:
            loose.append(n)
    if old is not None and loose:
        free = [k for k in known if k not in used and not has_id(k) and not old.records[k].refers]
        found.update(_matches([(n, children[n]) for n in loose], [(k, old.elements[k]) for k in free]))
    taken = {*used, *known, *found.values()}
    numbers: dict[str, int] = {}
    for n in loose:
        if n not in found:
            found[n] = _fresh(children[n], key, taken, numbers)
    yield from ((child, found[n]) for n, child in enumerate(children))


def _matches(loose: list[tuple[int, Element]], free: list[tuple[str, Element]]) -> dict[int, str]:
    """Children without an id of their own are those of before that say the same, else the next of their kind."""
    found: dict[int, str] = {}
    # One of each is a pair; looking closer costs time.
    for exact in (False,) if len(loose) == len(free) == 1 else (True, False):
        rest: dict[tuple[object, str], deque[str]] = {}
        given = set(found.values())
        for key, e in free:
            if key not in given:
                rest.setdefault((e.tag, _content(e) if exact else ""), deque()).append(key)
        for n, e in loose:
            alike = rest.get((e.tag, _content(e) if exact else "")) if n not in found else None
            if alike:
                found[n] = alike.popleft()
    return found


def _identity(e: Element, parent: str) -> tuple[bool, str]:
    """Whether the key is sure, and the key; `""` when nothing tells the element apart."""
    if _comment(e):
        return False, ""
    tag = local(e)
    if tag in REFERENCES:
        return True, f"{parent}/{tag}[{(e.text or '').strip()}]"
    if _drawn(e):
        return True, f"~{_drawn(e)}"
    if e.get("id") and tag != "BPMNPlane":
        # A role or form of our vocabulary may bear the id of what it refers to.
        return True, f"#{e.get('id')}" if not _vendor(e) else f"{parent}/{tag}[{e.get('id')}]"
    name = next((n for n in (_OWN.get(tag, ""), *_NAMES) if n and e.get(n)), None)
    return False, f"{parent}/{tag}[{name}={e.get(name)}]" if name else ""


def _vendor(e: Element) -> bool:
    return "/spec/" not in str(e.tag)


def _fresh(e: Element, parent: str, taken: set[str], numbers: dict[str, int]) -> str:
    """A key that nothing bears yet; two sides that add one of a kind mean the same place."""
    first = _identity(e, parent)[1]
    stem = first or f"{parent}/{COMMENT if _comment(e) else local(e)}"
    number = numbers.get(stem, 1)
    key = first if first and number == 1 else f"{stem}[{number}]"
    while key in taken:
        number += 1
        key = f"{stem}[{number}]"
    taken.add(key)
    numbers[stem] = number
    return key


def _lanes(tree: Tree) -> None:
    """The lanes of a node are what one changes about the node, not about the lanes."""
    for record in list(tree.records.values()):
        if not record.refers or base(str(record.facets["tag"])) != "flowNodeRef":
            continue
        node = tree.records.get(f"#{record.refers}")
        if node is not None:
            before = node.facets.get("lanes", ())
            node.facets["lanes"] = tuple(sorted({*map(str, before), str(record.facets["parent"])}))
