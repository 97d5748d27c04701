"""How built-ins are declared: a signature in words, and one dispatcher that binds and charges."""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple, TypeVar

from bpmn.feel.budget import TEXT_STEP, Evaluation
from bpmn.feel.comparing import midnight
from bpmn.feel.values import MISSING, Date, DateTime, Days, Function, Months, Range, Time

_KINDS: dict[str, type | tuple[type, ...]] = {
    "text": str,
    "number": Decimal,
    "boolean": bool,
    "context": dict,
    "date": Date,
    "time": Time,
    "moment": DateTime,
    "day": (Date, DateTime),
    "duration": (Days, Months),
    "days": Days,
    "list": list,
    "function": Function,
    "range": Range,
    "any": object,
}
Body = Callable[..., object]
Declared = TypeVar("Declared", bound=Body)


class Param(NamedTuple):
    """One parameter: `optional` may be left out or null, `variadic` takes the rest as a list."""

    name: str
    kind: str
    optional: bool
    variadic: bool


Signature = tuple[Param, ...]


def signature(text: str) -> Signature:
    """`string: text, length: number?`; `list: list...` takes any number of arguments."""
    params = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, kind = part.partition(":")
        kind = kind.strip()
        params.append(Param(name.strip(), kind.rstrip("?."), kind.endswith("?"), kind.endswith("...")))
    return tuple(params)


class Table(dict[str, Function]):
    """Built-ins by name, with the signatures they were declared with."""

    def __init__(self) -> None:
        super().__init__()
        self.signatures: dict[str, tuple[Signature, ...]] = {}

    def add(self, name: str, *signatures: str) -> Callable[[Declared], Declared]:
        """Declare a built-in `(evaluation, *arguments) -> value` with its overloads, the first that fits taken."""
        overloads = [signature(text) for text in signatures]
        self.signatures[name] = tuple(overloads)

        def register(body: Declared) -> Declared:
            params = tuple(param.name for param in overloads[0])
            self[name] = Function(params, _dispatcher(name, body, overloads), name)
            return body

        return register


def _dispatcher(name: str, body: Body, overloads: list[Signature]) -> Callable[..., object]:
    def call(run: Evaluation, values: list[object], names: tuple[str, ...] | None) -> object:
        for params in overloads:
            args = bind(params, values, names)
            if args is not None:
                run.charge(sum(map(size, args)))
                return body(run, *args)
        return run.note(f"{name}: no such arguments")

    return call


def size(value: object) -> int:
    """What reading a value costs."""
    if isinstance(value, str):
        return len(value) >> TEXT_STEP
    return len(value) if isinstance(value, (list, dict)) else 0


def _by_name(params: Signature, values: list[object], names: tuple[str, ...]) -> list[object] | None:
    known = {param.name for param in params}
    if len(set(names)) != len(names) or set(names) - known:
        return None
    given = dict(zip(names, values, strict=True))
    if any(param.name not in given and not param.optional for param in params):
        return None
    ordered = [given.get(param.name, MISSING) for param in params]
    while ordered and ordered[-1] is MISSING:
        ordered.pop()
    return [None if value is MISSING else value for value in ordered]


def bind(params: Signature, values: list[object], names: tuple[str, ...] | None) -> list[object] | None:
    """The arguments as the signature wants them; None when they do not fit."""
    if names is not None:
        ordered = _by_name(params, values, names)
        if ordered is None:
            return None
        values = ordered
    elif params and params[-1].variadic:
        fixed = len(params) - 1
        if len(values) < max(fixed, 1):
            return None
        rest = values[fixed:]
        alone = len(rest) == 1 and isinstance(rest[0], list) and fixed == 0
        values = [*values[:fixed], rest[0] if alone else rest]
    if len(values) > len(params) or any(not param.optional for param in params[len(values) :]):
        return None
    args: list[object] = []
    for value, param in zip(values, params, strict=False):
        fitted = _fit(value, param, names is not None)
        if fitted is MISSING:
            return None
        args.append(fitted)
    return args


def _fit(value: object, param: Param, named: bool) -> object:
    """The argument as the parameter takes it (DMN 1.5 section 10.3.2.9.4); MISSING when it does not."""
    kind = _KINDS[param.kind]
    if value is None and param.optional:
        return None
    if param.variadic and named and param.kind == "any":
        return [value]
    if param.kind == "any":
        return value
    if param.kind == "list":
        if isinstance(value, list):
            return value
        return MISSING if value is None and not param.variadic else [value]
    if isinstance(value, list) and len(value) == 1 and not isinstance(value, kind):
        value = value[0]
    if param.kind == "moment":
        value = midnight(value)
    return value if isinstance(value, kind) else MISSING
