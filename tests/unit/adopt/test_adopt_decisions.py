"""Decisions of other engines give the same answers in FEEL; what has no translation is refused with its place."""

import pytest

from bpmn import dmn, feel
from bpmn.adopt import adopt
from bpmn.model import Finding

SPACE = 'xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn"'
FEES = f"""<?xml version="1.0"?>
<definitions {SPACE} id="d" name="Leges" namespace="http://camunda.org/schema/1.0/dmn">
 <!-- blijft staan -->
 <decision id="leges" name="Leges" camunda:historyTimeToLive="180" camunda:versionTag="3">
  <informationRequirement id="r"><requiredDecision href="#soort"/></informationRequirement>
  <decisionTable id="t" hitPolicy="FIRST">
   <input id="i1" camunda:inputVariable="bezoekers"><inputExpression id="e1" typeRef="integer">
    <text>${{aantal + 1}}</text></inputExpression></input>
   <input id="i2"><inputExpression id="e2" typeRef="string"><text>klasse</text></inputExpression></input>
   <output id="o" name="bedrag" typeRef="double"/>
   <rule id="r1"><inputEntry id="c1"><text>[1..100]</text></inputEntry><inputEntry id="c2"><text>"a","b"</text>
    </inputEntry><outputEntry id="u1"><text>aantal * 2</text></outputEntry></rule>
   <rule id="r2"><inputEntry id="c3" expressionLanguage="juel"><text>${{bezoekers &gt; 100 &amp;&amp; !gratis}}</text>
    </inputEntry><inputEntry id="c4"><text>-</text></inputEntry><outputEntry id="u2"><text>${{250.5}}</text>
    </outputEntry></rule>
   <rule id="r3"><inputEntry id="c5"><text/></inputEntry><inputEntry id="c6"><text>not("z")</text></inputEntry>
    <outputEntry id="u3"><text>0</text></outputEntry></rule>
  </decisionTable>
 </decision>
 <decision id="soort" name="Soort">
  <decisionTable id="t2"><input id="i3"><inputExpression id="e3"><text>geluid</text></inputExpression></input>
   <output id="o2" name="klasse" typeRef="string"/>
   <rule id="r4"><inputEntry id="c7"><text>true</text></inputEntry><outputEntry id="u4"><text>"a"</text></outputEntry>
   </rule>
   <rule id="r5"><inputEntry id="c8"><text>false</text></inputEntry><outputEntry id="u5"><text>'z'</text></outputEntry>
   </rule>
  </decisionTable>
 </decision>
</definitions>"""


def converted(source: str) -> tuple[str, tuple[Finding, ...], int, int]:
    made = adopt("leges.dmn", source.encode())
    assert made.content is not None and all(f.nl != f.en and f.path == "leges.dmn" for f in made.findings)
    return made.content.decode(), made.findings, made.translated, made.total


def answer(source: str, decision: str, **values: object) -> object:
    model, findings = dmn.read(source.encode())
    assert model is not None and not [f for f in findings if f.severity == "error"], findings
    return feel.to_json(model.evaluate(decision, feel.source_of(values), feel.Evaluation(0)).value)


def errors(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(f.code, f.element) for f in findings if f.severity == "error"]


@pytest.mark.parametrize(
    ("values", "bedrag"),
    [
        ({"aantal": 10, "geluid": True, "gratis": False}, 20),
        ({"aantal": 100, "geluid": True, "gratis": False}, 250.5),
        ({"aantal": 100, "geluid": True, "gratis": True}, 0),
        ({"aantal": 10, "geluid": False, "gratis": False}, None),
    ],
)
def test_a_file_of_camunda_7_answers_the_same(values: dict[str, object], bedrag: object) -> None:
    made, findings, done, total = converted(FEES)
    assert answer(made, "leges", **values) == bedrag
    assert errors(findings) == [] and done == total
    assert sorted(f.code for f in findings) == ["adopt-dmn-attribute"] * 3
    assert "blijft staan" in made and 'camunda.org/schema/1.0/dmn"' in made and "camunda:" not in made


