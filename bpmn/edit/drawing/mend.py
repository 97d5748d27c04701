"""Mends a drawing that was put together from two: shapes apart, flows square, labels free."""

from collections.abc import Iterable
from itertools import combinations
from typing import Final

from bpmn.edit.document import Document
from bpmn.edit.drawing import canvas as canvases
from bpmn.edit.drawing import finish, measured
from bpmn.edit.drawing.canvas import Canvas, Shape
from bpmn.edit.drawing.place import GAP
from bpmn.edit.drawing.room import X, make_room, obstacles

_MOST: Final = 100


def mend(source: bytes, *parents: bytes) -> bytes:
    """The file with its drawing mended where it is worse than that of both `parents`. Raises Refused."""
    document = Document(source)
    before = [measured(canvas) for parent in parents for canvas in canvases.planes(Document(parent))]
    for canvas in canvases.planes(document):
        left = {pair for drawing in before for pair in _overlaps(drawing.canvas)}
        for _ in range(_MOST):
            pair = next((p for p in _overlaps(canvas) if p not in left), None)
            if pair is None:
                break
            _part(canvas, canvas.shapes[pair[0]], canvas.shapes[pair[1]])
            # Two open sub-processes on each other are beyond this; a second attempt would only stretch them.
            left.add(pair)
        drawing = measured(canvas)
        drawing.edges = _known(each.edges for each in before)
        drawing.labels = _known(each.labels for each in before)
        finish(drawing)
    return document.bytes()


def _known(faults: Iterable[dict[str, set[str]]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in faults:
        for id_, seen in each.items():
            found.setdefault(id_, set()).update(seen)
    return found


def _overlaps(canvas: Canvas) -> list[tuple[str, str]]:
    """Pairs of shapes that lie on each other, from left to right."""
    found = []
    for scope in dict.fromkeys(s.scope for s in canvas.shapes.values() if s.scope):
        inside = [s for s in obstacles(canvas, scope) if s.scope == scope and not s.host]
        inside.sort(key=lambda s: (s.box.x, s.box.y, s.id))
        found += [(a.id, b.id) for a, b in combinations(inside, 2) if a.box.overlaps(b.box)]
    return found


def _part(canvas: Canvas, first: Shape, second: Shape) -> None:
    """Moves the second and all to its right on, so that it stands beside the first."""
    if first.frame and not second.frame:
        second.box = second.box.moved(first.box.right - second.box.x, 0)
        make_room(canvas, X, first.box.right, GAP)
        return
    if second.box.x <= first.box.x:
        second.box = second.box.moved(first.box.x + 1 - second.box.x, 0)
    make_room(canvas, X, second.box.x, first.box.right + GAP - second.box.x)
