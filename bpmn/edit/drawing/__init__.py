"""Keeps the drawing right while the process changes: new shapes in free room, flows square, labels readable."""

from dataclasses import dataclass

from bpmn.edit.document import Document
from bpmn.edit.drawing import canvas as canvases
from bpmn.edit.drawing import labels, place
from bpmn.edit.drawing.box import Box, square
from bpmn.edit.drawing.canvas import Canvas, Edge, Shape, erase
from bpmn.edit.drawing.route import route
from bpmn.readers.names import Element, local

__all__ = ["Drawing", "add_step", "draw_flow", "erase", "finish", "measured", "move_to_lane", "rename", "start"]


@dataclass(slots=True)
class Drawing:
    """The plane on which something changes, and what was wrong with it before: that is left alone."""

    canvas: Canvas
    edges: dict[str, set[str]]
    labels: dict[str, set[str]]


def start(document: Document, id_: str) -> Drawing | None:
    """The plane on which that element is drawn; None when it is not drawn, and then there is nothing to keep right."""
    canvas = canvases.read(document, id_)
    return measured(canvas) if canvas is not None else None


def measured(canvas: Canvas) -> Drawing:
    """A plane with what is wrong with it now."""
    return Drawing(canvas, _faults(canvas), labels.faults(canvas))


def add_step(drawing: Drawing, step: Element, after: str, flow: str, lane: str) -> None:
    """Draws a new step: on the flow that it is inserted into, or as a new branch when `flow` is ""."""
    canvas = drawing.canvas
    before, edge = canvas.shapes.get(after), canvas.edges.get(flow)
    if before is None:
        return
    id_, kind, wide = step.get("id") or "", local(step), place.size(local(step))
    box: Box | None = None
    if edge is not None:
        box = place.on_flow(canvas, edge, wide, before.scope, lane)
        if box is None:
            box = place.before_target(canvas, edge, wide, before.scope, lane)
    if box is None and flow and not before.host:
        box = place.beside(canvas, before, edge, wide, lane)
    if box is None:
        box = place.branch(canvas, before, wide, before.scope, lane)
    canvas.shapes[id_] = Shape(id_, kind, box, scope=before.scope)
    rename(drawing, id_, step.get("name") or "")


def draw_flow(drawing: Drawing, flow: Element) -> None:
    """Draws a flow, new or anew, when both its ends are drawn."""
    canvas, id_ = drawing.canvas, flow.get("id") or ""
    ends = [flow.get("sourceRef") or "", flow.get("targetRef") or ""]
    source, target = (canvas.shapes.get(end) for end in ends)
    if source is None or target is None:
        return
    old = canvas.edges.get(id_)
    points = route(canvas, id_, source, target)
    canvas.edges[id_] = Edge(id_, ends[0], ends[1], points, drawn=old.drawn if old is not None else None)
    labels.put(canvas, canvas.edges[id_], flow.get("name") or "")


def rename(drawing: Drawing, id_: str, name: str) -> None:
    """Makes the label of an element fit its name, where that stands beside it."""
    shape, edge = drawing.canvas.shapes.get(id_), drawing.canvas.edges.get(id_)
    if shape is not None and labels.outside(shape.kind):
        labels.put(drawing.canvas, shape, name)
    elif edge is not None:
        labels.put(drawing.canvas, edge, name)


def move_to_lane(drawing: Drawing, id_: str, lane: str) -> bool:
    """Moves a shape with what hangs on it into a lane; False when there is no room of its sub-process in that lane."""
    canvas, shape = drawing.canvas, drawing.canvas.shapes.get(id_)
    if shape is None or lane not in canvas.shapes:
        return True
    box = place.in_lane(canvas, shape, shape.scope, lane)
    if box is None:
        return False
    dx, dy = box.x - shape.box.x, box.y - shape.box.y
    moved = [shape, *canvas.boundary(id_)]
    for each in moved:
        each.box = each.box.moved(dx, dy)
        each.label = each.label.moved(dx, dy) if each.label is not None else None
    ids = {each.id for each in moved}
    for edge in canvas.edges.values():
        if not {edge.source, edge.target} & ids:
            continue
        if edge.routed:
            draw_flow(drawing, canvas.document.element(edge.id))
            continue
        for n, end in ((0, edge.source), (-1, edge.target)):
            if end in ids:
                edge.points[n] = (edge.points[n][0] + dx, edge.points[n][1] + dy)
    return True


def finish(drawing: Drawing) -> None:
    """Mends what the change put in the way of something else, and writes the drawing into the file."""
    canvas = drawing.canvas
    for id_, found in _faults(canvas).items():
        if found - drawing.edges.get(id_, set()) and canvas.edges[id_].routed:
            draw_flow(drawing, canvas.document.element(id_))
    for id_, under in labels.faults(canvas).items():
        if under - drawing.labels.get(id_, set()):
            drawn = canvas.shapes.get(id_) or canvas.edges[id_]
            labels.put(canvas, drawn, canvas.document.element(id_).get("name") or "")
    canvases.write(canvas)


def _faults(canvas: Canvas) -> dict[str, set[str]]:
    """For each flow what is wrong with its drawing."""
    found = {}
    for edge in canvas.edges.values():
        faults = canvas.in_the_way(edge)
        if not square(edge.points):
            faults.add("askew")
        for end, point in ((edge.source, edge.points[0]), (edge.target, edge.points[-1])):
            shape = canvas.shapes.get(end)
            if shape is not None and not shape.box.on_border(point):
                faults.add(f"loose {end}")
        found[edge.id] = faults
    return found
