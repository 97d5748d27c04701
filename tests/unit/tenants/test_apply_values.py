"""Values and lists: types, limits of point and parameter, constraints, binding, days."""

from datetime import date
from decimal import Decimal

import pytest

from bpmn import feel
from tenants import apply, override


def test_the_base_alone_is_the_base_itself(permit):
    found = apply.apply(permit, None, date(2026, 6, 1))
    assert found.package is permit
    assert found.findings == ()
    assert found.parameters["leges"].plain == Decimal("125.50")
    assert found.parameters["adviseurs"].plain == ["politie", "brandweer"]
    assert not any(b.own for b in found.parameters.values())


def test_terms_reach_feel_as_durations_of_days(permit):
    terms = apply.apply(permit, None, date(2026, 6, 1)).parameters
    term = terms["beslistermijn"]
    assert (term.plain, feel.to_json(term.value), term.binding) == ("P8W", "P56D", "start")
    assert terms["leges"].binding == "event:aangevraagdOp"
    scope = {n: b.value for n, b in terms.items()}
    assert feel.to_json(feel.evaluate('date("2026-06-01") + beslistermijn', scope)) == "2026-07-27"


@pytest.mark.parametrize(
    ("point", "value", "kept"),
    [
        ("vp-leges", 95, Decimal(95)),
        ("vp-leges", Decimal("0"), Decimal(0)),
        ("vp-leges", 500, Decimal(500)),
        ("vp-beslistermijn", "P12W", "P12W"),
        ("vp-beslistermijn", "P84D", "P84D"),
        ("vp-mandaatgroep", "burgemeester", "burgemeester"),
        ("vp-publicatie", "https://voorbeeld.nl/bekend", "https://voorbeeld.nl/bekend"),
    ],
)
def test_a_value_within_its_limits_counts(choose, permit, point, value, kept):
    found = choose({"point": point, "value": value})
    assert found.findings == ()
    assert kept in [b.plain for b in found.parameters.values() if b.own]
    assert found.package is permit


@pytest.mark.parametrize(
    ("point", "value", "words"),
    [
        ("vp-leges", 501, ["vp-leges", "501", "500"]),
        ("vp-leges", -1, ["vp-leges", "-1", "0"]),
        ("vp-leges", "95", ["vp-leges", "getal"]),
        ("vp-leges", True, ["vp-leges", "getal"]),
        ("vp-leges", None, ["vp-leges", "getal"]),
        ("vp-leges", Decimal("NaN"), ["vp-leges", "getal"]),
        ("vp-beslistermijn", "P13W", ["vp-beslistermijn", "P13W", "P12W", "Awb 4:13"]),
        ("vp-beslistermijn", "P1W", ["vp-beslistermijn", "P1W", "P2W"]),
        ("vp-beslistermijn", "P3M", ["vp-beslistermijn", "P3M", "P12W"]),
        ("vp-beslistermijn", "acht weken", ["vp-beslistermijn", "termijn"]),
        ("vp-mandaatgroep", " ", ["vp-mandaatgroep", "groep"]),
        ("vp-publicatie", "x" * 2001, ["vp-publicatie", "tekst"]),
    ],
)
def test_a_value_over_a_limit_is_refused_with_point_value_and_limit(choose, point, value, words):
    found = choose({"point": point, "value": value})
    assert not found.usable
    assert all(f.element == point and f.code == "choice-limit" for f in found.findings)
    assert all(w in found.findings[0].nl for w in words)
    assert not any(b.own for b in found.parameters.values())


@pytest.mark.parametrize("items", [[], ["a"] * 2, [""], [3], ["politie"] * 101, [f"g{n}" for n in range(9)]])
def test_a_list_outside_its_limits_is_refused(choose, items):
    found = choose({"point": "vp-adviseurs", "items": items})
    assert {(f.element, f.code) for f in found.findings} == {("vp-adviseurs", "choice-limit")}


def test_the_limits_of_the_parameter_hold_where_the_point_has_none(choose, changed_permit):
    base = changed_permit('parameter="beslistermijn" min="P2W" max="P12W"', 'parameter="beslistermijn"')
    found = choose({"point": "vp-beslistermijn", "value": "P13W"}, base=base)
    assert [f.code for f in found.findings] == ["choice-limit"]
    assert "P12W" in found.findings[0].nl


def test_a_list_within_its_limits_counts(choose):
    found = choose({"point": "vp-adviseurs", "items": ["politie", "brandweer", "ghor"]})
    assert found.parameters["adviseurs"].plain == ["politie", "brandweer", "ghor"]


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ({"point": "vp-weg", "value": 1}, "choice-unknown"),
        ({"point": "vp-leges", "on": True}, "choice-kind"),
        ({"point": "vp-adviseurs", "value": ["politie"]}, "choice-kind"),
        ({"point": "vp-schouw", "value": False}, "choice-kind"),
    ],
)
def test_a_choice_that_does_not_fit_its_point_is_refused(choose, choice, code):
    found = choose(choice)
    assert [(f.code, f.element) for f in found.findings] == [(code, choice["point"])]
    assert choice["point"] in found.findings[0].nl


