"""The graph: inputs, knowledge models, services, imports, boxed expressions, circles."""

from collections.abc import Mapping

import pytest

from bpmn import dmn, feel

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def read(body: str, name: str = "m", imports: Mapping[str, dmn.DecisionModel] | None = None) -> dmn.DecisionModel:
    source = f'<definitions xmlns="{NAMESPACE}" id="{name}" name="{name}" namespace="urn:{name}">{body}</definitions>'
    found, findings = dmn.read(source.encode(), dialect="dmn", imports=imports or {})
    assert found is not None
    assert not findings
    return found


def decide(found: dmn.DecisionModel, decision: str, values: Mapping[str, object]) -> object:
    return feel.to_json(found.evaluate(decision, feel.source_of(values), feel.Evaluation(0, steps=200_000)).value)


FEE = """
<itemDefinition name="Amount"><typeRef>number</typeRef>
<allowedValues><text>&gt;= 0</text></allowedValues></itemDefinition>
<inputData id="i" name="Number of visitors"><variable name="Number of visitors" typeRef="Amount"/></inputData>
<businessKnowledgeModel id="k" name="Fee per head"><variable name="Fee per head"/><encapsulatedLogic>
  <formalParameter name="heads" typeRef="number"/>
  <literalExpression><text>if heads &gt; 1000 then 2 else 1</text></literalExpression>
</encapsulatedLogic></businessKnowledgeModel>
<decision id="fee" name="Fee"><variable name="Fee" typeRef="number"/>
  <informationRequirement><requiredInput href="#i"/></informationRequirement>
  <knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>
  <literalExpression><text>Fee per head(Number of visitors) * Number of visitors</text></literalExpression></decision>
"""


def test_names_with_blanks_and_a_knowledge_model() -> None:
    found = read(FEE)
    assert decide(found, "fee", {"Number of visitors": 2000}) == 4000
    assert decide(found, "fee", {"Number of visitors": -1}) is None
    assert found.decisions["fee"].reads == {"Number of visitors"}
    assert found.decisions["fee"].outputs == ("Fee",)


def test_imports_nest_as_contexts() -> None:
    inner = read(FEE, "inner")
    outer = read(
        '<import name="base" namespace="urn:inner"/>'
        '<decision id="twice" name="Twice"><informationRequirement><requiredDecision href="urn:inner#fee"/>'
        "</informationRequirement><literalExpression><text>base.Fee * 2</text></literalExpression></decision>",
        "outer",
        {"urn:inner": inner},
    )
    assert decide(outer, "twice", {"base": {"Number of visitors": 10}}) == 20


def test_a_service_is_a_function_over_its_inputs() -> None:
    found = read(
        FEE + '<decisionService id="s" name="Fee service"><variable name="Fee service"/>'
        '<outputDecision href="#fee"/><inputData href="#i"/></decisionService>'
        '<decision id="c" name="Caller"><knowledgeRequirement><requiredKnowledge href="#s"/></knowledgeRequirement>'
        "<literalExpression><text>Fee service(3) + Fee service(Number of visitors: 4)</text>"
        "</literalExpression></decision>"
    )
    assert decide(found, "c", {"Number of visitors": 99}) == 7
    assert decide(found, found.services["Fee service"], {"Number of visitors": 5}) == 5


BOXED = {
    "context": (
        '<context><contextEntry><variable name="a b"/><literalExpression><text>2</text>'
        "</literalExpression></contextEntry>"
        "<contextEntry><literalExpression><text>a b * 3</text></literalExpression></contextEntry></context>",
        6,
    ),
    "list": ("<list><literalExpression><text>1</text></literalExpression></list>", [1]),
    "relation": (
        '<relation><column name="x"/><column name="y"/><row><literalExpression><text>1</text></literalExpression>'
        "<literalExpression><text>2</text></literalExpression></row></relation>",
        [{"x": 1, "y": 2}],
    ),
    "conditional": (
        "<conditional><if><literalExpression><text>1 &lt; 2</text></literalExpression></if><then><literalExpression>"
        "<text>1</text></literalExpression></then><else><literalExpression><text>2</text>"
        "</literalExpression></else></conditional>",
        1,
    ),
    "filter": (
        "<filter><in><literalExpression><text>[1, 2, 3]</text></literalExpression></in><match><literalExpression>"
        "<text>item &gt; 1</text></literalExpression></match></filter>",
        [2, 3],
    ),
    "for": (
        '<for iteratorVariable="n"><in><literalExpression><text>[1, 2]</text></literalExpression></in><return>'
        "<literalExpression><text>n + count(partial)</text></literalExpression></return></for>",
        [1, 3],
    ),
    "some": (
        '<some iteratorVariable="n"><in><literalExpression><text>[1, 2]</text></literalExpression></in><satisfies>'
        "<literalExpression><text>n &gt; 1</text></literalExpression></satisfies></some>",
        True,
    ),
    "every": (
        '<every iteratorVariable="n"><in><literalExpression><text>[1, 2]</text></literalExpression></in><satisfies>'
        "<literalExpression><text>n &gt; 1</text></literalExpression></satisfies></every>",
        False,
    ),
    "function and invocation": (
        '<context><contextEntry><variable name="f"/><functionDefinition><formalParameter name="n"/><literalExpression>'
        "<text>n + 1</text></literalExpression></functionDefinition></contextEntry><contextEntry><invocation>"
        '<literalExpression><text>f</text></literalExpression><binding><parameter name="n"/><literalExpression>'
        "<text>41</text></literalExpression></binding></invocation></contextEntry></context>",
        42,
    ),
}


@pytest.mark.parametrize("kind", list(BOXED))
def test_boxed_expression(kind: str) -> None:
    body, value = BOXED[kind]
    assert decide(read(f'<decision id="d" name="D">{body}</decision>'), "d", {}) == value


def test_each_decision_is_evaluated_once() -> None:
    layers = '<decision id="d0" name="d0"><literalExpression><text>1</text></literalExpression></decision>'
    for at in range(1, 30):
        layers += (
            f'<decision id="d{at}" name="d{at}"><informationRequirement><requiredDecision href="#d{at - 1}"/>'
            f"</informationRequirement><literalExpression><text>d{at - 1} + d{at - 1}</text>"
            f"</literalExpression></decision>"
        )
    assert decide(read(layers), "d29", {}) == 2**29
