"""The rule of inference for calls: does the function exist, do the arguments fit, what does it give."""

from collections.abc import Sequence

from bpmn.feel import kinds
from bpmn.feel.functions.table import Param, Signature
from bpmn.feel.inference import RULES, Inference, Scope
from bpmn.feel.kinds import dutch, known, word
from bpmn.feel.syntax import Node
from bpmn.feel.types import ANY, FunctionType, ListType, Type

_OF_ITEMS = frozenset({"min", "max", "sum"})
_AS_FIRST = frozenset({"abs", "assert"})
_SAME_LIST = frozenset(
    {"sublist", "remove", "reverse", "distinct values", "sort", "duplicate values", "insert before", "append"}
)


def call(
    by: Inference, scope: Scope, target: Node, nodes: list[Node], names: tuple[str, ...] | None, *, node: Node
) -> Type:
    """The type of what a call gives."""
    given = [by.of(each, scope) for each in nodes]
    if target[0] != "name":
        return _result(by.of(target, scope))
    name = target[1]
    if name in scope.types and (name not in by.functions or word(scope.types[name]) == "function"):
        return _result(scope.types[name])
    if name not in by.functions:
        if by.json or not scope.open:
            pool = {**by.functions, **{each: None for each, kind in scope.types.items() if word(kind) == "function"}}
            nl, en = f"De functie `{name}` bestaat niet.", f"There is no function `{name}`."
            by.missing("unknown-function", target, name, pool, nl, en)
        return ANY
    overloads = by.signatures.get(name)
    if overloads and not any(_fits(params, given, names) for params in overloads):
        _report(by, name, overloads, given, node)
    return _given(by, name, given)


def _result(kind: Type) -> Type:
    return kind.result if isinstance(kind, FunctionType) else ANY


def _given(by: Inference, name: str, given: Sequence[Type]) -> Type:
    first = given[0] if given else ANY
    if name in _AS_FIRST:
        # A list of one item counts as the item.
        return ANY if name == "abs" and word(first) == "list" else first
    if name == "get or else" and len(given) == 2:
        return kinds.joined(given)
    if name in _OF_ITEMS:
        items = [by.resolved(kind.item) if isinstance(kind, ListType) else kind for kind in given]
        return ANY if any(word(kind) == "list" for kind in items) else kinds.joined(items)
    if name in _SAME_LIST and isinstance(first, ListType) and name not in ("insert before", "append"):
        return first
    return kinds.RESULTS.get(name, ANY)


def _fits(params: Signature, given: Sequence[Type], names: tuple[str, ...] | None) -> bool:
    if names is not None:
        by_name = {param.name: param for param in params}
        named = dict(zip(names, given, strict=True))
        return (
            len(named) == len(names)
            and set(names) <= set(by_name)
            and all(param.optional or param.name in named for param in params)
            and all(_accepts(by_name[name], kind) for name, kind in named.items())
        )
    if params and params[-1].variadic:
        return len(given) >= max(1, len(params) - 1)
    needed = sum(not param.optional for param in params)
    return needed <= len(given) <= len(params) and all(map(_accepts, params, given))


def _accepts(param: Param, kind: Type) -> bool:
    return param.optional and not known(kind) or kinds.accepts(param.kind, kind)


def _report(by: Inference, name: str, overloads: tuple[Signature, ...], given: Sequence[Type], node: Node) -> None:
    forms = " of ".join(f"`{shown(name, params)}`" for params in overloads)
    nl = ", ".join(map(dutch, given)) or "niets"
    en = ", ".join(map(kinds.text, given)) or "nothing"
    by.warn(
        "arguments",
        node,
        f"`{name}` kan dit niet gebruiken ({nl}) en geeft niets (null). Zo hoort het: {forms}.",
        f"`{name}` does not take these arguments ({en}) and gives null. Use {forms.replace(' of ', ' or ')}.",
        expected=" | ".join(shown(name, params) for params in overloads),
    )


_SHOWN = {"text": "string", "moment": "date and time", "day": "date", "days": "duration", "any": "Any"}


def shown(name: str, params: Signature) -> str:
    """A signature for people, such as `substring(string: string, start position: number, length?: number)`."""
    parts = (
        f"{param.name}{'?' if param.optional else ''}: {_SHOWN.get(param.kind, param.kind)}"
        f"{'…' if param.variadic else ''}"
        for param in params
    )
    return f"{name}({', '.join(parts)})"


RULES["call"] = call
