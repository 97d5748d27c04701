"""Translates JUEL expressions (`${amount > 5 && !paid}`) to FEEL text; raises NotSimple for what has no counterpart."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bpmn.readers import juel_calls
from bpmn.readers.juel_calls import NotSimple

__all__ = ["NotSimple", "marked", "translate", "translate_inside"]

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<num>\d+(?:\.\d+)?)|(?P<str>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
    r"""|(?P<tool>(?:vars?|variables):[A-Za-z]\w*(?=\s*\())"""
    r"""|(?P<name>[A-Za-z_]\w*)|(?P<op>==|!=|<=|>=|&&|\|\||\+=|[-+*/%<>!?:().,\[\]]))"""
)
_PARTS: Final = re.compile(r"[$#]\{((?:[^{}'\"]|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")*)\}")
_WORDS: Final = {"eq": "==", "ne": "!=", "gt": ">", "lt": "<", "ge": ">=", "le": "<=", "div": "/", "mod": "%"}
_WORDS2: Final = {"and": "&&", "or": "||", "not": "!", "empty": "empty"}
_BINDING: Final = {
    "?": 1, "||": 2, "&&": 3, "==": 4, "!=": 4, "<": 5, ">": 5, "<=": 5, ">=": 5, "+": 6, "+=": 6, "-": 6,
    "*": 7, "/": 7, "%": 7,
}  # fmt: skip
_FEEL: Final = {"||": "or", "&&": "and", "==": "="}
_UNARY: Final = 8
_DEEPEST: Final = 50
_LONGEST: Final = 10_000
# Words that steer the reading of FEEL are names between backticks.
_FEEL_WORDS: Final = "if then else for in return some every satisfies between instance of function"
_RESERVED: Final = frozenset(_FEEL_WORDS.split())
# What the process around an expression is called elsewhere, and has nothing here but a few values.
_CONTEXT: Final = frozenset(
    {"execution", "task", "delegateTask", "delegateExecution", "caseExecution", "runtimeService"}
)
_NUMBER: Final = frozenset({"businessKey", "processBusinessKey", "processInstanceBusinessKey"})
_NONE: Mapping[str, str] = MappingProxyType({})


def marked(text: str) -> bool:
    """Whether a text has a part `${…}` or `#{…}`."""
    return _PARTS.search(text) is not None


def translate(text: str, names: Mapping[str, str] = _NONE) -> str | None:
    """FEEL text for `${…}` or `#{…}`, with text around it joined; None when there is no such part.

    `names`: FEEL for names that mean something else here (`loopCounter` → `(loopCounter - 1)`)."""
    parts = _PARTS.split(text.strip())
    if len(parts) == 1:
        return None
    if len(parts) == 3 and not parts[0] and not parts[2]:
        return translate_inside(parts[1], names)
    pieces = [
        f"string({translate_inside(p, names)})" if i % 2 else juel_calls.quote(p)
        for i, p in enumerate(parts)
        if i % 2 or p
    ]
    return " + ".join(pieces)


def translate_inside(text: str, names: Mapping[str, str] = _NONE) -> str:
    """FEEL text for what stands between the braces. Raises NotSimple."""
    if len(text) > _LONGEST:
        raise NotSimple(text)
    return _Parser(text, names).whole()


class _Parser:
    """Operator precedence over tokens; gives FEEL text, brackets around every inner operation."""

    def __init__(self, text: str, names: Mapping[str, str]) -> None:
        self.text, self.names, self.at, self.items = text, names, 0, _tokens(text)
        self.depth = 0

    def whole(self) -> str:
        found = self.parse(0)
        if self.items[self.at][0] != "end":
            raise NotSimple(self.text)
        return found[1:-1] if found.startswith("(") and _matches(found) else found

    def parse(self, power: int) -> str:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotSimple(self.text)
        left = self.prefix()
        while self.items[self.at][0] == "op" and _BINDING.get(self.items[self.at][1], 0) > power:
            op = self.take()[1]
            if op == "?":
                yes = self.parse(0)
                self.expect(":")
                left = f"(if {left} then {yes} else {self.parse(0)})"
            elif op == "%":
                left = f"modulo({left}, {self.parse(_BINDING[op])})"
            elif op == "+=":
                left = f"(string({left}) + string({self.parse(_BINDING[op])}))"
            else:
                left = f"({left} {_FEEL.get(op, op)} {self.parse(_BINDING[op])})"
        self.depth -= 1
        return left

    def prefix(self) -> str:
        kind, value = self.take()
        if kind == "num":
            return value
        if kind == "str":
            return self.path(juel_calls.quote(juel_calls.unquoted(value)))
        if kind == "name":
            return self.path(self.named(value))
        if kind == "tool":
            return self.path(juel_calls.tool(value.partition(":")[2], self.arguments(), self.text))
        if value == "(":
            inner = self.parse(0)
            self.expect(")")
            return self.path(inner if inner.startswith("(") else f"({inner})")
        if value == "!":
            return f"not({self.parse(_UNARY)})"
        if value == "-":
            return f"-{self.parse(_UNARY)}"
        if value == "empty":
            return juel_calls.empty(self.parse(_UNARY))
        raise NotSimple(self.text)

    def named(self, name: str) -> str:
        """A variable, a function such as `now()`, or one of the few things that `execution` offers here."""
        if self.items[self.at] == ("op", "("):
            return juel_calls.function(name, self.arguments(), self.text)
        if name in _CONTEXT:
            self.expect(".")
            kind, member = self.take()
            if kind != "name":
                raise NotSimple(self.text)
            if member in _NUMBER:
                return "zaaknummer"
            if self.items[self.at] != ("op", "("):
                raise NotSimple(self.text)
            return juel_calls.execution(member, self.arguments(), self.text, self.variable)
        return self.variable(name)

    def variable(self, name: str) -> str:
        return f"`{name}`" if name in _RESERVED else self.names.get(name, name)

    def path(self, base: str) -> str:
        single = ""
        while self.items[self.at] in (("op", "."), ("op", "[")):
            opened = self.take()[1]
            kind, value = self.take()
            if opened == "[" and kind == "str":
                self.expect("]")
                value = juel_calls.unquoted(value)
                base = f"{base}.{value if value.isidentifier() else f'`{value}`'}"
            elif opened == "[" and kind == "num" and value.isdigit():
                # JUEL counts from 0, FEEL from 1.
                self.expect("]")
                base = f"{base}[{int(value) + 1}]"
            elif opened == "[" and value == "loopCounter":
                self.expect("]")
                base = juel_calls.counted(base, self.variable(value))
            elif opened == "[" or kind != "name":
                raise NotSimple(self.text)
            elif self.items[self.at] == ("op", "("):
                if value in juel_calls.OUTCOMES:
                    single = juel_calls.OUTCOMES[value]
                    self.nothing()
                    continue
                base = juel_calls.method(base, value, self.arguments(), self.text)
            elif base == "decisionResult" and value in juel_calls.OUTCOMES:
                single = juel_calls.OUTCOMES[value]
            elif single == "context":
                # A decision with one output gives the value itself here, with more a context.
                base, single = f"(if {base} instance of context then {base}.{value} else {base})", ""
            else:
                juel_calls.check_value(base, self.text)
                base = f"{base}.{value}"
        if self.items[self.at] == ("op", "("):
            raise NotSimple(self.text)
        return base

    def nothing(self) -> None:
        """The brackets of a call without arguments."""
        if self.arguments():
            raise NotSimple(self.text)

    def arguments(self) -> list[str]:
        """FEEL of the arguments of a call; the opening bracket is next."""
        self.expect("(")
        found: list[str] = []
        while self.items[self.at] != ("op", ")"):
            if found:
                self.expect(",")
            found.append(self.parse(0))
        self.expect(")")
        return found

    def take(self) -> tuple[str, str]:
        if self.items[self.at][0] == "end":
            raise NotSimple(self.text)
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
        if kind == "name" and (value in _WORDS or value in _WORDS2) and items[-1:] != [("op", ".")]:
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
