"""Unary tests: the cells of a decision table, and the right side of `in`."""

from decimal import Decimal

from bpmn.feel.budget import Evaluation
from bpmn.feel.comparing import compare, contains, equal, same
from bpmn.feel.compiler import Compiler, rule
from bpmn.feel.logic import NATIVE, ORDERS
from bpmn.feel.nodes import mentions
from bpmn.feel.scope import Closure, Frame, Test
from bpmn.feel.syntax import Node
from bpmn.feel.values import Range


def matches(value: object, test: object, run: Evaluation) -> bool | None:
    """Whether a value meets the value of a test: equal, in the range, or in the list."""
    if isinstance(test, Range) and not isinstance(value, Range):
        return contains(test, value, run)
    if isinstance(test, list):
        if isinstance(value, list) and equal(value, test, run):
            return True
        run.charge(len(test))
        return any(matches(value, item, run) is True for item in test)
    if isinstance(test, bool) and not isinstance(value, bool) and value is not None:
        return test
    return same(value, test, run)


def _comparing(compiler: Compiler, sign: str, node: Node) -> Test:
    operand = compiler.inner(node)
    if sign in ("=", "!="):

        def equality(frame: Frame, value: object) -> bool | None:
            result = same(value, operand(frame), frame.run)
            return None if result is None else result is (sign == "=")

        return equality
    if node[0] == "lit" and isinstance(node[1], Decimal):
        constant, native = node[1], NATIVE[sign]
        return lambda frame, value: native(value, constant) if isinstance(value, Decimal) else None
    order = ORDERS[sign]

    def ordered(frame: Frame, value: object) -> bool | None:
        result = compare(value, operand(frame), frame.run)
        return None if result is None else order(result)

    return ordered


def compile_test(compiler: Compiler, node: Node) -> Test:
    """A test of one value, with fast paths for constants."""
    if node[0] in ("cmp", "oprange"):
        return _comparing(compiler, node[1], node[2])
    if node[0] == "lit" and isinstance(node[1], str | Decimal) and not isinstance(node[1], bool):
        constant, kind = node[1], type(node[1])

        def fixed(frame: Frame, value: object) -> bool | None:
            return value == constant if type(value) is kind else matches(value, constant, frame.run)

        return fixed
    asks = mentions(node, "?")
    expression = compiler.inner(node)

    def general(frame: Frame, value: object) -> bool | None:
        result = expression(frame.child({"?": value}))
        return result if asks and isinstance(result, bool) else matches(value, result, frame.run)

    return general


def _any(tests: list[Test], frame: Frame, value: object) -> bool | None:
    result: bool | None = False
    for test in tests:
        met = test(frame, value)
        if met is True:
            return True
        if met is None:
            result = None
    return result


@rule("in")
def in_(compiler: Compiler, node: Node, nodes: list[Node]) -> Closure:
    """Whether a value meets one of the tests."""
    operand = compiler.build(node)
    tests = [compile_test(compiler, test) for test in nodes]
    return lambda frame: _any(tests, frame, operand(frame))


def compile_tests(compiler: Compiler, negated: bool, nodes: list[Node] | None) -> Test:
    """The tests of one cell: one must be met, or none when negated; `-` is always met."""
    if nodes is None:
        return lambda frame, value: True
    if len(nodes) > 1 and all(node[0] == "lit" and isinstance(node[1], str) for node in nodes):
        words = frozenset(node[1] for node in nodes)

        def among(frame: Frame, value: object) -> bool | None:
            if isinstance(value, str):
                return (value in words) is not negated
            return negated if value is None else None

        return among
    tests = [compile_test(compiler, node) for node in nodes]
    if len(tests) == 1 and not negated:
        return tests[0]

    def run(frame: Frame, value: object) -> bool | None:
        result = _any(tests, frame, value)
        return result if not negated or result is None else not result

    return run
