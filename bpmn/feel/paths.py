"""Closures for members, filters and calls."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from bpmn.feel.budget import Evaluation
from bpmn.feel.calendar import DAY, NS
from bpmn.feel.compiler import Compiler, round_cost, rule
from bpmn.feel.scope import Closure, Frame
from bpmn.feel.syntax import Node
from bpmn.feel.types import Type, coerce
from bpmn.feel.values import Date, DateTime, Days, Function, Months, Range, Time, integer

MEMBER_NAMES = ("time offset", "start included", "end included")


def _offset(value: Time | DateTime) -> Days | None:
    seconds = value.offset()
    return None if seconds is None else Days(seconds * NS)


def _part(size: int, unit: int, within: int | None = None) -> Decimal:
    count = abs(size) // unit
    count = count if within is None else count % within
    return Decimal(-count if size < 0 else count)


_DATE: dict[str, Callable[[Any], object]] = {
    "year": lambda date: Decimal(date.year),
    "month": lambda date: Decimal(date.month),
    "day": lambda date: Decimal(date.day),
    "weekday": lambda date: Decimal(date.weekday()),
}
_TIME: dict[str, Callable[[Any], object]] = {
    "hour": lambda time: Decimal(time.ns // NS // 3600),
    "minute": lambda time: Decimal(time.ns // NS // 60 % 60),
    "second": lambda time: Decimal(time.ns // NS % 60),
    "timezone": lambda time: time.tz if isinstance(time.tz, str) else None,
}
_DAYS: dict[str, Callable[[Any], object]] = {
    "days": lambda value: _part(value.ns, DAY),
    "hours": lambda value: _part(value.ns, 3600 * NS, 24),
    "minutes": lambda value: _part(value.ns, 60 * NS, 60),
    "seconds": lambda value: _part(value.ns, NS, 60),
}
_MONTHS: dict[str, Callable[[Any], object]] = {
    "years": lambda value: _part(value.count, 12),
    "months": lambda value: _part(value.count, 1, 12),
}
_RANGE: dict[str, Callable[[Any], object]] = {
    "start": lambda span: span.low,
    "end": lambda span: span.high,
    "start included": lambda span: span.low_closed,
    "end included": lambda span: span.high_closed,
}


def member(value: object, name: str, run: Evaluation, depth: int = 0) -> object:
    """The entry of a context, of each context of a list, or the property of a value; null when there is none."""
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, list):
        run.walk(len(value), depth)
        return [member(item, name, run, depth + 1) for item in value]
    read = _property(value, name)
    return None if read is None else read(value)


def _property(value: object, name: str) -> Callable[[Any], object] | None:
    if isinstance(value, DateTime):
        if name in _DATE:
            return lambda moment: _DATE[name](moment.date)
        if name in _TIME:
            return lambda moment: _TIME[name](moment.time)
        return _offset if name == "time offset" else None
    if isinstance(value, Time):
        return _offset if name == "time offset" else _TIME.get(name)
    for kind, table in ((Date, _DATE), (Days, _DAYS), (Months, _MONTHS), (Range, _RANGE)):
        if isinstance(value, kind):
            return table.get(name)
    return None


@rule("path")
def path(compiler: Compiler, node: Node, name: str) -> Closure:
    """`value.name`."""
    value = compiler.build(node)
    return lambda frame: member(value(frame), name, frame.run)


def _position(node: Node) -> Decimal | None:
    if node[0] == "lit" and isinstance(node[1], Decimal):
        return node[1]
    if node[0] == "neg" and node[1][0] == "lit" and isinstance(node[1][1], Decimal):
        return -node[1][1]
    return None


def item_at(values: list[Any], position: Decimal) -> object:
    """The item at a position: 1 is the first, -1 the last; null beyond the ends."""
    if position != position.to_integral_value() or abs(position) > len(values) or not position:
        return None
    at = integer(position)
    return values[at - 1] if at > 0 else values[at]


def item_frame(frame: Frame, item: object) -> Frame:
    """The frame of a filter's condition: `item`, and the entries of the item."""
    return frame.child({"item": item, **item} if isinstance(item, dict) else {"item": item})


