"""The drawing of one plane: read from the file, changed in memory, written back where it changed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from bpmn.edit.document import Document, insert, take_out
from bpmn.edit.drawing.box import Box, Point, slices
from bpmn.readers.names import KINDS, Element, local

BPMNDI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
DC: Final = "http://www.omg.org/spec/DD/20100524/DC"
DI: Final = "http://www.omg.org/spec/DD/20100524/DI"
BANDS: Final = frozenset({"participant", "lane"})


@dataclass(slots=True)
class Shape:
    """A drawn element. `frame`: other shapes stand inside it; `scope`: id of its process or sub-process; `host`: what a
    boundary event hangs on."""

    id: str
    kind: str
    box: Box
    label: Box | None = None
    frame: bool = False
    scope: str = ""
    host: str = ""
    drawn: Element | None = None


@dataclass(slots=True)
class Edge:
    """A drawn flow. `routed`: a sequence flow, which is drawn square; others keep the course that someone gave them."""

    id: str
    source: str
    target: str
    points: list[Point]
    label: Box | None = None
    routed: bool = True
    drawn: Element | None = None


@dataclass(slots=True)
class Canvas:
    """All that is drawn on one plane."""

    document: Document
    plane: Element
    shapes: dict[str, Shape] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)

    def solids(self) -> Iterator[Shape]:
        """Shapes that nothing may lie on or run through."""
        return (s for s in self.shapes.values() if not s.frame)

    def drawn(self) -> list[Shape | Edge]:
        """Everything that may have a label."""
        return [*self.shapes.values(), *self.edges.values()]

    def labels(self, but: str = "") -> Iterator[Box]:
        """The labels, but for that element's."""
        return (d.label for d in self.drawn() if d.label is not None and d.id != but)

    def boundary(self, id_: str) -> list[Shape]:
        """The boundary events on that shape."""
        return [s for s in self.shapes.values() if s.host == id_]

    def in_the_way(self, edge: Edge) -> set[str]:
        """The solid shapes that an edge runs through."""
        pieces = slices(edge.points)
        return {s.id for s in self.solids() if any(s.box.overlaps(piece) for piece in pieces)}


def read(document: Document, id_: str) -> Canvas | None:
    """The plane on which that element is drawn; None when it is drawn nowhere."""
    drawn = next(
        (d for d in document.root.iter(f"{{{BPMNDI}}}*") if d.get("bpmnElement") == id_ and _is_drawing(d)), None
    )
    plane = drawn.getparent() if drawn is not None else None
    return _on(document, plane) if plane is not None else None


def planes(document: Document) -> list[Canvas]:
    """Every plane of the file."""
    return [_on(document, plane) for plane in document.root.iter(f"{{{BPMNDI}}}BPMNPlane")]


def _on(document: Document, plane: Element) -> Canvas:
    canvas = Canvas(document, plane)
    for each in plane:
        element = each.get("bpmnElement") or ""
        if not document.has(element):
            continue
        if local(each) == "BPMNShape":
            _shape(canvas, document.element(element), each)
        elif local(each) == "BPMNEdge":
            _edge(canvas, document.element(element), each)
    for shape in list(canvas.shapes.values()):
        above = canvas.shapes.get(shape.scope)
        if above is not None:
            above.frame = True
    return canvas


def _is_drawing(e: Element) -> bool:
    return local(e) in ("BPMNShape", "BPMNEdge")


def _shape(canvas: Canvas, element: Element, drawn: Element) -> None:
    box = _bounds(drawn)
    if box is None:
        return
    parent = element.getparent()
    scope = (parent.get("id") or "") if parent is not None and local(element) in KINDS else ""
    frame = local(element) in BANDS or drawn.get("isExpanded") == "true"
    host = element.get("attachedToRef") or ""
    shape = Shape(element.get("id") or "", local(element), box, _label(drawn), frame, scope, host, drawn)
    canvas.shapes[shape.id] = shape


