"""The values of one input, cut into pieces within which no cell changes its answer."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import NamedTuple

from bpmn.dmn.cells import Cell, Unclear
from bpmn.feel import Evaluation
from bpmn.feel.calendar import DAY, NS
from bpmn.feel.texts import to_string
from bpmn.feel.values import NUMBERS, Date, DateTime, Days, Months, Temporal, Time

_MOST_PIECES = 2_000
_MOST_SHOWN = 4
_MILLISECOND = 10**6
_HOUR = 3600 * NS
_LAST = DAY - NS
_TWO = Decimal(2)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the values: one value in it, how people read it, and whether such a value surely occurs (between 5
    and 6 there may be none)."""

    sample: object
    text: str
    real: bool = True


@dataclass(frozen=True, slots=True)
class Axis:
    """An input. Sets of pieces are bits: `whole` are those allowed, `real` those that surely occur."""

    label: str
    text: str
    pieces: tuple[Piece, ...]
    places: Mapping[object, int]
    whole: int
    real: int

    def met(self, cell: Cell | None, run: Evaluation) -> int:
        """The pieces in which a cell is met, tried at its own constants and once between each two of them."""
        if cell is None:
            return self.whole
        own = sorted({self.places[point] for point in (*cell.points, None) if point in self.places})
        bits = sum(1 << at for at in own if cell.met(self.pieces[at].sample, run))
        for low, high in pairwise((-1, *own, len(self.pieces))):
            if high - low > 1 and cell.met(self.pieces[low + 1].sample, run):
                bits |= (1 << high) - (1 << low + 1)
        return self.whole & bits

    def shown(self, bits: int) -> str:
        """A value in one of these pieces, empty when the input does not matter."""
        if len(self.pieces) == 1:
            return ""
        bits = bits & self.real or bits
        return f"{self.label} = {self.pieces[(bits & -bits).bit_length() - 1].text}"


def _bits(answers: Iterable[bool]) -> int:
    return sum(1 << at for at, answer in enumerate(answers) if answer)


def axis(label: str, text: str, cells: Sequence[Cell], allowed: Sequence[Cell], boolean: bool, run: Evaluation) -> Axis:
    """The axis of an input with these cells; raises Unclear when their constants do not go together."""
    points = {point for cell in (*cells, *allowed) for point in cell.points}
    pieces = tuple(_pieces(points, boolean))
    places = {piece.sample: at for at, piece in enumerate(pieces)}
    if len(pieces) > _MOST_PIECES or not points <= places.keys():
        raise Unclear
    every = (1 << len(pieces)) - 1
    open_ = Axis(label, text, pieces, places, every, _bits(piece.real for piece in pieces))
    whole = every
    for cell in allowed:
        whole &= open_.met(cell, run) | _bits(piece.sample is None for piece in pieces)
    return replace(open_, whole=whole, real=whole & open_.real)


def _pieces(points: set[object], boolean: bool) -> Iterator[Piece]:
    kinds = {type(point) for point in points if point is not None}
    if len(kinds) > 1:
        raise Unclear
    kind = next(iter(kinds), bool if boolean else None)
    known = [point for point in points if point is not None]
    if kind is None:
        yield Piece("", "")
    elif kind is bool:
        yield from (Piece(True, "true"), Piece(False, "false"))
    elif kind is str:
        yield from _texts(sorted({point for point in known if isinstance(point, str)}))
    elif kind is Decimal:
        yield from _numbers(sorted({point for point in known if isinstance(point, Decimal)}))
    else:
        yield from _moments([point for point in known if isinstance(point, Temporal)])
    if None in points:
        yield Piece(None, "null")


def _show(value: object) -> str:
    return to_string(value, Evaluation(0), nested=True)


def _texts(points: list[str]) -> Iterator[Piece]:
    yield from (Piece(point, _show(point)) for point in points)
    other = "?"
    while other in points:
        other += "?"
    named = ", ".join(map(_show, points[:_MOST_SHOWN])) + (", …" if len(points) > _MOST_SHOWN else "")
    yield Piece(other, f"not({named})")


def _numbers(points: list[Decimal]) -> Iterator[Piece]:
    for at, point in enumerate(points):
        if at == 0:
            yield _number(NUMBERS.subtract(point, Decimal(1)))
        yield _number(point)
        if at + 1 == len(points):
            yield _number(NUMBERS.add(point, Decimal(1)))
            continue
        after = points[at + 1]
        whole = NUMBERS.add(point.to_integral_value(ROUND_FLOOR, NUMBERS), Decimal(1))
        if point < whole < after:
            yield _number(whole)
        else:
            middle = NUMBERS.divide(NUMBERS.add(point, after), _TWO)
            if point < middle < after:
                yield _number(middle, False)


def _number(value: Decimal, real: bool = True) -> Piece:
    return Piece(value, _show(value), real)


def _moments(points: list[Temporal]) -> Iterator[Piece]:
    make, least, before, after = _line(points)
    keys = sorted({point.key() for point in points})
    values = [*before(keys[0]), *keys, *after(keys[-1])]
    values += [(low + high) // 2 for low, high in pairwise(keys) if high - low > least]
    for at in sorted(values):
        found = make(at)
        if found is not None:
            yield Piece(found, _show(found))


class _Line(NamedTuple):
    """How a key becomes a value again, the widest distance without a value between, and keys before and after."""

    make: Callable[[int], Temporal | None]
    least: int
    before: Callable[[int], tuple[int, ...]]
    after: Callable[[int], tuple[int, ...]]


def _line(points: list[Temporal]) -> _Line:
    first = points[0]
    if isinstance(first, Date | Months):
        return _Line(Date.at if isinstance(first, Date) else Months, 1, lambda key: (key - 1,), lambda key: (key + 1,))
    # Equality of instants is by the millisecond.
    least = 2 * _MILLISECOND
    hour = _Line(Days, least, lambda key: (key - _HOUR,), lambda key: (key + _HOUR,))
    if isinstance(first, Days):
        return hour
    times = [point.time if isinstance(point, DateTime) else point for point in points]
    zones = {time.tz for time in times if isinstance(time, Time)}
    zone = zones.pop()
    if zones:
        raise Unclear
    if isinstance(first, DateTime):
        return hour._replace(make=lambda key: DateTime.at(key, zone))
    if zone is not None:
        raise Unclear
    return _Line(Time, least, lambda key: (0,) if key else (), lambda key: (_LAST,) if key < _LAST else ())
