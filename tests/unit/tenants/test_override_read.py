"""Choices as data: every fault at once, each with its point, and never an exception."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants import override

GOOD = {"point": "vp-leges", "value": 95, "reason": "Raadsbesluit", "validFrom": "2027-01-01"}


def read(*choices, **more):
    return override.read({"key": "evenementenvergunning", "choices": list(choices), **more})


def test_a_choice_is_read_with_its_reason_and_dates():
    found, findings = read({**GOOD, "author": "Daan", "decision": "RB-1", "validUntil": "2027-12-31"})
    assert findings == ()
    assert found.choices[0] == override.Choice(
        "vp-leges", "value", 95, "Raadsbesluit", "Daan", "RB-1", date(2027, 1, 1), date(2027, 12, 31)
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": None}, "choice-reason"),
        ({"reason": "   "}, "choice-reason"),
        ({"point": None}, "choice-point"),
        ({"value": None, "on": True}, "choice-content"),
        ({"validFrom": "1-1-2027"}, "choice-dates"),
        ({"validFrom": "2027-02-30"}, "choice-dates"),
        ({"validFrom": 2027}, "choice-dates"),
        ({"validUntil": "2026-12-31"}, "choice-dates"),
        ({"scope": {"area": "centrum"}}, "choice-scope"),
        ({"kleur": "rood"}, "choice-unknown"),
        ({"author": 7}, "choice-text"),
        ({"decision": "x" * 2001}, "choice-text"),
        ({"fromVersion": "1.1"}, "choice-versions"),
        ({"fromVersion": 1.1}, "choice-versions"),
        ({"beforeVersion": "1.1.0-rc1"}, "choice-versions"),
        ({"beforeVersion": "01.1.0"}, "choice-versions"),
        ({"fromVersion": "1.10.0", "beforeVersion": "1.9.0"}, "choice-versions"),
        ({"fromVersion": "1.1.0", "beforeVersion": "1.1.0"}, "choice-versions"),
        ({"beforeVersion": "0.0.0"}, "choice-versions"),
    ],
)
def test_each_fault_has_its_code_and_point(change, code):
    found, findings = read({**GOOD, **change})
    assert found is None
    assert [f.code for f in findings] == [code]
    assert code == "choice-point" or findings[0].element == "vp-leges"


def without(name):
    return {k: v for k, v in GOOD.items() if k != name}


@pytest.mark.parametrize("content", [{"on": "nee"}, {"items": "politie"}, {"dmn": 3}, {"form": []}, {}])
def test_a_content_of_the_wrong_form_is_refused(content):
    assert [f.code for f in read({**without("value"), **content})[1]] == ["choice-content"]


def test_all_faults_of_all_choices_come_at_once():
    _, findings = read({"point": "a"}, {"point": "b", "value": 1, "validFrom": "x", "zomaar": 1}, "c")
    assert {(f.element, f.code) for f in findings} == {
        ("a", "choice-reason"),
        ("a", "choice-content"),
        ("b", "choice-reason"),
        ("b", "choice-dates"),
        ("b", "choice-unknown"),
        ("", "choice-point"),
    }


def test_next_years_value_beside_this_years_is_fine_but_no_day_may_have_two():
    this = {**GOOD, "validFrom": "2026-01-01", "validUntil": "2026-12-31"}
    found, findings = read(this, {**GOOD, "value": 99})
    assert findings == ()
    assert [c.chosen for c in found.on(date(2026, 12, 31))] == [95]
    assert [c.chosen for c in found.on(date(2027, 1, 1))] == [99]
    assert found.on(date(2025, 12, 31)) == ()
    _, findings = read({**this, "validUntil": "2027-01-01"}, {**GOOD, "value": 99})
    assert [f.code for f in findings] == ["choice-overlap"]
    _, findings = read(without("validFrom"), {**GOOD, "value": 99})
    assert [f.code for f in findings] == ["choice-overlap"]


def test_a_choice_counts_for_the_versions_that_it_names():
    found, findings = read(
        {**GOOD, "beforeVersion": "1.10.0"}, {**GOOD, "value": 99, "fromVersion": "1.10.0", "beforeVersion": "2.0.0"}
    )
    assert findings == ()
    versions = ("1.0.0", "1.9.9", "1.10.0", "1.99.0", "2.0.0")
    assert [[c.chosen for c in found.for_version(v).choices] for v in versions] == [[95], [95], [99], [99], []]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"beforeVersion": "1.2.0"}, {"fromVersion": "1.1.9"}),
        ({"fromVersion": "1.1.0"}, {}),
        ({}, {"beforeVersion": "0.0.1"}),
        ({"fromVersion": "1.0.0", "beforeVersion": "3.0.0"}, {"fromVersion": "2.0.0", "beforeVersion": "2.0.1"}),
    ],
)
def test_no_day_may_have_two_choices_for_one_version(one, other):
    _, findings = read({**GOOD, **one}, {**GOOD, "value": 99, **other})
    assert [f.code for f in findings] == ["choice-overlap"]
    ended = {**GOOD, "validFrom": "2026-01-01", "validUntil": "2026-12-31"}
    assert read({**ended, **one}, {**GOOD, "value": 99, **other})[1] == ()


@pytest.mark.parametrize(
    "data",
    [None, [], "x", {}, {"key": ""}, {"key": "x"}, {"key": "x", "choices": {}}, {"key": "x", "choices": [GOOD] * 501}],
)
def test_what_is_no_override_is_refused(data):
    found, findings = override.read(data)
    assert found is None
    assert [f.severity for f in findings] == ["error"]


def test_an_unknown_property_of_the_whole_is_named():
    _, findings = read(GOOD, model="x")
    assert "model" in findings[0].nl


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
keys = st.sampled_from(
    ["point", "value", "on", "items", "dmn", "form", "reason", "validFrom", "validUntil", "fromVersion", "scope"]
)


@given(st.lists(st.dictionaries(keys, json_like, max_size=6) | json_like, max_size=4))
def test_any_json_gives_an_override_or_findings(choices):
    found, findings = override.read({"key": "x", "choices": choices})
    assert (found is None) == bool(findings)
