"""What can be said of a node without running it: its type, unknown names, and operands that can only give null."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from bpmn.feel import kinds
from bpmn.feel.functions.table import Signature
from bpmn.feel.kinds import BOOLEAN, CONTEXT, FUNCTION, NUMBER, dutch, known, plain, word
from bpmn.feel.nodes import children
from bpmn.feel.syntax import Node
from bpmn.feel.types import ANY, ContextType, FunctionType, ListType, Named, RangeType, Type
from bpmn.feel.values import Date, DateTime, Days, Function, Months, Range, Time

_LITERALS: tuple[tuple[type, Type], ...] = (
    *((bool, BOOLEAN), (str, kinds.TEXT), (Date, kinds.DATE), (Time, kinds.TIME), (DateTime, kinds.MOMENT)),
    *((Days, kinds.DAYS), (Months, kinds.MONTHS), (Range, kinds.RANGE), (type(None), kinds.NULL)),
)
_ALIKE = 0.75
_MOST_HINTS, _LONGEST = 50, 60


@dataclass(frozen=True, slots=True)
class Hint:
    """What an author should know of a place. `code`: syntax, unknown-name, unknown-function, unknown-member, arguments
    or type; `severity`: error when the text is not FEEL, else warning; `offset` in characters from 0; `expected`: what
    should stand there and `suggestion`: the known name that is meant, empty when not known."""

    code: str
    severity: str
    offset: int
    nl: str
    en: str
    expected: str = ""
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Names with their types; `open`: others may exist too, as in a filter over items of an unknown type."""

    types: Mapping[str, Type]
    open: bool

    def with_(self, names: Mapping[str, Type], also: bool = False) -> "Scope":
        """A scope inside this one."""
        return Scope({**self.types, **names}, self.open or also)


@dataclass(slots=True)
class Inference:
    """One analysis under way. `place` gives the offset of a node; `named`: the model's own types."""

    functions: Mapping[str, Function]
    signatures: Mapping[str, tuple[Signature, ...]]
    named: Mapping[str, Type]
    place: Callable[[Node], int]
    json: bool
    hints: list[Hint] = field(default_factory=list)
    unknown: dict[str, None] = field(default_factory=dict)

    def of(self, node: Node, scope: Scope) -> Type:
        """The type of a node's value, `Any` when it cannot be told."""
        return self.resolved(RULES.get(node[0], _unknown)(self, scope, *node[1:], node=node))

    def resolved(self, kind: Type) -> Type:
        """A type with the names of the model's own types replaced."""
        kind = plain(kind)
        if isinstance(kind, Named) and kind.name in self.named:
            return plain(self.named[kind.name])
        return kind

    def warn(self, code: str, node: Node, nl: str, en: str, *, expected: str = "", suggestion: str = "") -> None:
        """Keep a warning, each once."""
        hint = Hint(code, "warning", self.place(node), nl, en, expected, suggestion)
        if len(self.hints) < _MOST_HINTS and hint not in self.hints:
            self.hints.append(hint)

    def boolean(self, node: Node, scope: Scope) -> None:
        """Warn when a condition is no boolean."""
        kind = self.of(node, scope)
        if known(kind) and word(kind) != "boolean":
            nl = f"Hier hoort ja of nee (true of false), maar dit is {dutch(kind)}."
            self.warn("type", node, nl, f"Expected a boolean, but this is {kinds.text(kind)}.", expected="boolean")

    def missing(self, code: str, node: Node, name: str, pool: Mapping[str, object], nl: str, en: str) -> None:
        """Warn about a name that is not there, with the one that looks like it."""
        near = alike(name, pool) if len(self.hints) < _MOST_HINTS else ""
        nl += f" Bedoelt u `{near}`?" if near else ""
        en += f" Did you mean `{near}`?" if near else ""
        self.warn(code, node, nl, en, suggestion=near)


def alike(name: str, pool: Mapping[str, object]) -> str:
    """The known name that a misspelt one is most like, empty when there is none."""
    if len(name) > _LONGEST:
        return ""
    folded = {each.casefold(): each for each in sorted(pool, reverse=True)}
    return next((folded[found] for found in get_close_matches(name.casefold(), folded, 1, _ALIKE)), "")


