"""The token cursor of the parser, names, and type texts."""

from abc import ABC, abstractmethod
from typing import Any, TypeAlias

from bpmn.feel import hints
from bpmn.feel.errors import FeelSyntaxError, too_deep
from bpmn.feel.lexer import KEYWORDS, Names, Token, joined, tokenize
from bpmn.feel.types import ContextType, FunctionType, ListType, Named, RangeType, Type

# A node is a tuple: its kind, then its parts, each a node, a list of nodes, a text or a literal value.
Node: TypeAlias = tuple[Any, ...]
COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_MAX_DEPTH = 64
_MAX_STEPS = 10_000
_LONG_TYPES = {
    tuple(spelling.split()): name
    for spelling, name in (
        ("date and time", "date and time"),
        ("days and time duration", "days and time duration"),
        ("years and months duration", "years and months duration"),
        # Camunda 8 writes these.
        ("date time", "date and time"),
        ("day - time - duration", "days and time duration"),
        ("year - month - duration", "years and months duration"),
    )
}
_GENERIC = frozenset({"list", "range", "context", "function"})


class Cursor(ABC):
    """Walks over the tokens. `names` are the known names, `members` those of entries of contexts.

    `spaced`: whether names may hold blanks and operators; the Camunda 8 dialect has backticks instead.
    """

    def __init__(self, text: str, names: Names, members: Names, spaced: bool) -> None:
        self.tokens = tokenize(text)
        self.at = 0
        self.names = names
        self.members = Names(parent=members)
        self.spaced = spaced
        self.depth = self.steps = 0

    @abstractmethod
    def expression(self) -> Node:
        """One expression, from here on."""

    def here(self) -> Token:
        """The token at the cursor."""
        return self.tokens[self.at]

    def take(self) -> Token:
        """The token at the cursor, which moves on."""
        self.at += 1
        return self.tokens[self.at - 1]

    def sees(self, text: str, ahead: int = 0) -> bool:
        """Whether an operator or name of that text stands there."""
        if self.at + ahead >= len(self.tokens):
            return False
        token = self.tokens[self.at + ahead]
        return token.text == text and token.kind in ("op", "name")

    def sees_comparison(self) -> bool:
        """Whether a comparison operator stands here."""
        token = self.here()
        return token.kind == "op" and token.text in COMPARISONS

    def accept(self, text: str) -> bool:
        """Move past that text if it stands here."""
        if self.sees(text):
            self.at += 1
            return True
        return False

    def expect(self, text: str) -> None:
        """Move past that text, or raise FeelSyntaxError."""
        if not self.accept(text):
            raise self.unexpected(f"'{text}'", f"'{text}'")

    def unexpected(self, en: str = "", nl: str = "", expected: str = "") -> FeelSyntaxError:
        """The error that says what stands here and what was expected instead; `expected` where that is no sentence."""
        token = self.here()
        found_en = f"'{token.text}'" if token.kind != "end" else "the end"
        found_nl = f"'{token.text}'" if token.kind != "end" else "het einde"
        before = self.tokens[self.at - 1] if self.at else Token("", "", 0)
        hint_en, hint_nl = hints.of_token(before.text, before.kind, token.text, token.kind)
        if not en and token.kind == "end":
            return FeelSyntaxError(
                "The expression is not complete: something is missing at the end.",
                token.offset,
                "De expressie is niet af: aan het einde ontbreekt iets.",
                expected,
            )
        if not en:
            return FeelSyntaxError(
                f"Unexpected: {found_en}.{hint_en}", token.offset, f"Onverwacht: {found_nl}.{hint_nl}", expected
            )
        return FeelSyntaxError(
            f"Expected {en} but found {found_en}.{hint_en}",
            token.offset,
            f"Hier hoort {nl}, maar er staat {found_nl}.{hint_nl}",
            en,
        )

    def deeper(self) -> None:
        """Count a level of nesting; raises FeelSyntaxError beyond the limit."""
        self.depth += 1
        self.steps += 1
        if self.depth > _MAX_DEPTH or self.steps > _MAX_STEPS:
            raise too_deep(self.here().offset)

    def push(self, *names: str) -> None:
        """Open a scope of local names."""
        self.names = Names(names if self.spaced else (), self.names)

    def pop(self) -> None:
        """Close the innermost scope."""
        self.names = self.names.parent

    def name(self, *pools: Names) -> str:
        """A name that is used: the longest known one, else adjacent words."""
        token = self.here()
        if token.kind == "tick":
            self.at += 1
            return token.text[1:-1]
        if token.kind != "name":
            raise self.unexpected("a name", "een naam")
        best = max((found for pool in pools if (found := pool.match(self.tokens, self.at))), default=None)
        if best is not None:
            self.at += best[0]
            return best[1]
        stop = self.at + 1
        while self.spaced and self.tokens[stop].kind == "name" and self.tokens[stop].text not in KEYWORDS:
            stop += 1
        text = joined(self.tokens, self.at, stop)
        self.at = stop
        return text

    def declared(self, *stops: str) -> str:
        """A name that is introduced: all tokens up to one of the stops."""
        stop = self.at
        if self.here().kind == "tick":
            return self.take().text[1:-1]
        if self.spaced:
            while self.tokens[stop].text not in stops and self.tokens[stop].kind in ("name", "number", "op"):
                if self.tokens[stop].text in "()[]{}":
                    break
                stop += 1
        elif self.here().kind == "name":
            stop += 1
        if stop == self.at or self.here().kind != "name":
            raise self.unexpected("a name", "een naam")
        if self.tokens[stop].text not in stops:
            self.at = stop
            raise self.unexpected(f"'{stops[0]}'", f"'{stops[0]}'")
        text = joined(self.tokens, self.at, stop)
        self.at = stop
        return text

    def type(self) -> Type:
        """A type text; raises FeelSyntaxError."""
        self.deeper()
        try:
            word = self.here().text
            if word in _GENERIC and self.sees("<", 1):
                self.at += 2
                return self._generic(word)
            for words, name in _LONG_TYPES.items():
                if tuple(token.text for token in self.tokens[self.at : self.at + len(words)]) == words:
                    self.at += len(words)
                    return Named(name)
            name = self.name(self.members)
            while self.accept("."):
                name += "." + self.name(self.members)
            return Named(name)
        finally:
            self.depth -= 1

    def _generic(self, word: str) -> Type:
        if word == "context":
            fields: dict[str, Type] = {}
            while not self.accept(">"):
                if fields:
                    self.expect(",")
                name = self.declared(":")
                self.expect(":")
                fields[name] = self.type()
            return ContextType(fields)
        if word == "function":
            params: list[Type] = []
            while not self.accept(">"):
                if params:
                    self.expect(",")
                params.append(self.type())
            self.expect("->")
            return FunctionType(tuple(params), self.type())
        item = self.type()
        self.expect(">")
        return ListType(item) if word == "list" else RangeType(item)
