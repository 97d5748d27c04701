"""Built-ins on numbers, and on lists of numbers (DMN 1.5 sections 10.3.4.4 and 10.3.4.5)."""

from collections import Counter
from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from bpmn.feel.arithmetic import POWER_COST
from bpmn.feel.budget import Evaluation
from bpmn.feel.comparing import compare
from bpmn.feel.functions.conversion import whole
from bpmn.feel.functions.table import Body, Table
from bpmn.feel.values import NUMBERS, Days, Months

TABLE = Table()
Rounder = Callable[..., Decimal | None]
Items = list[object]
_TWO = Decimal(2)
_EXACT = Decimal(10) ** 20


def numbers(items: Items) -> list[Decimal]:
    """The items, all numbers; raises ValueError when empty or when one is not."""
    found = [item for item in items if isinstance(item, Decimal)]
    if not found or len(found) != len(items):
        raise ValueError("this needs a list of numbers")
    return found


def _extreme(sign: int) -> Body:
    def body(run: Evaluation, items: Items) -> object:
        if not items or items[0] is None:
            return None
        best = items[0]
        for item in items:
            order = compare(item, best, run)
            if order is None:
                return None
            if order * sign > 0:
                best = item
        return best

    return body


TABLE.add("min", "list: list...")(_extreme(-1))
TABLE.add("max", "list: list...")(_extreme(1))


@TABLE.add("sum", "list: list...")
def sum_(run: Evaluation, items: Items) -> object:
    """The sum of numbers, or of durations of one kind."""
    for kind in (Days, Months):
        if items and all(isinstance(item, kind) for item in items):
            return kind(sum(item.key() for item in items if isinstance(item, Days | Months)))
    return _total(numbers(items))


def _total(values: list[Decimal]) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = NUMBERS.add(total, value)
    return total


@TABLE.add("product", "list: list...")
def product(run: Evaluation, items: Items) -> Decimal:
    """All multiplied."""
    total = Decimal(1)
    for value in numbers(items):
        total = NUMBERS.multiply(total, value)
    return total


def _mean(values: list[Decimal]) -> Decimal:
    return NUMBERS.divide(_total(values), Decimal(len(values)))


@TABLE.add("mean", "list: list...")
def mean(run: Evaluation, items: Items) -> Decimal:
    """The average."""
    return _mean(numbers(items))


@TABLE.add("median", "list: list...")
def median(run: Evaluation, items: Items) -> Decimal:
    """The middle one, or the average of the two in the middle."""
    values = sorted(numbers(items))
    middle = len(values) // 2
    if len(values) % 2:
        return values[middle]
    return NUMBERS.divide(NUMBERS.add(values[middle - 1], values[middle]), _TWO)


@TABLE.add("stddev", "list: list...")
def stddev(run: Evaluation, items: Items) -> Decimal | None:
    """The standard deviation of a sample."""
    values = numbers(items)
    if len(values) < 2:
        return None
    run.charge(len(values) * 2)
    middle = _mean(values)
    squares = [NUMBERS.power(NUMBERS.subtract(value, middle), 2) for value in values]
    return NUMBERS.sqrt(NUMBERS.divide(_total(squares), Decimal(len(values) - 1)))


@TABLE.add("mode", "list: list...")
def mode(run: Evaluation, items: Items) -> list[Decimal]:
    """The most frequent numbers, in order."""
    if not items:
        return []
    counted = Counter(numbers(items))
    top = max(counted.values())
    return sorted(value for value, times in counted.items() if times == top)


def rounder(mode: str) -> Rounder:
    """The built-in that rounds by one of decimal's modes, to a scale of 0 when none is given."""

    def body(run: Evaluation, value: Decimal, scale: Decimal | None = None) -> Decimal | None:
        scale = Decimal(0) if scale is None else scale
        if not -6111 <= scale <= 6176:
            return None
        places = int(scale)
        if value.adjusted() + places > 33:
            return value
        return value.quantize(Decimal(1).scaleb(-places), rounding=mode, context=NUMBERS)

    return body


MODES = {
    "decimal": ROUND_HALF_EVEN,
    "floor": ROUND_FLOOR,
    "ceiling": ROUND_CEILING,
    "round up": ROUND_UP,
    "round down": ROUND_DOWN,
    "round half up": ROUND_HALF_UP,
    "round half down": ROUND_HALF_DOWN,
}
for _name, _mode in MODES.items():
    _signatures = (
        ("n: number", "n: number, scale: number") if _name in ("floor", "ceiling") else ("n: number, scale: number",)
    )
    TABLE.add(_name, *_signatures)(rounder(_mode))


@TABLE.add("abs", "n: number", "n: duration")
def abs_(run: Evaluation, value: Decimal | Days | Months) -> Decimal | Days | Months:
    """Without its sign."""
    return value.copy_abs() if isinstance(value, Decimal) else type(value)(abs(value.key()))


@TABLE.add("modulo", "dividend: number, divisor: number")
def modulo(run: Evaluation, dividend: Decimal, divisor: Decimal) -> Decimal:
    """The remainder, with the sign of the divisor."""
    quotient = NUMBERS.divide(dividend, divisor).to_integral_value(ROUND_FLOOR)
    if abs(quotient) < _EXACT:
        return NUMBERS.subtract(dividend, NUMBERS.multiply(divisor, quotient))
    rest = NUMBERS.remainder(dividend, divisor)
    return NUMBERS.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


@TABLE.add("sqrt", "number: number")
def sqrt(run: Evaluation, value: Decimal) -> Decimal | None:
    """The square root, null for a negative number."""
    run.charge(POWER_COST)
    return NUMBERS.sqrt(value) if value >= 0 else None


@TABLE.add("log", "number: number")
def log(run: Evaluation, value: Decimal) -> Decimal | None:
    """The natural logarithm, null up to 0."""
    run.charge(POWER_COST)
    return NUMBERS.ln(value) if value > 0 else None


@TABLE.add("exp", "number: number")
def exp(run: Evaluation, value: Decimal) -> Decimal:
    """e to a power."""
    run.charge(POWER_COST)
    return NUMBERS.exp(value)


@TABLE.add("odd", "number: number")
def odd(run: Evaluation, value: Decimal) -> bool | None:
    """Whether a whole number is odd."""
    return NUMBERS.remainder(value, _TWO) != 0 if whole(value) else None


@TABLE.add("even", "number: number")
def even(run: Evaluation, value: Decimal) -> bool | None:
    """Whether a whole number is even."""
    return NUMBERS.remainder(value, _TWO) == 0 if whole(value) else None
