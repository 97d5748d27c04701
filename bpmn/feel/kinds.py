"""Types as analysis knows them: what operators, properties and built-ins give for operands of known types."""

from collections.abc import Iterable, Mapping

from bpmn.feel.types import ANY, Allowed, ContextType, FunctionType, ListType, Named, RangeType, Type

NUMBER, TEXT, BOOLEAN, NULL = Named("number"), Named("string"), Named("boolean"), Named("Null")
DATE, TIME, MOMENT = Named("date"), Named("time"), Named("date and time")
DAYS, MONTHS = Named("days and time duration"), Named("years and months duration")
LIST, CONTEXT, RANGE, FUNCTION = Named("list"), Named("context"), Named("range"), Named("function")
_OTHER_SPELLINGS = {
    "dateTime": MOMENT,
    "dayTimeDuration": DAYS,
    "yearMonthDuration": MONTHS,
    "any": ANY,
    "null": NULL,
}
_DUTCH = {
    "number": "een getal",
    "string": "een tekst",
    "boolean": "ja of nee (true of false)",
    "date": "een datum",
    "time": "een tijd",
    "date and time": "een datum met tijd",
    "days and time duration": "een duur in dagen en uren",
    "years and months duration": "een duur in jaren en maanden",
    "Null": "niets (null)",
    "list": "een lijst",
    "context": "een context",
    "range": "een bereik",
    "function": "een functie",
}


def plain(kind: Type) -> Type:
    """A type without allowed values and other spellings."""
    if isinstance(kind, Allowed):
        return plain(kind.base)
    return _OTHER_SPELLINGS.get(kind.name, kind) if isinstance(kind, Named) else kind


def word(kind: Type) -> str:
    """The name of a type without what is inside."""
    kind = plain(kind)
    if isinstance(kind, Named):
        return kind.name
    if isinstance(kind, ListType):
        return "list"
    if isinstance(kind, ContextType):
        return "context"
    return "range" if isinstance(kind, RangeType) else "function"


def known(kind: Type) -> bool:
    """Whether a type says anything: `Any` and null do not."""
    return word(kind) in _DUTCH and kind != NULL


def text(kind: Type) -> str:
    """A type as FEEL writes it."""
    kind = plain(kind)
    if isinstance(kind, ListType):
        return f"list<{text(kind.item)}>"
    if isinstance(kind, RangeType):
        return f"range<{text(kind.item)}>"
    if isinstance(kind, ContextType):
        return "context<" + ", ".join(f"{name}: {text(part)}" for name, part in kind.fields.items()) + ">"
    if isinstance(kind, FunctionType):
        return f"function<{', '.join(map(text, kind.params))}> -> {text(kind.result)}"
    return kind.name if isinstance(kind, Named) else ""


def dutch(kind: Type) -> str:
    """A type in plain Dutch."""
    return _DUTCH.get(word(kind), text(kind))


def joined(kinds: Iterable[Type]) -> Type:
    """The one type of several branches, `Any` when they differ; null joins any."""
    found: list[Type] = []
    for kind in kinds:
        if kind != NULL and kind not in found:
            found.append(kind)
    if not found:
        return NULL
    if len(found) == 1:
        return found[0]
    return Named(word(found[0])) if len({word(kind) for kind in found}) == 1 else ANY


def _pairs() -> dict[tuple[str, str, str], Type]:
    """What an arithmetic operator gives for two types (DMN 1.5 section 10.3.2.15)."""
    found: dict[tuple[str, Type, Type], Type] = {(sign, NUMBER, NUMBER): NUMBER for sign in ("+", "-", "*", "/", "**")}
    found["+", TEXT, TEXT] = TEXT
    for span in (DAYS, MONTHS):
        found["+", span, span] = found["-", span, span] = found["*", span, NUMBER] = span
        found["*", NUMBER, span] = found["/", span, NUMBER] = span
        found["/", span, span] = NUMBER
    for value, spans in ((DATE, (DAYS, MONTHS)), (MOMENT, (DAYS, MONTHS)), (TIME, (DAYS,))):
        for span in spans:
            found["+", value, span] = found["+", span, value] = found["-", value, span] = value
    for left in (DATE, MOMENT):
        for right in (DATE, MOMENT):
            found["-", left, right] = DAYS
    found["-", TIME, TIME] = DAYS
    return {(sign, text(left), text(right)): kind for (sign, left, right), kind in found.items()}


