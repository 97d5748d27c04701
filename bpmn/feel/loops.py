"""Closures for `for`, `some` and `every`."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from bpmn.feel.budget import Evaluation
from bpmn.feel.compiler import Compiler, round_cost, rule
from bpmn.feel.nodes import mentions
from bpmn.feel.scope import Closure, Frame
from bpmn.feel.syntax import Node
from bpmn.feel.values import Date, Range, integer

Iterators = list[tuple[str, Closure, Closure | None]]


class NotIterable(Exception):
    """The source of a loop is null, or a range that has no steps."""


def iterate(value: object) -> Iterable[object] | None:
    """The items of a list or range, or the one value; None for null."""
    if isinstance(value, list):
        return value
    if isinstance(value, Range):
        return span(value.low, value.high, value.low_closed, value.high_closed)
    return None if value is None else [value]


def span(low: object, high: object, low_closed: bool = True, high_closed: bool = True) -> Iterable[object] | None:
    """Whole numbers or dates from one end to the other, up or down."""
    dates = isinstance(low, Date) and isinstance(high, Date)
    if isinstance(low, Date) and isinstance(high, Date):
        start, end = low.key(), high.key()
    elif isinstance(low, Decimal) and isinstance(high, Decimal):
        if low != low.to_integral_value() or high != high.to_integral_value():
            return None
        try:
            start, end = integer(low), integer(high)
        except OverflowError:
            return None
    else:
        return None
    step = 1 if start <= end else -1
    start += 0 if low_closed else step
    end -= 0 if high_closed else step
    numbers = range(start, end + step, step)
    return (Date.at(at) for at in numbers) if dates else (Decimal(at) for at in numbers)


def _frames(iterators: Iterators, frame: Frame, cost: int) -> Iterator[Frame]:
    """A frame for each combination, the last iterator running fastest."""
    name, source, end = iterators[0]
    values = span(source(frame), end(frame)) if end is not None else iterate(source(frame))
    if values is None:
        raise NotIterable
    for value in values:
        frame.run.charge(cost)
        inner = frame.child({name: value})
        if len(iterators) == 1:
            yield inner
        else:
            yield from _frames(iterators[1:], inner, cost)


def _iterators(compiler: Compiler, nodes: list[tuple[str, Node, Node | None]]) -> Iterators:
    return [(name, compiler.inner(source), None if end is None else compiler.inner(end)) for name, source, end in nodes]


def so_far(results: list[object], run: Evaluation) -> list[object]:
    """The value of `partial`: a copy, since the list itself inside itself would be a circle."""
    run.charge(len(results) >> 4)
    return results.copy()


@rule("for")
def for_(compiler: Compiler, nodes: list[tuple[str, Node, Node | None]], body: Node) -> Closure:
    """A list of the body's values; `partial` is the list so far."""
    iterators, inner = _iterators(compiler, nodes), compiler.inner(body)
    cost = round_cost(body)
    looks_back = mentions(body, "partial")

    def run(frame: Frame) -> object:
        results: list[object] = []
        try:
            for each in _frames(iterators, frame, cost):
                if looks_back:
                    each.values["partial"] = so_far(results, frame.run)
                results.append(inner(each))
        except NotIterable:
            return frame.run.note("'for' over something that is no list or range")
        return results

    return run


def _quantifier(
    compiler: Compiler, nodes: list[tuple[str, Node, Node | None]], condition: Node, decisive: bool
) -> Closure:
    iterators, test = _iterators(compiler, nodes), compiler.inner(condition)
    cost = round_cost(condition)

    def run(frame: Frame) -> object:
        result: bool | None = not decisive
        try:
            for each in _frames(iterators, frame, cost):
                value = test(each)
                if value is decisive:
                    return decisive
                if not isinstance(value, bool):
                    result = None
        except NotIterable:
            return frame.run.note("'some' or 'every' over something that is no list or range")
        return result

    return run


@rule("some")
def some(compiler: Compiler, nodes: list[tuple[str, Node, Node | None]], condition: Node) -> Closure:
    """Whether one combination satisfies."""
    return _quantifier(compiler, nodes, condition, True)


@rule("every")
def every(compiler: Compiler, nodes: list[tuple[str, Node, Node | None]], condition: Node) -> Closure:
    """Whether all combinations satisfy."""
    return _quantifier(compiler, nodes, condition, False)
