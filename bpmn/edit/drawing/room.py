"""Makes room in a drawing: what lies beyond a line moves on, and what the line cuts grows."""

from bpmn.edit.drawing.box import Box, Point
from bpmn.edit.drawing.canvas import BANDS, Canvas, Edge, Shape

X, Y = 0, 1


def low(box: Box, axis: int) -> float:
    """Where the box begins on that axis."""
    return box.y if axis else box.x


def high(box: Box, axis: int) -> float:
    """Where the box ends on that axis."""
    return box.bottom if axis else box.right


def obstacles(canvas: Canvas, scope: str) -> list[Shape]:
    """What a shape in that scope may not lie on: all but the lanes, the pools and the sub-processes around it."""
    around = ancestors(canvas, scope)
    return [s for s in canvas.shapes.values() if not s.frame or (s.kind not in BANDS and s.id not in around)]


def ancestors(canvas: Canvas, scope: str) -> set[str]:
    """The scope itself and the drawn sub-processes around it."""
    found: set[str] = set()
    while scope and scope not in found:
        found.add(scope)
        shape = canvas.shapes.get(scope)
        scope = shape.scope if shape is not None else ""
    return found


def whole(canvas: Canvas, shape: Shape) -> Box:
    """The shape with its label and what hangs on it."""
    box = shape.box
    for part in (shape, *canvas.boundary(shape.id)):
        box = box.around(part.box)
        if part.label is not None and part.label.width:
            box = box.around(part.label)
    return box


def make_room(canvas: Canvas, axis: int, cut: float, by: float) -> None:
    """Moves what begins at or beyond `cut` on by `by`, with its labels, and lengthens the frames that `cut` crosses."""
    moves = {s.id: _move(canvas, s, axis, cut, by) for s in canvas.shapes.values()}
    for edge in canvas.edges.values():
        _stretch(canvas, edge, axis, cut, by, moves)
    grows = [s for s in canvas.shapes.values() if _grows(s, axis, cut)]
    for shape in canvas.shapes.values():
        if shape in grows:
            shape.box = _longer(shape.box, axis, by)
        else:
            shape.box = _shifted(shape.box, axis, moves[shape.id])
            shape.label = _shifted(shape.label, axis, moves[shape.id]) if shape.label is not None else None


def _grows(shape: Shape, axis: int, cut: float) -> bool:
    return shape.frame and low(shape.box, axis) < cut < high(shape.box, axis)


def _move(canvas: Canvas, shape: Shape, axis: int, cut: float, by: float) -> float:
    host = canvas.shapes.get(shape.host)
    if host is None:
        return by if low(shape.box, axis) >= cut else 0
    if _grows(host, axis, cut):
        return by if shape.box.middle[axis] >= cut else 0
    return by if low(host.box, axis) >= cut else 0


def _stretch(canvas: Canvas, edge: Edge, axis: int, cut: float, by: float, moves: dict[str, float]) -> None:
    last = len(edge.points) - 1
    points = []
    for n, point in enumerate(edge.points):
        end = canvas.shapes.get(edge.source if n == 0 else edge.target if n == last else "")
        if end is None or _grows(end, axis, cut):
            points.append(_pushed(point, axis, by if point[axis] >= cut else 0))
        else:
            points.append(_pushed(point, axis, moves[end.id]))
    edge.points = points
    if edge.label is not None and edge.label.middle[axis] >= cut:
        edge.label = _shifted(edge.label, axis, by)


def _pushed(point: Point, axis: int, by: float) -> Point:
    return (point[0], point[1] + by) if axis else (point[0] + by, point[1])


def _shifted(box: Box, axis: int, by: float) -> Box:
    return box.moved(0, by) if axis else box.moved(by, 0)


def _longer(box: Box, axis: int, by: float) -> Box:
    return Box(box.x, box.y, box.width, box.height + by) if axis else Box(box.x, box.y, box.width + by, box.height)


def band(canvas: Canvas, scope: str, axis: int, start: float, across: tuple[float, float], need: float) -> float:
    """Where `need` free pixels begin, at or after `start`, for a shape as wide as `across` on the other axis; what is
    in the way moves on. What begins before and ends after `start` stays, so that the band begins behind it."""
    limit = min((high(s.box, axis) - 1 for s in _around(canvas, scope, axis, start, across)), default=float("inf"))
    inside = [
        (low(s.box, axis), high(box, axis))
        for s in obstacles(canvas, scope)
        if not s.host and low(box := whole(canvas, s), 1 - axis) < across[1] and high(box, 1 - axis) > across[0]
    ]
    cut = start
    while behind := [end for begin, end in inside if begin < cut < end]:
        cut = max(behind)
    cut = min(cut, limit)
    free = min([begin for begin, _ in inside if begin >= cut] + [limit]) - cut
    if free < need:
        make_room(canvas, axis, cut, need - free)
    return cut


def _around(canvas: Canvas, scope: str, axis: int, start: float, across: tuple[float, float]) -> list[Shape]:
    """The frames in which the band lies: the sub-process, and the lanes and pool at that height."""
    around = ancestors(canvas, scope)
    return [
        s
        for s in canvas.shapes.values()
        if s.id in around
        or (
            s.kind in BANDS
            and low(s.box, axis) <= start <= high(s.box, axis)
            and low(s.box, 1 - axis) < across[1]
            and high(s.box, 1 - axis) > across[0]
        )
    ]
