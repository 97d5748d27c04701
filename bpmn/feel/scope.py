"""Frames: where a running program finds its names."""

from collections.abc import Callable
from decimal import Decimal, DecimalException

from bpmn.feel.budget import Evaluation
from bpmn.feel.values import MISSING, NUMBERS, Function, Range, Temporal, number

Source = Callable[[str], object]
Closure = Callable[["Frame"], object]
Test = Callable[["Frame", object], bool | None]


class Frame:
    """Local values inside an outer frame; the outermost one reads the caller's scope, each name once."""

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
        """The value the caller's scope has for a name, kept for the next time."""
        value = MISSING if self.source is None else self.source(name)
        if value is not MISSING:
            value = from_json(value, self.run)
        self.values[name] = value
        return value


def from_json(value: object, run: Evaluation, depth: int = 0) -> object:
    """A FEEL value from a JSON-like one: whole and floating numbers become decimals, inside lists and dicts too.

    FEEL values pass; an object that is neither becomes null with a note. Charges for the size.
    """
    if value is None or isinstance(value, str | bool | Temporal | Range | Function):
        return value
    if isinstance(value, Decimal | int | float):
        return _number(value, run)
    if isinstance(value, list | tuple):
        run.walk(len(value) >> 2, depth)
        items = [from_json(item, run, depth + 1) for item in value]
        unchanged = isinstance(value, list) and all(new is old for new, old in zip(items, value, strict=True))
        return value if unchanged else items
    if isinstance(value, dict):
        run.walk(len(value) >> 2, depth)
        entries = {key: from_json(item, run, depth + 1) for key, item in value.items()}
        return value if all(entries[key] is item for key, item in value.items()) else entries
    return run.note(f"a value of type {type(value).__name__} is not FEEL")


def _number(value: Decimal | int | float, run: Evaluation) -> Decimal | None:
    try:
        if isinstance(value, Decimal):
            exact = NUMBERS.plus(value)
            return value if exact.is_finite() and exact == value else exact if exact.is_finite() else None
        found = number(repr(value)) if isinstance(value, float) else NUMBERS.plus(Decimal(value))
        return found if found.is_finite() else None
    except DecimalException:
        run.note("a number is too large")
        return None
