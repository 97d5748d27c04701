"""What is wrong with a file is a finding with element and line, in two languages; the rest goes on."""

import pytest

from bpmn import dmn, feel
from bpmn.model import Finding

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def read(body: str) -> tuple[dmn.DecisionModel | None, tuple[Finding, ...]]:
    source = f'<definitions xmlns="{NAMESPACE}" id="m" name="M" namespace="urn:m">\n{body}\n</definitions>'
    return dmn.read(source.encode(), path="rules/m.dmn")


def literal(text: str, attributes: str = "") -> str:
    logic = f'<literalExpression id="x" {attributes}><text>{text}</text></literalExpression>'
    return f'<decision id="d" name="D">\n{logic}</decision>'


ONE = "<literalExpression><text>1</text></literalExpression>"
CELLS = (
    '<decision id="d" name="D"><decisionTable id="t" {policy}><input id="i"><inputExpression>'
    "<text>x</text></inputExpression>"
    '</input><output id="o" name="o"/><rule id="r">{cells}</rule></decisionTable></decision>'
)
GOOD = "<inputEntry id='c'><text>1</text></inputEntry><outputEntry id='e'><text>1</text></outputEntry>"


@pytest.mark.parametrize(
    ("body", "code", "element", "severity"),
    [
        (literal("1 +"), "dmn-feel", "x", "error"),
        (literal("x", 'expressionLanguage="javascript"'), "dmn-language", "x", "error"),
        (
            CELLS.format(policy="", cells=GOOD).replace(
                "<inputExpression>", '<inputExpression expressionLanguage="juel">'
            ),
            "dmn-language",
            "i",
            "error",
        ),
        (
            CELLS.format(policy="", cells=GOOD.replace("id='e'", "id='e' expressionLanguage='groovy'")),
            "dmn-language",
            "e",
            "error",
        ),
        ('<decision id="d" name="D"/>', "dmn-no-logic", "d", "warning"),
        (CELLS.format(policy='hitPolicy="BEST"', cells=GOOD), "dmn-hit-policy", "t", "error"),
        (CELLS.format(policy='hitPolicy="COLLECT" aggregation="MEAN"', cells=GOOD), "dmn-hit-policy", "t", "error"),
        (CELLS.format(policy="", cells=GOOD.replace("<text>1", "<text>(", 1)), "dmn-feel", "c", "error"),
        (CELLS.format(policy="", cells="<inputEntry id='c'><text>1</text></inputEntry>"), "dmn-cells", "r", "error"),
        (
            '<decision id="d" name="D"><informationRequirement id="q"><requiredInput href="#gone"/>'
            "</informationRequirement>"
            "<literalExpression><text>1</text></literalExpression></decision>",
            "dmn-reference",
            "q",
            "error",
        ),
        ('<import id="p" name="other" namespace="urn:other"/>', "dmn-import", "p", "error"),
        (
            '<businessKnowledgeModel id="k" name="K"><encapsulatedLogic id="l" kind="Java"/></businessKnowledgeModel>',
            "dmn-external",
            "l",
            "error",
        ),
        ('<itemDefinition id="a" name="A"><typeRef>list&lt;</typeRef></itemDefinition>', "dmn-feel", "a", "error"),
        (
            '<itemDefinition id="a" name="A"><typeRef>number</typeRef><allowedValues><text>)</text>'
            "</allowedValues></itemDefinition>",
            "dmn-feel",
            "a",
            "error",
        ),
    ],
)
def test_finding(body: str, code: str, element: str, severity: str) -> None:
    model, findings = read(body)
    assert model is not None
    assert [(found.code, found.element, found.severity) for found in findings] == [(code, element, severity)]
    assert findings[0].line >= 2
    assert findings[0].path == "rules/m.dmn"
    assert findings[0].nl and findings[0].en and findings[0].nl != findings[0].en


@pytest.mark.parametrize(("cell", "warned"), [('"five"', True), ("5", False), ("x", False), ("null", False)])
def test_a_constant_that_does_not_fit_its_column_is_a_warning(cell: str, warned: bool) -> None:
    rule = GOOD.replace("<text>1</text></outputEntry>", f"<text>{cell}</text></outputEntry>")
    body = CELLS.format(policy="", cells=rule)
    _, findings = read(body.replace('name="o"', 'name="o" typeRef="number"'))
    assert [(found.code, found.severity, found.element) for found in findings] == (
        [("dmn-type", "warning", "e")] if warned else []
    )


def test_every_broken_cell_is_reported_and_the_table_is_null() -> None:
    cells = "<inputEntry id='c'><text>(</text></inputEntry><outputEntry id='e'><text>)</text></outputEntry>"
    model, findings = read(CELLS.format(policy="", cells=cells))
    assert [found.element for found in findings] == ["c", "e"]
    assert model is not None
    outcome = model.evaluate("d", feel.source_of({"x": 1}), feel.Evaluation(0))
    assert outcome.value is None and outcome.faults


def test_a_circle_is_found_and_reads_null() -> None:
    body = "".join(
        f'<decision id="{one}" name="{one}"><informationRequirement><requiredDecision href="#{other}"/>'
        f"</informationRequirement><literalExpression><text>{other}</text></literalExpression></decision>"
        for one, other in (("a", "b"), ("b", "a"))
    )
    model, findings = read(body)
    assert {(found.code, found.element) for found in findings} == {("dmn-circle", "a"), ("dmn-circle", "b")}
    assert model is not None
    assert model.evaluate("a", feel.source_of({}), feel.Evaluation(0)).value is None


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"<definitions",
        b"<definitions/>",
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
        b'<!DOCTYPE d [<!ENTITY a "b">]><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">&a;</definitions>',
        b"\xff\xfe\x00",
        b"PK\x03\x04",
    ],
)
def test_what_is_no_dmn_is_refused(source: bytes) -> None:
    model, findings = dmn.read(source, path="x.dmn")
    assert model is None
    assert findings and all(found.severity == "error" and found.path == "x.dmn" for found in findings)


def test_a_file_that_is_too_large_is_refused() -> None:
    model, findings = read('<decision id="d" name="D"><list>' + "<text>1</text>" * 10_001 + "</list></decision>")
    assert model is None
    assert [found.code for found in findings] == ["dmn-too-large"]


def test_a_chain_that_is_too_long_is_refused_or_ends() -> None:
    links = '<decision id="d0" name="d0"><literalExpression><text>1</text></literalExpression></decision>'
    for at in range(1, 3000):
        links += (
            f'<decision id="d{at}" name="d{at}"><informationRequirement><requiredDecision href="#d{at - 1}"/>'
            f"</informationRequirement><literalExpression><text>d{at - 1}</text></literalExpression></decision>"
        )
    model, findings = read(links)
    assert model is None
    assert [found.code for found in findings] == ["dmn-too-deep"]


def test_boxes_that_nest_too_deeply_end_in_a_typed_error() -> None:
    model, findings = read('<decision id="d" name="D">' + "<list>" * 200 + ONE + "</list>" * 200 + "</decision>")
    assert findings == ()
    assert model is not None
    with pytest.raises(feel.FeelBudgetError):
        feel.to_json(model.evaluate("d", feel.source_of({}), feel.Evaluation(0)).value)
