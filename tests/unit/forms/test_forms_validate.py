"""One validation for HTML and JSON: kinds, limits, visibility, closed and computed fields, all errors at once."""

import json
from decimal import Decimal

import pytest

from bpmn import feel, forms

NOW = 1_780_000_000_000  # 28 May 2026 in Amsterdam


def form_of(*components, **more):
    source = json.dumps({"id": "proef", "type": "default", "components": list(components), **more})
    form, findings = forms.read(source.encode(), "forms/proef.json")
    assert findings == ()
    return form


def scope_of(**values):
    return lambda name: values.get(name, feel.MISSING)


def by_html(form, fields, **case):
    return forms.from_html(
        form, {k: [v] if isinstance(v, str) else v for k, v in fields.items()}, scope_of(**case), ev()
    )


def by_json(form, data, **case):
    return forms.from_json(form, data, scope_of(**case), ev())


def ev():
    return feel.Evaluation(NOW)


def text(key, **validate):
    return {"type": "textfield", "id": key, "key": key, "label": key.title(), "validate": validate}


def field(kind, key="x", **more):
    return {"type": kind, "id": f"f-{key}", "key": key, "label": "Vraag", **more}


OPTIONS = [{"label": "Ja", "value": "ja"}, {"label": "Nee", "value": "nee"}]
NUMBERED = [{"label": "Een", "value": 1}, {"label": "Twee", "value": 2}]


@pytest.mark.parametrize(
    ("component", "posted", "sent", "value"),
    [
        (field("textfield"), {"x": "a"}, {"x": "a"}, "a"),
        (field("textarea"), {"x": "a\r\nb"}, {"x": "a\nb"}, "a\nb"),
        (field("number"), {"x": "1.500,50"}, {"x": Decimal("1500.50")}, Decimal("1500.50")),
        (field("number"), {"x": "12.5"}, {"x": Decimal("12.5")}, Decimal("12.5")),
        (field("number"), {"x": ""}, {}, None),
        (field("number"), {"x": "2.000"}, {"x": 2000}, Decimal(2000)),
        (field("checkbox"), {"x": "on"}, {"x": True}, True),
        (field("checkbox"), {}, {}, False),
        (field("radio", values=OPTIONS), {"x": "nee"}, {"x": "nee"}, "nee"),
        (field("select", values=NUMBERED), {"x": "2"}, {"x": 2}, 2),
        (field("checklist", values=OPTIONS), {"x": ["nee", "ja"]}, {"x": ["nee", "ja"]}, ["ja", "nee"]),
        (field("checklist", values=OPTIONS), {}, {}, []),
        (
            field("datetime", subtype="date"),
            {"x.dag": "8", "x.maand": "4", "x.jaar": "2026"},
            {"x": "2026-04-08"},
            "2026-04-08",
        ),
        (field("datetime", subtype="date"), {"x": "2026-04-08"}, {"x": "2026-04-08"}, "2026-04-08"),
        (field("datetime", subtype="time"), {"x": "09:30"}, {"x": "09:30"}, "09:30"),
        (
            field("datetime", subtype="datetime"),
            {"x.dag": "28", "x.maand": "04", "x.jaar": "2026", "x.tijd": "09:30"},
            {"x": "2026-04-28T09:30"},
            "2026-04-28T09:30",
        ),
    ],
)
def test_html_and_json_give_the_same_value(component, posted, sent, value):
    form = form_of(component)
    assert by_html(form, posted) == forms.Validated({"x": value})
    assert by_json(form, sent) == forms.Validated({"x": value})


