"""Author's help: what is wrong with a text and where, which names it reads, and what type it gives."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bpmn.feel import calling, kinds
from bpmn.feel.errors import FeelSyntaxError, too_deep
from bpmn.feel.functions import CAMUNDA_SIGNATURES, STANDARD_SIGNATURES
from bpmn.feel.inference import Hint, Inference, Scope, alike
from bpmn.feel.kinds import BOOLEAN
from bpmn.feel.lexer import Names
from bpmn.feel.nodes import Reading, children
from bpmn.feel.parser import Parser, parse_type, whole
from bpmn.feel.program import CAMUNDA8, DMN, Language
from bpmn.feel.syntax import Node
from bpmn.feel.types import ANY, Allowed, ContextType, FunctionType, ListType, RangeType, Type

# The rule for calls registers when its module is imported.
_ROOMS = (calling,)
_SIGNATURES = {CAMUNDA8: CAMUNDA_SIGNATURES, DMN: STANDARD_SIGNATURES}
_LONGEST = 40
_WORDS_BEFORE = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)* $")
_WORD_AFTER = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")
_NOTHING: Mapping[str, Type] = {}


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is known of a text without running it.

    `hints`: errors and warnings by place, of which `errors` stop it from being FEEL; `reads` and `maybe` as in
    Program; `unknown`: names read that were not given; `kind`: the type of the result, `Any` when it cannot be told.
    """

    hints: tuple[Hint, ...]
    reads: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()
    kind: Type = ANY

    @property
    def type(self) -> str:
        """The type of the result as FEEL writes it."""
        return kinds.text(self.kind)

    @property
    def errors(self) -> tuple[Hint, ...]:
        """The hints that say that the text is not FEEL."""
        return tuple(hint for hint in self.hints if hint.severity == "error")


class _Located(Parser):
    """A parser that remembers where each node begins."""

    def __init__(self, text: str, names: Names, members: Names, spaced: bool) -> None:
        super().__init__(text, names, members, spaced)
        # The node itself is kept, so that no other can take its identity.
        self.places: dict[int, tuple[Node, int]] = {}

    def _keep(self, start: int, node: Node) -> Node:
        self.places.setdefault(id(node), (node, self.tokens[start].offset))
        return node

    def expression(self) -> Node:
        """One expression, from here on."""
        return self._keep(self.at, super().expression())

    def operand(self) -> Node:
        """Arithmetic alone."""
        return self._keep(self.at, super().operand())

    def primary(self) -> Node:
        """One operand without what may stand behind it."""
        return self._keep(self.at, super().primary())

    def _unary(self) -> Node:
        return self._keep(self.at, super()._unary())

    def place(self, node: Node) -> int:
        """The offset at which a node begins: its own, or that of the first part inside."""
        todo = [node]
        while todo:
            current = todo.pop()
            if id(current) in self.places:
                return self.places[id(current)][1]
            todo.extend(reversed(list(children(current))))
        return 0


def analyse(
    text: str,
    types: Mapping[str, str | Type] | None = None,
    *,
    names: Iterable[str] = (),
    dialect: str = CAMUNDA8,
    unary: bool = False,
    named: Mapping[str, Type] = _NOTHING,
) -> Analysis:
    """All that can be said of a FEEL text without running it; the same text gives the same answer.

    `types`: the variables that exist, each with its type as FEEL writes it or as a value; `names`: more variables, of
    unknown type. With neither, no variable is called unknown. `unary`: the text is the tests of a table's cell, where
    `?` in `types` is the type of the column. `named`: the item definitions of a model.
    Raises FeelSyntaxError for a type that is none, and KeyError for an unknown dialect.
    """
    given = {name: _type(kind) for name, kind in (types or {}).items()} | dict.fromkeys(names, ANY)
    language = Language(dialect, given, _members(given, named), named)
    try:
        parser = _Located(text, *language.pools(), language.spaced)
        node = whole(parser, unary)
    except FeelSyntaxError as error:
        return _wrong(error, _meant(text, error.offset, language))
    by = Inference(language.functions, _SIGNATURES[dialect], named, parser.place, dialect == CAMUNDA8)
    reading = Reading(language.functions)
    scope = Scope(given, types is None and not given)
    try:
        kind = _tests(by, node, scope) if unary else by.of(node, scope)
        for part in (node[2] or ()) if unary else (node,):
            reading.visit(part, frozenset("?") if unary else frozenset())
    except RecursionError:
        return _wrong(too_deep())
    sure = frozenset(reading.sure)
    hints = tuple(sorted(by.hints, key=lambda hint: (hint.offset, hint.code, hint.en)))
    return Analysis(hints, sure | reading.maybe, frozenset(reading.maybe) - sure, tuple(by.unknown), kind)


def _wrong(error: FeelSyntaxError, meant: str = "") -> Analysis:
    nl = f"{error.nl} Bedoelt u `{meant}`?" if meant else error.nl
    en = f"{error.en} Did you mean `{meant}`?" if meant else error.en
    return Analysis((Hint("syntax", "error", error.offset, nl, en, error.expected, meant),))


def _meant(text: str, offset: int, language: Language) -> str:
    """The built-in that two adjacent words are most like, such as `string lenght`."""
    before, after = _WORDS_BEFORE.search(text[max(0, offset - _LONGEST) : offset]), _WORD_AFTER.match(text, offset)
    if before is None or after is None:
        return ""
    return alike(f"{before[0].strip()} {after[0]}", {name: None for name in language.functions if " " in name})


def _type(kind: str | Type) -> Type:
    return kinds.plain(parse_type(kind, Names()) if isinstance(kind, str) else kind)


def _members(types: Mapping[str, Type], named: Mapping[str, Type]) -> Iterable[str]:
    """The names of the fields inside types."""
    found: set[str] = set()
    todo = [*types.values(), *named.values()]
    while todo:
        kind = todo.pop()
        if isinstance(kind, ContextType):
            found |= kind.fields.keys()
            todo.extend(kind.fields.values())
        elif isinstance(kind, ListType | RangeType):
            todo.append(kind.item)
        elif isinstance(kind, FunctionType):
            todo.extend((*kind.params, kind.result))
        elif isinstance(kind, Allowed):
            todo.append(kind.base)
    return sorted(found)


def _tests(by: Inference, node: Node, scope: Scope) -> Type:
    """The tests of a cell: each gives a boolean about `?`, or something to compare it with."""
    column = by.resolved(scope.types.get("?", ANY))
    inner = scope.with_({"?": column})
    for test in node[2] or ():
        kind = by.of(test, inner)
        tested = by.resolved(kind.item) if isinstance(kind, ListType | RangeType) else kind
        if tested != BOOLEAN and not kinds.comparable("=", column, tested):
            nl = f"De kolom is {kinds.dutch(column)}, maar deze cel vraagt {kinds.dutch(tested)}: nooit raak."
            en = f"The column is {kinds.text(column)} but this cell asks {kinds.text(tested)}: it never matches."
            by.warn("type", test, nl, en, expected=kinds.text(column))
    return BOOLEAN
