"""Calls in JUEL that have a clear counterpart in FEEL: methods of texts, lists and dates, and of the execution."""

import re
from collections.abc import Callable
from typing import Final

_UNITS: Final = {"Years": ("P", "Y"), "Months": ("P", "M"), "Weeks": ("P", "D"), "Days": ("P", "D")}
_UNITS_OF_TIME: Final = {"Hours": ("PT", "H"), "Minutes": ("PT", "M"), "Seconds": ("PT", "S")}
_WHOLE: Final = re.compile(r"\d+\Z")
_TEXT: Final = re.compile(r'"(?:[^"\\]|\\.)*"\Z')
# A value of Spin (JSON of Camunda 7) is the value itself here.
_ITSELF: Final = frozenset({"stringValue", "numberValue", "boolValue", "value", "elements", "toDate"})
# How program code is named that looks like a value in an expression.
_BEAN: Final = re.compile(
    r"\w*(?:Service|Bean|Delegate|Repository|Client|Utils?|Handler|Adapter|Dao|Listener)\Z", re.IGNORECASE
)
# What an outcome of a decision in Camunda 7 is asked for: its only value, or its only row.
OUTCOMES: Final = {
    "getSingleEntry": "value",
    "singleEntry": "value",
    "getSingleResult": "context",
    "singleResult": "context",
}
_COMPARED: Final = {"isBefore": "<", "isAfter": ">", "equals": "=", "before": "<", "after": ">"}
_OF_ONE_TEXT: Final = {"toUpperCase": "upper case", "toLowerCase": "lower case", "trim": "trim", "toString": "string"}
_OF_TWO_TEXTS: Final = {"startsWith": "starts with", "endsWith": "ends with"}
_TOOLS: Final = {
    "equals": "=", "eq": "=", "notEquals": "!=", "ne": "!=", "lowerThan": "<", "lt": "<", "lessThan": "<",
    "lowerThanOrEquals": "<=", "lessThanOrEquals": "<=", "lte": "<=", "greaterThan": ">", "gt": ">",
    "greaterThanOrEquals": ">=", "gte": ">=",
}  # fmt: skip


class NotSimple(Exception):
    """The expression uses something that has no clear counterpart in FEEL."""


def quote(text: str) -> str:
    """A FEEL text."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def unquoted(text: str) -> str:
    """What a literal of JUEL says."""
    return re.sub(r"\\(.)", r"\1", text[1:-1])


def empty(value: str) -> str:
    """FEEL for `empty`: nothing, no text, no items; comparing a list with a text would give null."""
    return f'list contains([null, "", []], {value})'


def execution(member: str, arguments: list[str], text: str, variable: Callable[[str], str]) -> str:
    """`execution.getVariable('x')` and its like. Raises NotSimple."""
    if len(arguments) == 1 and _TEXT.match(arguments[0]):
        name = variable(_inside(arguments[0], text))
        if member in ("getVariable", "getVariableLocal"):
            return name
        if member in ("hasVariable", "hasVariableLocal"):
            return f"({name} != null)"
    if member in ("getBusinessKey", "getProcessBusinessKey", "getProcessInstanceBusinessKey") and not arguments:
        return "zaaknummer"
    raise NotSimple(text)


def function(name: str, arguments: list[str], text: str) -> str:
    """The functions that Camunda 7 brings itself. Raises NotSimple."""
    if name in ("now", "dateTime") and not arguments:
        return "now()"
    raise NotSimple(text)


def tool(name: str, arguments: list[str], text: str) -> str:
    """Flowable's `variables:…(name, value)`. Raises NotSimple."""
    if not arguments:
        raise NotSimple(text)
    first = arguments[0]
    value = _inside(first, text) if _TEXT.match(first) else first
    if name == "get" and len(arguments) == 1:
        return value
    if name == "getOrDefault" and len(arguments) == 2:
        return f"get or else({value}, {arguments[1]})"
    if name in ("exists", "exist") and len(arguments) == 1:
        return f"({value} != null)"
    if name in ("isEmpty", "empty", "isNotEmpty", "notEmpty") and len(arguments) == 1:
        return empty(value) if "ot" not in name else f"not({empty(value)})"
    if name in _TOOLS and len(arguments) == 2:
        return f"({value} {_TOOLS[name]} {arguments[1]})"
    if name == "contains" and len(arguments) == 2:
        return _contains(value, arguments[1])
    raise NotSimple(text)


