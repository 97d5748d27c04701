"""Where a new step goes in a drawing: on its flow, beside or below the step before it, and within its lane."""

from collections.abc import Iterator
from itertools import pairwise
from math import ceil
from typing import Final

from bpmn.edit.drawing.box import Box, Point, centred, slices
from bpmn.edit.drawing.canvas import BANDS, Canvas, Edge, Shape
from bpmn.edit.drawing.room import X, Y, band, make_room, obstacles

GAP: Final = 50
_CLEAR: Final = 15
_ROW: Final = 110
_ROW_GAP: Final = 30
_EDGE_OF_LANE: Final = 10
_EDGE_OF_SCOPE: Final = 20


def size(kind: str) -> tuple[float, float]:
    """Width and height, as modellers draw that kind."""
    if kind.endswith("Event"):
        return 36, 36
    return (50, 50) if kind.endswith("Gateway") else (100, 80)


def region(canvas: Canvas, scope: str, lane: str) -> Box | None:
    """The room in which a step of that scope and lane must lie; None when nothing bounds it."""
    frame, band_ = canvas.shapes.get(scope), canvas.shapes.get(lane)
    found = frame.box.grown(-_EDGE_OF_SCOPE) if frame is not None else None
    if band_ is not None:
        inner = band_.box.grown(-_EDGE_OF_LANE)
        return inner if found is None else found.within(inner)
    pool = next((s for s in canvas.shapes.values() if s.kind == "participant" and s.frame), None)
    if found is None and pool is not None and not lane and _alone(canvas):
        return pool.box.grown(-_EDGE_OF_LANE)
    return found


def _alone(canvas: Canvas) -> bool:
    return sum(s.kind == "participant" for s in canvas.shapes.values()) == 1


def on_flow(canvas: Canvas, edge: Edge, wide: tuple[float, float], scope: str, lane: str) -> Box | None:
    """A place on a piece of the flow that is long enough, without moving anything."""
    room = region(canvas, scope, lane)
    for (x, y), (u, v) in pairwise(edge.points):
        long, needed = (abs(u - x), wide[0]) if y == v else (abs(v - y), wide[1])
        if long < needed + 2 * _CLEAR + 10 or (x != u and y != v):
            continue
        middle = (round((x + u) / 2), y) if y == v else (x, round((y + v) / 2))
        box = centred(middle, *wide)
        if (room is None or room.holds(box)) and _free(canvas, box, scope) and not _crossed(canvas, box, edge.id):
            return box
    return None


def beside(canvas: Canvas, after: Shape, edge: Edge | None, wide: tuple[float, float], lane: str) -> Box:
    """A place in the row of `after`, to its right; what is there moves on. `edge`: the flow that is split, if any."""
    scope = after.scope
    if not after.frame:
        _fit(canvas, after, wide, scope, lane)
    y = after.box.middle[1] if not after.frame else _row_beside(canvas, after, edge, wide, lane)
    across = (y - wide[1] / 2 - _CLEAR, y + wide[1] / 2 + _CLEAR)
    left = ceil(band(canvas, scope, X, after.box.right, across, wide[0] + 2 * GAP + 1))
    return Box(left + GAP, y - wide[1] / 2, *wide)


def before_target(canvas: Canvas, edge: Edge, wide: tuple[float, float], scope: str, lane: str) -> Box | None:
    """A place in the row of the step that a flow leads to, where it leaves up or down and enters from the left."""
    (x, y), (u, v) = edge.points[-2:]
    room = region(canvas, scope, lane)
    level = Box(x, y - wide[1] / 2, 1, wide[1])
    if y != v or x >= u or edge.points[0][0] != edge.points[1][0] or (room is not None and not room.holds(level)):
        return None
    across = (level.y - _CLEAR, level.bottom + _CLEAR)
    left = ceil(band(canvas, scope, X, x + 1, across, wide[0] + 2 * GAP + 1))
    return Box(left + GAP, level.y, *wide)


def _fit(canvas: Canvas, after: Shape, wide: tuple[float, float], scope: str, lane: str) -> None:
    """Makes lane and sub-process high enough for a step in the row of `after`."""
    for _ in range(2):
        room = region(canvas, scope, lane)
        if room is None:
            return
        y = after.box.middle[1]
        above, below = room.y - (y - wide[1] / 2), (y + wide[1] / 2) - room.bottom
        if above > 0:
            make_room(canvas, Y, room.y + 0.5, above)
        elif below > 0:
            make_room(canvas, Y, room.bottom, below)


def _row_beside(canvas: Canvas, after: Shape, edge: Edge | None, wide: tuple[float, float], lane: str) -> float:
    """The height at which to go on from an open sub-process, which may lie in more lanes than its own."""
    y = edge.points[0][1] if edge is not None else after.box.middle[1]
    room = region(canvas, after.scope, lane)
    if room is None:
        return y
    if room.height < wide[1]:
        make_room(canvas, Y, room.bottom, wide[1] - room.height)
        room = region(canvas, after.scope, lane) or room
    return min(max(y, room.y + wide[1] / 2), room.bottom - wide[1] / 2)


