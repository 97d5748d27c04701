"""Days, months and time zones, in the proleptic Gregorian calendar and for any year."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

NS = 10**9
DAY = 86_400 * NS
MAX_YEAR = 999_999_999
_ZONE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+\-/]*")
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def ordinal(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01."""
    year -= month <= 2
    era, of_era = divmod(year, 400)
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


def from_ordinal(days: int) -> tuple[int, int, int]:
    """Year, month and day of so many days since 1970-01-01."""
    era, rest = divmod(days + 719_468, 146_097)
    of_era = (rest - rest // 1_460 + rest // 36_524 - rest // 146_096) // 365
    of_year = rest - (365 * of_era + of_era // 4 - of_era // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + (3 if shifted < 10 else -9)
    return era * 400 + of_era + (month <= 2), month, of_year - (153 * shifted + 2) // 5 + 1


def month_days(year: int, month: int) -> int:
    """Number of days in a month."""
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _MONTHS[month - 1]


@lru_cache(512)
def zone(name: str) -> ZoneInfo | None:
    """The time zone of that name, None when there is none."""
    if not _ZONE_NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _within(year: int) -> int:
    """A year that datetime knows, with the same calendar: the Gregorian one repeats every 400 years."""
    if 1 < year < 9999:
        return year
    return 2000 + year % 400 if year >= 9999 else 1600 + year % 400


def local_offset(day: tuple[int, int, int], ns: int, name: str) -> int:
    """Seconds that the zone is ahead of UTC at a local date and nanosecond of the day."""
    seconds = ns // NS
    moment = datetime(
        _within(day[0]), day[1], day[2], seconds // 3600, seconds // 60 % 60, seconds % 60, tzinfo=zone(name)
    )
    return _seconds(moment)


def instant_offset(instant: int, name: str) -> int:
    """Seconds that the zone is ahead of UTC at an instant, in nanoseconds since the epoch."""
    days, ns = divmod(instant, DAY)
    year, month, day = from_ordinal(days)
    moment = datetime(_within(year), month, day, tzinfo=UTC) + timedelta(seconds=ns // NS)
    return _seconds(moment.astimezone(zone(name)))


def _seconds(moment: datetime) -> int:
    offset = moment.utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0
