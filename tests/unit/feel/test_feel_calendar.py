"""Our calendar against Python's, and texts that come back as they went."""

import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bpmn.feel import texts
from bpmn.feel.calendar import DAY, from_ordinal, month_days, ordinal
from bpmn.feel.values import Date, DateTime, Days, Months, Time

EPOCH = datetime.date(1970, 1, 1).toordinal()


@given(st.dates())
def test_ordinals_are_those_of_python(date: datetime.date) -> None:
    days = ordinal(date.year, date.month, date.day)
    assert days == date.toordinal() - EPOCH
    assert from_ordinal(days) == (date.year, date.month, date.day)
    assert Date(date.year, date.month, date.day).weekday() == date.isoweekday()


@given(st.integers(-300_000_000_000, 300_000_000_000))
def test_ordinals_go_both_ways_for_all_years(days: int) -> None:
    year, month, day = from_ordinal(days)
    assert ordinal(year, month, day) == days
    assert 1 <= day <= month_days(year, month)


@given(st.integers(-600_000_000, 4_000_000_000))
def test_instants_in_amsterdam_are_those_of_python(seconds: int) -> None:
    found = DateTime.at(seconds * 10**9, "Europe/Amsterdam")
    local = datetime.datetime.fromtimestamp(seconds, ZoneInfo("Europe/Amsterdam"))
    assert found is not None
    assert texts.iso(found)[:19] == local.strftime("%Y-%m-%dT%H:%M:%S")


@given(st.integers(-(10**6) * DAY, 10**6 * DAY))
def test_durations_come_back(ns: int) -> None:
    assert texts.parse_duration(str(Days(ns))) == Days(ns)


@given(st.integers(-(10**9), 10**9))
def test_months_come_back(months: int) -> None:
    assert texts.parse_duration(str(Months(months))) == Months(months)


@given(st.integers(0, DAY - 1), st.one_of(st.none(), st.integers(-14 * 60, 14 * 60).map(lambda m: m * 60)))
def test_times_come_back(ns: int, tz: int | None) -> None:
    assert texts.parse_time(str(Time(ns, tz))) == Time(ns, tz)
