"""Translates simple JUEL expressions (`${amount > 5 && !paid}`) to FEEL text; raises NotSimple for the rest."""

import re
from typing import Final

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<num>\d+(?:\.\d+)?)|(?P<str>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
    r"""|(?P<name>[A-Za-z_][\w]*)|(?P<op>==|!=|<=|>=|&&|\|\||[-+*/%<>!?:().,\[\]]))"""
)
_PARTS: Final = re.compile(r"[$#]\{((?:[^}'\"]|'[^']*'|\"[^\"]*\")*)\}")
_WORDS: Final = {"eq": "==", "ne": "!=", "gt": ">", "lt": "<", "ge": ">=", "le": "<=", "div": "/", "mod": "%"}
_WORDS2: Final = {"and": "&&", "or": "||", "not": "!", "empty": "empty"}
_BINDING: Final = {
    "?": 1, "||": 2, "&&": 3, "==": 4, "!=": 4, "<": 5, ">": 5, "<=": 5, ">=": 5, "+": 6, "-": 6, "*": 7,
    "/": 7, "%": 7,
}  # fmt: skip
_FEEL: Final = {"||": "or", "&&": "and", "==": "="}
_UNARY: Final = 8


class NotSimple(Exception):
    """The expression uses more than names, literals, comparisons, logic and arithmetic."""


def translate(text: str) -> str | None:
    """FEEL text for `${…}` or `#{…}`, with text around it joined; None when there is no such part."""
    parts = _PARTS.split(text.strip())
    if len(parts) == 1:
        return None
    if len(parts) == 3 and not parts[0] and not parts[2]:
        return _Parser(parts[1]).whole()
    pieces = [f"string({_Parser(p).whole()})" if i % 2 else _quote(p) for i, p in enumerate(parts) if i % 2 or p]
    return " + ".join(pieces)


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class _Parser:
    """Operator precedence over tokens; gives FEEL text, brackets around every inner operation."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.items = text, 0, _tokens(text)

    def whole(self) -> str:
        found = self.parse(0)
        if self.items[self.at][0] != "end":
            raise NotSimple(self.text)
        return found[1:-1] if found.startswith("(") and _matches(found) else found

    def parse(self, power: int) -> str:
        left = self.prefix()
        while self.items[self.at][0] == "op" and _BINDING.get(self.items[self.at][1], 0) > power:
            op = self.take()[1]
            if op == "?":
                yes = self.parse(0)
                self.expect(":")
                left = f"(if {left} then {yes} else {self.parse(0)})"
            elif op == "%":
                left = f"modulo({left}, {self.parse(_BINDING[op])})"
            else:
                left = f"({left} {_FEEL.get(op, op)} {self.parse(_BINDING[op])})"
        return left

    def prefix(self) -> str:
        kind, value = self.take()
        if kind == "num":
            return value
        if kind == "str":
            return _quote(re.sub(r"\\(.)", r"\1", value[1:-1]))
        if kind == "name":
            return self.path(value)
        if value == "(":
            inner = self.parse(0)
            self.expect(")")
            return self.path(inner if inner.startswith("(") else f"({inner})")
        if value == "!":
            return f"not({self.parse(_UNARY)})"
        if value == "-":
            return f"-{self.parse(_UNARY)}"
        if value == "empty":
            inner = self.parse(_UNARY)
            return f'({inner} = null or {inner} = "" or {inner} = [])'
        raise NotSimple(self.text)

    def path(self, base: str) -> str:
        while self.items[self.at] in (("op", "."), ("op", "[")):
            opened = self.take()[1]
            kind, value = self.take()
            if opened == "[" and kind == "str":
                self.expect("]")
                value = value[1:-1]
            elif opened == "[" and kind == "num" and value.isdigit():
                # JUEL counts from 0, FEEL from 1.
                self.expect("]")
                base = f"{base}[{int(value) + 1}]"
                continue
            elif opened == "[" or kind != "name":
                raise NotSimple(self.text)
            base = f"{base}.{value}"
        if self.items[self.at] == ("op", "("):
            raise NotSimple(self.text)
        return base

    def take(self) -> tuple[str, str]:
        self.at += 1
        return self.items[self.at - 1]

    def expect(self, op: str) -> None:
        if self.take() != ("op", op):
            raise NotSimple(self.text)


def _tokens(text: str) -> list[tuple[str, str]]:
    items: list[tuple[str, str]] = []
    at, text = 0, text.strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise NotSimple(text)
        kind, value = found.lastgroup, found[found.lastgroup]
        if kind == "name" and (value in _WORDS or value in _WORDS2):
            kind, value = "op", _WORDS.get(value) or _WORDS2[value]
        items.append((kind, value))
        at = found.end()
    return [*items, ("end", "")]


def _matches(text: str) -> bool:
    """Whether the first bracket closes at the very end (quotes are skipped)."""
    depth = 0
    for found in re.finditer(r'"(?:[^"\\]|\\.)*"|[()]', text):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0:
            return found.end() == len(text)
    return False
