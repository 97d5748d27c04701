"""Dates as people read them: `di 28 april 2026`, in the reader's language and the product's time zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from flask_babel import get_locale

ZONE = ZoneInfo("Europe/Amsterdam")


def day(value: date | datetime | None) -> str:
    """`di 28 april 2026`; empty for nothing."""
    if value is None:
        return ""
    local = value.astimezone(ZONE).date() if isinstance(value, datetime) else value
    return str(format_date(local, "EEE d MMMM y", locale=get_locale() or "nl")).replace(".", "")


def moment(value: datetime | None) -> str:
    """`di 28 april 2026, 14:05`; empty for nothing."""
    if value is None:
        return ""
    local = value.astimezone(ZONE)
    return f"{day(value)}, {format_time(local.time(), 'HH:mm', locale=get_locale() or 'nl')}"