def _edge(canvas: Canvas, element: Element, drawn: Element) -> None:
    points = [(_number(w.get("x")), _number(w.get("y"))) for w in drawn.findall(f"{{{DI}}}waypoint")]
    if len(points) < 2:
        return
    source, target = element.get("sourceRef") or "", element.get("targetRef") or ""
    id_, routed = element.get("id") or "", local(element) == "sequenceFlow"
    canvas.edges[id_] = Edge(id_, source, target, points, _label(drawn), routed, drawn)


def _number(text: str | None) -> float:
    try:
        value = float(text or 0)
    except ValueError:
        return 0
    # Beyond this no screen shows it; an infinity would make every distance one.
    return value if abs(value) < 1e6 else 0


def _text(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _bounds(element: Element) -> Box | None:
    found = element.find(f"{{{DC}}}Bounds")
    if found is None:
        return None
    x, y, width, height = (_number(found.get(name)) for name in ("x", "y", "width", "height"))
    return Box(x, y, max(width, 0), max(height, 0))


def _label(drawn: Element) -> Box | None:
    found = drawn.find(f"{{{BPMNDI}}}BPMNLabel")
    return _bounds(found) if found is not None else None


def write(canvas: Canvas) -> None:
    """Puts into the file what changed; shapes and edges that are new get their elements."""
    for shape in canvas.shapes.values():
        if shape.drawn is None:
            shape.drawn = _made(canvas, "BPMNShape", shape.id)
            if shape.kind == "exclusiveGateway":
                shape.drawn.set("isMarkerVisible", "true")
        if _bounds(shape.drawn) != shape.box:
            _set_bounds(shape.drawn, shape.box)
        _set_label(shape.drawn, shape.label)
    for edge in canvas.edges.values():
        if edge.drawn is None:
            edge.drawn = _made(canvas, "BPMNEdge", edge.id)
        _set_points(edge.drawn, edge.points)
        _set_label(edge.drawn, edge.label)


def erase(document: Document, ids: set[str]) -> None:
    """Takes the drawings of those elements away, on whatever plane."""
    for drawn in [d for d in document.root.iter(f"{{{BPMNDI}}}*") if d.get("bpmnElement") in ids]:
        if local(drawn) == "BPMNPlane" and (diagram := drawn.getparent()) is not None:
            take_out(diagram)
        else:
            take_out(drawn)


def _made(canvas: Canvas, tag: str, id_: str) -> Element:
    made = etree.Element(f"{{{BPMNDI}}}{tag}", {"id": f"{id_}_di", "bpmnElement": id_})
    like = [n for n, e in enumerate(canvas.plane) if local(e) == tag]
    insert(canvas.plane, like[-1] + 1 if like else len(canvas.plane), made)
    return made


def _set_bounds(element: Element, box: Box) -> None:
    found = element.find(f"{{{DC}}}Bounds")
    if found is None:
        found = etree.Element(f"{{{DC}}}Bounds")
        insert(element, 0, found)
    for name, value in (("x", box.x), ("y", box.y), ("width", box.width), ("height", box.height)):
        found.set(name, _text(value))


def _set_label(drawn: Element, label: Box | None) -> None:
    if _label(drawn) == label:
        return
    found = drawn.find(f"{{{BPMNDI}}}BPMNLabel")
    if label is None:
        if found is not None:
            take_out(found)
        return
    if found is None:
        found = etree.Element(f"{{{BPMNDI}}}BPMNLabel")
        insert(drawn, len(drawn), found)
    _set_bounds(found, label)


def _set_points(drawn: Element, points: list[Point]) -> None:
    old = drawn.findall(f"{{{DI}}}waypoint")
    if [(_number(w.get("x")), _number(w.get("y"))) for w in old] == points:
        return
    for each in old:
        take_out(each)
    for n, (x, y) in enumerate(points):
        made = etree.Element(f"{{{DI}}}waypoint", {"x": _text(x), "y": _text(y)})
        insert(drawn, n, made)
