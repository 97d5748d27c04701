"""Built-ins that make values from texts, numbers and each other (DMN 1.5 section 10.3.4.1)."""

import re
from decimal import Decimal

from bpmn.feel.budget import Evaluation
from bpmn.feel.calendar import NS, zone
from bpmn.feel.functions.table import Table
from bpmn.feel.texts import parse_date, parse_datetime, parse_duration, parse_time, parse_zone, to_string
from bpmn.feel.values import Date, DateTime, Days, Months, Time, integer, number

TABLE = Table()
_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.A)
_MAX_DIGITS = 200
_MAX_OFFSET = 14 * 3600


def whole(*values: Decimal) -> bool:
    """Whether all are integers."""
    return all(value == value.to_integral_value() for value in values)


def day(value: Date | DateTime) -> Date:
    """The date of a date, or of a date and time."""
    return value.date if isinstance(value, DateTime) else value


@TABLE.add("date", "from: text", "from: day", "year: number, month: number, day: number")
def date(
    run: Evaluation, source: str | Date | DateTime | Decimal, month: Decimal | None = None, days: Decimal | None = None
) -> Date | None:
    """A date from a text, a date and time, or its parts."""
    if isinstance(source, str):
        return parse_date(source)
    if isinstance(source, Decimal):
        if month is None or days is None or not whole(source, month, days):
            return None
        return Date.of(integer(source), integer(month), integer(days))
    return day(source)


def time_of(hour: Decimal, minute: Decimal, second: Decimal, offset: Days | None = None) -> Time | None:
    """A time from its parts; seconds may have a fraction."""
    if not (whole(hour, minute) and 0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        return None
    tz = None if offset is None else offset.ns // NS
    if tz is not None and abs(tz) > _MAX_OFFSET:
        return None
    return Time((int(hour) * 3600 + int(minute) * 60) * NS + int(second * NS), tz)


TIME = ("from: text", "from: time", "from: moment", "hour: number, minute: number, second: number, offset: days?")


@TABLE.add("time", *TIME)
def time(run: Evaluation, source: object, *rest: object) -> Time | None:
    """A time from a text, a date and time, or its parts."""
    if isinstance(source, str):
        return parse_time(source)
    if isinstance(source, Decimal):
        return _time_of_parts([source, *rest])
    return source.time if isinstance(source, DateTime) else source if isinstance(source, Time) else None


def _time_of_parts(parts: list[object]) -> Time | None:
    hour, minute, second = (part for part in parts[:3] if isinstance(part, Decimal))
    offset = parts[3] if len(parts) > 3 else None
    return time_of(hour, minute, second, offset if isinstance(offset, Days) else None)


def moment(date: Date | None, time: Time | None) -> DateTime | None:
    """Both together, None when one is missing."""
    return DateTime(date, time) if date is not None and time is not None else None


_CLOCK = "year: number, month: number, day: number, hour: number, minute: number, second: number"


MOMENT = (
    "from: text",
    "date: day, time: time",
    "date: day, timezone: text",
    "from: day",
    _CLOCK + ", offset: days?",
    _CLOCK + ", timezone: text",
)


@TABLE.add("date and time", *MOMENT)
def date_and_time(run: Evaluation, source: object, *rest: object) -> DateTime | None:
    """A date and time from a text, a date with a time, another zone, or its parts."""
    if isinstance(source, str):
        return parse_datetime(source)
    if isinstance(source, Decimal):
        return _moment_of([source, *rest])
    if not isinstance(source, Date | DateTime):
        return None
    if not rest:
        return DateTime(source, Time(0, 0)) if isinstance(source, Date) else source
    if isinstance(rest[0], str):
        good, tz = parse_zone(rest[0] if rest[0][:1] in ("Z", "+", "-") else "@" + rest[0])
        return DateTime(source.date, Time(source.time.ns, tz)) if good and isinstance(source, DateTime) else None
    return DateTime(day(source), rest[0]) if isinstance(rest[0], Time) else None


def _moment_of(parts: list[object]) -> DateTime | None:
    year, month, days, hour, minute, second = (part for part in parts[:6] if isinstance(part, Decimal))
    tail = parts[6] if len(parts) > 6 else None
    if not whole(year, month, days):
        return None
    found = time_of(hour, minute, second, tail if isinstance(tail, Days) else None)
    if isinstance(tail, str):
        found = Time(found.ns, tail) if found is not None and zone(tail) is not None else None
    return moment(Date.of(integer(year), integer(month), integer(days)), found)


@TABLE.add("number", "from: text, grouping separator: text?, decimal separator: text?")
def number_(run: Evaluation, text: str, grouping: str | None = None, point: str | None = None) -> Decimal | None:
    """A number from a text, without its grouping separators."""
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", "."):
        return None
    if grouping is not None and grouping == point:
        return None
    if grouping:
        text = text.replace(grouping, "")
    if point:
        text = text.replace(point, ".")
    return number(text) if len(text) < _MAX_DIGITS and _NUMBER.fullmatch(text) else None


@TABLE.add("string", "from: any")
def string(run: Evaluation, value: object) -> str | None:
    """The text of a value."""
    if value is None:
        return None
    text = to_string(value, run)
    run.text(len(text))
    return text


@TABLE.add("duration", "from: text", "from: duration")
def duration(run: Evaluation, source: str | Days | Months) -> Days | Months | None:
    """A duration from an ISO text."""
    return parse_duration(source) if isinstance(source, str) else source


@TABLE.add("years and months duration", "from: day, to: day")
def months_between(run: Evaluation, start: Date | DateTime, end: Date | DateTime) -> Months:
    """Whole months from one day to another."""
    first, last = day(start), day(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return Months(months)