def branch(canvas: Canvas, after: Shape, wide: tuple[float, float], scope: str, lane: str) -> Box:
    """A place to the right of `after` in a free row, else below it in a row made for it."""
    side = _side(canvas, after)
    left = after.box.right + (GAP / 2 if side in ("top", "bottom") else GAP)
    room = region(canvas, scope, lane)
    if room is not None and left + wide[0] > room.right:
        make_room(canvas, X, room.right, left + wide[0] - room.right)
    middle = after.box.middle
    if after.frame:
        middle = (middle[0], _row_beside(canvas, after, None, wide, lane))
    room = region(canvas, scope, lane)
    top = min(s.box.y for s in canvas.shapes.values())
    for y in _rows(middle, side, room):
        box = Box(left, y - wide[1] / 2, *wide)
        if (
            box.y >= top
            and (room is None or room.holds(box))
            and _free(canvas, box, scope)
            and not _crossed(canvas, box, "")
        ):
            return box
    return Box(left, _new_row(canvas, after, side, (left, wide[0]), wide[1], room), *wide)


def _side(canvas: Canvas, after: Shape) -> str:
    """The side of its host on which a boundary event hangs; "" for any other step."""
    host = canvas.shapes.get(after.host)
    if host is None:
        return ""
    (x, y), box = after.box.middle, host.box
    far = {"bottom": abs(y - box.bottom), "top": abs(y - box.y), "right": abs(x - box.right), "left": abs(x - box.x)}
    return min(far, key=lambda side: far[side])


def _new_row(
    canvas: Canvas, after: Shape, side: str, columns: tuple[float, float], height: float, room: Box | None
) -> float:
    """The top of a new step in a row made for it, below `after` and its host; above them when there is its place."""
    host = canvas.shapes.get(after.host, after)
    start = max(host.box.bottom, after.box.bottom)
    if room is not None and (side == "top" or start > room.bottom):
        start = room.y
    elif room is not None:
        start = max(start, room.y)
    elif side == "top":
        start = host.box.y - height - 3 * _ROW_GAP
    across = (columns[0] - _CLEAR, columns[0] + columns[1] + _CLEAR)
    return ceil(band(canvas, after.scope, Y, start, across, height + 2 * _ROW_GAP + 1)) + _ROW_GAP


def _rows(middle: Point, side: str, room: Box | None) -> Iterator[float]:
    if side not in ("top", "bottom"):
        yield middle[1]
    for n in range(1, 6):
        yield from (middle[1] + way * n * _ROW for way in ((-1, 1) if side == "top" else (1, -1)))
    if room is not None:
        yield room.middle[1]


def in_lane(canvas: Canvas, shape: Shape, scope: str, lane: str) -> Box | None:
    """A place for an existing shape in another lane, as near to its column as can be; None when that lane does not run
    through its sub-process."""
    room = region(canvas, scope, lane)
    if room is None or room.width < shape.box.width or room.height <= 0:
        return None
    wide = (shape.box.width, shape.box.height)
    if room.height < wide[1] + 20:
        make_room(canvas, Y, room.bottom, wide[1] + 20 - room.height)
        room = region(canvas, scope, lane) or room
    for x in _columns(shape.box.x, room.x, room.right - wide[0]):
        for y in _heights(room, wide[1]):
            box = Box(x, y, *wide)
            if _free(canvas, box, scope, shape.id) and not _crossed(canvas, box, "", shape.id):
                return box
    across = (room.middle[1] - wide[1] / 2 - _CLEAR, room.middle[1] + wide[1] / 2 + _CLEAR)
    left = band(canvas, scope, X, max(shape.box.x - GAP, room.x), across, wide[0] + GAP)
    return Box(left + GAP / 2, room.middle[1] - wide[1] / 2, *wide)


def _columns(near: float, left: float, right: float) -> Iterator[float]:
    near = min(max(near, left), right)
    yield near
    for n in range(1, 7):
        yield from (x for x in (near + n * GAP, near - n * GAP) if left <= x <= right)


def _heights(room: Box, height: float) -> Iterator[float]:
    middle = room.middle[1] - height / 2
    yield middle
    for n in range(1, 6):
        yield from (y for y in (middle + n * 40, middle - n * 40) if room.y <= y <= room.bottom - height)


def _free(canvas: Canvas, box: Box, scope: str, but: str = "") -> bool:
    wide = box.grown(_CLEAR)
    for shape in obstacles(canvas, scope):
        if but and but in (shape.id, shape.host):
            continue
        if wide.overlaps(shape.box) or (shape.label is not None and box.grown(2).overlaps(shape.label)):
            return False
    return all(
        not wide.overlaps(s.box.grown(-1)) for s in canvas.shapes.values() if s.kind in BANDS and _cuts(s.box, box)
    )


def _cuts(band_: Box, box: Box) -> bool:
    """Whether the border of a lane runs through the box."""
    return band_.overlaps(box) and not band_.holds(box)


def _crossed(canvas: Canvas, box: Box, but: str, end: str = "") -> bool:
    wide = box.grown(8)
    others = (e for e in canvas.edges.values() if e.id != but and not (end and end in (e.source, e.target)))
    return any(wide.overlaps(piece) for edge in others for piece in slices(edge.points))