@pytest.mark.parametrize(
    ("component", "sent", "english"),
    [
        (field("textfield", validate={"required": True}), {"x": "  "}, "Fill in"),
        (field("radio", values=OPTIONS, validate={"required": True}), {}, "Choose an answer"),
        (field("checkbox", validate={"required": True}), {"x": False}, "Tick"),
        (field("checklist", values=OPTIONS, validate={"required": True}), {"x": []}, "Choose"),
        (field("textfield", validate={"minLength": 3}), {"x": "ab"}, "at least 3"),
        (field("textfield", validate={"maxLength": 3}), {"x": "abcd"}, "at most 3"),
        (field("textfield", validate={"pattern": "^[0-9]{4}$"}), {"x": "12a4"}, "right form"),
        (field("textfield", validate={"validationType": "email"}), {"x": "sanne@"}, "e-mail"),
        (field("textfield", validate={"validationType": "phone"}), {"x": "bel mij"}, "telephone"),
        (field("number", validate={"min": 1}), {"x": 0}, "below 1"),
        (field("number", validate={"max": 10.5}), {"x": Decimal("10.6")}, "above 10.5"),
        (field("number", validate={"max": "=grens"}), {"x": 8}, "above 7"),
        (field("number", decimalDigits=1), {"x": Decimal("1.25")}, "at most 1 decimals"),
        (field("number"), {"x": "5"}, "Give a number"),
        (field("number"), {"x": True}, "Give a number"),
        (field("checkbox"), {"x": "ja"}, "true or false"),
        (field("textfield"), {"x": 5}, "Give a text"),
        (field("radio", values=OPTIONS), {"x": "misschien"}, "one of the given"),
        (field("select", values=NUMBERED), {"x": True}, "one of the given"),
        (field("checklist", values=OPTIONS), {"x": ["ja", "weg"]}, "one of the given"),
        (field("checklist", values=OPTIONS), {"x": "ja"}, "Give a list"),
        (field("datetime", subtype="date"), {"x": "2026-02-30"}, "existing date"),
        (field("datetime", subtype="time"), {"x": "25:00"}, "Give a time"),
        (field("datetime", subtype="datetime"), {"x": "2026-02-28"}, "date and a time"),
        (field("datetime", subtype="date", disallowPassedDates=True), {"x": "2026-05-27"}, "in the past"),
    ],
)
def test_each_rule_names_the_field_and_what_to_do(component, sent, english):
    result = by_json(form_of(component), sent, grens=Decimal(7))
    assert len(result.errors) == 1
    error = result.errors[0]
    assert (error.key, error.label) == ("x", "Vraag")
    assert english in error.en
    assert "'Vraag'" in error.en
    assert "'Vraag'" in error.nl
    assert error.nl != error.en


@pytest.mark.parametrize(
    ("component", "sent"),
    [
        (field("number", validate={"min": 1, "max": 10}), 1),
        (field("number", validate={"min": 1, "max": 10}), 10),
        (field("number", decimalDigits=1), Decimal("1.50")),
        (field("textfield", validate={"minLength": 3, "maxLength": 3}), "abc"),
        (field("datetime", subtype="date", disallowPassedDates=True), "2026-05-28"),
        (field("number", validate={"required": True}), 0),
    ],
)
def test_a_value_on_its_limit_is_good(component, sent):
    assert by_json(form_of(component), {"x": sent}) == forms.Validated({"x": sent})


def test_too_many_rows_in_html_are_an_error_and_not_cut_off():
    rows = {"type": "dynamiclist", "id": "l", "path": "r", "label": "R", "components": [text("n")]}
    assert [e.key for e in by_html(form_of(rows), {f"r.{n}.n": "x" for n in range(101)}).errors] == ["r"]
    assert len(by_html(form_of(rows), {f"r.{n}.n": "x" for n in range(100)}).values["r"]) == 100


def test_all_errors_come_at_once_in_the_order_of_the_form():
    form = form_of(
        text("naam", required=True), field("number", "aantal", validate={"min": 1}), text("plaats", required=True)
    )
    result = by_html(form, {"naam": "", "aantal": "nul", "plaats": ""})
    assert [e.key for e in result.errors] == ["naam", "aantal", "plaats"]
    assert "bijvoorbeeld 12" in result.errors[1].nl


@pytest.mark.parametrize("day", [("31", "4", "2026"), ("", "4", "2026"), ("a", "4", "2026"), ("1", "4", "26")])
def test_three_date_fields_that_make_no_date_are_one_error(day):
    form = form_of(field("datetime", subtype="date"))
    result = by_html(form, dict(zip(("x.dag", "x.maand", "x.jaar"), day, strict=True)))
    assert [e.key for e in result.errors] == ["x"]


def test_groups_and_dotted_keys_nest_and_keep_what_the_case_already_has():
    group = {
        "type": "group",
        "id": "g",
        "path": "aanvrager",
        "label": "U",
        "components": [text("naam"), text("adres.plaats")],
    }
    result = by_html(
        form_of(group),
        {"aanvrager.naam": "Sanne", "aanvrager.adres.plaats": "Emmen"},
        aanvrager={"bsnBekend": True, "adres": {"postcode": "7811 AA"}},
    )
    assert result.values == {
        "aanvrager": {"bsnBekend": True, "naam": "Sanne", "adres": {"postcode": "7811 AA", "plaats": "Emmen"}}
    }


def test_a_hidden_field_is_neither_checked_nor_written():
    form = form_of(
        field("checkbox", "weg"),
        text("straat", required=True) | {"conditional": {"hide": "=weg != true"}},
    )
    assert by_html(form, {"straat": "stiekem"}) == forms.Validated({"weg": False})
    assert by_html(form, {"weg": "on", "straat": "Lindelaan"}).values == {"weg": True, "straat": "Lindelaan"}
    assert [e.key for e in by_html(form, {"weg": "on"}).errors] == ["straat"]


