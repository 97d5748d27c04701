"""ISO texts of dates, times and durations, and the text of any value."""

import re
from decimal import Decimal

from bpmn.feel.budget import TEXT_STEP, Evaluation
from bpmn.feel.calendar import DAY, NS, zone
from bpmn.feel.values import Date, DateTime, Days, Function, Months, Range, Temporal, Time, Zone

_DATE = r"(-?(?:[1-9]\d{4,8}|\d{4}))-(\d\d)-(\d\d)"
_TIME = r"(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z][\w+\-/]*)?"
_DATE_TEXT, _TIME_TEXT, _BOTH = (re.compile(text, re.A) for text in (_DATE, _TIME, _DATE + "T" + _TIME))
_DAYS = re.compile(r"(-)?P(?:(\d+)D)?(T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(\.\d*)?S)?)?", re.A)
_MONTHS = re.compile(r"(-)?P(?:(\d+)Y)?(?:(\d+)M)?", re.A)
_BRACKET = re.compile(r"(?:Z|[+-]\d\d:\d\d(?::\d\d)?)?\[([A-Za-z][\w+\-/]*)\]\Z", re.A)
_SHORT = re.compile(r"(.*T|)(\d\d:\d\d)((?:Z|[+-]\d\d:\d\d|@[A-Za-z][\w+\-/]*)?)", re.A)
_PLAIN_KEY = re.compile(r"[^\W\d][\w ]*")
_MAX_DURATION_TEXT = 80


def parse_zone(text: str) -> tuple[bool, Zone]:
    """Whether a zone suffix (`Z`, `+hh:mm`, `@name` or nothing) is good, and the zone."""
    if not text:
        return True, None
    if text == "Z":
        return True, 0
    if text[0] == "@":
        return (True, text[1:]) if zone(text[1:]) else (False, None)
    hours, minutes, seconds = int(text[1:3]), int(text[4:6]), int(text[7:9] or 0)
    if minutes > 59 or seconds > 59 or hours * 3600 + minutes * 60 + seconds > 14 * 3600:
        return False, None
    return True, (hours * 3600 + minutes * 60 + seconds) * (-1 if text[0] == "-" else 1)


def _clock(hour: str, minute: str, second: str, fraction: str | None, suffix: str | None) -> Time | None:
    good, tz = parse_zone(suffix or "")
    hours, minutes, seconds = int(hour), int(minute), int(second)
    if not good or hours > 23 or minutes > 59 or seconds > 59:
        return None
    return Time((hours * 3600 + minutes * 60 + seconds) * NS + _nanoseconds(fraction), tz)


def _nanoseconds(fraction: str | None) -> int:
    return int((((fraction or ".")[1:]) + "0" * 9)[:9])


def parse_date(text: str) -> Date | None:
    """`2026-03-01` as a date, else None."""
    match = _DATE_TEXT.fullmatch(text)
    return Date.of(int(match[1]), int(match[2]), int(match[3])) if match else None


def parse_time(text: str) -> Time | None:
    """`10:00:00`, with an optional fraction and zone, as a time, else None."""
    match = _TIME_TEXT.fullmatch(text)
    return _clock(match[1], match[2], match[3], match[4], match[5]) if match else None


def parse_datetime(text: str) -> DateTime | None:
    """A date, `T` and a time, or a date alone for its midnight; 24:00:00 is midnight of the next day."""
    match = _BOTH.fullmatch(text)
    if match is None:
        alone = parse_date(text)
        return None if alone is None else DateTime(alone, Time(0))
    date = Date.of(int(match[1]), int(match[2]), int(match[3]))
    at_end = match[4] == "24" and match[5] == match[6] == "00" and not _nanoseconds(match[7])
    time = _clock("00" if at_end else match[4], match[5], match[6], match[7], match[8])
    if date is not None and at_end:
        date = Date.at(date.key() + 1)
    return DateTime(date, time) if date is not None and time is not None else None


def relaxed(text: str) -> str:
    """What Camunda 8 accepts besides, as DMN writes it: `…+02:00[Europe/Amsterdam]`, `13:30`, `T13:30:00`."""
    if text.endswith("]"):
        text = _BRACKET.sub(r"@\1", text)
    short = _SHORT.fullmatch(text)
    if short:
        text = f"{short[1]}{short[2]}:00{short[3]}"
    return text[1:] if text[:1] == "T" and text[1:3].isdigit() else text


def parse_duration(text: str) -> Days | Months | None:
    """An ISO 8601 duration of days and time, or of years and months, else None."""
    if len(text) > _MAX_DURATION_TEXT or text[-1:] in ("P", "T", ""):
        return None
    try:
        return _duration(text)
    except OverflowError:
        return None


def _duration(text: str) -> Days | Months | None:
    match = _MONTHS.fullmatch(text)
    if match:
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return Months(-months if match[1] else months)
    match = _DAYS.fullmatch(text)
    if match is None:
        return None
    days, hours, minutes, seconds = (int(match[group] or 0) for group in (2, 4, 5, 6))
    ns = days * DAY + (hours * 3600 + minutes * 60 + seconds) * NS + _nanoseconds(match[7])
    return Days(-ns if match[1] else ns)


def parse_at(text: str) -> Temporal | None:
    """The value of an `@"…"` literal."""
    return parse_date(text) or parse_time(text) or parse_datetime(text) or parse_duration(text)


def iso(value: Temporal, zones: bool = False) -> str:
    """ISO 8601 text for JSON: the offset instead of the name of a zone, or with it in brackets (RFC 9557)."""
    if isinstance(value, DateTime) and isinstance(value.time.tz, str):
        plain = str(DateTime(value.date, Time(value.time.ns, value.offset())))
        return f"{plain}[{value.time.tz}]" if zones else plain
    if isinstance(value, Time) and isinstance(value.tz, str):
        return str(Time(value.ns, value.offset()))
    return str(value)


def number_text(value: Decimal) -> str:
    """All digits, no exponent, no zeros behind."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def to_string(value: object, run: Evaluation, nested: bool = False, depth: int = 0) -> str:
    """The text of a value as the built-in `string` gives it; charges the evaluation for its size."""
    if value is None:
        return "null"
    if isinstance(value, str):
        run.text(len(value))
        return _quoted(value) if nested else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = number_text(value)
        run.text(len(text))
        return text
    if isinstance(value, list):
        run.walk(len(value), depth)
        return "[" + ", ".join([to_string(item, run, True, depth + 1) for item in value]) + "]"
    if isinstance(value, dict):
        run.walk(len(value) + (sum(map(len, value)) >> TEXT_STEP), depth)
        entries = [f"{_key(key)}: {to_string(item, run, True, depth + 1)}" for key, item in value.items()]
        return "{" + ", ".join(entries) + "}"
    if isinstance(value, Range):
        low, high = (to_string(end, run, True, depth + 1) for end in (value.low, value.high))
        return f"{'[' if value.low_closed else '('}{low}..{high}{']' if value.high_closed else ')'}"
    if isinstance(value, Function):
        return f"function({', '.join(value.params)})"
    return str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else _quoted(key)
