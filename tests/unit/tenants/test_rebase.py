"""What becomes of choices under a new version: the six statuses, with the event permit and the demo's choices."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenants import override, rebase
from tests.unit.tenants.versions import (
    APPLICATION,
    EMMEN,
    EMMEN_TABLE,
    FILES,
    GRONINGEN,
    ON,
    PROCESS,
    TABLE,
    base,
    chosen,
    statuses,
    told,
    without_parameter,
    without_visit,
)


def test_a_base_that_did_not_change_keeps_every_choice_of_the_demo():
    assert set(statuses(base(), GRONINGEN).values()) == {"fits"}
    assert set(statuses(base(), EMMEN).values()) == {"fits"}
    fits = told(base(), GRONINGEN)["vp-schouw"]
    assert fits.nl == "De keuze om 'Advies op locatie' uit te zetten past in de nieuwe versie."
    assert fits.en == "The choice to switch 'Advies op locatie' off fits the new version."
    assert (fits.remedy_nl, fits.start) == ("U hoeft niets te doen.", "2026-03-01")
    assert not rebase.blocking(fits)


def test_a_parameter_that_is_gone_concerns_only_the_tenant_that_chose_it():
    found = told(without_parameter(), GRONINGEN)
    assert {p: s.status for p, s in found.items() if rebase.blocking(s)} == {"vp-leges": "void"}
    assert found["vp-leges"].nl == "De keuze 'Leges: € 95,00' vervalt: de parameter 'Leges' bestaat niet meer."
    assert found["vp-leges"].en == "The choice 'Leges: € 95.00' is void: the parameter 'Leges' no longer exists."
    assert found["vp-leges"].remedy_nl == "Laat deze keuze vervallen, of kies opnieuw voor de nieuwe versie."
    assert set(statuses(without_parameter(), EMMEN).values()) == {"fits"}


def test_a_renamed_parameter_is_void_and_says_what_it_is_called_now():
    new = base((PROCESS, 'parameter id="leges"', 'parameter id="kosten"'), (PROCESS, '"leges" min', '"kosten" min'))
    found = told(new, GRONINGEN)["vp-leges"]
    assert found.status == "void"
    assert found.nl.endswith("vervalt: de parameter 'Leges' bestaat niet meer; die heet nu 'kosten'.")
    assert found.remedy_nl.endswith("kies voor de nieuwe versie opnieuw bij 'Hoeveel leges rekent u?'.")


def test_a_renamed_input_of_a_decision_concerns_only_the_tenant_whose_table_reads_it():
    new = base(
        (TABLE, "<text>aantalBezoekers</text>", "<text>bezoekers</text>"),
        (APPLICATION, '"key": "aantalBezoekers"', '"key": "bezoekers"'),
    )
    assert {p: s.status for p, s in told(new, EMMEN).items() if rebase.blocking(s)} == {"vp-risico": "needs-attention"}
    said = told(new, EMMEN)["vp-risico"]
    assert said.nl.startswith("De eigen tabel bij 'Risicoklasse bepalen' past niet meer: ")
    assert "de tabel leest 'aantalBezoekers', de basis niet meer (nieuw is 'bezoekers')" in said.nl
    assert "the table reads 'aantalBezoekers', the base no longer does (new is 'bezoekers')" in said.en
    assert not [s for s in told(new, GRONINGEN).values() if rebase.blocking(s)]


def test_an_optional_step_that_is_gone_concerns_only_the_tenant_that_switched_it_off():
    found = told(without_visit(), GRONINGEN)
    assert {p: s.status for p, s in found.items() if rebase.blocking(s)} == {"vp-schouw": "void"}
    want = "De keuze om 'Advies op locatie' uit te zetten vervalt: de stap 'Advies op locatie' bestaat niet meer."
    assert found["vp-schouw"].nl == want
    assert set(statuses(without_visit(), EMMEN).values()) == {"fits"}


def test_a_point_that_closed_is_void_though_its_step_stays():
    text = FILES[PROCESS].decode()
    begin = text.index("<plus1:stepPoint")
    closed = base((PROCESS, text[begin : text.index("</plus1:stepPoint>") + len("</plus1:stepPoint>")], ""))
    found = told(closed, GRONINGEN)["vp-schouw"]
    assert found.status == "void"
    assert "bij 'Advies op locatie' kan een gemeente niet meer kiezen" in found.nl


def test_a_constraint_concerns_only_the_choices_that_it_reads():
    new = base((PROCESS, "=adviestermijn &lt; beslistermijn", "=adviestermijn * 3 &lt; beslistermijn"))
    both = chosen({"point": "vp-leges", "value": 95}, {"point": "vp-beslistermijn", "value": "P5W"})
    assert statuses(new, both) == {"vp-leges": "fits", "vp-beslistermijn": "needs-attention"}


def test_four_eyes_on_a_step_that_is_off_concern_the_choice_that_switched_it_off():
    new = base((PROCESS, 'fourEyes other="Task_Voorbereiden"', 'fourEyes other="Task_Schouw"'))
    found = told(new, GRONINGEN)
    assert {p for p, s in found.items() if rebase.blocking(s)} == {"vp-schouw"}
    assert "'Besluit nemen' heeft vier ogen nodig" in found["vp-schouw"].nl


@pytest.mark.parametrize(
    ("change", "point", "reason"),
    [
        ((PROCESS, 'default="125.50"', 'default="140"'), "vp-leges", "de basis had € 125,50 en heeft nu € 140,00"),
        ((PROCESS, 'binding="event:aangevraagdOp"', 'binding="start"'), "vp-leges", "op een ander moment"),
        ((PROCESS, 'candidateGroups="brandweer"', 'candidateGroups="politie"'), "vp-schouw", "in de basis veranderd"),
        ((TABLE, "&gt;= 500<", "&gt;= 400<"), "vp-risico", "de tabel van de basis bij 'Risicoklasse bepalen'"),
        ((APPLICATION, "Waar is het evenement?", "Waar?"), "vp-aanvraag", "het formulier van de basis"),
    ],
)
def test_a_base_that_changed_under_a_choice_that_fits_is_told(change, point, reason):
    both = override.Override("evenementenvergunning", GRONINGEN.choices + EMMEN.choices)
    found = told(base(change), both)
    assert {p for p, s in found.items() if s.status == "fits-base-changed"} == {point}
    assert reason in found[point].nl
    assert not any(rebase.blocking(s) for s in found.values())


@pytest.mark.parametrize(
    ("change", "choice"),
    [
        ((PROCESS, 'default="125.50"', 'default="95"'), {"point": "vp-leges", "value": 95}),
        ((PROCESS, 'id="vp-schouw" default="on"', 'id="vp-schouw" default="off"'), {"point": "vp-schouw", "on": False}),
        (
            (APPLICATION, "Waar is het evenement?", "Waar?"),
            {"point": "vp-aanvraag", "form": {"label": {"locatie": "Waar?"}}},
        ),
        (
            (TABLE, "&gt;= 500<", "&gt;= 400<"),
            {"point": "vp-risico", "dmn": FILES[TABLE].decode().replace("500<", "400<")},
        ),
    ],
)
def test_a_choice_that_the_base_made_its_own_is_redundant(change, choice):
    (found,) = rebase.rebase(base(), base(change), chosen(choice), ON)
    assert found.status == "redundant"
    assert found.remedy_nl == "U kunt deze keuze laten vervallen."
    assert not rebase.blocking(found)


def test_a_new_point_asks_only_when_its_default_is_not_safe():
    point = '<plus1:stepPoint id="vp-brief" owner="municipality"><plus1:question>Stuurt u een brief?</plus1:question>'
    where = '<plus1:statutory basis="Awb 1:3"/>'

    def new(safe):
        return base((PROCESS, where, point.replace("owner", f"{safe} owner") + "</plus1:stepPoint>"))

    assert "vp-brief" not in statuses(new(""), GRONINGEN)
    assert "vp-brief" not in statuses(new('safe="true"'), GRONINGEN)
    asked = told(new('safe="false"'), GRONINGEN)["vp-brief"]
    assert asked.status == "new-point" and rebase.blocking(asked)
    assert asked.nl.startswith("De nieuwe versie vraagt een keuze bij 'Stuurt u een brief?'")
    assert statuses(new('safe="false"'), chosen({"point": "vp-brief", "on": False})) == {"vp-brief": "fits"}
    later = chosen({"point": "vp-brief", "on": False, "validFrom": "2027-01-01"})
    assert [s.status for s in rebase.rebase(base(), new('safe="false"'), later, ON)] == ["fits", "new-point"]
    assert statuses(new('safe="false"'), GRONINGEN, old=new('safe="false"')).get("vp-brief") is None


def test_a_new_point_that_nobody_can_choose_yet_asks_for_nothing():
    point = '<plus1:outcomePoint id="vp-tekst" safe="false"/><plus1:statutory basis="Awb 1:3"/>'
    assert "vp-tekst" not in statuses(base((PROCESS, '<plus1:statutory basis="Awb 1:3"/>', point)), GRONINGEN)


def test_two_choices_of_one_point_have_their_own_status_and_what_is_over_has_none():
    over = {"point": "vp-leges", "value": 480, "validUntil": "2026-05-31"}
    now = {"point": "vp-leges", "value": 40, "validFrom": "2026-06-01", "validUntil": "2026-12-31"}
    later = {"point": "vp-leges", "value": 95, "validFrom": "2027-01-01"}
    new = base((PROCESS, 'min="0" max="500"', 'min="0" max="50"'))
    found = rebase.rebase(base(), new, chosen(later, over, now), ON)
    assert [(s.start, s.status) for s in found] == [("2026-06-01", "fits"), ("2027-01-01", "needs-attention")]


def test_a_choice_for_later_is_judged_with_what_counts_then():
    """The table reads a field that another choice adds from the same day."""
    table, form = ({"point": c.point, c.content: c.chosen, "validFrom": "2027-01-01"} for c in EMMEN.choices)
    assert set(statuses(base(), chosen(table, form)).values()) == {"fits"}


def test_a_choice_that_no_model_knows_is_void():
    (found,) = rebase.rebase(base(), base(), chosen({"point": "vp-onbekend", "value": 1}), ON)
    assert (found.status, found.nl) == (
        "void",
        "De keuze bij punt 'vp-onbekend' vervalt: het model kent dit punt niet.",
    )


def test_what_counts_only_before_the_new_version_is_settled_and_what_is_made_for_it_is_judged_there():
    new = base((PROCESS, 'min="0" max="500"', 'min="0" max="50"'))
    fee = {"point": "vp-leges", "value": 95}

    def both(*choices):
        whole = chosen(*choices)
        found = rebase.rebase(base(), new, whole.for_version("2.0.0"), ON, whole.for_version("1.0.0"))
        return [(one.point, one.status) for one in found]

    assert both(fee) == [("vp-leges", "needs-attention")]
    assert both({**fee, "beforeVersion": "2.0.0"}) == []
    made = {"point": "vp-leges", "value": 40, "fromVersion": "2.0.0"}
    assert both({**fee, "beforeVersion": "2.0.0"}, made) == [("vp-leges", "fits")]
    assert both({**fee, "beforeVersion": "2.0.0"}, {**made, "value": 60}) == [("vp-leges", "needs-attention")]


def test_a_choice_made_for_the_new_version_does_not_remember_the_old_base():
    renamed = base(
        (TABLE, "<text>aantalBezoekers</text>", "<text>bezoekers</text>"),
        (APPLICATION, '"key": "aantalBezoekers"', '"key": "bezoekers"'),
    )
    old, form = ({"point": c.point, c.content: c.chosen} for c in EMMEN.choices)
    made = {"point": "vp-risico", "dmn": EMMEN_TABLE.replace("aantalBezoekers", "bezoekers"), "fromVersion": "2.0.0"}
    whole = chosen({**old, "beforeVersion": "2.0.0"}, made, form)
    found = rebase.rebase(base(), renamed, whole.for_version("2.0.0"), ON, whole.for_version("1.0.0"))
    assert {one.point: one.status for one in found if one.point == "vp-risico"} == {"vp-risico": "fits"}


def test_a_choice_given_up_at_a_point_without_a_safe_default_is_asked_for_anew():
    new = base((PROCESS, '<plus1:valuePoint id="vp-leges"', '<plus1:valuePoint id="vp-leges" safe="false"'))
    whole = chosen({"point": "vp-leges", "value": 95, "beforeVersion": "2.0.0"})
    found = rebase.rebase(new, new, whole.for_version("2.0.0"), ON, whole.for_version("1.0.0"))
    assert [(one.point, one.status) for one in found] == [("vp-leges", "new-point")]
    assert rebase.rebase(new, new, chosen(), ON, chosen()) == ()
    answered = chosen({"point": "vp-leges", "value": 125.5})
    assert statuses(new, answered) == {"vp-leges": "fits"} and statuses(base(), answered) == {"vp-leges": "redundant"}


contents = {
    "vp-leges": st.integers(0, 500).map(lambda v: {"value": v}),
    "vp-adviestermijn": st.integers(7, 13).map(lambda v: {"value": f"P{v}D"}),
    "vp-adviseurs": st.lists(st.sampled_from(["politie", "brandweer", "ghor"]), min_size=1, unique=True).map(
        lambda v: {"items": v}
    ),
    "vp-schouw": st.booleans().map(lambda v: {"on": v}),
    "vp-risico": st.just({"dmn": EMMEN_TABLE.replace("vuurwerk", "wegafsluiting")}),
    "vp-aanvraag": st.sampled_from([{"form": {"hide": ["voorzieningen"]}}, {"form": {}}]),
}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(sorted(contents)), unique=True), st.data())
def test_the_same_base_keeps_every_legal_choice(points, data):
    choices = chosen(*({"point": p, **data.draw(contents[p])} for p in points))
    assert set(statuses(base(), choices).values()) <= {"fits", "redundant"}
