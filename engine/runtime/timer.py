"""ISO 8601 timers with calendar arithmetic in a zone: months are months, days go by the local clock."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from engine.runtime.failures import Incident

_DURATION: Final = re.compile(
    r"(?P<sign>[-+])?P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_CYCLE: Final = re.compile(r"R(\d*)/(?:([^/P][^/]*)/)?([-+]?P[^/]+)")
_FAR: Final = 9_000


@dataclass(frozen=True, slots=True)
class Span:
    """A duration: calendar months and days, and milliseconds of clock time."""

    months: int
    days: int
    millis: int

    def times(self, count: int) -> "Span":
        """This span `count` times."""
        return Span(self.months * count, self.days * count, self.millis * count)

    def after(self, start: int, zone: str) -> int:
        """The instant this long after `start` (both epoch ms). A day that does not exist becomes the month's last."""
        if not self.months and not self.days:
            return start + self.millis
        place = ZoneInfo(zone)
        local = datetime.fromtimestamp(start // 1000, place)
        month = local.year * 12 + local.month - 1 + self.months
        year, month = divmod(month, 12)
        if not 1 <= year <= _FAR:
            raise Incident("bad-timer", "the date of a timer lies too far away")
        day = min(local.day, _days_in(year, month + 1))
        moved = local.replace(year=year, month=month + 1, day=day, tzinfo=None)
        try:
            moved += timedelta(days=self.days)
        except OverflowError as error:
            raise Incident("bad-timer", "the date of a timer lies too far away") from error
        return _epoch(moved.replace(tzinfo=place)) + start % 1000 + self.millis


def first(kind: str, value: object, now: int, zone: str) -> list[object]:
    """The timer part of a wait row: due, firings left after it, period text, anchor, count.

    `kind` is date, duration or cycle; left −1 means for ever. Raises Incident when the value is no such thing."""
    source = str(value).strip() if isinstance(value, str) else ""
    if not source:
        raise Incident("null-value" if value is None else "bad-timer", f"a timer needs an ISO 8601 text, not {value!r}")
    if kind == "date" and not source.startswith(("P", "R", "-P", "+P")):
        return [instant(source, zone)]
    if not source.startswith("R"):
        return [span(source).after(now, zone)]
    found = _CYCLE.fullmatch(source)
    if found is None:
        raise Incident("bad-timer", f"{source!r} is no repetition such as R3/PT1H")
    times, start, period = found.groups()
    length = span(period)
    if length.after(now, zone) <= now:
        raise Incident("bad-timer", f"the period of {source!r} is not longer than nothing")
    left = int(times) - 1 if times else -1
    if times and left < 0:
        raise Incident("bad-timer", f"{source!r} never fires")
    # With a start the first firing is at the start; without, one period from now.
    anchor = instant(start, zone) if start else length.after(now, zone)
    return [anchor, left, period, anchor, 0]


def again(row: list[object], now: int, zone: str) -> int | None:
    """Move a cycle row (kind and node in front) to its next firing after `now`; missed ones are counted, not fired.

    The answer is how many firings were missed; None when the cycle is over (or is none)."""
    if len(row) < 5:
        return None
    _, _, _, left, period, anchor, count = row
    assert isinstance(left, int) and isinstance(anchor, int) and isinstance(count, int)
    length, missed = span(str(period)), 0
    if not length.months and not length.days:
        # Fixed periods need no walking: a cycle of a second may have rested for a year.
        missed = max(0, (now - anchor) // length.millis - count)
        missed = missed if left < 0 else min(missed, left)
        count, left = count + missed, left if left < 0 else left - missed
    while left != 0:
        count, left = count + 1, left - 1 if left > 0 else -1
        due = length.times(count).after(anchor, zone)
        if due > now:
            row[2:] = [due, left, period, anchor, count]
            return missed
        missed += 1
    return None


def span(text: str) -> Span:
    """An ISO 8601 duration; raises Incident."""
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        raise Incident("bad-timer", f"{text!r} is no duration such as P14D or PT1H")
    part = {name: Decimal(value) for name, value in found.groupdict(default="0").items() if name != "sign"}
    sign = -1 if found["sign"] == "-" else 1
    seconds = part["hours"] * 3600 + part["minutes"] * 60 + part["seconds"]
    if max(part.values()) > 10**9:
        raise Incident("bad-timer", f"{text!r} is too long")
    return Span(
        months=sign * int(part["years"] * 12 + part["months"]),
        days=sign * int(part["weeks"] * 7 + part["days"]),
        millis=sign * int(seconds * 1000),
    )


def instant(text: str, zone: str) -> int:
    """A date or date and time as epoch ms; without an offset it is local time in `zone`. Raises Incident."""
    source, _, place = text.strip().partition("[")
    source, _, named = source.partition("@")
    try:
        found = datetime.fromisoformat(source)
        there = ZoneInfo(place.rstrip("]") or named or zone)
    except (ValueError, KeyError, OSError) as error:
        raise Incident("bad-timer", f"{text!r} is no date and time such as 2027-01-31T09:00:00") from error
    return _epoch(found if found.tzinfo else found.replace(tzinfo=there))


def _epoch(moment: datetime) -> int:
    return (moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _days_in(year: int, month: int) -> int:
    following = datetime(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day
