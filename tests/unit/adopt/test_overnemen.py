"""Every example on the page about bringing over a model is tried."""

import re
from pathlib import Path

import pytest
from lxml import etree

from bpmn import feel
from bpmn.adopt.source import Source
from bpmn.edit.document import Document
from tests.conformance.memory_host import MemoryHost
from tests.unit.adopt.adopting import adopted, file, line

PAGE = (Path(__file__).parents[3] / "docs" / "overnemen.md").read_text("utf-8")
ROW = re.compile(r"^\| `(.*?[$#]\{.*?)` \| `(.+?)` \|$", re.MULTILINE)
SNIPPETS = re.findall(r"```xml\n(.*?)```", PAGE, re.DOTALL)
BEFORE, AFTER = PAGE.split("### Tellen in een meervoudige taak")
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def translated(juel: str, loop: str = "") -> str:
    task = f'<userTask id="t"><documentation/>{loop}</userTask>'
    source = Source(Document(file(task)), "")
    return source.value(juel, next(source.root.iter(f"{BPMN}userTask")), "name")


@pytest.mark.parametrize(("juel", "said"), ROW.findall(BEFORE))
def test_an_expression_becomes_what_the_page_says(juel: str, said: str) -> None:
    assert translated(juel) == f"={said}"
    feel.compile(said)


@pytest.mark.parametrize(("juel", "said"), ROW.findall(AFTER))
def test_an_expression_in_a_multi_instance_becomes_what_the_page_says(juel: str, said: str) -> None:
    assert translated(juel, "<multiInstanceLoopCharacteristics/>") == f"={said}"


def test_there_are_examples() -> None:
    assert len(ROW.findall(BEFORE)) == 13 and len(ROW.findall(AFTER)) == 3 and len(SNIPPETS) == 3


def test_a_task_with_code_becomes_what_the_page_says() -> None:
    found = etree.fromstring(adopted(file(line(SNIPPETS[0]))).content or b"")
    task = next(found.iter(f"{BPMN}serviceTask"))
    for each in list(task.iterchildren(f"{BPMN}incoming", f"{BPMN}outgoing")):
        task.remove(each)
    spaces = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    said = etree.fromstring(SNIPPETS[1].replace("<serviceTask ", f"<serviceTask {spaces} ", 1))

    def flat(e: etree._Element) -> list[tuple[str, dict[str, str]]]:
        return [(str(x.tag), {str(k): str(v) for k, v in x.attrib.items()}) for x in e.iter("*")]

    assert flat(task) == flat(said)


def test_where_data_stays_is_as_the_page_says() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `[^`]+` \| `([^`]+)` \|$", PAGE, re.MULTILINE)
    assert [name for name, _ in rows] == ["bedrag", "advies", "oordeel", "toelichting", "grens"]
    content = file(line(SNIPPETS[2], '<userTask id="Daarna"/>'))
    host = MemoryHost()
    host.deploy("oud.bpmn", adopted(content).content or b"")
    case = host.start("p", {"bedrag": 100})
    (task,) = host.query_tasks(case)
    host.complete(task.id, {"oordeel": "akkoord", "toelichting": "mooi plan", "grens": 5})
    for name, said in rows:
        assert host.variable(name, case) == feel.evaluate(said, {}), name


def test_the_report_on_the_page_is_the_real_one() -> None:
    found = adopted((Path(__file__).with_name("subsidie.bpmn")).read_bytes())
    told = f"{found.share} % omgezet ({found.translated} van {found.total}), {len(found.open)} open"
    assert told in PAGE
    for code in ("script-refused", "implement-me"):
        one = next(f for f in found.findings if f.code == code)
        assert f"regel {one.line} {one.element}: {one.nl.split('. ')[0]}. …" in PAGE
