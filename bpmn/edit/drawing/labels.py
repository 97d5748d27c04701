"""Puts names beside events, gateways and flows, free of everything that is drawn."""

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from bpmn.edit.drawing.box import Box, Point, centred, slices
from bpmn.edit.drawing.canvas import Canvas, Edge, Shape

_LETTER: Final = 6
_LINE: Final = 14
_WIDTHS: Final = (14, 28, 80)
_GAP: Final = 6
_MOST_PIECES: Final = 12
_STEP: Final = 15
_FAR: Final = 180


def outside(kind: str) -> bool:
    """Whether the name of that kind stands beside its shape."""
    return kind.endswith(("Event", "Gateway"))


def _size(name: str, width: int) -> tuple[float, float]:
    """Width and height of a name in lines of some `width` letters."""
    lines = wrap(name, width, break_long_words=False) or [""]
    return max(map(len, lines)) * _LETTER + 2, len(lines) * _LINE


def faults(canvas: Canvas) -> dict[str, set[str]]:
    """For each label, by element, what it overlaps."""
    found = {d.id: d.label for d in canvas.drawn() if d.label and d.label.width}
    return {id_: _under(canvas, id_, label) for id_, label in found.items()}


def _under(canvas: Canvas, id_: str, label: Box) -> set[str]:
    under = {s.id for s in canvas.solids() if s.box.overlaps(label)}
    under |= {e.id for e in canvas.edges.values() if any(label.overlaps(p) for p in slices(e.points))}
    others = (d for d in canvas.drawn() if d.id != id_)
    return under | {f"label {d.id}" for d in others if d.label is not None and d.label.overlaps(label)}


def put(canvas: Canvas, drawn: Shape | Edge, name: str) -> None:
    """Places the label of a shape or an edge for `name`; none when there is no name."""
    drawn.label = None
    if not name:
        return
    sizes = list(dict.fromkeys(_size(name, width) for width in _WIDTHS))
    own = drawn.box.middle if isinstance(drawn, Shape) else slices(drawn.points)[0].middle
    near = (s for w in sizes for s in (_beside(drawn.box, w) if isinstance(drawn, Shape) else _along(drawn, w)))
    spots = [*near, *(spot for wide in sizes for spot in _around(own, wide))]
    free = (spot for spot in spots if not _under(canvas, drawn.id, spot))
    drawn.label = next(free, None) or min(spots, key=lambda spot: len(_under(canvas, drawn.id, spot)))


def _around(middle: Point, wide: tuple[float, float]) -> list[Box]:
    """Places further off, the nearest first, for where the drawing is full."""
    steps = [n * _STEP for n in range(-_FAR // _STEP, _FAR // _STEP + 1)]
    shifts = sorted(((dx, dy) for dx in steps for dy in steps), key=lambda s: (s[0] ** 2 + s[1] ** 2, s))
    return [centred((middle[0] + dx, middle[1] + dy), *wide) for dx, dy in shifts]


def _beside(box: Box, wide: tuple[float, float]) -> Iterator[Box]:
    (x, y), (width, height) = box.middle, wide
    for gap in (_GAP, 3 * _GAP, 6 * _GAP):
        yield Box(x - width / 2, box.bottom + gap, width, height)
        yield Box(x - width / 2, box.y - gap - height, width, height)
        for left in (box.right + gap, box.x - gap - width):
            yield Box(left, y - height - gap, width, height)
            yield Box(left, y + gap, width, height)
        for left in (x + gap, x - gap - width):
            yield Box(left, box.bottom + gap, width, height)
            yield Box(left, box.y - gap - height, width, height)


def _along(edge: Edge, wide: tuple[float, float]) -> Iterator[Box]:
    width, height = wide
    for gap in (_GAP, 3 * _GAP, 6 * _GAP, 8 * _GAP, 11 * _GAP):
        for piece in slices(edge.points)[:_MOST_PIECES]:
            (x, y), level = piece.middle, piece.width >= piece.height
            room = (piece.width - width) / 2 if level else (piece.height - height) / 2
            for shift in (0.0, *((room / 2, -room / 2, room, -room) if room > 0 else ())):
                if level:
                    yield Box(x + shift - width / 2, y - gap - height, width, height)
                    yield Box(x + shift - width / 2, y + gap, width, height)
                else:
                    yield Box(x + gap + 2, y + shift - height / 2, width, height)
                    yield Box(x - gap - 2 - width, y + shift - height / 2, width, height)