Rule = Callable[..., Type]
RULES: dict[str, Rule] = {}


def _rule(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        RULES.update(dict.fromkeys(names, function))
        return function

    return register


def _unknown(by: Inference, scope: Scope, *parts: object, node: Node) -> Type:
    for child in children(node):
        if child and isinstance(child[0], str) and child[0] in RULES:
            by.of(child, scope)
    return ANY


@_rule("lit")
def _literal(by: Inference, scope: Scope, value: object, *, node: Node) -> Type:
    return next((kind for python, kind in _LITERALS if isinstance(value, python)), NUMBER)


@_rule("name")
def _name(by: Inference, scope: Scope, name: str, *, node: Node) -> Type:
    if name in scope.types:
        return scope.types[name]
    if name in by.functions:
        return FUNCTION
    if not scope.open:
        by.unknown[name] = None
        by.missing(
            "unknown-name", node, name, scope.types, f"De naam `{name}` is hier niet bekend.", f"`{name}` is unknown."
        )
    return ANY


@_rule("list")
def _list(by: Inference, scope: Scope, items: list[Node], *, node: Node) -> Type:
    found = [by.of(item, scope) for item in items]
    return ListType(kinds.joined(found) if found else ANY)


@_rule("context")
def _context(by: Inference, scope: Scope, entries: list[tuple[str, Node]], *, node: Node) -> Type:
    fields: dict[str, Type] = {}
    for key, value in entries:
        fields[key] = by.of(value, scope.with_(fields))
    return ContextType(fields)


@_rule("range")
def _range(by: Inference, scope: Scope, low: Node, high: Node, *closed: bool, node: Node) -> Type:
    first, last = by.of(low, scope), by.of(high, scope)
    _compared(by, "<=", first, last, node)
    return RangeType(kinds.joined((first, last)))


@_rule("oprange", "cmp")
def _open_range(by: Inference, scope: Scope, sign: str, end: Node, *, node: Node) -> Type:
    return RangeType(by.of(end, scope))


@_rule("and", "or")
def _logic(by: Inference, scope: Scope, items: list[Node], *, node: Node) -> Type:
    for item in items:
        by.boolean(item, scope)
    return BOOLEAN


@_rule("if")
def _if(by: Inference, scope: Scope, condition: Node, then: Node, otherwise: Node, *, node: Node) -> Type:
    by.boolean(condition, scope)
    return kinds.joined((by.of(then, scope), by.of(otherwise, scope)))


def _compared(by: Inference, sign: str, left: Type, right: Type, node: Node) -> None:
    if not kinds.comparable(sign, left, right):
        nl = f"U vergelijkt {dutch(left)} met {dutch(right)}: dat geeft altijd niets (null)."
        en = f"This compares {kinds.text(left)} with {kinds.text(right)}, which always gives null."
        by.warn("type", node, nl, en, expected=kinds.text(left))


@_rule("compare")
def _compare(by: Inference, scope: Scope, sign: str, left: Node, right: Node, *, node: Node) -> Type:
    _compared(by, sign, by.of(left, scope), by.of(right, scope), node)
    return BOOLEAN


@_rule("between")
def _between(by: Inference, scope: Scope, value: Node, low: Node, high: Node, *, node: Node) -> Type:
    kind = by.of(value, scope)
    for end in (low, high):
        _compared(by, "<=", kind, by.of(end, scope), end)
    return BOOLEAN


@_rule("in")
def _in(by: Inference, scope: Scope, value: Node, tests: list[Node], *, node: Node) -> Type:
    inner = scope.with_({"?": by.of(value, scope)})
    for test in tests:
        by.of(test, inner)
    return BOOLEAN


@_rule("instance")
def _instance(by: Inference, scope: Scope, value: Node, kind: Type, *, node: Node) -> Type:
    by.of(value, scope)
    return BOOLEAN


@_rule("arith")
def _arithmetic(by: Inference, scope: Scope, first: Node, rest: list[tuple[str, Node]], *, node: Node) -> Type:
    kind = by.of(first, scope)
    for sign, operand in rest:
        other = by.of(operand, scope)
        result = kinds.arithmetic(sign, kind, other)
        if result is None:
            nl = f"`{sign}` kan niet met {dutch(kind)} en {dutch(other)}: dat geeft altijd niets (null)."
            en = f"`{sign}` of {kinds.text(kind)} and {kinds.text(other)} always gives null."
            by.warn("type", operand, nl, en, expected=kinds.text(kind))
        kind = ANY if result is None else result
    return kind


@_rule("neg")
def _negative(by: Inference, scope: Scope, operand: Node, *, node: Node) -> Type:
    kind = by.of(operand, scope)
    if known(kind) and word(kind) != "number" and not word(kind).endswith("duration"):
        nl = f"Een min voor {dutch(kind)} geeft altijd niets (null)."
        by.warn("type", node, nl, f"Minus {kinds.text(kind)} always gives null.", expected="number")
        return ANY
    return kind


@_rule("path")
def _path(by: Inference, scope: Scope, value: Node, name: str, *, node: Node) -> Type:
    kind = by.of(value, scope)
    if isinstance(kind, ListType):
        return ListType(_member(by, by.resolved(kind.item), name, node))
    return _member(by, kind, name, node)


def _member(by: Inference, kind: Type, name: str, node: Node) -> Type:
    pool: Mapping[str, Type] | None = kind.fields if isinstance(kind, ContextType) else None
    pool = kinds.PROPERTIES.get(word(kind)) if pool is None else pool
    # A date of a case's data is a text, and so is what a form calls a date.
    if pool is None or (by.json and word(kind) == "string"):
        return ANY
    if name not in pool:
        nl, en = f"`{name}` bestaat niet in {dutch(kind)}.", f"There is no `{name}` in {kinds.text(kind)}."
        by.missing("unknown-member", node, name, pool, nl, en)
    return pool.get(name, ANY)


@_rule("filter")
def _filter(by: Inference, scope: Scope, value: Node, condition: Node, *, node: Node) -> Type:
    kind = by.of(value, scope)
    item = by.resolved(kind.item if isinstance(kind, ListType) else ANY if word(kind) == "list" else kind)
    fields = item.fields if isinstance(item, ContextType) else {}
    inner = scope.with_({**fields, "item": item}, not known(item) or item == CONTEXT)
    found = by.of(condition, inner)
    if word(found) == "number":
        # A position that turns out null gives an empty list.
        return item if condition[0] == "lit" or condition[0] == "neg" and condition[1][0] == "lit" else ANY
    if known(found) and word(found) not in ("boolean", "list"):
        nl = f"Tussen [ ] hoort een voorwaarde of een plaats, maar dit is {dutch(found)}."
        by.warn("type", condition, nl, f"A filter needs a condition or a position, not {kinds.text(found)}.")
    return ListType(item) if word(found) == "boolean" else ANY


@_rule("for", "some", "every")
def _loop(
    by: Inference, scope: Scope, iterators: list[tuple[str, Node, Node | None]], body: Node, *, node: Node
) -> Type:
    for name, source, end in iterators:
        kind = by.of(source, scope)
        if end is not None:
            kind = kinds.joined((kind, by.of(end, scope)))
        elif isinstance(kind, ListType | RangeType):
            kind = by.resolved(kind.item)
        elif word(kind) in ("list", "range"):
            kind = ANY
        scope = scope.with_({name: kind})
    if node[0] == "for":
        return ListType(by.of(body, scope.with_({"partial": kinds.LIST})))
    by.boolean(body, scope)
    return BOOLEAN


@_rule("function")
def _function(
    by: Inference, scope: Scope, params: list[tuple[str, Type | None]], body: Node | None, *, node: Node
) -> Type:
    given = {name: by.resolved(kind or ANY) for name, kind in params}
    result = ANY if body is None else by.of(body, scope.with_(given))
    return FunctionType(tuple(given.values()), result)
