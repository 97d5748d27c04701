"""Whole tables: overlap, gaps, rules that never decide, each with inputs that show it, and agreeing with evaluation."""

import itertools
from decimal import Decimal
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn import checks, dmn, feel
from bpmn.model import Finding

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def model(rules: str, policy: str = "UNIQUE", inputs: str = "x", types: str = "", more: str = "") -> dmn.DecisionModel:
    """A table from lines such as `> 3 | "a" => "result"`; `inputs` and `types` are separated by commas."""
    kinds = [*types.split(","), *[""] * 9]
    columns = "".join(
        f'<input id="i{at}"><inputExpression typeRef="{kinds[at]}"><text>{text}</text></inputExpression></input>'
        if kinds[at]
        else f'<input id="i{at}"><inputExpression><text>{text}</text></inputExpression></input>'
        for at, text in enumerate(inputs.split(","))
    )
    rows = ""
    for number, line in enumerate(filter(None, map(str.strip, rules.splitlines())), 1):
        cells, _, output = line.partition("=>")
        entries = "".join(f"<inputEntry><text>{escape(cell.strip())}</text></inputEntry>" for cell in cells.split("|"))
        result = f"<outputEntry><text>{escape(output.strip() or '1')}</text></outputEntry>"
        rows += f'<rule id="r{number}">{entries}{result}</rule>\n'
    source = (
        f'<definitions xmlns="{NAMESPACE}" id="m" name="M" namespace="urn:m">{more}<decision id="d" name="D">'
        f'<decisionTable id="t" hitPolicy="{policy}">{columns}<output id="o" name="o"><outputValues><text>"H","M","L"'
        f"</text></outputValues></output>\n{rows}</decisionTable></decision></definitions>"
    )
    found, findings = dmn.read(source.encode(), path="d.dmn")
    assert found is not None and not [each for each in findings if each.severity == "error"], findings
    return found


def codes(found: dmn.DecisionModel) -> list[tuple[str, str, str]]:
    return [(each.code.removeprefix("dmn-"), each.severity, each.element) for each in dmn.analyse(found)]


WHOLE = "< 3\n[3..5]\n> 5"


@pytest.mark.parametrize(
    ("rules", "policy", "inputs", "expected"),
    [
        (WHOLE, "UNIQUE", "x", []),
        ("<= 3\n>= 3", "UNIQUE", "x", [("overlap", "error", "r2")]),
        ("< 3\n> 3", "UNIQUE", "x", [("gap", "warning", "t")]),
        ("<= 3\n>= 4", "UNIQUE", "x", [("gap", "warning", "t")]),
        ("true\nfalse", "UNIQUE", "x", []),
        ('"a"\nnot("a")', "UNIQUE", "x", []),
        ('"a", "b"\n"b"\nnot("a", "b")', "UNIQUE", "x", [("overlap", "error", "r2")]),
        ('"a"', "UNIQUE", "x", [("gap", "warning", "t")]),
        ('< date("2026-01-01")\n>= date("2026-01-02")', "UNIQUE", "x", [("gap", "warning", "t")]),
        ('<= date("2026-01-01")\n>= date("2026-01-02")', "UNIQUE", "x", []),
        ('< @"12:00:00"\n>= @"12:00:00"', "UNIQUE", "x", []),
        ('< duration("P1M")\n> duration("P1M")', "UNIQUE", "x", [("gap", "warning", "t")]),
        ("> 1 | -\n- | true\n<= 1 | false", "UNIQUE", "x,y", [("overlap", "error", "r2")]),
        ("> 1 | -\n- | true\n<= 1 | false", "UNIQUE", "x,x + y", [("overlap", "warning", "r2")]),
        ("> 1 | < 5\n<= 1 | -\n- | >= 5", "UNIQUE", "x,x", []),
        ("> 5\n> 3\n> 1\n-", "FIRST", "x", []),
        ("> 3\n> 5\n-", "FIRST", "x", [("unreachable", "warning", "r2")]),
        ("> 3\n<= 3\n-", "FIRST", "x", [("unreachable", "warning", "r3")]),
        ("[5..3]\n-", "FIRST", "x", [("never", "warning", "r1")]),
        ('- => "H"\n> 3 => "L"', "PRIORITY", "x", [("unreachable", "warning", "r2")]),
        ('- => "L"\n> 3 => "H"', "PRIORITY", "x", []),
        ('- => "L"\n> 3 => "H"', "ANY", "x", [("any", "error", "r2")]),
        ('- => "L"\n> 3 => "L"', "ANY", "x", []),
        ('- => "L"\n> 3 => x', "ANY", "x", []),
        ("> 3\n> 3", "COLLECT", "x", []),
        ("> 3\n> y\n<= 3", "UNIQUE", "x", [("not-analysed", "info", "t")]),
        ('> 3\n"a"', "UNIQUE", "x", [("not-analysed", "info", "t")]),
        ("", "UNIQUE", "x", [("gap", "warning", "t")]),
    ],
)
def test_tables(rules: str, policy: str, inputs: str, expected: list[tuple[str, str, str]]) -> None:
    assert codes(model(rules, policy, inputs)) == expected


