"""Sentences for people: base value, own value, reason, since when, in Dutch and English."""

from datetime import date
from decimal import Decimal

import pytest

from tenants import describe, override
from tenants.demo import load
from tenants.variation import Parameter


def sentences(package, *choices, on=date(2026, 6, 1)):
    found, findings = override.read({"key": "evenementenvergunning", "choices": list(choices)})
    assert findings == ()
    return describe.describe(package, found, on)


def test_a_value_names_both_values_the_reason_and_the_day(permit):
    choice = {"point": "vp-leges", "value": 95, "reason": "Besluit van de raad.", "validFrom": "2026-01-01"}
    (said,) = sentences(permit, {**choice, "author": "Daan", "decision": "RB-1"})
    assert said.nl == "Leges: € 95,00; in de basis: € 125,50. Reden: Besluit van de raad. Sinds 1 januari 2026."
    assert said.en == "Leges: € 95.00; in the base: € 125.50. Reason: Besluit van de raad. Since 1 January 2026."
    assert (said.base.nl, said.own.nl, said.question) == ("€ 125,50", "€ 95,00", "Hoeveel leges rekent u?")
    assert (said.author, said.decision, said.since, said.counts) == ("Daan", "RB-1", date(2026, 1, 1), True)


def test_a_choice_for_later_says_from_when_and_an_ended_one_is_left_out(permit):
    now = {"point": "vp-leges", "value": 95, "reason": "x", "validUntil": "2026-12-31"}
    later = {"point": "vp-leges", "value": Decimal("99.5"), "reason": "y", "validFrom": "2027-01-01"}
    first, second = sentences(permit, later, now)
    assert first.nl.endswith("Reden: x. Tot en met 31 december 2026.")
    assert second.nl == "Leges: € 99,50; in de basis: € 125,50. Reden: y. Vanaf 1 januari 2027."
    assert (first.counts, second.counts) == (True, False)
    assert [s.own.nl for s in sentences(permit, later, now, on=date(2027, 2, 1))] == ["€ 99,50"]


@pytest.mark.parametrize(
    ("choice", "nl", "en"),
    [
        ({"point": "vp-beslistermijn", "value": "P6W"}, "Beslistermijn: 6 weken; in de basis: 8 weken.", "6 weeks"),
        (
            {"point": "vp-adviseurs", "items": ["politie", "brandweer", "ghor"]},
            "Adviseurs: politie, brandweer en ghor; in de basis: politie en brandweer.",
            "politie, brandweer and ghor",
        ),
        ({"point": "vp-publicatie", "value": "https://a.nl"}, "https://a.nl; in de basis: leeg.", "in the base: empty"),
        (
            {"point": "vp-schouw", "on": False},
            "De stap 'Advies op locatie' staat uit; in de basis staat die aan.",
            "is off; in the base it is on",
        ),
        (
            {"point": "vp-aanvraag", "form": {"hide": ["voorzieningen"], "label": {"datum": "Dag"}}},
            "weggelaten 'Wat komt er te staan?'; andere naam voor 'Op welke dag?'.",
            "left out 'Wat komt er te staan?'",
        ),
    ],
)
def test_each_kind_has_its_sentence(permit, choice, nl, en):
    (said,) = sentences(permit, {**choice, "reason": "x"})
    assert nl in said.nl
    assert en in said.en


def test_sentences_follow_the_model_and_unknown_points_are_left_out(permit):
    said = sentences(
        permit,
        {"point": "vp-schouw", "on": False, "reason": "x"},
        {"point": "vp-weg", "value": 1, "reason": "x"},
        {"point": "vp-leges", "value": 1, "reason": "x"},
    )
    assert [s.point for s in said] == ["vp-leges", "vp-schouw"]
    assert describe.describe(permit, None, date(2026, 6, 1)) == ()


@pytest.mark.parametrize(
    ("kind", "unit", "value", "nl"),
    [
        ("number", "EUR", Decimal("1250.5"), "€ 1.250,50"),
        ("number", "m2", Decimal("12.5"), "12,5 m2"),
        ("number", "", Decimal("7"), "7"),
        ("boolean", "", True, "ja"),
        ("date", "", "2027-01-01", "1 januari 2027"),
        ("list", "", [], ""),
    ],
)
def test_values_in_words(kind, unit, value, nl):
    assert describe.words(Parameter("x", "X", kind, "", unit=unit), value).nl == nl


def test_the_demo_municipalities_in_sentences(permit):
    found = {d.tenant: sentences(permit, *d.choices) for d in load.overrides()}
    assert [s.kind for s in found[load.GRONINGEN]] == ["value", "value", "step"]
    assert sorted(s.kind for s in found[load.EMMEN]) == ["form", "rule"]
    assert "eigen tabel (5 regels)" in next(s.nl for s in found[load.EMMEN] if s.kind == "rule")


def test_a_choice_that_cannot_be_read_has_no_sentence_and_harms_no_other(permit):
    said = sentences(
        permit,
        {"point": "vp-risico", "dmn": "<kapot", "reason": "x"},
        {"point": "vp-beslistermijn", "value": "acht", "reason": "x"},
        {"point": "vp-leges", "value": 1, "reason": "x"},
    )
    assert [s.point for s in said] == ["vp-leges"]


def test_a_choice_says_for_cases_on_which_versions_it_counts(permit):
    choice = {"point": "vp-leges", "value": 95, "reason": "x"}

    def said(**versions):
        (one,) = sentences(permit, {**choice, **versions})
        return one.nl.removeprefix("Leges: € 95,00; in de basis: € 125,50. Reden: x."), one.versions.en

    assert said() == ("", "")
    assert said(fromVersion="1.1.0") == (
        " Alleen voor zaken op versie 1.1.0 en later.",
        "for cases on version 1.1.0 and later",
    )
    assert said(beforeVersion="1.1.0")[0] == " Alleen voor zaken op versies voor 1.1.0."
    assert said(fromVersion="1.1.0", beforeVersion="2.0.0")[0] == " Alleen voor zaken op versie 1.1.0 tot 2.0.0."
