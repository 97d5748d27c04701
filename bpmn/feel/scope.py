"""Frames: where a running program finds its names."""

from collections.abc import Callable
from decimal import Decimal, DecimalException

from bpmn.feel.budget import Evaluation
from bpmn.feel.values import MISSING, NUMBERS, Function, Range, Temporal, number

Source = Callable[[str], object]
Closure = Callable[["Frame"], object]
Test = Callable[["Frame", object], bool | None]

_SMALL = 10**34
_FEEL = (str, bool, Temporal, Range, Function)
_NUMBERS = (Decimal, int, float)
_LISTS = (list, tuple)


class Frame:
    """Local values inside an outer frame; the outermost one asks its source, each name once."""

    __slots__ = ("run", "source", "up", "values")

    def __init__(self, values: dict[str, object], up: "Frame | None", run: Evaluation, source: Source | None) -> None:
        self.values, self.up, self.run, self.source = values, up, run, source

    def child(self, values: dict[str, object]) -> "Frame":
        """A frame inside this one."""
        return Frame(values, self, self.run, None)

    def find(self, name: str) -> object:
        """The value of a name, or MISSING."""
        frame = self
        while name not in frame.values:
            if frame.up is None:
                return frame.fetch(name)
            frame = frame.up
        return frame.values[name]

    def fetch(self, name: str) -> object:
        """The value the source has for a name, kept for the next time."""
        value = MISSING if self.source is None else self.source(name)
        self.values[name] = value
        return value


class Outermost(Frame):
    """A frame over a caller's scope, whose values may be JSON-like."""

    __slots__ = ()

    def __init__(self, run: Evaluation, source: Source) -> None:
        self.values, self.up, self.run, self.source = {}, None, run, source

    def fetch(self, name: str) -> object:
        """The caller's value for a name as FEEL, kept for the next time."""
        value = MISSING if self.source is None else self.source(name)
        if type(value) is not str and value is not MISSING:
            value = from_json(value, self.run)
        self.values[name] = value
        return value


def from_json(value: object, run: Evaluation, depth: int = 0) -> object:
    """A FEEL value from a JSON-like one: whole and floating numbers become decimals, inside lists and dicts too.

    FEEL values pass; an object that is neither becomes null with a note. Charges for the size.
    """
    kind = type(value)
    if kind is int and -_SMALL < value < _SMALL:  # type: ignore[operator]  # an int, as its type says
        return Decimal(value)  # type: ignore[arg-type]  # the same
    if kind is str or kind is bool or value is None:
        return value
    if isinstance(value, _FEEL):
        return value
    if isinstance(value, _NUMBERS):
        return _number(value, run)
    if isinstance(value, _LISTS):
        run.walk(len(value) >> 2, depth)
        return [from_json(item, run, depth + 1) for item in value]
    if isinstance(value, dict):
        run.walk(len(value) >> 2, depth)
        return {key: from_json(item, run, depth + 1) for key, item in value.items()}
    return run.note(f"a value of type {kind.__name__} is not FEEL")


def _number(value: Decimal | int | float, run: Evaluation) -> Decimal | None:
    try:
        if isinstance(value, float):
            value = number(repr(value))
        found = NUMBERS.plus(Decimal(value))
    except DecimalException:
        run.note("a number is too large")
        return None
    return found if found.is_finite() else None
