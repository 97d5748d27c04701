"""Reads durations, repetitions and moments of ISO 8601 as the runtime does, and says what looks like a slip."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

_DURATION: Final = re.compile(
    r"(?P<sign>[-+])?P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_CYCLE: Final = re.compile(r"R(?P<times>\d*)/(?:(?P<start>[^/P][^/]*)/)?(?P<period>[-+]?P[^/]+)")
_MISPLACED: Final = re.compile(r"P(?:T(\d+)([DWY])|(\d+)([HS]))")
_MINUTES: Final = frozenset({10, 15, 20, 30, 45, 60, 90})
_FOR_EVER: Final = 20
_MINUTE: Final = 60.0

Slip = tuple[str, str]


def parts(text: str) -> dict[str, float] | None:
    """The numbers of a duration by unit, None when the text is none. `-P1D` has negative numbers."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    sign = -1 if found["sign"] == "-" else 1
    return {name: sign * float(value or 0) for name, value in found.groupdict().items() if name != "sign"}


def cycle(text: str) -> tuple[str, str, str] | None:
    """Times, start and period of a repetition ("" when absent), None when the text is none."""
    found = _CYCLE.fullmatch(text)
    return (found["times"], found["start"] or "", found["period"]) if found else None


def moment(text: str) -> bool:
    """Whether the text is a date, or a date and time with or without an offset or zone."""
    try:
        datetime.fromisoformat(text.partition("[")[0].partition("@")[0])
    except ValueError:
        return False
    return True


def wrong(kind: str, text: str) -> Slip | None:
    """What makes a timer fail when it is set, in Dutch and English. `kind`: date, duration or cycle."""
    if text.startswith("R"):
        return _wrong_cycle(text)
    if kind == "date" and not text.startswith(("P", "+P", "-P")):
        return None if moment(text) else _no_date(text)
    return None if parts(text) is not None else _no_duration(text)


def _wrong_cycle(text: str) -> Slip | None:
    found = cycle(text)
    if found is None:
        return (
            f"'{text}' is geen herhaling. Schrijf R3/PT1H of R/P1D.",
            f"'{text}' is no cycle. Write R3/PT1H or R/P1D.",
        )
    times, start, period = found
    length = parts(period)
    if length is None:
        return _no_duration(period)
    if sum(length.values()) <= 0:
        return (
            f"'{period}' duurt niet langer dan niets. Kies een periode.",
            f"'{period}' takes no time. Choose a period.",
        )
    if times and not int(times):
        return f"'{text}' gebeurt nul keer. Kies een aantal.", f"'{text}' happens zero times. Choose a number."
    return None if not start or moment(start) else _no_date(start)


def _no_date(text: str) -> Slip:
    example = "2027-01-31T09:00:00"
    return f"'{text}' is geen datum. Schrijf {example}.", f"'{text}' is no date. Write {example}."


def _no_duration(text: str) -> Slip:
    meant = misplaced(text)
    if meant:
        return f"'{text}' is geen duur. Bedoelt u {meant}?", f"'{text}' is no duration. Did you mean {meant}?"
    return f"'{text}' is geen duur. Schrijf P14D of PT1H.", f"'{text}' is no duration. Write P14D or PT1H."


def misplaced(text: str) -> str:
    """The duration that is meant by `PT30D` or `P2H`, "" when the text is another."""
    found = _MISPLACED.fullmatch(text)
    if found is None:
        return ""
    return f"P{found[1]}{found[2]}" if found[1] else f"PT{found[3]}{found[4]}"


def slips(text: str) -> Iterator[Slip]:
    """What runs but is probably not meant, of a duration; nothing for a text that is none."""
    part = parts(text)
    if part is None:
        return
    used = {unit for unit, number in part.items() if number}
    months = int(part["months"])
    if not used or sum(part.values()) < 0:
        yield f"'{text}' is meteen voorbij. Kies een langere duur.", f"'{text}' is over at once. Choose a longer one."
    elif used == {"months"} and months in _MINUTES:
        yield (
            f"'{text}' is {months} maanden. Voor minuten schrijft u PT{months}M.",
            f"'{text}' is {months} months. For minutes write PT{months}M.",
        )
    elif "months" in used and used & {"weeks", "days"}:
        yield (
            f"'{text}' telt maanden en dagen samen, en een maand is niet elke keer even lang. Kies een van beide.",
            f"'{text}' adds months and days, and a month is not always as long. Choose one of them.",
        )
    elif abs(part["years"]) >= _FOR_EVER:
        yield (
            f"'{text}' is {int(part['years'])} jaar. Klopt dat?",
            f"'{text}' is {int(part['years'])} years. Is that right?",
        )


def hasty(period: str) -> bool:
    """Whether the period of a repetition is shorter than a minute."""
    part = parts(period)
    if part is None or any(part[unit] for unit in ("years", "months", "weeks", "days")):
        return False
    return 0 < part["hours"] * 3600 + part["minutes"] * 60 + part["seconds"] < _MINUTE
