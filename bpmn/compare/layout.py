"""Where things are drawn, apart from what they mean: moved shapes are counted per file."""

from collections.abc import Hashable, Mapping
from decimal import Decimal

import msgspec
from lxml import etree

from bpmn import xml
from bpmn.compare.changes import Change
from bpmn.compare.content import tree, written

_DIAGRAMS = frozenset({"BPMNDiagram", "DMNDI"})
_IDS = frozenset({"id"})
_REFERENCES = ("bpmnElement", "dmnElementRef")
_DECODER: msgspec.json.Decoder[object] = msgspec.json.Decoder(float_hook=Decimal)


def drawn(path: str, old: bytes, new: bytes) -> tuple[int, bool]:
    """How many elements that both files draw are drawn otherwise, and whether all else is the same."""
    if path.endswith(".json"):
        return _drawn_form(old, new)
    if not path.endswith((".bpmn", ".dmn")):
        return 0, old == new
    try:
        shapes, bare = _taken_apart(old)
        shapes_after, bare_after = _taken_apart(new)
    except xml.Unreadable:
        return 0, old == new
    moved = sum(shapes[k] != shapes_after[k] for k in shapes if k in shapes_after)
    return moved, bare == bare_after


def moved(path: str, number: int) -> Change:
    """One change for all that moved in a file; without a number something else of the drawing, or a prefix."""
    one = number == 1
    nl = f"In {path} {'is 1 onderdeel' if one else f'zijn {number} onderdelen'} anders getekend."
    en = f"In {path} {'1 element is' if one else f'{number} elements are'} drawn otherwise."
    if number == 0:
        nl = f"In {path} is alleen de tekening of de schrijfwijze veranderd."
        en = f"In {path} only the drawing or the notation has changed."
    return Change("moved", "layout", path, nl, en, path, "patch")


def _taken_apart(source: bytes) -> tuple[Mapping[str, Hashable], Hashable]:
    """The shapes and edges by the element that they draw, and the file without them."""
    root = xml.parse(source)
    shapes: dict[str, Hashable] = {}
    for diagram in [e for e in root if etree.QName(e).localname in _DIAGRAMS]:
        for shape in diagram.iter():
            drawn_of = next((v for n in _REFERENCES if (v := shape.get(n)) is not None), None)
            if drawn_of is not None and etree.QName(shape).localname != "BPMNPlane":
                shapes.setdefault(drawn_of, tree(shape, _IDS))
        root.remove(diagram)
    return shapes, tree(root)


def _drawn_form(old: bytes, new: bytes) -> tuple[int, bool]:
    try:
        before, after = _DECODER.decode(old), _DECODER.decode(new)
        places, places_after = _placed(before, ""), _placed(after, "")
        same = written(_bare(before)) == written(_bare(after))
    except (msgspec.DecodeError, RecursionError):
        return 0, old == new
    return sum(places[k] != places_after[k] for k in places if k in places_after), same


def _placed(value: object, at: str) -> dict[str, object]:
    """The `layout` of the components of a form, by id."""
    found: dict[str, object] = {}
    if isinstance(value, Mapping):
        name = str(value.get("id") or value.get("key") or at)
        if "layout" in value:
            found[name] = value["layout"]
        found.update(_placed(value.get("components"), name))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            found.update(_placed(one, f"{at}.{number}"))
    return found


def _bare(value: object) -> object:
    if isinstance(value, Mapping):
        return {k: _bare(v) for k, v in value.items() if k != "layout"}
    return [_bare(v) for v in value] if isinstance(value, list) else value