def test_columns_of_a_required_decision_are_members_of_its_result() -> None:
    both = FEES.replace('<output id="o2"', '<output id="o9" name="weging"/><output id="o2"')
    both = both.replace(
        '<outputEntry id="u4">', '<outputEntry id="u9"><text>1</text></outputEntry><outputEntry id="u4">'
    )
    both = both.replace(
        '<outputEntry id="u5">', '<outputEntry id="u8"><text>2</text></outputEntry><outputEntry id="u5">'
    )
    made, findings, _, _ = converted(both)
    assert errors(findings) == []
    assert answer(made, "leges", aantal=10, geluid=True, gratis=False) == 20
    _, findings, _, _ = converted(both.replace("<text>klasse</text>", "<text>klasse == 'a'</text>"))
    assert errors(findings) == [("adopt-dmn-result", "i2")]


FLOWABLE = """<definitions xmlns="http://www.omg.org/spec/DMN/20180521/MODEL/" id="d" name="D" namespace="n"
 exporter="Flowable Open Source Modeler"><decision id="x" name="X"><decisionTable id="t" hitPolicy="FIRST">
 <input id="i"><inputExpression id="e" typeRef="string"><text>{name}</text></inputExpression></input>
 <output id="o" name="o" typeRef="string"/>
 <rule id="r"><inputEntry id="c"><text><![CDATA[{cell}]]></text></inputEntry>
 <outputEntry id="u"><text><![CDATA["hit"]]></text></outputEntry></rule></decisionTable></decision></definitions>"""


@pytest.mark.parametrize(
    ("cell", "hit", "miss"),
    [
        ('== "a"', "a", "b"),
        ('!= "a"', "b", "a"),
        ('"a"', "a", "b"),
        ("> 5", 6, 5),
        ("<= 5", 5, 6),
        ("== date:toDate('2027-01-31')", "2027-01-31", "2027-02-01"),
    ],
)
def test_cells_of_flowable(cell: str, hit: object, miss: object) -> None:
    kind = "date" if "Date" in cell else "number" if isinstance(hit, int) else "string"
    source = (
        FLOWABLE.replace("{name}", "v")
        .replace("{cell}", cell)
        .replace('id="e" typeRef="string"', f'id="e" typeRef="{kind}"')
    )
    made, findings, _, _ = converted(source)
    assert errors(findings) == [], findings
    assert answer(made, "x", v=hit) == "hit" and answer(made, "x", v=miss) is None


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("${aantal + 1}", "${bean.count(aantal)}", "e1"),
        ('<inputEntry id="c1">', '<inputEntry id="c1" expressionLanguage="groovy">', "c1"),
        ("aantal * 2", "execution.getVariable(naam) ?: 3", "u1"),
        ("[1..100]", "[1..", "c1"),
    ],
)  # fmt: skip
def test_what_cannot_be_translated_is_refused_with_its_place(old: str, new: str, place: str) -> None:
    made, findings, done, total = converted(FEES.replace(old, new))
    assert errors(findings) == [("adopt-dmn-text", place)] and done == total - 1
    model, faults = dmn.read(made.encode())
    assert model is not None and [f.code for f in faults if f.severity == "error"] in (["dmn-language"], ["dmn-feel"])


def test_a_file_in_feel_stays_as_it_is() -> None:
    plain = FLOWABLE.replace(' exporter="Flowable Open Source Modeler"', "").replace("{name}", "v")
    source = plain.replace("{cell}", '"a"').encode()
    made = adopt("x.dmn", source)
    assert (made.content, made.findings, made.share) == (source, (), 100)


@pytest.mark.parametrize("source", [b"<a>", b"<html/>", b"", b"<!DOCTYPE a><a/>"])
def test_what_is_no_dmn_is_refused(source: bytes) -> None:
    made = adopt("x.dmn", source)
    assert made.content is None and made.findings[0].severity == "error"
