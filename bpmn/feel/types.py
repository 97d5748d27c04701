"""Types: what a value is an instance of, and how DMN converts a value that is not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bpmn.feel.budget import Evaluation
from bpmn.feel.values import Date, DateTime, Days, Function, Months, Range, Time


@dataclass(frozen=True, slots=True)
class Named:
    """A built-in type, or an item definition of the model."""

    name: str


@dataclass(frozen=True, slots=True)
class ListType:
    """`list<item>`."""

    item: "Type"


@dataclass(frozen=True, slots=True)
class RangeType:
    """`range<item>`."""

    item: "Type"


@dataclass(frozen=True, slots=True)
class ContextType:
    """`context<field: type, …>`."""

    fields: Mapping[str, "Type"]


@dataclass(frozen=True, slots=True)
class FunctionType:
    """`function<parameters> -> result`."""

    params: tuple["Type", ...]
    result: "Type"


@dataclass(frozen=True, slots=True)
class Allowed:
    """A type whose values must also pass a test: the allowed values of an item definition, whose text that is."""

    base: "Type"
    test: Callable[[object, Evaluation], object]
    text: str = ""


Type = Named | ListType | RangeType | ContextType | FunctionType | Allowed
ANY = Named("Any")
NO_TYPES: Mapping[str, Type] = {}
_CLASSES: dict[str, type] = {
    "number": Decimal,
    "string": str,
    "boolean": bool,
    "date": Date,
    "time": Time,
    "date and time": DateTime,
    "dateTime": DateTime,
    "days and time duration": Days,
    "dayTimeDuration": Days,
    "years and months duration": Months,
    "yearMonthDuration": Months,
    "Null": type(None),
    "context": dict,
    "list": list,
    "function": Function,
    "range": Range,
}
_MAX_ALIASES = 20


def conforms(
    value: object, kind: Type, types: Mapping[str, Type], run: Evaluation, strict: bool = True, depth: int = 0
) -> bool | None:
    """Whether a value is of a type; None for an unknown type. `strict` looks at allowed values too."""
    if isinstance(kind, Named):
        if kind.name == "Any":
            return value is not None
        if kind.name in _CLASSES:
            return type(value) is _CLASSES[kind.name]
        named = types.get(kind.name)
        run.walk(1, depth)
        return None if named is None else conforms(value, named, types, run, strict, depth + 1)
    if value is None:
        return False
    if isinstance(kind, Allowed):
        return conforms(value, kind.base, types, run, strict, depth + 1) is True and (
            not strict or kind.test(value, run) is True
        )
    return _conforms_inside(value, kind, types, run, strict, depth)


def _conforms_inside(
    value: object, kind: Type, types: Mapping[str, Type], run: Evaluation, strict: bool, depth: int
) -> bool:
    def fits(part: object, wanted: Type) -> bool:
        return part is None or conforms(part, wanted, types, run, strict, depth + 1) is True

    if isinstance(kind, ListType):
        if not isinstance(value, list):
            return False
        run.walk(len(value), depth)
        return all(fits(item, kind.item) for item in value)
    if isinstance(kind, ContextType):
        if not isinstance(value, dict):
            return False
        run.walk(len(kind.fields), depth)
        return all(name in value and fits(value[name], wanted) for name, wanted in kind.fields.items())
    if isinstance(kind, RangeType):
        return isinstance(value, Range) and fits(value.low, kind.item) and fits(value.high, kind.item)
    if isinstance(kind, FunctionType):
        return isinstance(value, Function) and len(value.params) == len(kind.params)
    return False


def base(kind: Type, types: Mapping[str, Type]) -> Type:
    """The type behind names and allowed values."""
    for _ in range(_MAX_ALIASES):
        if isinstance(kind, Allowed):
            kind = kind.base
        elif isinstance(kind, Named) and kind.name in types and kind.name not in _CLASSES:
            kind = types[kind.name]
        else:
            break
    return kind


def coerce(value: object, kind: Type | None, types: Mapping[str, Type], run: Evaluation) -> object:
    """DMN 1.5 section 10.3.2.9.4: to and from a singleton list, date to date and time; else null."""
    if kind is None or value is None or kind == ANY:
        return value
    fits = conforms(value, kind, types, run)
    if fits or (fits is None and isinstance(kind, Named)):
        return value
    ground = base(kind, types)
    is_list = isinstance(ground, ListType) or ground == Named("list")
    if is_list and not isinstance(value, list):
        if conforms([value], kind, types, run):
            return [value]
    elif isinstance(value, list) and len(value) == 1 and not is_list and conforms(value[0], kind, types, run):
        return value[0]
    elif isinstance(value, Date) and isinstance(ground, Named) and ground.name in ("date and time", "dateTime"):
        return DateTime(value, Time(0, 0))
    return run.note("a value does not fit its type")
