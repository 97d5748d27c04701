"""The built-ins that Camunda 8 adds to FEEL, and those it reads differently."""

import base64
import json
import uuid as uuids
from decimal import Decimal, DecimalException

from bpmn.feel import patterns
from bpmn.feel.budget import Evaluation
from bpmn.feel.calendar import month_days
from bpmn.feel.comparing import equal
from bpmn.feel.errors import FeelAssertionError
from bpmn.feel.functions.contexts import Context, context_merge, context_put, from_entries
from bpmn.feel.functions.conversion import MOMENT, TIME, day
from bpmn.feel.functions.conversion import date_and_time as standard_moment
from bpmn.feel.functions.conversion import time as standard_time
from bpmn.feel.functions.lists import TABLE as LISTS
from bpmn.feel.functions.lists import Items, unique
from bpmn.feel.functions.numeric import MODES, rounder
from bpmn.feel.functions.table import Table
from bpmn.feel.functions.text import join
from bpmn.feel.json import json_text
from bpmn.feel.texts import parse_datetime, parse_zone, relaxed
from bpmn.feel.values import NUMBERS, Date, DateTime, Function, Time, integer, number

TABLE = Table()


_ROUNDED = ("n: number, scale: number?",)
for _name in ("round up", "round down", "round half up", "round half down"):
    TABLE.add(_name, *_ROUNDED)(rounder(MODES[_name]))


@TABLE.add("decimal", "n: number, scale: number, mode: text?")
def decimal(run: Evaluation, value: Decimal, scale: Decimal, mode: str | None = None) -> Decimal | None:
    """Rounded to a scale, half-even or as the mode says: `half_up`, `floor`, …"""
    name = f"ROUND_{(mode or 'half_even').upper()}"
    return rounder(name)(run, value, scale) if name in MODES.values() else None


def _lists(name: str) -> Function:
    """The standard function, with its lists also as one argument named `lists`."""
    standard = LISTS[name].call

    def call(run: Evaluation, values: Items, names: tuple[str, ...] | None) -> object:
        if names == ("lists",) and isinstance(values[0], list):
            return standard(run, values[0], None)
        return standard(run, values, names)

    return Function(("lists",), call, name)


for _name in ("concatenate", "union"):
    TABLE[_name] = _lists(_name)


@TABLE.add("is defined", "value: any")
def is_defined(run: Evaluation, value: object) -> bool:
    """Whether a value is not null; a variable that does not exist is null."""
    return value is not None


@TABLE.add("get or else", "value: any, default: any")
def get_or_else(run: Evaluation, value: object, default: object) -> object:
    """The value, or the default when it is null."""
    return default if value is None else value


@TABLE.add("assert", "value: any, condition: any", "value: any, condition: any, cause: text")
def assert_(run: Evaluation, value: object, condition: object, cause: str | None = None) -> object:
    """The value; raises FeelAssertionError when the condition is not true."""
    if condition is not True:
        en, nl = "The condition is not fulfilled.", "Er is niet aan de voorwaarde voldaan."
        raise FeelAssertionError(cause or en, cause or nl)
    return value


@TABLE.add("trim", "string: text")
def trim(run: Evaluation, text: str) -> str:
    """Without blanks at the ends."""
    return text.strip()


@TABLE.add("is blank", "string: text")
def is_blank(run: Evaluation, text: str) -> bool:
    """Whether a text is empty or has only blanks."""
    return not text.strip()


@TABLE.add("is empty", "list: list")
def is_empty(run: Evaluation, items: Items) -> bool:
    """Whether a list has no items."""
    return not items


@TABLE.add("to base64", "value: text")
def to_base64(run: Evaluation, text: str) -> str:
    """The text's UTF-8 in base 64."""
    return base64.b64encode(text.encode()).decode()


@TABLE.add("extract", "string: text, pattern: text")
def extract(run: Evaluation, text: str, pattern: str) -> list[str]:
    """All matches of a regular expression."""
    return patterns.extract(text, pattern, run)


@TABLE.add("string join", "list: list, delimiter: text?", "list: list, delimiter: text?, prefix: text, suffix: text")
def string_join(run: Evaluation, items: Items, delimiter: str | None = None, *around: str) -> str | None:
    """Texts behind each other, between a prefix and a suffix."""
    return join(run, items, delimiter or "", *around)


