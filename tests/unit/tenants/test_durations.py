"""Terms: strict reading, weeks as days for FEEL, comparison only where it is certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants import durations


@pytest.mark.parametrize(
    ("text", "iso", "words"),
    [
        ("P6W", "P42D", "6 weken"),
        ("P1W", "P7D", "1 week"),
        ("P1W3D", "P10D", "1 week en 3 dagen"),
        ("P1Y2M", "P1Y2M", "1 jaar en 2 maanden"),
        ("PT90M", "PT90M", "90 minuten"),
        ("P2DT1H", "P2DT1H", "2 dagen en 1 uur"),
        ("P0D", "P0D", "niets"),
    ],
)
def test_terms_are_read_and_said(text, iso, words):
    found = durations.parse(text)
    assert (found.iso, found.words()) == (iso, words)


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1DT", "6W", "P-1D", "P1.5D", "P1M1D", "P1YT1H", "p1d", "P1D ", None, 8]
)
def test_what_is_no_term_is_none(text):
    assert durations.parse(text) is None


@pytest.mark.parametrize(
    ("a", "b", "order"),
    [
        ("P8W", "P56D", 0),
        ("P12M", "P1Y", 0),
        ("P6W", "P8W", -1),
        ("P2M", "P1M", 1),
        ("P1M", "P5W", -1),
        ("P1M", "P27D", 1),
        ("P1M", "P30D", None),
        ("PT24H", "P1D", 0),
    ],
)
def test_order_is_given_only_when_it_is_certain(a, b, order):
    one, other = durations.parse(a), durations.parse(b)
    assert durations.compare(one, other) == order
    assert durations.compare(other, one) == (None if order is None else -order)


@given(st.integers(0, 400), st.integers(0, 3000))
def test_weeks_are_days(weeks, days):
    found = durations.parse(f"P{weeks}W{days}D")
    assert durations.parse(found.iso).longest == (weeks * 7 + days) * 1440
