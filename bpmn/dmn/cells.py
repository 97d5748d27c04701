"""The cells of a table as questions: the constants that each compares with, and its compiled test."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from bpmn.feel import Evaluation, FeelError, Language
from bpmn.feel.nodes import Reading
from bpmn.feel.parser import parse
from bpmn.feel.scope import Frame, Test
from bpmn.feel.syntax import Node
from bpmn.feel.values import Range, Temporal

_STEPS = 200
_VARYING = frozenset({"now", "today", "uuid", "random number"})


class Unclear(Exception):
    """A text that the analysis cannot look into."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The tests of a cell: `test`, and the constants at which its answer may change."""

    test: Test
    points: tuple[object, ...]

    def met(self, value: object, run: Evaluation) -> bool:
        """Whether a value meets the tests; raises FeelBudgetError."""
        run.charge(1)
        return self.test(Frame({}, None, run, None), value) is True


def constant(language: Language, text: str) -> object:
    """The value of a text that reads no variables; raises Unclear."""
    try:
        return _value(language, parse(text, *language.pools(), spaced=language.spaced))
    except (FeelError, RecursionError):
        raise Unclear from None


def cell(language: Language, names: Iterable[str], text: str) -> Cell | None:
    """A cell, None for one that lets everything pass; raises Unclear."""
    if not text.strip() or text.strip() == "-":
        return None
    try:
        node = parse(text, *language.pools(names), unary=True, spaced=language.spaced)
        test, _ = language.tests(text, names)
        return Cell(test, tuple(point for part in node[2] or () for point in _points(language, part)))
    except (FeelError, RecursionError):
        raise Unclear from None


def _value(language: Language, node: Node) -> object:
    reading = Reading(language.functions)
    reading.visit(node)
    if reading.sure or reading.maybe or _varies(node):
        raise Unclear
    return language.compiler(True).build(node)(Frame({}, None, Evaluation(0, steps=_STEPS), None))


def _varies(node: object) -> bool:
    """Whether the clock or chance is asked."""
    todo = [node]
    while todo:
        current = todo.pop()
        if isinstance(current, tuple) and len(current) == 2 and current[0] == "name" and current[1] in _VARYING:
            return True
        if isinstance(current, tuple | list):
            todo.extend(current)
    return False


def _points(language: Language, node: Node) -> Iterator[object]:
    """The constants that a test compares with; raises Unclear when it is more than a comparison."""
    if node[0] in ("cmp", "oprange"):
        value = _value(language, node[2])
        if isinstance(value, Range | list) or (isinstance(value, str) and node[1] not in ("=", "!=")):
            raise Unclear
        yield from _flat(value)
    else:
        value = _value(language, node)
        # What becomes null is met by null alone, which only who writes `null` means.
        if value is not None or node[0] == "lit":
            yield from _flat(value)


def _flat(value: object) -> Iterator[object]:
    if isinstance(value, Range):
        ends = [end for end in (value.low, value.high) if end is not None]
        if not all(isinstance(end, Decimal | Temporal) for end in ends):
            raise Unclear
        yield from ends
    elif isinstance(value, list):
        for item in value:
            yield from _flat(item)
    elif value is None or isinstance(value, str | Decimal | bool | Temporal):
        yield value
    else:
        raise Unclear