def test_hiding_goes_through_a_chain_until_nothing_changes():
    hide = {"conditional": {"hide": '=is blank(string(a)) or a != "ja"'}}
    chain = [text(f"k{n}") | {"conditional": {"hide": f'=k{n + 1} != "ja"'}} for n in range(5)]
    form = form_of(*chain, text("k5") | hide, text("a"))
    answers = {f"k{n}": "ja" for n in range(6)}
    assert by_json(form, {"a": "nee", **answers}).values == {"a": "nee"}
    assert by_json(form, {"a": "ja", **answers}).values == {"a": "ja", **answers}


def test_a_hidden_group_hides_what_is_inside_and_case_variables_may_decide():
    group = {
        "type": "group",
        "id": "g",
        "label": "Extra",
        "conditional": {"hide": '=klasse = "A"'},
        "components": [text("extra", required=True)],
    }
    assert by_json(form_of(group), {}, klasse="A") == forms.Validated({})
    assert [e.key for e in by_json(form_of(group), {}, klasse="B").errors] == ["extra"]


@pytest.mark.parametrize("shut", [{"disabled": True}, {"readonly": True}, {"readonly": "=vast"}])
def test_closed_fields_are_never_taken_from_the_client(shut):
    form = form_of(text("leges", required=True) | shut, text("naam"))
    assert by_html(form, {"leges": "0", "naam": "Sanne"}, vast=True) == forms.Validated({"naam": "Sanne"})
    assert by_json(form, {"leges": "0", "naam": "Sanne"}, vast=True) == forms.Validated({"naam": "Sanne"})


def test_computed_values_come_from_the_answers_and_not_from_the_client():
    total = {"type": "expression", "id": "t", "key": "totaal", "expression": "=prijs * aantal", "computeOn": "change"}
    form = form_of(field("number", "prijs"), field("number", "aantal"), total)
    result = by_json(form, {"prijs": Decimal("2.50"), "aantal": 4, "totaal": 1})
    assert result.values["totaal"] == 10


def test_a_computed_value_can_hide_a_field():
    total = {"type": "expression", "id": "t", "key": "totaal", "expression": "=aantal * 2", "computeOn": "change"}
    form = form_of(
        text("waarom", required=True) | {"conditional": {"hide": "=totaal < 10"}}, field("number", "aantal"), total
    )
    assert by_json(form, {"aantal": 2}).errors == ()
    assert [e.key for e in by_json(form, {"aantal": 6}).errors] == ["waarom"]


def test_rows_of_a_list_are_checked_one_by_one():
    rows = {
        "type": "dynamiclist",
        "id": "l",
        "path": "kramen",
        "label": "Kramen",
        "components": [text("naam", required=True), field("number", "meter", validate={"max": 5})],
    }
    form = form_of(rows)
    good = by_html(form, {"kramen.0.naam": "Kaas", "kramen.0.meter": "3", "kramen.7.naam": "Vis", "kramen.7.meter": ""})
    assert good.values == {"kramen": [{"naam": "Kaas", "meter": 3}, {"naam": "Vis", "meter": None}]}
    bad = by_json(form, {"kramen": [{"naam": "Kaas", "meter": 9}, {"meter": 1}, "vis"]})
    assert [e.key for e in bad.errors] == ["kramen.0.meter", "kramen.1.naam", "kramen.2"]
    assert [e.key for e in by_json(form, {"kramen": [{}] * 101}).errors] == ["kramen"]


def test_json_with_unknown_names_is_refused_and_html_ignores_its_own_extras():
    group = {"type": "group", "id": "g", "path": "a", "label": "A", "components": [text("naam")]}
    form = form_of(group)
    result = by_json(form, {"a": {"naam": "x", "rol": "baas"}, "besluit": "ja"})
    assert {e.key for e in result.errors} == {"a.rol", "besluit"}
    assert by_html(form, {"a.naam": "x", "csrf_token": "y", "besluit": "ja"}).values == {"a": {"naam": "x"}}


def test_defaults_fill_in_for_json_only():
    form = form_of(text("land") | {"defaultValue": "Nederland"})
    assert by_json(form, {}).values == {"land": "Nederland"}
    assert by_html(form, {"land": ""}).values == {"land": ""}


def test_options_can_come_from_the_case():
    form = form_of(field("radio", valuesExpression="=for a in adviseurs return {label: a, value: a}"))
    assert by_json(form, {"x": "ghor"}, adviseurs=["politie", "ghor"]).values == {"x": "ghor"}
    assert len(by_json(form, {"x": "kapper"}, adviseurs=["politie", "ghor"]).errors) == 1
    form = form_of(field("select", valuesKey="adviseurs"))
    assert by_json(form, {"x": "ghor"}, adviseurs=["politie", "ghor"]).errors == ()


def test_own_words_for_a_pattern():
    form = form_of(text("x", pattern="^[0-9]+$", patternErrorMessage="Gebruik alleen cijfers."))
    assert by_json(form, {"x": "a"}).errors[0].nl == "X: Gebruik alleen cijfers."
