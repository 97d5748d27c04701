"""What a page shows: names, values over defaults, visibility, options, texts with escaped values."""

import json
from decimal import Decimal

import pytest

from bpmn import feel, forms


def show(components, values, **case):
    source = json.dumps({"id": "proef", "type": "default", "components": components})
    form, findings = forms.read(source.encode())
    assert findings == ()
    return forms.present(form, values, lambda n: case.get(n, feel.MISSING), feel.Evaluation(0))


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