@rule("filter")
def filter_(compiler: Compiler, node: Node, condition: Node) -> Closure:
    """`list[condition]`, or `list[position]`."""
    source, test, position = compiler.build(node), compiler.inner(condition), _position(condition)
    cost = round_cost(condition)

    def run(frame: Frame) -> object:
        values = source(frame)
        if not isinstance(values, list):
            values = [] if values is None else [values]
        if position is not None:
            return item_at(values, position)
        if not values:
            return None if isinstance(test(frame), Decimal) else []
        found: list[object] = []
        for at, item in enumerate(values):
            frame.run.charge(cost + (len(item) >> 2 if isinstance(item, dict) else 0))
            result = test(item_frame(frame, item))
            if result is True:
                found.append(item)
            elif at == 0 and isinstance(result, Decimal):
                return item_at(values, result)
        return found

    return run


def invoke(function: Function, values: list[object], names: tuple[str, ...] | None, run: Evaluation) -> object:
    """Call a function; an error inside it is null with a note."""
    run.charge(1)
    run.enter()
    try:
        return function.call(run, values, names)
    except (ArithmeticError, ValueError) as error:
        return run.note(f"{function.name}: {error or type(error).__name__}")
    finally:
        run.calls += 1


@rule("call")
def call(compiler: Compiler, node: Node, nodes: list[Node], names: tuple[str, ...] | None) -> Closure:
    """A call; a variable that is no function does not hide the built-in of its name."""
    args = [compiler.build(argument) for argument in nodes]
    builtin = compiler.functions.get(node[1]) if node[0] == "name" else None
    target = compiler.build(node)
    label = node[1] if node[0] == "name" else "a value"
    nested = compiler.nested

    def run(frame: Frame) -> object:
        if builtin is None:
            function = target(frame)
        else:
            found = frame.find(node[1]) if nested or node[1] not in frame.values else frame.values[node[1]]
            function = found if isinstance(found, Function) else builtin
        values = [argument(frame) for argument in args]
        if not isinstance(function, Function):
            return frame.run.note(f"'{label}' is not a function")
        return invoke(function, values, names, frame.run)

    return run


def bind(params: tuple[str, ...], values: list[object], names: tuple[str, ...] | None) -> list[object] | None:
    """Arguments in the order of the parameters; None when they do not fit."""
    if names is not None:
        if len(set(names)) != len(names) or set(names) - set(params):
            return None
        given = dict(zip(names, values, strict=True))
        return [given.get(name) for name in params]
    return values if len(values) == len(params) else None


def author_function(
    params: list[tuple[str, Type | None]], body: Closure, frame: Frame, compiler: Compiler, result: Type | None = None
) -> Function:
    """A function written in FEEL, over the frame in which it was made."""
    order = tuple(name for name, _ in params)
    types = compiler.types

    def call(run: Evaluation, values: list[object], names: tuple[str, ...] | None) -> object:
        given = bind(order, values, names)
        if given is None:
            return run.note("the arguments do not fit the parameters")
        bound: dict[str, object] = {}
        for (name, kind), value in zip(params, given, strict=True):
            bound[name] = coerce(value, kind, types, run)
            if bound[name] is None and value is not None:
                return None
        return coerce(body(frame.child(bound)), result, types, run)

    return Function(order, call, "function")


@rule("function")
def function(compiler: Compiler, params: list[tuple[str, Type | None]], body: Node | None) -> Closure:
    """A function literal; an external one is refused, as null."""
    if body is None:
        return lambda frame: frame.run.note("external functions are not supported")
    inner = compiler.inner(body)
    return lambda frame: author_function(params, inner, frame, compiler)