_ARITHMETIC = _pairs()
_ORDERED = frozenset(map(text, (NUMBER, TEXT, DATE, TIME, MOMENT, DAYS, MONTHS)))
_DAY_MEMBERS = dict.fromkeys(("year", "month", "day", "weekday"), NUMBER)
_TIME_MEMBERS = {**dict.fromkeys(("hour", "minute", "second"), NUMBER), "timezone": TEXT, "time offset": DAYS}
_RANGE_MEMBERS = {"start": ANY, "end": ANY, "start included": BOOLEAN, "end included": BOOLEAN}
PROPERTIES: Mapping[str, Mapping[str, Type]] = {
    "date": _DAY_MEMBERS,
    "time": _TIME_MEMBERS,
    "date and time": {**_DAY_MEMBERS, **_TIME_MEMBERS},
    "days and time duration": dict.fromkeys(("days", "hours", "minutes", "seconds"), NUMBER),
    "years and months duration": dict.fromkeys(("years", "months"), NUMBER),
    "range": _RANGE_MEMBERS,
    **dict.fromkeys(("number", "string", "boolean", "function"), {}),
}


def arithmetic(sign: str, left: Type, right: Type) -> Type | None:
    """What `left sign right` gives, None when that is always null."""
    if not known(left) or not known(right) or "list" in (word(left), word(right)):
        return ANY
    return _ARITHMETIC.get((sign, word(left), word(right)))


def comparable(sign: str, left: Type, right: Type) -> bool:
    """Whether two types can be compared at all; a list of one item counts as that item, so lists always can."""
    if not known(left) or not known(right) or "list" in (word(left), word(right)):
        return True
    same = word(left) == word(right) or {word(left), word(right)} == {"date", "date and time"}
    return same and (sign in ("=", "!=") or word(left) in _ORDERED)


_PARAMETERS = {
    "text": ("string",),
    "number": ("number",),
    "boolean": ("boolean",),
    "context": ("context",),
    "date": ("date",),
    "time": ("time",),
    "moment": ("date and time", "date"),
    "day": ("date", "date and time"),
    "duration": ("days and time duration", "years and months duration"),
    "days": ("days and time duration",),
    "function": ("function",),
    "range": ("range",),
}


def accepts(parameter: str, kind: Type) -> bool:
    """Whether a parameter of a built-in can take a value of that type."""
    wanted = _PARAMETERS.get(parameter)
    return wanted is None or not known(kind) or word(kind) == "list" or word(kind) in wanted


_RESULTS: tuple[tuple[Type, str], ...] = (
    (NUMBER, "number, string length, count, product, mean, median, stddev, decimal, floor, ceiling, round up, modulo"),
    (NUMBER, "round down, round half up, round half down, sqrt, log, exp, day of year, week of year, random number"),
    (NUMBER, "unix timestamp"),
    (TEXT, "string, substring, upper case, lower case, substring before, substring after, replace, string join, uuid"),
    (TEXT, "trim, to base64, to json, day of week, month of year"),
    (BOOLEAN, "contains, starts with, ends with, matches, list contains, all, any, and, or, odd, even, not, is"),
    (BOOLEAN, "before, after, meets, met by, overlaps, overlaps before, overlaps after, finishes, finished by"),
    (BOOLEAN, "includes, during, starts, started by, coincides, is defined, is blank, is empty"),
    (DATE, "date, today, last day of month"),
    (TIME, "time"),
    (MOMENT, "date and time, now"),
    (MONTHS, "years and months duration"),
    (ListType(TEXT), "split, extract"),
    (ListType(NUMBER), "index of, mode"),
    (LIST, "sublist, append, concatenate, insert before, remove, list replace, reverse, union, distinct values"),
    (LIST, "flatten, sort, get entries, duplicate values, partition"),
    (CONTEXT, "context, context put, context merge, put, put all"),
    (RANGE, "range"),
)
RESULTS: Mapping[str, Type] = {name.strip(): kind for kind, names in _RESULTS for name in names.split(",")}
