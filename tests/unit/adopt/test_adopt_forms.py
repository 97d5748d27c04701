"""Forms of Form.io become form-js forms that work: what is asked, shown and checked stays; the rest is told."""

import json
from typing import Any

import pytest

from bpmn import feel, forms
from bpmn.adopt import adopt
from bpmn.forms.validate import validate

PLAIN: dict[str, Any] = {
    "display": "form",
    "name": "meldingOverlast",
    "components": [
        {"type": "panel", "title": "Uw melding", "key": "panel", "input": False, "components": [
            {"type": "textfield", "key": "pv:naam", "label": "Naam", "input": True,
             "validate": {"required": True, "minLength": 2, "maxLength": "80"}},
            {"type": "email", "key": "email", "label": "E-mail", "input": True, "placeholder": "naam@voorbeeld.nl"},
            {"type": "radio", "key": "soort", "label": "Soort", "input": True, "validate": {"required": True},
             "values": [{"label": "Geluid", "value": "geluid"}, {"label": "Afval", "value": "afval"}]},
            {"type": "textarea", "key": "toelichting", "label": "Toelichting", "input": True,
             "conditional": {"show": True, "when": "soort", "eq": "geluid"}, "validate": {"required": True}},
            {"type": "number", "key": "aantal", "label": "Aantal zakken", "input": True, "decimalLimit": 0,
             "validate": {"min": 1, "max": "9"}, "customConditional": "show = data.soort === 'afval';"},
        ]},
        {"type": "columns", "key": "cols", "input": False, "columns": [
            {"width": 6, "components": [{"type": "datetime", "key": "datum", "label": "Dag", "input": True,
                                         "enableTime": False}]},
            {"width": 6, "components": [{"type": "currency", "key": "schade", "label": "Schade", "input": True,
                                         "defaultValue": 0}]},
        ]},
        {"type": "container", "key": "adres", "input": True, "label": "Adres", "components": [
            {"type": "textfield", "key": "straat", "label": "Straat", "input": True,
             "validate": {"pattern": "[A-Za-z ]+", "customMessage": "Alleen letters"}}]},
        {"type": "datagrid", "key": "getuigen", "input": True, "label": "Getuigen", "components": [
            {"type": "textfield", "key": "naam", "label": "Naam", "input": True}]},
        {"type": "selectboxes", "key": "dagen", "label": "Dagen", "input": True,
         "values": [{"label": "Ma", "value": "ma"}, {"label": "Di", "value": "di"}]},
        {"type": "select", "key": "wijk", "label": "Wijk", "input": True, "multiple": True,
         "data": {"values": [{"label": "Noord", "value": "n"}]}},
        {"type": "number", "key": "totaal", "label": "Totaal", "input": True, "disabled": True,
         "calculateValue": "value = data.aantal * 2"},
        {"type": "content", "key": "uitleg", "input": False,
         "html": "<h2>Let op</h2><p>Beste <b>{{ data.email }}</b>,<br>lees dit:</p><ul><li>een</li><li>twee</li></ul>"},
        {"type": "hidden", "key": "bron", "input": True, "defaultValue": "website"},
        {"type": "button", "key": "submit", "label": "Verstuur", "action": "submit", "input": True},
    ],
}  # fmt: skip


def converted(form: object) -> tuple[forms.Form, list[tuple[str, str, str]]]:
    """The form as the product reads it, and (code, severity, component) of what is told."""
    adopted = adopt("melding.json", json.dumps(form).encode())
    findings = adopted.findings
    assert adopted.content is not None and 0 <= adopted.translated <= adopted.total
    read, faults = forms.read(adopted.content)
    assert read is not None and faults == (), [f.en for f in faults]
    assert all(f.nl and f.en and f.nl != f.en and f.path == "melding.json" for f in findings)
    return read, [(f.code, f.severity, f.element) for f in findings]


def component(*parts: dict[str, Any]) -> tuple[forms.Form, list[tuple[str, str, str]]]:
    """The same for some components alone."""
    return converted({"components": [{"input": True, **part} for part in parts]})


def answered(form: forms.Form, **answers: Any) -> tuple[dict[str, object], list[str]]:
    found = validate(form, answers, lambda name: feel.MISSING, feel.Evaluation(0))
    return found.values, [error.key for error in found.errors]


def test_a_whole_form_asks_and_checks_the_same() -> None:
    form, told = converted(PLAIN)
    assert form.id == "meldingOverlast"
    assert told == [("formio-key", "info", "pv:naam"), ("formio-value", "warning", "dagen")]
    values, errors = answered(
        form, naam="Jan", email="jan@voorbeeld.nl", soort="afval", aantal=3, datum="2027-05-01",
        adres={"straat": "Dorpsstraat"}, getuigen=[{"naam": "Piet"}], dagen=["ma"], wijk=["n"],
    )  # fmt: skip
    assert errors == []
    assert (values["totaal"], values["bron"], values["dagen"], values["wijk"]) == (6, "website", ["ma"], ["n"])
    assert values["adres"] == {"straat": "Dorpsstraat"} and values["getuigen"] == [{"naam": "Piet"}]
    assert "toelichting" not in values or not values["toelichting"]
    assert answered(form, naam="J", email="geen", soort="geluid", adres={"straat": "1"})[1] == [
        "naam", "email", "toelichting", "adres.straat",
    ]  # fmt: skip
    assert "aantal" in answered(form, naam="Jan", soort="afval", aantal=12)[1]