def test_each_finding_shows_inputs_in_two_languages_with_its_place() -> None:
    (found,) = dmn.analyse(model("> 1 | -\n- | true\n<= 1 | false", inputs="leeftijd,akkoord"))
    assert "bij leeftijd = 2, akkoord = true" in found.nl and "regel 1 en regel 2" in found.nl
    assert "for leeftijd = 2, akkoord = true" in found.en and "Tabel 'D'" in found.nl
    assert (found.element, found.path) == ("r2", "d.dmn") and found.line > 0
    (gap,) = dmn.analyse(model('"a"\n"b"', inputs="soort"))
    assert 'soort = not("a", "b")' in gap.nl


def test_what_an_overlap_between_whole_numbers_is_worth() -> None:
    """Between 5 and 6 there may be no values at all, so this is no certain fault."""
    assert codes(model("< 6\n> 5\n", "UNIQUE")) == [("overlap", "warning", "r2")]


def test_values_allowed_by_a_type_bound_the_input() -> None:
    allowed = '<allowedValues><text>"a","b"</text></allowedValues>'
    more = f'<itemDefinition name="k"><typeRef>string</typeRef>{allowed}</itemDefinition>'
    assert codes(model('"a"\n"b"', types="k", more=more)) == []
    assert [code for code, *_ in codes(model('"a"\n"c"', types="k", more=more))] == ["never", "gap"]


def test_inputs_that_other_decisions_give_overlap_with_a_warning_only() -> None:
    more = '<decision id="e" name="x"><literalExpression><text>4</text></literalExpression></decision>'
    found = model("> 3\n> 2\n<= 2", more=more)
    assert codes(found) == [("overlap", "error", "r2")]
    source = (
        f'<definitions xmlns="{NAMESPACE}" id="m" name="M" namespace="urn:m">{more}<decision id="d" name="D">'
        '<informationRequirement><requiredDecision href="#e"/></informationRequirement><decisionTable id="t"><input>'
        '<inputExpression><text>x</text></inputExpression></input><output name="o"/><rule id="r1"><inputEntry><text>-'
        "</text></inputEntry><outputEntry><text>1</text></outputEntry></rule><rule id='r2'><inputEntry><text>3</text>"
        "</inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable></decision></definitions>"
    )
    needing, _ = dmn.read(source.encode())
    assert needing is not None and codes(needing) == [("overlap", "warning", "r2")]


def test_many_findings_are_counted_not_listed() -> None:
    found = codes(model("\n".join(["> 3"] * 20)))
    assert sum(code == "overlap" for code, *_ in found) <= 21
    assert ("overlap", "info", "t") in found


