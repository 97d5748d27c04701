"""Closures for literals, names, contexts, ranges, logic and comparison."""

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from bpmn.feel.comparing import compare, same
from bpmn.feel.compiler import Compiler, rule
from bpmn.feel.scope import Closure, Frame
from bpmn.feel.syntax import Node
from bpmn.feel.types import Type, conforms
from bpmn.feel.values import MISSING, Range

NATIVE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
ORDERS: dict[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


@rule("lit")
def literal(compiler: Compiler, value: object) -> Closure:
    """A constant."""
    return lambda frame: value


@rule("name")
def name(compiler: Compiler, text: str) -> Closure:
    """A variable; else the built-in of that name; else null."""
    builtin = compiler.functions.get(text)

    def absent(frame: Frame) -> object:
        return frame.run.note(f"'{text}' is not known here") if builtin is None else builtin

    def nested(frame: Frame) -> object:
        value = frame.find(text)
        return absent(frame) if value is MISSING else value

    def outermost(frame: Frame) -> object:
        values = frame.values
        value = values[text] if text in values else frame.fetch(text)
        return absent(frame) if value is MISSING else value

    return nested if compiler.nested else outermost


@rule("list")
def list_(compiler: Compiler, nodes: list[Node]) -> Closure:
    """A list of the values."""
    items = [compiler.build(node) for node in nodes]
    return lambda frame: [item(frame) for item in items]


@rule("context")
def context(compiler: Compiler, nodes: list[tuple[str, Node]]) -> Closure:
    """A context, in which later entries see earlier ones."""
    entries = [(key, compiler.inner(node)) for key, node in nodes]
    doubled = compiler.strict_keys and len({key for key, _ in entries}) != len(entries)

    def run(frame: Frame) -> object:
        if doubled:
            return frame.run.note("a context has one key twice")
        values: dict[str, object] = {}
        inner = frame.child(values)
        for key, entry in entries:
            values[key] = entry(inner)
        return dict(values)

    return run


@rule("range")
def range_(compiler: Compiler, low: Node, high: Node, low_closed: bool, high_closed: bool) -> Closure:
    """A range between two ends."""
    first, last = compiler.build(low), compiler.build(high)

    def run(frame: Frame) -> object:
        start, end = first(frame), last(frame)
        if start is None and end is None:
            return frame.run.note("a range without ends")
        if start is not None and end is not None:
            order = compare(start, end, frame.run)
            if order is None or order > 0:
                return frame.run.note("the ends of a range have no order, or the wrong one")
        return Range(start, end, low_closed and start is not None, high_closed and end is not None)

    return run


@rule("oprange")
def open_range(compiler: Compiler, sign: str, node: Node) -> Closure:
    """A range with one end, as in `(< 10)`."""
    end = compiler.build(node)

    def run(frame: Frame) -> object:
        value = end(frame)
        if value is None:
            return None
        low = None if sign in ("<", "<=") else value
        high = None if sign in (">", ">=") else value
        return Range(low, high, sign in (">=", "=", "!="), sign in ("<=", "=", "!="), sign)

    return run


def _connective(compiler: Compiler, nodes: list[Node], decisive: bool) -> Closure:
    """Kleene's three-valued logic: one decisive value decides, else all must be booleans."""
    items = [compiler.build(node) for node in nodes]
    if len(items) == 2:
        return _connective_of_two(items[0], items[1], decisive)

    def run(frame: Frame) -> object:
        result: bool | None = not decisive
        for item in items:
            value = item(frame)
            if value is decisive:
                return decisive
            if value is not (not decisive):
                result = None
        return result

    return run


def _connective_of_two(first: Closure, second: Closure, decisive: bool) -> Closure:
    other = not decisive

    def run(frame: Frame) -> object:
        left = first(frame)
        if left is decisive:
            return decisive
        right = second(frame)
        if right is decisive:
            return decisive
        return other if left is other and right is other else None

    return run


@rule("and")
def and_(compiler: Compiler, nodes: list[Node]) -> Closure:
    """All true."""
    return _connective(compiler, nodes, False)


@rule("or")
def or_(compiler: Compiler, nodes: list[Node]) -> Closure:
    """One true."""
    return _connective(compiler, nodes, True)


@rule("if")
def if_(compiler: Compiler, condition: Node, then: Node, otherwise: Node) -> Closure:
    """`else` also for a condition that is no boolean (DMN 1.5 section 10.3.2.15)."""
    test, yes, no = compiler.build(condition), compiler.build(then), compiler.build(otherwise)
    return lambda frame: yes(frame) if test(frame) is True else no(frame)


@rule("between")
def between(compiler: Compiler, node: Node, low: Node, high: Node) -> Closure:
    """Within two ends, both included."""
    value, first, last = compiler.build(node), compiler.build(low), compiler.build(high)

    def run(frame: Frame) -> object:
        found = value(frame)
        above = compare(found, first(frame), frame.run)
        below = compare(found, last(frame), frame.run)
        return None if above is None or below is None else above >= 0 and below <= 0

    return run


@rule("compare")
def comparison(compiler: Compiler, sign: str, left: Node, right: Node) -> Closure:
    """`=`, `!=` and the four orders."""
    first, second = compiler.build(left), compiler.build(right)
    if sign in ("=", "!="):
        wanted = sign == "="

        def equality(frame: Frame) -> object:
            result = same(first(frame), second(frame), frame.run)
            return None if result is None else result is wanted

        if right[0] == "lit" and type(right[1]) is str and len(right[1]) < 64:
            return _equals_text(first, right[1], wanted)
        return equality
    if right[0] == "lit" and type(right[1]) is Decimal:
        return _ordered_to_number(first, sign, right[1])
    native, test = NATIVE[sign], ORDERS[sign]

    def order(frame: Frame) -> object:
        one, other = first(frame), second(frame)
        if type(one) is Decimal and type(other) is Decimal:
            return native(one, other)
        result = compare(one, other, frame.run)
        return frame.run.note(f"{sign} of values without order") if result is None else test(result)

    return order


def _ordered_to_number(first: Closure, sign: str, limit: Decimal) -> Closure:
    native = NATIVE[sign]

    def run(frame: Frame) -> object:
        value = first(frame)
        return native(value, limit) if type(value) is Decimal else frame.run.note(f"{sign} of values without order")

    return run


def _equals_text(first: Closure, text: str, wanted: bool) -> Closure:
    def run(frame: Frame) -> object:
        value = first(frame)
        if type(value) is str:
            return (value == text) is wanted
        return (not wanted) if value is None else None

    return run


@rule("instance")
def instance(compiler: Compiler, node: Node, kind: Type) -> Closure:
    """Whether a value is of a type."""
    value, types = compiler.build(node), compiler.types
    return lambda frame: conforms(value(frame), kind, types, frame.run, False)
