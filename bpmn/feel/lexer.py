"""FEEL text to tokens, and the known names that may hold blanks and operators."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from bpmn.feel import hints
from bpmn.feel.errors import FeelSyntaxError

MAX_SOURCE = 20_000
_MAX_WORDS = 40
_START = (
    r"A-Za-z_?\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u167F\u1681-\u180D\u180F-\u1FFF"
    r"\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFEFE\uFF00-\uFFFD"
    r"\U00010000-\U000EFFFF"
)
_PART = _START + r"0-9\u00B7\u0300-\u036F\u203F-\u2040"
_TOKEN = re.compile(
    r"(?P<blank>(?:\s|[\u180e\u200b\ufeff]|//[^\n]*|/\*.*?\*/)+)"
    r"|(?P<number>(?:\d+(?:\.(?=\d)\d+)?|\.\d+)(?:[eE][+-]?\d+)?)"
    r'|(?P<string>"(?:\\.|[^"\\])*")'
    r"|(?P<tick>`[^`]+`)"
    rf"|(?P<name>[{_START}][{_PART}]*)"
    r"|(?P<op>->|\*\*|\.\.|<=|>=|!=|[-<>=+*/()\[\]{},:.@'])",
    re.S,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.S)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
KEYWORDS = frozenset(
    ("and", "or", "in", "between", "instance", "of", "if", "then", "else", "for", "return", "some", "every")
    + ("satisfies", "true", "false", "null", "function", "external")
)


class Token(NamedTuple):
    """`kind`: number, string, tick, name, op or end; `offset` in characters from 0."""

    kind: str
    text: str
    offset: int


def tokenize(text: str) -> list[Token]:
    """The tokens of a text, closed by one of kind `end`; raises FeelSyntaxError."""
    if len(text) > MAX_SOURCE:
        raise FeelSyntaxError(
            f"The expression is longer than {MAX_SOURCE} characters.",
            MAX_SOURCE,
            f"De expressie is langer dan {MAX_SOURCE} tekens.",
        )
    tokens: list[Token] = []
    offset = 0
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if match is None:
            found = text[offset]
            en, nl = hints.of_character(found)
            raise FeelSyntaxError(f"Unexpected character: '{found}'.{en}", offset, f"Onverwacht teken: '{found}'.{nl}")
        kind = match.lastgroup or ""
        if kind != "blank":
            tokens.append(Token(kind, match[0], offset))
        offset = match.end()
    tokens.append(Token("end", "", offset))
    return tokens


def unescape(token: Token) -> str:
    """The value of a string token; raises FeelSyntaxError at an impossible code point."""

    def replace(match: re.Match[str]) -> str:
        code = match[1]
        if len(code) == 1:
            return _ESCAPES.get(code, "\\" + code)
        point = int(code[1:], 16)
        if point > 0x10FFFF:
            offset = token.offset + 1 + match.start()
            raise FeelSyntaxError("There is no such character.", offset, "Dit teken bestaat niet.")
        return chr(point)

    text = token.text[1:-1]
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(replace, text)
    if any("\ud800" <= char < "\ue000" for char in text):
        # Two \u escapes may make one character beyond the basic plane.
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def joined(tokens: list[Token], start: int, stop: int) -> str:
    """Tokens as one name: the author's blanks, each normalised to one."""
    if stop == start + 1:
        return tokens[start].text
    parts: list[str] = []
    for at in range(start, stop):
        if at > start and tokens[at].offset > tokens[at - 1].offset + len(tokens[at - 1].text):
            parts.append(" ")
        parts.append(tokens[at].text)
    return "".join(parts)


class Names:
    """Known names of several tokens, by their first token; a child sees its parent's names."""

    __slots__ = ("_by_first", "_parent")

    def __init__(self, names: Iterable[str] = (), parent: "Names | None" = None) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], str]] = {}
        self._parent = parent
        for name in names:
            self.add(name)

    @property
    def parent(self) -> "Names":
        """The pool around this one; itself when outermost."""
        return self._parent or self

    def add(self, name: str) -> None:
        """Learn a name; those of one token, or that are no tokens at all, need no learning."""
        if name.isidentifier():
            return
        try:
            words = tuple(token.text for token in tokenize(name)[:-1])
        except FeelSyntaxError:
            return
        if 1 < len(words) <= _MAX_WORDS:
            self._by_first.setdefault(words[0], {})[words] = name

    def match(self, tokens: list[Token], at: int) -> tuple[int, str] | None:
        """The longest known name that stands at `at`: its number of tokens and itself."""
        first = tokens[at].text
        best: tuple[int, str] | None = None
        pool: Names | None = self
        while pool is not None:
            known = pool._by_first.get(first)
            if known:
                for size in range(min(max(map(len, known)), len(tokens) - 1 - at), best[0] if best else 1, -1):
                    name = known.get(tuple(token.text for token in tokens[at : at + size]))
                    if name is not None:
                        best = (size, name)
                        break
            pool = pool._parent
        return best
