"""XPath regular expressions, translated to the `regex` module, which has a time limit."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

import regex

from bpmn.feel.budget import MAX_TEXT, Evaluation
from bpmn.feel.errors import FeelBudgetError, FeelTimeError

_MAX_PATTERN = 2_000
_MAX_SECONDS = 0.5
_MAX_SUBJECT = 100_000
_COMPILE_COST = 150
_ESCAPED = frozenset("nrt\\|.-^?*+{}()[]$sSdDwW")
_CATEGORY = regex.compile(r"\{(Is)?([\w-]+)\}")
_FLAGS = {"s": regex.S, "m": regex.M, "i": regex.I, "x": 0, "q": 0}
_FOREIGN = regex.compile(r"\(\?(?!:)|(?<!\\)[*+?}]\+")
_BAD_REPLACEMENT = regex.compile(r"(?<!\\)(\\\\)*\$(?!\d)|(?<!\\)(\\\\)*\\(?![\\$])")
_REPLACEMENT = regex.compile(r"\\.|\$\d+|[^$\\]+", regex.S)
Found = TypeVar("Found")


class _Translation:
    """Character by character: only what XPath and XQuery Functions 3.1 section 5.6.1 knows gets through."""

    def __init__(self, pattern: str, flags: str) -> None:
        self.pattern, self.flags = pattern, flags
        self.at = self.groups = self.classes = 0
        self.out: list[str] = []
        self.opened: list[int] = []
        self.closed: set[int] = set()

    def translate(self) -> str:
        while self.at < len(self.pattern):
            if self.pattern[self.at] == "\\":
                self._escape()
            else:
                self._plain(self.pattern[self.at])
        return "".join(self.out)

    def _plain(self, char: str) -> None:
        self.at += 1
        if char == "[":
            # V1 reads `[a-z-[aeiou]]` as a difference only with two hyphens.
            if self.classes and self.out[-1:] == ["-"]:
                self.out.append("-")
            self.classes += 1
        elif char == "]":
            self.classes -= 1
        elif not self.classes and char == "(":
            capturing = self.pattern[self.at : self.at + 1] != "?"
            self.groups += capturing
            self.opened.append(self.groups if capturing else 0)
        elif not self.classes and char == ")" and self.opened:
            self.closed.add(self.opened.pop())
        elif not self.classes and char == "$" and "m" not in self.flags:
            char = r"\Z"
        self.out.append(char)

    def _escape(self) -> None:
        code = self.pattern[self.at + 1 : self.at + 2]
        self.at += 2
        if code and code in "pP":
            match = _CATEGORY.match(self.pattern, self.at)
            if match is None:
                raise ValueError("unknown category in a pattern")
            self.out.append(f"\\{code}{{{'In' if match[1] else ''}{match[2].replace('-', '')}}}")
            self.at = match.end()
        elif code and code in "123456789" and not self.classes:
            self._back_reference(code)
        elif code and code in "iIcC":
            body = r"\p{L}_:" if code in "iI" else r"\p{L}\d\-._:\u00B7"
            negated = "^" if code in "IC" else ""
            self.out.append(body if self.classes and not negated else f"[{negated}{body}]")
        elif code in _ESCAPED:
            self.out.append("\\" + code)
        else:
            raise ValueError("unknown escape in a pattern")

    def _back_reference(self, code: str) -> None:
        both = self.pattern[self.at - 1 : self.at + 1]
        group = int(both) if len(both) == 2 and both.isdigit() and int(both) <= self.groups else int(code)
        if group not in self.closed:
            raise ValueError("a pattern refers back to a group that is not there")
        self.out.append(f"(?:\\{group})")
        self.at += len(str(group)) - 1


def _without_blanks(pattern: str) -> str:
    out, depth = [], 0
    for char in pattern:
        depth += (char == "[") - (char == "]")
        if char not in " \t\n\r" or depth > 0:
            out.append(char)
    return "".join(out)


@lru_cache(256)
def _compiled(pattern: str, flags: str) -> regex.Pattern[str]:
    if set(flags) - set(_FLAGS) or len(pattern) > _MAX_PATTERN:
        raise ValueError("unknown flag, or a pattern that is too long")
    bits = regex.V1 if "-[" in pattern else regex.V0
    for flag in flags:
        bits |= _FLAGS[flag]
    try:
        if "q" in flags:
            return regex.compile(regex.escape(pattern), bits)
        if "x" in flags:
            pattern = _without_blanks(pattern)
        if _FOREIGN.search(pattern):
            raise ValueError("a pattern has a construct that XPath does not know")
        return regex.compile(_Translation(pattern, flags).translate(), bits)
    except (regex.error, OverflowError, RecursionError) as error:
        raise ValueError(f"a pattern is wrong: {error}") from None


def compiled(pattern: str, flags: str, run: Evaluation) -> regex.Pattern[str]:
    """The pattern; its first use in an evaluation is charged, whatever the cache holds. Raises ValueError."""
    key = (pattern, flags)
    if key not in run.patterns:
        run.charge(_COMPILE_COST + len(pattern) * 2)
        run.patterns.add(key)
    return _compiled(pattern, flags)


def _seconds(run: Evaluation) -> float:
    return min(run.left(), _MAX_SECONDS)


def _bounded(text: str) -> str:
    """A text that matching can take: what it remembers to go back to grows with the length."""
    if len(text) > _MAX_SUBJECT:
        raise FeelBudgetError(
            "A text is too long for a regular expression.", "Een tekst is te lang voor een reguliere expressie."
        )
    return text


def _limited(work: Callable[[], Found]) -> Found:
    try:
        return work()
    except TimeoutError:
        raise FeelTimeError("A regular expression takes too long.", "Een reguliere expressie duurt te lang.") from None


def matches(text: str, pattern: str, flags: str, run: Evaluation) -> bool:
    """Whether the pattern is found; raises ValueError for a wrong pattern, FeelBudgetError when out of time."""
    found = compiled(pattern, flags, run)
    return _limited(lambda: found.search(_bounded(text), timeout=_seconds(run)) is not None)


def extract(text: str, pattern: str, run: Evaluation) -> list[str]:
    """All matches."""
    found = compiled(pattern, "", run)

    def work() -> list[str]:
        parts = []
        for match in found.finditer(_bounded(text), timeout=_seconds(run)):
            run.charge(1)
            parts.append(match.group())
        return parts

    return _limited(work)


def split(text: str, pattern: str, run: Evaluation) -> list[str]:
    """The parts between the matches; raises ValueError when the pattern matches the empty text."""
    found = compiled(pattern, "", run)

    def work() -> list[str]:
        parts, at = [], 0
        for match in found.finditer(_bounded(text), timeout=_seconds(run)):
            if match.end() == match.start():
                raise ValueError("a delimiter matches the empty text")
            run.charge(1)
            parts.append(text[at : match.start()])
            at = match.end()
        return [*parts, text[at:]]

    return _limited(work)


def _expand(match: "regex.Match[str]", parts: list[str], groups: int) -> str:
    out = []
    for part in parts:
        if part[0] == "\\":
            out.append(part[1:])
        elif part[0] == "$":
            digits = part[1:]
            while len(digits) > 1 and int(digits) > groups:
                digits = digits[:-1]
            group = (match[int(digits)] or "") if int(digits) <= groups else ""
            out.append(group + part[1 + len(digits) :])
        else:
            out.append(part)
    return "".join(out)


def replace(text: str, pattern: str, replacement: str, flags: str, run: Evaluation) -> str:
    """The text with the matches replaced; raises ValueError for a wrong pattern or replacement."""
    found = compiled(pattern, flags, run)
    literal = "q" in flags
    if not literal and (found.search("", timeout=_seconds(run)) or _BAD_REPLACEMENT.search(replacement)):
        raise ValueError("a pattern matches the empty text, or a replacement is wrong")
    parts = [] if literal else _REPLACEMENT.findall(replacement)
    total = 0

    def put(match: "regex.Match[str]") -> str:
        nonlocal total
        run.charge(1)
        new = replacement if literal else _expand(match, parts, found.groups)
        total += len(new)
        if total > MAX_TEXT:
            raise FeelBudgetError("A text becomes too long.", "Een tekst wordt te lang.")
        return new

    result = _limited(lambda: found.sub(put, _bounded(text), timeout=_seconds(run)))
    run.text(len(result))
    return result