def test_texts_are_markdown_with_merge_fields() -> None:
    form, _ = converted(PLAIN)
    (text,) = [field.text for field in form.fields if "Let op" in field.text]
    assert text == "## Let op\n\nBeste **{{email }}**,\nlees dit:\n\n- een\n- twee"
    form, told = component({"type": "content", "key": "c", "html": "{% if data.x %}ja{% endif %}"})
    assert told == [("formio-left", "error", "c")]


@pytest.mark.parametrize("kind", ["file", "signature", "survey", "address", "recaptcha", "tree", "zelfgemaakt"])
def test_what_has_no_counterpart_stands_as_work_to_do(kind: str) -> None:
    form, told = component({"type": kind, "key": "k", "label": "Bijlage"}, {"type": "textfield", "key": "t"})
    assert told == [("formio-kind", "error", "k")]
    assert f"Bijlage ({kind})" in form.fields[0].text and form.fields[1].path == ("t",)


@pytest.mark.parametrize(
    ("settings", "left"),
    [
        ({"customConditional": "if (data.x) { show = true } else { show = false }"}, ["customConditional"]),
        ({"calculateValue": "value = moment().format()"}, ["calculateValue"]),
        ({"validate": {"custom": "valid = input > 3", "json": {"a": 1}}}, ["validate.custom", "validate.json"]),
        ({"logic": [{"name": "l"}], "multiple": True}, ["logic", "multiple"]),
        ({"conditional": {"show": True, "conditions": [{"component": "x", "operator": "zz"}]}}, ["conditional"]),
    ],
)  # fmt: skip
def test_code_is_kept_as_text_and_told(settings: dict[str, Any], left: list[str]) -> None:
    form, told = component({"type": "textfield", "key": "t", **settings})
    assert told == [("formio-left", "error", "t")] * len(left)
    properties = form.source["components"][0]["properties"]  # type: ignore[index]
    assert sorted(properties) == [f"formio:{name}" for name in left]


@pytest.mark.parametrize(
    ("conditional", "hide"),
    [
        ({"show": True, "when": "a", "eq": "ja"}, 'not(a = "ja")'),
        ({"show": "false", "when": "a", "eq": True}, "not(not(a = true))"),
        ({"show": None, "when": None, "eq": ""}, None),
        ({"show": True, "when": "pv:a-b", "eq": 3}, "not(a_b = 3)"),
        (
            {"show": True, "conjunction": "any", "conditions": [
                {"component": "a", "operator": "isEqual", "value": "x"}, {"component": "b", "operator": "isNotEmpty"}]},
            'not(a = "x" or not(b = null or b = ""))',
        ),
    ],
)  # fmt: skip
def test_simple_conditions(conditional: dict[str, Any], hide: str | None) -> None:
    form, told = component({"type": "textfield", "key": "t", "conditional": conditional})
    assert told == [] and (form.fields[0].hide.text if form.fields[0].hide else None) == hide


def test_choices_from_elsewhere_become_a_list_to_fill() -> None:
    form, told = component({"type": "select", "key": "land", "dataSrc": "url", "data": {"url": "https://x.example"}})
    assert told == [("formio-left", "error", "land")]
    assert form.fields[0].options_from is not None and form.fields[0].options_from.text == "keuzes_land"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"{", "formio-json"),
        (b"\xff", "formio-json"),
        (b"[]", "formio-shape"),
        (b'{"components": [{"type": "textfield", "key": "a"}]}', "formio-shape"),
        (b" " * (1024 * 1024 + 1), "formio-too-large"),
    ],
)
def test_no_form_of_form_io(source: bytes, code: str) -> None:
    adopted = adopt("x.json", source)
    assert adopted.content is None and [f.code for f in adopted.findings] == [code]
    assert adopted.findings[0].severity == "error"


def test_a_form_of_form_js_stays_as_it_is() -> None:
    source = b'{"id": "f", "type": "default", "components": [{"type": "textfield", "id": "a", "key": "a"}]}'
    assert adopt("f.form", source).content == source


def test_bad_components_are_told_all_at_once() -> None:
    deep: dict[str, Any] = {"type": "textfield", "key": "t"}
    for number in range(12):
        deep = {"type": "panel", "key": f"p{number}", "components": [deep]}
    form, told = converted({"components": [{"input": True}, 3, deep, {"type": "table", "rows": 5, "key": "x"}]})
    assert [code for code, _, _ in told] == ["formio-component", "formio-component", "formio-depth"]
    assert form.id == "melding"
