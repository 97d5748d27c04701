"""Whatever schema or answers come in: findings and errors come out, never an exception."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn import feel, forms
from bpmn.forms.schema import KINDS

QUICK = settings(max_examples=150, deadline=None)
words = st.sampled_from(["a", "b", "a.b", "c d", "", "naam", "ja"])
scalars = st.none() | st.booleans() | st.integers(-10, 10) | st.floats(allow_nan=False, allow_infinity=False) | words
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=6
)
expressions = st.sampled_from(["=a = 1", "=a", '=naam != "ja"', "=1 +", "=b > 2 and a", "a", "=count(a) > 1", "=null"])
options = st.lists(st.fixed_dictionaries({"label": words, "value": scalars}) | anything, max_size=3)
rules = st.dictionaries(
    st.sampled_from(["required", "min", "max", "minLength", "maxLength", "pattern", "validationType"]),
    st.booleans() | st.integers(-2, 5) | expressions | st.sampled_from(["email", "phone", "^a+$", "("]),
    max_size=3,
)
one_component = st.fixed_dictionaries(
    {"type": st.sampled_from([*sorted(KINDS), "html", "onzin"])},
    optional={
        "id": words,
        "key": words,
        "path": words,
        "label": words,
        "values": options,
        "valuesExpression": expressions,
        "expression": expressions,
        "text": st.sampled_from(["{{a}}", "{{ 1 + }}", "=a", "{{", "x"]),
        "validate": rules | anything,
        "conditional": st.fixed_dictionaries({"hide": expressions}) | anything,
        "readonly": st.booleans() | expressions,
        "disabled": st.booleans(),
        "defaultValue": anything,
        "subtype": st.sampled_from(["date", "time", "datetime", "eeuw"]),
        "decimalDigits": st.integers(-1, 3) | words,
    },
)
components = st.recursive(
    st.lists(one_component, max_size=4),
    lambda inner: st.lists(
        st.fixed_dictionaries({"type": st.sampled_from(["group", "dynamiclist"]), "path": words, "components": inner}),
        max_size=3,
    ),
    max_leaves=4,
)
posted = st.dictionaries(
    st.sampled_from(["a", "b", "a.b", "naam", "a.0.b", "a.dag", "a.maand", "a.jaar", "a.tijd", "ja.1.a", "csrf"]),
    st.lists(st.text(max_size=6) | st.sampled_from(["1", "ja", "2026-01-01", "1.000,5", "-"]), max_size=2),
    max_size=6,
)


def read(found):
    return forms.read(json.dumps({"id": "proef", "components": found}).encode())


@QUICK
@given(anything | st.fixed_dictionaries({"id": anything, "components": anything}))
def test_any_json_is_a_form_or_findings(schema):
    form, findings = forms.read(json.dumps(schema).encode())
    assert form is not None or any(f.severity == "error" for f in findings)


@QUICK
@given(components, posted, st.dictionaries(words, anything, max_size=4))
def test_any_answers_to_any_form_are_values_or_errors(found, fields, data):
    form, _ = read(found)

    def scope(name):
        return {"b": "ja"}.get(name, feel.MISSING)

    for result in (
        forms.from_html(form, fields, scope, feel.Evaluation(0)),
        forms.from_json(form, data, scope, feel.Evaluation(0)),
    ):
        assert set(result.values) <= form.writes()
        json.dumps(feel.to_json(result.values), default=str)
        assert all(e.nl and e.en for e in result.errors)


@QUICK
@given(components, posted | st.none(), st.dictionaries(words, anything, max_size=4))
def test_any_form_can_be_shown(found, fields, data):
    form, _ = read(found)
    usable = feel.to_json(data)
    assert isinstance(usable, dict)
    shown = forms.present(form, usable, lambda _: feel.MISSING, feel.Evaluation(0), fields)
    assert len(shown) == len(form.fields)
