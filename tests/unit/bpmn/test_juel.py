"""JUEL to FEEL: what has a clear counterpart, nothing else."""

import pytest

from bpmn import feel
from bpmn.readers.juel import NotSimple, translate


@pytest.mark.parametrize(
    ("juel", "feel"),
    [
        ("${a}", "a"),
        ("#{a.b == 'x'}", 'a.b = "x"'),
        ("${input == 1}", "input = 1"),
        ("${a && b || !c}", "(a and b) or not(c)"),
        ("${not (a gt 5)}", "not((a > 5))"),
        ("${n % 2 == 0}", "modulo(n, 2) = 0"),
        ("${a ? 1 : 2}", "if a then 1 else 2"),
        ("${(a) + (b)}", "(a) + (b)"),
        ("${a['k']}", "a.k"),
        ("${a[0].b}", "a[1].b"),
        ('say "${x}"', '"say \\"" + string(x) + "\\""'),
        ("${empty a}", 'list contains([null, "", []], a)'),
        ("${a.size() gt 0 and not a.isEmpty()}", '(count(a) > 0) and not(list contains([null, "", []], a))'),
        ("${a.contains('b')}", 'if a instance of string then contains(a, "b") else list contains(a, "b")'),
        ("${execution.getVariable('a') ne null}", "a != null"),
        ("${execution.hasVariable('a')}", "a != null"),
        ("${execution.processBusinessKey}", "zaaknummer"),
        ("${vars:getOrDefault(a, 5)}", "get or else(a, 5)"),
        ("${variables:gte(a, 5)}", "a >= 5"),
        ("${dateTime().plusDays(3).toDate()}", 'now() + duration("P3D")'),
        ("${a.minusMonths(1).isBefore(b)}", '(a - duration("P1M")) < b'),
        ("${a += 'b'}", 'string(a) + string("b")'),
        ("${a.prop('b').stringValue()}", "a.b"),
        ("${a.substring(2, 4).toUpperCase()}", "upper case(substring(a, 3, 2))"),
        ("${a ? b : c == 1 ? d : e}", "if a then b else (if (c = 1) then d else e)"),
        ("${decisionResult.getSingleEntry()}", "decisionResult"),
        (
            "${decisionResult.getSingleResult().risico}",
            "if decisionResult instance of context then decisionResult.risico else decisionResult",
        ),
        ("${in > 1}", "`in` > 1"),
        ("${a == '}'}", 'a = "}"'),
    ],
)
def test_translation(juel: str, feel: str) -> None:
    assert translate(juel) == feel


def test_a_name_can_mean_something_else() -> None:
    names = {"loopCounter": "(loopCounter - 1)"}
    assert translate("${loopCounter == 0}", names) == "(loopCounter - 1) = 0"
    assert translate("${a[loopCounter].b}", names) == translate("${a.get(loopCounter).b}", names) == "a[loopCounter].b"
    assert translate("${a[loopCounter]}") == "a[loopCounter + 1]"


def test_what_is_translated_is_feel_that_runs() -> None:
    values = {"a": ["x"], "b": None, "loopCounter": 1}
    found = translate("${not empty a && empty b && a.contains('x') && !a.contains('y')}")
    assert found is not None and feel.evaluate(found, values) is True


def test_the_only_row_of_an_outcome_may_be_the_value_itself_here() -> None:
    found = translate("${decisionResult.singleResult.risico == 'hoog'}")
    assert found is not None and feel.evaluate(found, {"decisionResult": "hoog"}) is True
    assert feel.evaluate(found, {"decisionResult": {"risico": "hoog", "reden": "druk"}}) is True


def test_literals_are_none() -> None:
    assert translate("plain") is None


REFUSED = [
    "${bean.call()}", "${a[i]}", "${a b}", "${}", "${a ~ b}", "${zaakService.get('x')}", "${execution.id}", "${task}",
    "${execution.getVariable(a)}", "${vars:unknown(a)}", "${a.substring(b)}", "${a.plusDays(n)}", "${f(1)}", "${a.b(}",
    "${zaakBean.klaar}", "${now(1)}", "${" + "(" * 3000 + "a" + ")" * 3000 + "}", "${" + "!" * 3000 + "a}",
    "${" + "a ? b : " * 3000 + "c}", "${a" + " + a" * 100_000 + "}", "${a.get('b c')}", "${a ?}", "${vars:get()}",
]  # fmt: skip


@pytest.mark.parametrize("juel", REFUSED)
def test_the_rest_is_refused(juel: str) -> None:
    with pytest.raises(NotSimple):
        translate(juel)
