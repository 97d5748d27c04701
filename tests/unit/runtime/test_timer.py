"""Timers: ISO 8601 with the calendar of the zone; months are months, summer time is kept."""

from datetime import UTC, datetime

import pytest

from engine.runtime import timer
from engine.runtime.failures import Incident

ZONE = "Europe/Amsterdam"


def at(text: str) -> int:
    return timer.instant(text, ZONE)


def shown(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1000, UTC).isoformat()


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2027-01-31T09:00", "P1M", "2027-02-28T09:00"),
        ("2028-01-31T09:00", "P1M", "2028-02-29T09:00"),
        ("2027-03-01T09:00", "P6W", "2027-04-12T09:00"),
        ("2027-03-27T12:00", "P1D", "2027-03-28T12:00"),
        ("2027-03-27T12:00", "PT24H", "2027-03-28T13:00"),
        ("2027-10-30T12:00", "P1DT1H", "2027-10-31T13:00"),
        ("2027-03-27T02:30", "P1D", "2027-03-28T03:30"),
        ("2027-12-31T23:59:59.500", "PT0.5S", "2028-01-01T00:00"),
        ("2027-05-31T09:00", "-P1M", "2027-04-30T09:00"),
        ("2024-02-29T09:00", "P1Y", "2025-02-28T09:00"),
    ],
)
def test_durations_go_by_the_local_calendar(start: str, length: str, end: str) -> None:
    assert shown(timer.span(length).after(at(start), ZONE)) == shown(at(end))


def test_texts_without_zone_mean_the_zone() -> None:
    assert shown(at("2027-07-01T12:00")) == "2027-07-01T10:00:00+00:00"
    assert shown(at("2027-07-01T12:00Z")) == "2027-07-01T12:00:00+00:00"
    assert shown(at("2027-07-01")) == "2027-06-30T22:00:00+00:00"
    assert shown(at("2027-07-01T12:00[America/New_York]")) == "2027-07-01T16:00:00+00:00"


def test_a_monthly_cycle_does_not_drift() -> None:
    row: list[object] = ["timer", "b", *timer.first("cycle", "R/2027-01-31T09:00/P1M", at("2027-01-01"), ZONE)]
    dues = [row[2]]
    for _ in range(3):
        assert timer.again(row, row[2] if isinstance(row[2], int) else 0, ZONE) == 0
        dues.append(row[2])
    assert dues == [at(f"2027-{day}T09:00") for day in ("01-31", "02-28", "03-31", "04-30")]


@pytest.mark.parametrize(("now", "missed", "left"), [(10, 0, 1), (20, 1, 0), (29, 1, 0), (30, None, None)])
def test_missed_firings_are_counted(now: int, missed: int | None, left: int | None) -> None:
    row: list[object] = ["timer", "b", *timer.first("cycle", "R3/PT10S", 0, "UTC")]
    assert timer.again(row, now * 1000, "UTC") == missed
    if missed is not None:
        assert row[2:4] == [30_000 if now >= 20 else 20_000, left]


def test_a_year_of_seconds_is_no_walk() -> None:
    row: list[object] = ["timer", "b", *timer.first("cycle", "R/PT1S", 0, "UTC")]
    assert timer.again(row, 31_536_000_000, "UTC") == 31_536_000_000 // 1000 - 1


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("duration", "P"),
        ("duration", "PT"),
        ("duration", "one day"),
        ("duration", ""),
        ("duration", None),
        ("duration", "P99999999999Y"),
        ("duration", "P9000Y"),
        ("date", "tomorrow"),
        ("date", "2027-13-01"),
        ("date", "2027-01-01[Mars/Base]"),
        ("cycle", "R/P1"),
        ("cycle", "R0/PT1H"),
        ("cycle", "R3/PT0S"),
        ("cycle", "0 0 9 * * *"),
    ],
)
def test_anything_else_is_an_incident(kind: str, text: object) -> None:
    with pytest.raises(Incident):
        timer.first(kind, text, 0, ZONE)