@pytest.mark.parametrize(
    ("element", "content"),
    [
        ('<plus1:outcomePoint id="vp-x" variable="akkoord"/>', {"answers": []}),
    ],
)
def test_kinds_that_are_not_ready_are_refused_by_name(choose, changed_permit, element, content):
    base = changed_permit('<plus1:fourEyes other="Task_Voorbereiden"/>', element)
    found = choose({"point": "vp-x", **content}, base=base)
    assert [f.code for f in found.findings] == ["choice-kind"]
    assert "not yet supported" in found.findings[0].en


def test_a_point_of_another_layer_is_closed(choose, changed_permit):
    base = changed_permit(
        'id="vp-leges" parameter="leges" min="0" max="500" owner="municipality"',
        'id="vp-leges" parameter="leges" owner="executor"',
    )
    assert [f.code for f in choose({"point": "vp-leges", "value": 1}, base=base).findings] == ["choice-owner"]


def test_a_constraint_between_choices_is_checked_and_said_in_its_own_words(choose):
    found = choose({"point": "vp-adviestermijn", "value": "P6W"}, {"point": "vp-beslistermijn", "value": "P5W"})
    assert [(f.code, f.nl) for f in found.findings] == [
        ("constraint", "De adviestermijn moet korter zijn dan de beslistermijn.")
    ]


def test_a_constraint_that_is_null_is_violated(choose, changed_permit):
    base = changed_permit("=adviestermijn &lt; beslistermijn", "=adviestermijn &lt; onbekend")
    assert [f.code for f in choose(base=base).findings] == ["constraint"]
    found = choose({"point": "vp-beslistermijn", "value": "P2M"})
    assert [f.nl for f in found.findings] == [
        "De adviestermijn moet korter zijn dan de beslistermijn. (Niet te berekenen.)"
    ]
    base = changed_permit("=adviestermijn &lt; beslistermijn", "=1 +")
    assert [f.code for f in choose(base=base).findings] == ["constraint"]


def test_a_constraint_may_ask_whether_a_step_is_on(choose, changed_permit):
    base = changed_permit("=adviestermijn &lt; beslistermijn", "=vp_schouw or leges = 0")
    off = {"point": "vp-schouw", "on": False}
    assert [f.code for f in choose(off, base=base).findings] == ["constraint"]
    assert choose(off, {"point": "vp-leges", "value": 0}, base=base).findings == ()


def test_a_choice_counts_on_its_days_only_but_is_checked_always(choose):
    later = {"point": "vp-leges", "value": 99, "validFrom": "2027-01-01"}
    assert choose(later).parameters["leges"].plain == Decimal("125.50")
    assert choose(later, on=date(2027, 1, 1)).parameters["leges"].plain == 99
    assert not choose({**later, "value": 501}).usable


def test_choices_for_another_model_are_refused(permit):
    found = apply.apply(permit, override.Override("verhuizen"), date(2026, 6, 1))
    assert [f.code for f in found.findings] == ["override-key"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('type="number" unit="EUR"', 'type="valuta" unit="EUR"', "parameter-type"),
        ('default="125.50"', 'default="veel"', "parameter-default"),
        ('default="=[&quot;politie&quot;, &quot;brandweer&quot;]"', 'default="=3"', "parameter-default"),
        ('default="P8W"', 'default="8 weken"', "parameter-default"),
        ('id="vp-leges" parameter="leges"', 'id="vp-leges" parameter="kosten"', "point-parameter"),
        ('id="vp-leges" parameter="leges"', 'id="vp-leges" parameter="adviseurs"', "point-parameter"),
        ('id="vp-mandaatgroep" parameter="mandaatgroep"', 'id="vp-m" parameter="publicatieUrl"', "point-double"),
        ('min="0" max="500"', 'min="0" max="veel"', "point-limit"),
        ('min="1" max="8"', 'min="een" max="8"', "point-limit"),
        ('min="P1W" max="P6W"', 'min="week" max="P6W"', "point-limit"),
        ('default="P8W" max="P12W"', 'default="P8W" max="12"', "parameter-limit"),
        ('binding="event:aangevraagdOp"', 'binding="later"', "parameter-binding"),
    ],
)
def test_a_wrong_declaration_in_the_base_is_found(choose, changed_permit, old, new, code):
    base = changed_permit(old, new)
    assert code in {f.code for f in choose(base=base).findings}
    chosen = ({"point": "vp-leges", "value": 1}, {"point": "vp-adviseurs", "items": ["ghor"]})
    assert code in {f.code for f in choose(*chosen, base=base).findings}


def test_a_choice_that_is_over_says_nothing_any_more(choose):
    over = {"point": "vp-leges", "value": 501, "validUntil": "2026-05-31"}
    gone = {"point": "vp-weg", "value": 1, "validUntil": "2026-05-31"}
    assert choose(over, gone).usable
    assert {f.element for f in choose(over, gone, on=date(2026, 5, 31)).findings} == {"vp-leges", "vp-weg"}
