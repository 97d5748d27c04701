"""What authors write cannot hold up the server: patterns and expressions are bounded, long lists stay affordable."""

import json
import time

from bpmn import feel, forms


def form_of(*components):
    form, findings = forms.read(json.dumps({"id": "proef", "components": list(components)}).encode())
    assert findings == ()
    return form


def by_json(form, data):
    return forms.from_json(form, data, lambda _: feel.MISSING, feel.Evaluation(0))


def text(key, **validate):
    return {"type": "textfield", "id": key, "key": key, "label": key.title(), "validate": validate}


def test_a_pattern_that_explodes_is_cut_off_in_time():
    form = form_of(text("x", pattern="^(a|a)*$"))
    begin = time.perf_counter()
    result = by_json(form, {"x": "a" * 60 + "b"})
    assert time.perf_counter() - begin < 2
    assert len(result.errors) == 1


def test_expressions_without_end_are_one_error_of_the_form():
    sum_ = "=count(for a in 1..1000, b in 1..1000 return a) > 0"
    form = form_of(text("naam") | {"conditional": {"hide": sum_}})
    begin = time.perf_counter()
    result = by_json(form, {"naam": "x"})
    assert time.perf_counter() - begin < 2
    assert (result.values, [e.key for e in result.errors]) == ({}, [""])


def test_a_failed_assert_of_the_form_is_an_error_of_the_form():
    form = form_of(text("naam") | {"conditional": {"hide": '=assert(naam, naam != "x")'}})
    assert [e.key for e in by_json(form, {"naam": "x"}).errors] == [""]


def test_a_long_list_with_conditions_stays_within_the_budget():
    inner = [{"type": "number", "id": "n", "key": "n"}, text("t", required=True) | {"conditional": {"hide": "=n > 5"}}]
    rows = {"type": "dynamiclist", "id": "l", "path": "regels", "label": "R", "components": inner}
    result = by_json(form_of(rows), {"regels": [{"n": n % 10, "t": "x"} for n in range(100)]})
    assert result.errors == ()
    assert sum("t" in row for row in result.values["regels"]) == 60