@TABLE.add("put", "context: context, key: text, value: any")
def put(run: Evaluation, context: Context, key: str, value: object) -> Context | None:
    """A context with an entry set; the older name of `context put`."""
    return context_put(run, context, key, value)


@TABLE.add("put all", "contexts: list...")
def put_all(run: Evaluation, contexts: Items) -> Context | None:
    """The entries of all contexts; the older name of `context merge`."""
    return context_merge(run, contexts)


@TABLE.add("context", "entries: list")
def context_(run: Evaluation, items: Items) -> Context | None:
    """A context from entries; the last of two with one key wins."""
    return from_entries(items, True)


@TABLE.add("fromAi", "value: any, description: text?, type: text?, schema: context?, options: context?")
def from_ai(run: Evaluation, value: object, *hints: object) -> object:
    """The value: the hints are for a language model that fills it in."""
    return value


@TABLE.add("uuid", "")
def uuid(run: Evaluation) -> str:
    """A random UUID, from the evaluation's seed."""
    return str(uuids.UUID(int=run.random.getrandbits(128), version=4))


@TABLE.add("random number", "")
def random_number(run: Evaluation) -> Decimal:
    """A number from 0 up to 1, from the evaluation's seed."""
    return number(repr(run.random.random()))


@TABLE.add("duplicate values", "list: list")
def duplicate_values(run: Evaluation, items: Items) -> Items:
    """The values that come more than once, each once."""
    seen: Items = []
    doubled: Items = []
    for item in items:
        run.charge(len(seen) + 1)
        known = any(equal(item, other, run) is True for other in seen)
        (doubled if known else seen).append(item)
    return unique(run, doubled)


@TABLE.add("partition", "list: list, size: number")
def partition(run: Evaluation, items: Items, size: Decimal) -> list[Items] | None:
    """Lists of so many items each, the last with what is left."""
    step = integer(min(size, Decimal(len(items) + 1)))
    return [items[at : at + step] for at in range(0, len(items), step)] if step > 0 else None


@TABLE.add("last day of month", "date: day")
def last_day_of_month(run: Evaluation, value: Date | DateTime) -> Date:
    """The last day of the month of a date."""
    date = day(value)
    return Date(date.year, date.month, month_days(date.year, date.month))


@TABLE.add("unix timestamp", "date: moment")
def unix_timestamp(run: Evaluation, moment: DateTime) -> Decimal | None:
    """Seconds since the epoch, null without a zone."""
    return None if moment.time.tz is None else NUMBERS.divide(Decimal(moment.key() // 10**6), Decimal(1000))


@TABLE.add("time", *TIME)
def time(run: Evaluation, source: object, *rest: object) -> Time | None:
    """As in DMN; a text may leave out the seconds, and begin with `T`."""
    return standard_time(run, relaxed(source) if isinstance(source, str) else source, *rest)


@TABLE.add("date and time", *MOMENT)
def date_and_time(run: Evaluation, source: object, *rest: object) -> DateTime | None:
    """As in DMN; a text may have its zone in brackets, and another zone keeps the instant, not the clock.

    A local date and time is then one in the evaluation's zone.
    """
    if isinstance(source, str):
        return parse_datetime(relaxed(source))
    if isinstance(source, DateTime) and rest and isinstance(rest[0], str):
        good, tz = parse_zone(rest[0] if rest[0][:1] in ("Z", "+", "-") else "@" + rest[0])
        if source.time.tz is None:
            source = DateTime(source.date, Time(source.time.ns, run.zone))
        return DateTime.at(source.key(), tz) if good else None
    return standard_moment(run, source, *rest)


@TABLE.add("from json", "value: text")
def from_json(run: Evaluation, text: str) -> object:
    """The value of a JSON text, numbers exact; null when it is none."""
    run.charge(len(text) >> 1)
    try:
        return json.loads(text, parse_float=number, parse_int=number, parse_constant=_no_number)
    except (ValueError, RecursionError, DecimalException):
        return run.note("from json: this is not JSON")


def _no_number(text: str) -> None:
    return None


@TABLE.add("to json", "value: any")
def to_json(run: Evaluation, value: object) -> str:
    """The JSON text of a value, numbers exact."""
    text = json_text(value, run)
    run.text(len(text))
    return text
