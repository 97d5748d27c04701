"""What a page shows: names, values over defaults, visibility, options, texts with escaped values."""

import json
from decimal import Decimal

import pytest

from bpmn import feel, forms


def show(components, values, posted=None, **case):
    source = json.dumps({"id": "proef", "type": "default", "components": components})
    form, findings = forms.read(source.encode())
    assert findings == ()
    return forms.present(form, values, lambda n: case.get(n, feel.MISSING), feel.Evaluation(0), posted)


def test_answers_go_before_the_case_and_the_case_before_defaults():
    field = {"type": "textfield", "id": "a", "key": "a", "defaultValue": "standaard"}
    assert show([field], {})[0].value == "standaard"
    assert show([field], {}, a="zaak")[0].value == "zaak"
    assert show([field], {"a": "antwoord"}, a="zaak")[0].value == "antwoord"


def test_names_are_dotted_and_rows_numbered():
    inner = {"type": "textfield", "id": "a", "key": "a"}
    group = {"type": "group", "id": "g", "path": "p", "label": "G", "components": [inner]}
    rows = {"type": "dynamiclist", "id": "l", "path": "r", "label": "R", "components": [{**inner, "id": "b"}]}
    shown_group, shown_list = show([group, rows], {"p": {"a": "1"}, "r": [{"a": "2"}, {"a": "3"}]})
    assert [(c.name, c.value) for c in shown_group.children] == [("p.a", "1")]
    assert [(c.name, c.value) for row in shown_list.rows for c in row] == [("r.0.a", "2"), ("r.1.a", "3")]


def test_hidden_closed_and_options():
    shown = show(
        [
            {"type": "textfield", "id": "a", "key": "a", "conditional": {"hide": "=weg"}},
            {"type": "textfield", "id": "b", "key": "b", "readonly": "=weg"},
            {"type": "radio", "id": "c", "key": "c", "valuesKey": "namen"},
        ],
        {},
        weg=True,
        namen=["x", "y"],
    )
    assert (shown[0].hidden, shown[1].closed, [o.key for o in shown[2].options]) == (True, True, ["x", "y"])


def test_text_with_a_value_cannot_become_markup():
    text = {"type": "text", "id": "t", "text": "Over **{{naam}}** op {{datum}}: € {{leges}}"}
    shown = show([text], {}, naam="<b>*x*</b> [l](http://a)", datum="2027-06-12", leges=Decimal("125.50"))
    assert shown[0].text == r"Over **\<b\>\*x\*\</b\> \[l\]\(http://a\)** op 12 juni 2027: € 125,50"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "ja"), (["a", "b"], "a, b"), ({"a": 1}, "a: 1"), ("1. eerst", r"1\. eerst"), ("a\nb", "a\nb")],
)
def test_merge_shows_every_kind_of_value(value, text):
    assert forms.merge("{{ x }}", lambda _: value, feel.Evaluation(0)) == text


NUMBER = {"type": "number", "id": "n", "key": "n"}
DATE = {"type": "datetime", "subtype": "date", "id": "d", "key": "d"}
CHOICE = {
    "type": "radio",
    "id": "c",
    "key": "c",
    "values": [{"label": "Een", "value": 1}, {"label": "Ja", "value": True}],
}
MANY = {
    "type": "checklist",
    "id": "m",
    "key": "m",
    "values": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}],
}


def test_values_stand_in_the_boxes_in_the_dutch_way():
    number, day, one, many = show(
        [NUMBER, DATE, CHOICE, MANY], {"n": Decimal("1.50"), "d": "2026-04-08", "c": 1, "m": ["b"]}
    )
    assert number.typed == {"": "1,50"}
    assert {p: day.typed[p] for p in ("dag", "maand", "jaar")} == {"dag": "8", "maand": "4", "jaar": "2026"}
    assert (one.selected, many.selected) == ({"1"}, {"b"})
    empty = show([NUMBER, DATE, CHOICE, MANY], {})
    assert [(s.typed[""], s.selected) for s in empty] == [("", frozenset())] * 4


def test_what_was_typed_wrongly_is_shown_again_as_it_was():
    posted = {"n": ["twaalf"], "d.dag": ["31"], "d.maand": ["2"], "d.jaar": ["2026"], "c": ["true"], "m": ["a", "b"]}
    number, day, one, many = show([NUMBER, DATE, CHOICE, MANY], {}, posted)
    assert number.typed[""] == "twaalf"
    assert [day.typed[p] for p in ("dag", "maand", "jaar")] == ["31", "2", "2026"]
    assert (one.selected, many.selected) == ({"true"}, {"a", "b"})


def test_posted_rows_and_visibility_follow_what_was_posted():
    rows = {"type": "dynamiclist", "id": "l", "path": "r", "label": "R", "components": [NUMBER]}
    extra = {"type": "textfield", "id": "e", "key": "e", "conditional": {"hide": "=c != 1"}}
    shut = {"type": "textfield", "id": "s", "key": "s", "readonly": True}
    posted = {"r.0.n": ["x"], "r.1.n": ["2"], "c": ["1"], "s": ["stiekem"]}
    listed, one, more, closed = show([rows, CHOICE, extra, shut], {}, posted, s="echt")
    assert [c.typed[""] for row in listed.rows for c in row] == ["x", "2"]
    assert (one.selected, closed.typed[""]) == ({"1"}, "echt")
    assert not more.hidden
    assert show([CHOICE, extra], {}, {"e": ["x"]})[1].hidden


def test_what_the_reader_may_not_see_decides_only_what_is_shown():
    def case(name):
        return {"naam": "Sanne", "plaats": "Emmen", "straat": "Laan", "soorten": ["Sanne"]}.get(name, feel.MISSING)

    def seen(name):
        return case(name) if name in ("plaats", "straat") else feel.MISSING

    components = [
        {"type": "text", "id": "t", "text": "{{naam}} in {{straat}}"},
        {"type": "textfield", "id": "n", "key": "naam", "readonly": True},
        {"type": "radio", "id": "r", "key": "r", "valuesExpression": "=soorten"},
        {"type": "expression", "id": "x", "key": "x", "expression": '="van " + naam'},
        {"type": "textfield", "id": "p", "key": "plaats", "conditional": {"hide": '=naam = "Sanne"'}},
    ]
    form, findings = forms.read(json.dumps({"id": "proef", "type": "default", "components": components}).encode())
    assert findings == ()
    for posted in (None, {"r": ["x"]}):
        shown = forms.present(form, {}, case, feel.Evaluation(0), posted, seen)
        assert "Sanne" not in repr([(c.value, c.text, c.typed, c.options) for c in shown])
        assert shown[4].hidden and "Laan" in shown[0].text
    assert "Sanne" in forms.present(form, {}, case, feel.Evaluation(0))[0].text
