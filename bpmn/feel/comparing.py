"""Order and equality of values: three-valued, and charged for what they walk through."""

from decimal import Decimal

from bpmn.feel.budget import Evaluation
from bpmn.feel.values import Date, DateTime, Range, Temporal, Time

_MILLISECOND = 10**6


def zoned_mismatch(left: object, right: object) -> bool:
    """Whether one of two times, or dates and times, has a zone and the other not."""
    if isinstance(left, DateTime) and isinstance(right, DateTime):
        left, right = left.time, right.time
    return isinstance(left, Time) and isinstance(right, Time) and (left.tz is None) != (right.tz is None)


def compare(left: object, right: object, run: Evaluation) -> int | None:
    """-1, 0 or 1; None when the two have no order (DMN 1.5 tables 52 to 54)."""
    if isinstance(left, Decimal):
        return (left > right) - (left < right) if isinstance(right, Decimal) else None
    if isinstance(left, str):
        if not isinstance(right, str):
            return None
        run.text(min(len(left), len(right)))
        return (left > right) - (left < right)
    if isinstance(left, Temporal) and isinstance(right, Temporal) and type(left) is type(right):
        if zoned_mismatch(left, right):
            return None
        first, second = left.key(), right.key()
        return (first > second) - (first < second)
    return None


def equal(left: object, right: object, run: Evaluation, depth: int = 0) -> bool | None:
    """FEEL's `=` on values of one kind; None for different kinds."""
    if left is None or right is None:
        return left is right
    if type(left) is not type(right):
        return None
    if isinstance(left, str) and isinstance(right, str):
        run.text(len(left))
        return left == right
    if isinstance(left, (Decimal, bool)):
        return left == right
    if isinstance(left, Temporal) and isinstance(right, Temporal):
        if zoned_mismatch(left, right):
            return False
        if isinstance(left, (Time, DateTime)):
            # The TCK compares instants by the millisecond.
            return left.key() // _MILLISECOND == right.key() // _MILLISECOND
        return left.key() == right.key()
    return _equal_inside(left, right, run, depth)


def _equal_inside(left: object, right: object, run: Evaluation, depth: int) -> bool:
    if isinstance(left, list) and isinstance(right, list):
        if len(left) != len(right):
            return False
        run.walk(len(left), depth)
        return all(equal(one, other, run, depth + 1) is True for one, other in zip(left, right, strict=True))
    if isinstance(left, dict) and isinstance(right, dict):
        if left.keys() != right.keys():
            return False
        run.walk(len(left), depth)
        return all(equal(value, right[key], run, depth + 1) is True for key, value in left.items())
    if isinstance(left, Range) and isinstance(right, Range):
        return (
            (left.op, left.low_closed, left.high_closed) == (right.op, right.low_closed, right.high_closed)
            and equal(left.low, right.low, run, depth + 1) is True
            and equal(left.high, right.high, run, depth + 1) is True
        )
    return left is right


def midnight(value: object) -> object:
    """A date as its midnight in UTC, anything else as it is."""
    return DateTime(value, Time(0, 0)) if isinstance(value, Date) else value


def same(left: object, right: object, run: Evaluation) -> bool | None:
    """FEEL's `=`, where a date equals its midnight in UTC."""
    if isinstance(left, DateTime) or isinstance(right, DateTime):
        left, right = midnight(left), midnight(right)
    return equal(left, right, run)


def contains(span: Range, value: object, run: Evaluation) -> bool | None:
    """Whether a value lies in a range."""
    if value is None or (span.op is None and (span.low is None or span.high is None)):
        return None
    if span.op == "!=":
        result = equal(value, span.low, run)
        return None if result is None else not result
    inside = True
    if span.low is not None:
        order = compare(value, span.low, run)
        if order is None:
            return None
        inside = order > 0 or (order == 0 and span.low_closed)
    if span.high is not None:
        order = compare(value, span.high, run)
        if order is None:
            return None
        inside = inside and (order < 0 or (order == 0 and span.high_closed))
    return inside