def test_a_large_table_stops_at_the_limit_and_says_so() -> None:
    rules = "\n".join(
        " | ".join(f"[{(row * (at + 7)) % 89}..{(row * (at + 7)) % 89 + 9}]" for at in range(6)) for row in range(1000)
    )
    big = model(rules, "FIRST", "a,b,c,d,e,f")
    found = codes(big)
    assert ("analysis-limit", "info", "t") in found


def test_a_thousand_rules_are_looked_at_whole() -> None:
    rules = "\n".join(f'"soort {at}" | {at % 7}' for at in range(1000))
    assert codes(model(rules, "UNIQUE", "a,b"))[-1] == ("gap", "info", "t")
    doubled = codes(model(f'{rules}\n"soort 5" | > 4', "UNIQUE", "a,b"))
    assert [each for each in doubled if each[0] == "overlap"] == [("overlap", "error", "r1001")]


def test_cells_that_cost_much_are_not_looked_into() -> None:
    costly = "count(for i in 1..1000 return i)"
    assert ("not-analysed", "info", "t") in codes(model(f"{costly}\n> 3", "UNIQUE"))
    many = "\n".join(f"count(for i in 1..85 return i) + {at % 500}" for at in range(3000))
    assert ("analysis-limit", "info", "t") in codes(model(f"{many}\n-", "FIRST"))


def test_a_package_is_checked_with_its_tables() -> None:
    found = checks.run((), {"d": model("<= 3\n>= 3")}, {})
    assert [(each.code, each.severity) for each in found] == [("dmn-overlap", "error")]
    assert checks.run((), {"d": model("<= 3\n>= 3")}) == ()


NUMBERS = ["-", "< 1", "> 2", "[1..2]", "]1..3[", "1, 3", "not(2)", "<= 3", "2"]
TEXTS = ["-", '"a"', '"a", "b"', 'not("b")', 'not("a", "c")', '"c"']
BOOLEANS = ["-", "true", "false"]
VALUES = ([Decimal(n) / 2 for n in range(-1, 9)], ["a", "b", "c", "z"], [True, False])


def _hits(found: dmn.DecisionModel, values: tuple[object, ...]) -> tuple[str, ...]:
    scope = feel.program.source_of(dict(zip("xyz", values, strict=True)))
    outcome = found.evaluate("d", scope, feel.Evaluation(0))
    return outcome.rules[0][1]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(NUMBERS), st.sampled_from(TEXTS), st.sampled_from(BOOLEANS)), min_size=1, max_size=6
    ),
    st.sampled_from(["UNIQUE", "FIRST", "ANY"]),
)
def test_the_analysis_agrees_with_trying_all_values(rules: list[tuple[str, str, str]], policy: str) -> None:
    lines = "\n".join(" | ".join(rule) + (f' => "{"HML"[at % 2]}"') for at, rule in enumerate(rules))
    found: tuple[Finding, ...] = dmn.analyse(model(lines, policy, "x,y,z", "number,string,boolean"))
    collected = model(lines, "RULE ORDER", "x,y,z", "number,string,boolean")
    hits = [_hits(collected, values) for values in itertools.product(*VALUES)]
    assert any(each.code == "dmn-gap" for each in found) == (() in hits)
    pairs = {pair for each in hits for pair in itertools.combinations(each, 2)}
    if policy == "UNIQUE":
        assert any(each.code == "dmn-overlap" for each in found) == bool(pairs)
        assert {each.element for each in found if each.code == "dmn-overlap" and each.severity != "info"} == {
            later for _, later in pairs
        }
    if policy == "ANY":
        differing = {pair for pair in pairs if int(pair[0][1:]) % 2 != int(pair[1][1:]) % 2}
        assert any(each.code == "dmn-any" for each in found) == bool(differing)
    if policy == "FIRST":
        reached = {each[0] for each in hits if each}
        dead = {f"r{number}" for number in range(1, len(rules) + 1)} - reached
        assert {each.element for each in found if each.code in ("dmn-unreachable", "dmn-never")} == dead
