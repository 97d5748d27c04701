"""Built-ins on ranges and points (DMN 1.5 section 10.3.4.10), and `range` itself."""

import re
from collections.abc import Callable
from decimal import Decimal

from bpmn.feel.budget import Evaluation
from bpmn.feel.comparing import compare, contains, equal
from bpmn.feel.errors import FeelSyntaxError
from bpmn.feel.functions.conversion import TABLE as CONVERSION
from bpmn.feel.functions.table import Table
from bpmn.feel.lexer import Names
from bpmn.feel.parser import parse
from bpmn.feel.syntax import Node
from bpmn.feel.values import MISSING, Range

TABLE = Table()
_TEXT = re.compile(r"\s*([\[(\]])(.*?)\.\.(.*)([\])\[])\s*", re.S)
_PARSE_COST = 10
_MAKERS = frozenset({"date", "time", "date and time", "duration", "years and months duration"})


def _end(text: str, run: Evaluation) -> object:
    """The value of an end of a range: a literal, or a date, time or duration made from one; else MISSING."""
    try:
        node = parse(text, Names(CONVERSION), Names())
    except FeelSyntaxError:
        return MISSING
    return _constant(node, run)


def _constant(node: Node, run: Evaluation) -> object:
    if node[0] == "lit":
        return node[1]
    if node[0] == "neg" and node[1][0] == "lit" and isinstance(node[1][1], Decimal):
        return -node[1][1]
    if node[0] == "call" and node[1][0] == "name" and node[1][1] in _MAKERS:
        values = [_constant(argument, run) for argument in node[2]]
        if not any(value is MISSING for value in values):
            return CONVERSION[node[1][1]].call(run, values, node[3])
    return MISSING


@TABLE.add("range", "from: text")
def range_(run: Evaluation, text: str) -> Range | None:
    """A range from its text, such as `[18..65)`."""
    run.charge(_PARSE_COST)
    match = _TEXT.fullmatch(text)
    if match is None:
        return None
    low, high = _end(match[2], run), _end(match[3], run)
    if low is MISSING or high is MISSING or (low is None and high is None):
        return None
    if low is not None and high is not None:
        order = compare(low, high, run)
        if order is None or order > 0:
            return None
    return Range(low, high, match[1] == "[" and low is not None, match[4] == "]" and high is not None)


class _Ends:
    """Comparisons of ends for one call; ValueError (null) when two have no order."""

    def __init__(self, run: Evaluation) -> None:
        self.run = run

    def order(self, left: object, right: object) -> int:
        result = compare(left, right, self.run)
        if result is None:
            raise ValueError("these values have no order")
        return result

    def before(self, left: object, right: object) -> bool:
        one, other = _span(left), _span(right)
        order = self.order(one.high, other.low)
        return order < 0 or (order == 0 and not (one.high_closed and other.low_closed))

    def starts_before(self, one: Range, other: Range) -> bool:
        order = self.order(one.low, other.low)
        return order < 0 or (order == 0 and one.low_closed and not other.low_closed)

    def ends_before(self, one: Range, other: Range) -> bool:
        order = self.order(one.high, other.high)
        return order < 0 or (order == 0 and other.high_closed and not one.high_closed)

    def overlaps(self, one: object, other: object) -> bool:
        return not self.before(one, other) and not self.before(other, one)

    def overlaps_before(self, one: Range, other: Range) -> bool:
        return self.overlaps(one, other) and self.starts_before(one, other) and not self.ends_before(other, one)

    def overlaps_after(self, one: Range, other: Range) -> bool:
        return self.overlaps(one, other) and self.starts_before(other, one) and not self.ends_before(one, other)

    def meets(self, one: Range, other: Range) -> bool:
        return one.high_closed and other.low_closed and self.order(one.high, other.low) == 0

    def includes(self, span: Range, value: object) -> bool | None:
        if isinstance(value, Range):
            return not self.starts_before(value, span) and not self.ends_before(span, value)
        return contains(span, value, self.run)

    def starts(self, value: object, span: Range) -> bool:
        if isinstance(value, Range):
            same = self.order(value.low, span.low) == 0 and value.low_closed == span.low_closed
            return same and not self.ends_before(span, value)
        return span.low_closed and self.order(value, span.low) == 0

    def finishes(self, value: object, span: Range) -> bool:
        if isinstance(value, Range):
            same = self.order(value.high, span.high) == 0 and value.high_closed == span.high_closed
            return same and not self.starts_before(value, span)
        return span.high_closed and self.order(value, span.high) == 0

    def coincides(self, left: object, right: object) -> bool | None:
        if isinstance(left, Range) and isinstance(right, Range):
            return equal(left, right, self.run)
        return self.order(left, right) == 0


def _span(value: object) -> Range:
    return value if isinstance(value, Range) else Range(value, value)


_RANGES = ("range1: range, range2: range",)
_POINT_FIRST = ("point: any, range: range", *_RANGES)
_RANGE_FIRST = ("range: range, point: any", *_RANGES)
_ALL = ("point1: any, point2: any", "point: any, range: range", "range: range, point: any", *_RANGES)
_SAME = ("point1: any, point2: any", *_RANGES)
Relation = Callable[[_Ends, object, object], bool | None]


def _add(name: str, method: Callable[..., bool | None], signatures: tuple[str, ...], swapped: bool = False) -> None:
    def body(run: Evaluation, left: object, right: object) -> bool | None:
        ends = _Ends(run)
        return method(ends, right, left) if swapped else method(ends, left, right)

    TABLE.add(name, *signatures)(body)


_add("before", _Ends.before, _ALL)
_add("after", _Ends.before, _ALL, swapped=True)
_add("meets", _Ends.meets, _RANGES)
_add("met by", _Ends.meets, _RANGES, swapped=True)
_add("overlaps", _Ends.overlaps, _RANGES)
_add("overlaps before", _Ends.overlaps_before, _RANGES)
_add("overlaps after", _Ends.overlaps_after, _RANGES)
_add("finishes", _Ends.finishes, _POINT_FIRST)
_add("finished by", _Ends.finishes, _RANGE_FIRST, swapped=True)
_add("includes", _Ends.includes, _RANGE_FIRST)
_add("during", _Ends.includes, _POINT_FIRST, swapped=True)
_add("starts", _Ends.starts, _POINT_FIRST)
_add("started by", _Ends.starts, _RANGE_FIRST, swapped=True)
_add("coincides", _Ends.coincides, _SAME)