def method(base: str, name: str, arguments: list[str], text: str) -> str:
    """A method of a value, not of a bean, whose code is not here. Raises NotSimple."""
    check_value(base, text)
    found = _without(base, name) if not arguments else _with_one(base, name, arguments[0], text)
    if len(arguments) == 2:
        found = _with_two(base, name, arguments)
    if found is None or len(arguments) > 2:
        raise NotSimple(text)
    return found


def counted(base: str, counter: str) -> str:
    """The item of a list at the counter of a multi-instance; `counter` is its FEEL, which counts from 0."""
    return f"{base}[loopCounter]" if counter == "(loopCounter - 1)" else f"{base}[{counter} + 1]"


def check_value(base: str, text: str) -> None:
    """Raises NotSimple for what is named like program code."""
    if _BEAN.match(base):
        raise NotSimple(text)


def _without(base: str, name: str) -> str | None:
    if name in _ITSELF:
        return base
    if name == "size":
        return f"count({base})"
    if name == "length":
        return f"string length({base})"
    if name == "isEmpty":
        return empty(base)
    return f"{_OF_ONE_TEXT[name]}({base})" if name in _OF_ONE_TEXT else None


def _with_one(base: str, name: str, value: str, text: str) -> str | None:
    literal = _TEXT.match(value) is not None
    if name in _COMPARED:
        return f"({base} {_COMPARED[name]} {value})"
    if name == "equalsIgnoreCase":
        return f"(lower case({base}) = lower case({value}))"
    if name == "contains":
        return _contains(base, value)
    if name in _OF_TWO_TEXTS:
        return f"{_OF_TWO_TEXTS[name]}({base}, {value})"
    if name in ("get", "prop") and literal:
        return f"{base}.{_inside(value, text)}"
    if name == "containsKey" and literal:
        return f"({base}.{_inside(value, text)} != null)"
    if name == "get" and _WHOLE.match(value):
        return f"{base}[{int(value) + 1}]"
    if name == "get" and value in ("loopCounter", "(loopCounter - 1)"):
        return counted(base, value)
    if name == "substring" and _WHOLE.match(value):
        return f"substring({base}, {int(value) + 1})"
    return _moved(base, name, value)


def _with_two(base: str, name: str, arguments: list[str]) -> str | None:
    if name == "substring" and all(_WHOLE.match(each) for each in arguments):
        begin, end = map(int, arguments)
        return f"substring({base}, {begin + 1}, {end - begin})"
    return None


def _moved(base: str, name: str, value: str) -> str | None:
    """`plusDays(3)` and its like, which only dates and times have."""
    unit = (_UNITS | _UNITS_OF_TIME).get(name.removeprefix("plus").removeprefix("minus"))
    if unit is None or not name.startswith(("plus", "minus")) or not _WHOLE.match(value):
        return None
    number = int(value) * (7 if name.endswith("Weeks") else 1)
    return f'({base} {"+" if name.startswith("plus") else "-"} duration("{unit[0]}{number}{unit[1]}"))'


def _contains(base: str, value: str) -> str:
    """Both a text and a list have `contains`; which one it is shows only when it runs."""
    return f"(if {base} instance of string then contains({base}, {value}) else list contains({base}, {value}))"


def _inside(literal: str, text: str) -> str:
    name = unquoted(literal)
    if not name.isidentifier():
        raise NotSimple(text)
    return name


def split_arguments(text: str) -> list[str]:
    """The arguments of a call, split at the commas that stand outside texts and brackets."""
    found, depth, begin = [], 0, 0
    for piece in re.finditer(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[()\[\],]""", text):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(piece[0], 0)
        if piece[0] == "," and depth == 0:
            found.append(text[begin : piece.start()].strip())
            begin = piece.end()
    return [each for each in (*found, text[begin:].strip()) if each]
