"""Decision tables: every hit policy, what fired, and what the caller's variables do."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from bpmn import dmn, feel

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def model(body: str, dialect: str = "camunda8") -> dmn.DecisionModel:
    source = f'<definitions xmlns="{NAMESPACE}" id="m" name="M" namespace="urn:m">{body}</definitions>'
    found, findings = dmn.read(source.encode(), path="m.dmn", dialect=dialect)
    assert found is not None
    assert not findings
    return found


def table(policy: str, rules: list[tuple[str, ...]], outputs: str = '<output id="o" name="o"/>') -> str:
    """A table over `x`; each rule is its test and its outputs."""
    rows = "".join(
        f'<rule id="r{at}"><inputEntry><text><![CDATA[{test}]]></text></inputEntry>'
        + "".join(f"<outputEntry><text>{out}</text></outputEntry>" for out in outs)
        + "</rule>"
        for at, (test, *outs) in enumerate(rules, 1)
    )
    return (
        f'<decision id="d" name="Decision"><decisionTable {policy}><input id="i"><inputExpression>'
        f"<text>x</text></inputExpression></input>{outputs}{rows}</decisionTable></decision>"
    )


def decide(found: dmn.DecisionModel, values: Mapping[str, object], decision: str = "d") -> dmn.Outcome:
    return found.evaluate(decision, feel.source_of(values), feel.Evaluation(0))


RULES = [("< 10", "1"), ("[5..20]", "2"), ("> 100", "3"), ("7", "1")]
LOW = '<output id="o" name="o"><outputValues><text>2, 1, 3</text></outputValues></output>'


@pytest.mark.parametrize(
    ("policy", "outputs", "x", "value", "fired"),
    [
        ('hitPolicy="UNIQUE"', "", 3, 1, ("r1",)),
        ('hitPolicy="UNIQUE"', "", 6, None, ("r1", "r2")),
        ("", "", 15, 2, ("r2",)),
        ("", "", 50, None, ()),
        ('hitPolicy="FIRST"', "", 7, 1, ("r1",)),
        ('hitPolicy="ANY"', "", 7, None, ("r1", "r2", "r4")),
        ('hitPolicy="ANY"', "", 3, 1, ("r1",)),
        ('hitPolicy="PRIORITY"', LOW, 7, 2, ("r1", "r2", "r4")),
        ('hitPolicy="OUTPUT ORDER"', LOW, 7, [2, 1, 1], ("r1", "r2", "r4")),
        ('hitPolicy="RULE ORDER"', "", 7, [1, 2, 1], ("r1", "r2", "r4")),
        ('hitPolicy="COLLECT"', "", 7, [1, 2, 1], ("r1", "r2", "r4")),
        ('hitPolicy="COLLECT" aggregation="SUM"', "", 7, 4, ("r1", "r2", "r4")),
        ('hitPolicy="COLLECT" aggregation="MIN"', "", 7, 1, ("r1", "r2", "r4")),
        ('hitPolicy="COLLECT" aggregation="MAX"', "", 7, 2, ("r1", "r2", "r4")),
        ('hitPolicy="COLLECT" aggregation="COUNT"', "", 7, 3, ("r1", "r2", "r4")),
    ],
)
def test_hit_policy(policy: str, outputs: str, x: int, value: object, fired: tuple[str, ...]) -> None:
    found = model(table(policy, RULES, *([outputs] if outputs else [])))
    outcome = decide(found, {"x": x})
    assert feel.to_json(outcome.value) == value
    assert outcome.rules == (("d", fired),)
    assert outcome.inputs == {"x": x}
    assert bool(outcome.notes) == (value is None)


def test_several_outputs_make_a_context() -> None:
    outputs = '<output id="a" name="class"/><output id="b" name="advice"/>'
    found = model(table('hitPolicy="FIRST"', [("> 5", '"high"', "true"), ("-", '"low"', "false")], outputs))
    assert decide(found, {"x": 6}).value == {"class": "high", "advice": True}
    assert found.decisions["d"].outputs == ("class", "advice")
    assert decide(found, {}).value == {"class": "low", "advice": False}


def test_default_output() -> None:
    outputs = '<output id="o" name="o"><defaultOutputEntry><text>"none"</text></defaultOutputEntry></output>'
    assert decide(model(table("", [("1", '"one"')], outputs)), {"x": 2}).value == "none"


def test_allowed_input_values() -> None:
    body = table("", [("-", "1")]).replace(
        "</inputExpression>", "</inputExpression><inputValues><text>1, 2</text></inputValues>"
    )
    assert decide(model(body), {"x": 2}).value == 1
    outcome = decide(model(body), {"x": 3})
    assert outcome.value is None and any("not allowed" in note for note in outcome.notes)


def test_expressions_in_cells_read_the_callers_variables() -> None:
    found = model(table("", [("> limit", "x * factor"), ("<= limit", "0")]))
    assert found.decisions["d"].reads == {"x", "limit", "factor"}
    assert decide(found, {"x": 10, "limit": 5, "factor": 3}).value == 30


def test_names_in_filters_may_be_members() -> None:
    found = model(table("", [("> 0", "count(lines[price > limit])"), ("<= 0", "limit")]))
    assert found.decisions["d"].reads == {"x", "lines", "price", "limit"}
    assert found.decisions["d"].maybe == {"price"}
    assert decide(found, {"x": 1, "lines": [{"price": 5}, {"price": 1}], "limit": 2}).value == 1


def test_rules_without_id_have_their_number() -> None:
    body = table("", [("1", "1"), ("2", "2")]).replace(' id="r1"', "").replace(' id="r2"', "")
    assert decide(model(body), {"x": 2}).rules == (("d", ("2",)),)


NUMBERS = '<output id="o" name="o" typeRef="number"/>'


def test_a_value_that_does_not_fit_its_column_stays_in_camunda_with_a_note() -> None:
    found = model(table("", [("-", "x")], NUMBERS))
    assert decide(found, {"x": 5}).value == 5
    assert decide(found, {"x": [5]}).value == Decimal(5)
    outcome = decide(found, {"x": "five"})
    assert outcome.value == "five" and outcome.notes


def test_a_value_that_does_not_fit_its_column_is_null_in_dmn() -> None:
    required = '<inputData id="x" name="x"/>'
    body = table("", [("-", "x")], NUMBERS).replace(
        "<decisionTable", '<informationRequirement><requiredInput href="#x"/></informationRequirement><decisionTable'
    )
    found = model(required + body, dialect="dmn")
    assert decide(found, {"x": [5]}).value == 5
    outcome = decide(found, {"x": "five"})
    assert outcome.value is None and outcome.notes


def test_a_column_left_at_text_still_compares_numbers_in_camunda() -> None:
    body = table('hitPolicy="FIRST"', [("> 10", '"many"'), ("-", '"few"')])
    found = model(body.replace("<inputExpression>", '<inputExpression typeRef="string">'))
    assert decide(found, {"x": 11}).value == "many"


@pytest.mark.parametrize(
    ("policy", "x", "faults"), [('hitPolicy="UNIQUE"', 6, 1), ('hitPolicy="ANY"', 7, 1), ("", 50, 0), ("", 3, 0)]
)
def test_what_no_case_should_pass_over_is_a_fault(policy: str, x: int, faults: int) -> None:
    assert len(decide(model(table(policy, RULES)), {"x": x}).faults) == faults


def test_a_column_of_dates_reads_the_text_of_a_variable() -> None:
    body = table("", [('< date("2026-06-01")', '"early"'), ('>= date("2026-06-01")', '"late"')])
    found = model(body.replace("<inputExpression>", '<inputExpression typeRef="date">'))
    assert decide(found, {"x": "2026-05-31"}).value == "early"
    assert decide(found, {"x": "2026-06-01"}).value == "late"
    assert decide(found, {"x": "soon"}).value is None


def test_a_required_decision_is_known_by_name_and_id() -> None:
    for name in ("Decision", "d"):
        body = table("", [("> 1", '"high"'), ("-", '"low"')]).replace('hitPolicy=""', "") + (
            '<decision id="e" name="Next"><informationRequirement><requiredDecision href="#d"/>'
            f"</informationRequirement><literalExpression><text>{name} + suffix</text></literalExpression></decision>"
        )
        found = model(body.replace("<decisionTable >", '<decisionTable hitPolicy="FIRST">'))
        outcome = decide(found, {"x": 2, "suffix": "!"}, "e")
        assert outcome.value == "high!"
        assert outcome.rules == (("d", ("r1",)),)
        assert found.decisions["e"].reads == {"x", "suffix"}
        assert set(outcome.inputs) == {"x", "suffix"}


def test_dmn_itself_reads_only_what_the_graph_requires() -> None:
    found = model(table("", [("-", "x")]), dialect="dmn")
    assert decide(found, {"x": 1}).value is None
    assert found.decisions["d"].reads == frozenset()


def test_a_budget_ends_a_table() -> None:
    found = model(table('hitPolicy="COLLECT"', [("-", "count(for i in 1..100000 return i)")]))
    with pytest.raises(feel.FeelBudgetError):
        decide(found, {"x": 1})


def test_unknown_decision() -> None:
    with pytest.raises(KeyError):
        decide(model(table("", [("-", "1")])), {}, "other")
