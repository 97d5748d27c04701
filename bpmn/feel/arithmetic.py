"""Closures for arithmetic on numbers, texts, times and durations."""

from collections.abc import Callable
from decimal import Decimal, DecimalException

from bpmn.feel.budget import Evaluation
from bpmn.feel.calendar import DAY
from bpmn.feel.comparing import midnight, zoned_mismatch
from bpmn.feel.compiler import Compiler, rule
from bpmn.feel.scope import Closure, Frame
from bpmn.feel.syntax import Node
from bpmn.feel.values import NUMBERS, Date, DateTime, Days, Months, Time, integer, number

Numbers = Callable[[Decimal, Decimal], Decimal]
Others = Callable[[object, object, Evaluation], object]
POWER_COST = 50


def add(left: object, right: object, run: Evaluation) -> object:
    """Text after text, or a duration later."""
    if isinstance(left, str) and isinstance(right, str):
        run.text(len(left) + len(right))
        return left + right
    if isinstance(left, (Days, Months)) and isinstance(right, (Date, DateTime, Time)):
        left, right = right, left
    if isinstance(right, Days):
        return shift(left, right.ns)
    return shift_months(left, right.count) if isinstance(right, Months) else None


def subtract(left: object, right: object, run: Evaluation) -> object:
    """A duration earlier, or the duration between."""
    if isinstance(right, Days):
        return shift(left, -right.ns)
    if isinstance(right, Months):
        return shift_months(left, -right.count)
    if isinstance(left, (Date, DateTime)) and isinstance(right, (Date, DateTime)):
        left, right = midnight(left), midnight(right)
    if zoned_mismatch(left, right):
        return None
    if isinstance(left, Time) and isinstance(right, Time):
        return Days(left.key() - right.key())
    if isinstance(left, DateTime) and isinstance(right, DateTime):
        return Days(left.key() - right.key())
    return None


def shift(value: object, ns: int) -> object:
    """A value so many nanoseconds later; a zoned date and time moves by the instant, a date through midnight."""
    if isinstance(value, Date):
        return Date.at((value.key() * DAY + ns) // DAY)
    if isinstance(value, DateTime):
        return DateTime.at(value.key() + ns, value.time.tz)
    if isinstance(value, Time):
        return Time((value.ns + ns) % DAY, value.tz)
    return Days(value.ns + ns) if isinstance(value, Days) else None


def shift_months(value: object, months: int) -> object:
    """A value so many months later, on the same or else the last day of the month."""
    if isinstance(value, Months):
        return Months(value.count + months)
    if isinstance(value, Date):
        return value.plus_months(months)
    if isinstance(value, DateTime):
        date = value.date.plus_months(months)
        return None if date is None else DateTime(date, value.time)
    return None


def multiply(left: object, right: object, run: Evaluation) -> object:
    """A duration times a number."""
    if isinstance(left, Decimal):
        left, right = right, left
    if not isinstance(right, Decimal) or not isinstance(left, Days | Months):
        return None
    return type(left)(integer(NUMBERS.multiply(number(left.key()), right)))


def divide(left: object, right: object, run: Evaluation) -> object:
    """A duration by a number, or by a duration of its kind."""
    if not isinstance(left, Days | Months):
        return None
    if isinstance(right, Decimal):
        return type(left)(integer(NUMBERS.divide(number(left.key()), right)))
    if isinstance(right, Days | Months) and type(left) is type(right):
        return NUMBERS.divide(number(left.key()), number(right.key()))
    return None


def power(left: Decimal, right: Decimal) -> Decimal:
    """Exponentiation; 0 ** 0 is 1."""
    return NUMBERS.power(left, right) if left or right else Decimal(1)


def _no_power(left: object, right: object, run: Evaluation) -> object:
    return None


OPERATORS: dict[str, tuple[Numbers, Others]] = {
    "+": (NUMBERS.add, add),
    "-": (NUMBERS.subtract, subtract),
    "*": (NUMBERS.multiply, multiply),
    "/": (NUMBERS.divide, divide),
    "**": (power, _no_power),
}


def _apply(sign: str, left: object, right: object, run: Evaluation) -> object:
    numbers, others = OPERATORS[sign]
    try:
        if type(left) is Decimal and type(right) is Decimal:
            if sign == "**":
                run.charge(POWER_COST)
            return numbers(left, right)
        result = others(left, right, run)
    except ArithmeticError:
        return run.note(f"{sign} has no result for these values")
    return run.note(f"{sign} of values that do not go together") if result is None else result


def _single(sign: str, start: Closure, operand: Closure) -> Closure:
    numbers = OPERATORS[sign][0]
    costly = sign == "**"

    def run(frame: Frame) -> object:
        left, right = start(frame), operand(frame)
        if costly or type(left) is not Decimal or type(right) is not Decimal:
            return _apply(sign, left, right, frame.run)
        try:
            return numbers(left, right)
        except DecimalException:
            return frame.run.note(f"{sign} has no result for these values")

    return run


@rule("arith")
def arithmetic(compiler: Compiler, first: Node, rest: list[tuple[str, Node]]) -> Closure:
    """A chain of operators of one rank, from left to right."""
    start = compiler.build(first)
    steps = [(sign, compiler.build(node)) for sign, node in rest]
    if len(steps) == 1:
        return _single(steps[0][0], start, steps[0][1])

    def chain(frame: Frame) -> object:
        value = start(frame)
        for sign, step in steps:
            value = _apply(sign, value, step(frame), frame.run)
        return value

    return chain


@rule("neg")
def negative(compiler: Compiler, node: Node) -> Closure:
    """A number or duration with the other sign."""
    if node[0] == "lit" and isinstance(node[1], Decimal):
        constant = -node[1]
        return lambda frame: constant
    operand = compiler.build(node)

    def run(frame: Frame) -> object:
        value = operand(frame)
        if isinstance(value, Decimal):
            return NUMBERS.minus(value)
        return type(value)(-value.key()) if isinstance(value, Days | Months) else None

    return run
