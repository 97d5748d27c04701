"""Built-ins on lists: their members, order and parts (DMN 1.5 section 10.3.4.4)."""

from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key

from bpmn.feel.budget import Evaluation
from bpmn.feel.comparing import compare, equal, same
from bpmn.feel.functions.table import Table
from bpmn.feel.functions.text import start_index
from bpmn.feel.paths import invoke
from bpmn.feel.values import Function, integer

TABLE = Table()
Items = list[object]


@TABLE.add("list contains", "list: list, element: any")
def list_contains(run: Evaluation, items: Items, element: object) -> bool:
    """Whether an element is in a list."""
    return any(same(item, element, run) is True for item in items)


@TABLE.add("count", "list: list")
def count(run: Evaluation, items: Items) -> Decimal:
    """Number of items."""
    return Decimal(len(items))


@TABLE.add("sublist", "list: list, start position: number, length: number?")
def sublist(run: Evaluation, items: Items, start: Decimal, length: Decimal | None = None) -> Items | None:
    """The part from a position on; null when it does not have the length asked for."""
    at = start_index(len(items), start)
    if at is None:
        return None
    if length is None:
        return items[at:]
    return items[at : at + integer(length)] if 1 <= length <= len(items) - at else None


@TABLE.add("append", "list: list, item: any...")
def append(run: Evaluation, items: Items, more: Items) -> Items:
    """A list with items behind it."""
    return items + more


def joined(run: Evaluation, values: Items) -> Items:
    """Lists behind each other; a value that is no list is one item."""
    out: Items = []
    for value in values:
        out += value if isinstance(value, list) else [value]
        run.charge(len(value) + 1 if isinstance(value, list) else 1)
    return out


def _concatenate(run: Evaluation, values: Items, names: tuple[str, ...] | None) -> object:
    return None if names else joined(run, values)


def _union(run: Evaluation, values: Items, names: tuple[str, ...] | None) -> object:
    return None if names or not values else unique(run, joined(run, values))


# These two keep one list argument as a list, which the variadic binding would spread.
TABLE["concatenate"] = Function(("list",), _concatenate, "concatenate")
TABLE["union"] = Function(("list",), _union, "union")


@TABLE.add("insert before", "list: list, position: number, newItem: any")
def insert_before(run: Evaluation, items: Items, position: Decimal, new: object) -> Items | None:
    """A list with an item put before a position."""
    at = start_index(len(items), position)
    return None if at is None else [*items[:at], new, *items[at:]]


@TABLE.add("remove", "list: list, position: number")
def remove(run: Evaluation, items: Items, position: Decimal) -> Items | None:
    """A list without the item at a position."""
    at = start_index(len(items), position)
    return None if at is None else items[:at] + items[at + 1 :]


@TABLE.add("list replace", "list: list, position: number, newItem: any", "list: list, match: function, newItem: any")
def list_replace(run: Evaluation, items: Items, where: Decimal | Function, new: object) -> Items | None:
    """A list with the item at a position, or those that match, replaced."""
    if isinstance(where, Decimal):
        at = start_index(len(items), where)
        return None if at is None else [*items[:at], new, *items[at + 1 :]]
    if len(where.params) != 2:
        return None
    out: Items = []
    for item in items:
        met = invoke(where, [item, new], None, run)
        if not isinstance(met, bool):
            return None
        out.append(new if met else item)
    return out


@TABLE.add("reverse", "list: list")
def reverse(run: Evaluation, items: Items) -> Items:
    """The last first."""
    return items[::-1]


@TABLE.add("index of", "list: list, match: any")
def index_of(run: Evaluation, items: Items, match: object) -> list[Decimal]:
    """Positions, from 1, of the items equal to a value."""
    return [Decimal(at) for at, item in enumerate(items, 1) if same(item, match, run) is True]


@TABLE.add("distinct values", "list: list")
def unique(run: Evaluation, items: Items) -> Items:
    """Each value once, in the order of first occurrence."""
    out: Items = []
    for item in items:
        run.charge((len(out) >> 2) + 1)
        if not any(equal(item, other, run) is True for other in out):
            out.append(item)
    return out


@TABLE.add("flatten", "list: list")
def flatten(run: Evaluation, items: Items) -> Items:
    """All items of all lists inside, in one list."""
    return _flat(items, run, 0)


def _flat(items: Items, run: Evaluation, depth: int) -> Items:
    run.walk(len(items), depth)
    out: Items = []
    for item in items:
        out += _flat(item, run, depth + 1) if isinstance(item, list) else [item]
    return out


@TABLE.add("sort", "list: list, precedes: function?")
def sort(run: Evaluation, items: Items, precedes: Function | None = None) -> Items | None:
    """A list in order, by a function that says whether the first precedes the second, or the natural one."""
    if precedes is not None and len(precedes.params) != 2:
        return None
    order = _natural(run) if precedes is None else _by(precedes, run)
    return sorted(items, key=cmp_to_key(order))


def _natural(run: Evaluation) -> Callable[[object, object], int]:
    def order(left: object, right: object) -> int:
        run.charge(1)
        result = compare(left, right, run)
        if result is None:
            raise ValueError("these values have no order")
        return result

    return order


def _by(precedes: Function, run: Evaluation) -> Callable[[object, object], int]:
    def order(left: object, right: object) -> int:
        if invoke(precedes, [left, right], None, run) is True:
            return -1
        return 1 if invoke(precedes, [right, left], None, run) is True else 0

    return order


def _all(run: Evaluation, items: Items) -> bool | None:
    return _decided(items, False)


def _any(run: Evaluation, items: Items) -> bool | None:
    return _decided(items, True)


def _decided(items: Items, decisive: bool) -> bool | None:
    if any(item is decisive for item in items):
        return decisive
    return not decisive if all(isinstance(item, bool) for item in items) else None


for _name in ("all", "and"):
    TABLE.add(_name, "list: list...")(_all)
for _name in ("any", "or"):
    TABLE.add(_name, "list: list...")(_any)
