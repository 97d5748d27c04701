"""The classes of difference between our FEEL and feelin: what each is about, and how one is told."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bpmn.feel import Evaluation
from bpmn.feel.texts import to_string
from bpmn.feel.values import Date, DateTime, Days, Months, Range

Value = object
NO_VALUE, RAISED, ENDLESS, BUDGET, OTHER = "a syntax error", "an exception", "no end", "past the budget", "other"


_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Difference:
    """An expression on which the two do not agree, with what each says."""

    text: str
    ours: Value
    theirs: Value


@dataclass(frozen=True, slots=True)
class Span:
    """A range as both can be compared."""

    ends: tuple[Value, Value]
    closed: tuple[bool, bool]


def shown(value: Value) -> str:
    """A value for people."""
    if isinstance(value, Span):
        value = Range(value.ends[0], value.ends[1], *value.closed)
    if isinstance(value, type):
        return "a function"
    if isinstance(value, str) and (
        value in (NO_VALUE, RAISED, ENDLESS, BUDGET) or value.startswith(("no ", "not a number"))
    ):
        return value
    text = to_string(value, Evaluation(0, steps=10**7), nested=True) if value is not None else "null"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


@dataclass(frozen=True, slots=True)
class Class:
    """A kind of difference, with the section of DMN 1.5 that decides."""

    name: str
    section: str
    holds: Callable[[Difference], bool]


Holds = Callable[[Difference], bool]


def _text(pattern: str) -> Holds:
    wanted = re.compile(pattern)
    return lambda each: wanted.search(each.text) is not None


def _call(*names: str) -> Holds:
    """The outermost thing is a call of one of these built-ins."""
    return lambda each: each.text.startswith(tuple(f"{name}(" for name in names))


def _both(*tests: Holds) -> Holds:
    return lambda each: all(test(each) for test in tests)


def _either(*tests: Holds) -> Holds:
    return lambda each: any(test(each) for test in tests)


def _of(*kinds: type) -> Holds:
    return lambda each: isinstance(each.ours, kinds)


def _theirs_of(*kinds: type) -> Holds:
    return lambda each: isinstance(each.theirs, kinds)


def _theirs_says(*starts: str) -> Holds:
    return lambda each: isinstance(each.theirs, str) and each.theirs.startswith(starts)


def _span_in(value: Value) -> bool:
    if isinstance(value, dict):
        return any(map(_span_in, value.values()))
    return any(map(_span_in, value)) if isinstance(value, list) else isinstance(value, Span)


def _range(each: Difference) -> bool:
    return _span_in(each.theirs) or _span_in(each.ours) or each.text.endswith((".start", ".end"))


_NULL = _of(type(None))
_RANGES = ("before", "after", "meets", "met by", "during", "includes", "overlaps", "starts", "finishes", "coincides")
_AT_POSITION = ("sublist", "remove", "insert before", "list replace")
_LISTS = ("union", "concatenate", "append", "flatten", "distinct values", "reverse", "index of", "count")
_ONE_ITEM = _text(r"\(\(\[[^,]*\]\)")
_ZONED = _text(r'Z"|\+02:00|time\(')

# The first that holds is the class of a difference.
CLASSES: tuple[Class, ...] = (
    Class("a loop of feelin without end", "10.3.2.14", _theirs_says(ENDLESS)),
    Class("past our budget of steps", "none: a bomb is an error", lambda each: each.ours == BUDGET),
    Class("an error of feelin where the standard gives a value", "10.3.2.15", _theirs_says(NO_VALUE, RAISED)),
    Class("numbers with an exponent", "10.3.1.2", _text(r"\de\d")),
    Class("range of a text", "10.3.4.1", _text(r'range\("')),
    Class("numbers that no double holds", "10.3.2.3.1", _theirs_says("not a number")),
    Class("days left over from whole months", "10.3.4.1", _call("years and months duration")),
    Class("years before 0", "10.3.2.3.5", _theirs_says("no ")),
    Class("a duration times or by a number", "10.3.2.15", _both(_text(r" [*/] "), _of(Days, Months))),
    Class("minus a duration", "10.3.2.15", _both(_text(r"^-"), _of(Days, Months))),
    Class("sum, min and max of texts, times and durations", "10.3.4.4", _call("min", "max", "sum")),
    Class("modulo of more than nine digits", "10.3.4.5", _call("modulo")),
    Class("a date plus hours stays a date", "10.3.2.15", _both(_of(Date), _theirs_of(DateTime))),
    Class("parts of a date or time that are not whole, or in a list", "10.3.4.1", _call("date", "time")),
    Class("a date and time where a time is asked", "10.3.4.1", _call("date and time")),
    Class("sort without a function", "10.3.4.9", _call("sort")),
    Class("the order of modes", "10.3.4.4", _call("mode")),
    Class("the median of numbers whose texts have another order", "10.3.4.4", _call("median")),
    Class("a position outside a text", "10.3.4.3", _both(_call("substring"), _NULL)),
    Class("a position outside a list", "10.3.4.4", _both(_call(*_AT_POSITION), _NULL)),
    Class("odd and even of a fraction", "10.3.4.5", _call("odd", "even")),
    Class("the number of an empty text", "10.3.4.1", _call("number")),
    Class("the text of a range, a context or 34 digits", "10.3.4.1", _call("string")),
    Class("range built-ins on points and open ranges", "10.3.4.7", _call(*_RANGES)),
    Class("a condition that is no boolean", "10.3.2.15", _text(r"^if ")),
    Class("some and every over null", "10.3.2.15", _text(r"^(some|every) ")),
    Class("ranges with a null end or ends the wrong way round", "10.3.2.7", _both(_text(r"\.\."), _range)),
    Class("an open range to null", "10.3.2.7", _both(_text(r"^\(?(<|>=) "), _theirs_of(Span))),
    Class("between two ends the wrong way round", "10.3.2.15", _text(r" between ")),
    Class("a time with a zone against one without", "10.3.2.15", _both(_text(r" - | [<>]=? "), _ZONED, _NULL)),
    Class("instants in different zones", "10.3.2.15", _both(_text(r" - "), _of(Days), _theirs_of(Days))),
    Class("values without an order", "10.3.2.15", _both(_text(r" (<|<=|>|>=) "), _NULL)),
    Class("in a value of another type", "10.3.2.15", _text(r" in ")),
    Class("equality of values of different kinds", "10.3.2.15", _text(r" != | = |^is\(")),
    Class("types that cannot be added or subtracted", "10.3.2.15", _both(_text(r" [-+] "), _NULL)),
    Class("null where a list is needed", "10.3.2.9.4", _call(*_LISTS)),
    Class("null in a list that is asked its type", "10.3.2.9.2", _text(r" instance of list<")),
    Class("a filter by what is no boolean and no number", "10.3.2.5", _text(r"\[.*\]$")),
    Class("a member of lists in lists", "10.3.2.5", _text(r"\.\w+$")),
    Class("numbers below what a double holds", "10.3.2.3.1", _call("exp", "log", "sqrt")),
    Class(
        "a list of one item where the item is needed", "10.3.2.9.4", _either(_text(r"\(\(\[[^,]*\]\)"), _call("abs"))
    ),
    Class("a path of keys in context put", "10.3.4.10", _call("context put")),
)
