"""Runs the directories of the DMN TCK: reads its test files, asks our models, and compares."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from lxml import etree

from bpmn import dmn, feel, xml
from bpmn.feel import texts
from bpmn.feel.comparing import equal

FOLDER = Path(__file__).parents[3] / "shared" / "tck"
_NOW = 1_767_225_600_000
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
# The TCK's expected fractions are cut off; other runners allow this much too.
_TOLERANCE = Decimal("1e-8")


@dataclass(frozen=True)
class Result:
    """One result node: `wants_value` False when it expects null or an error."""

    key: str
    wants_value: bool
    passed: bool
    expected: object
    actual: object


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def kids(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element if local(child) == name]


def typed(element: etree._Element) -> object:
    """The FEEL value of an input, a component, an item or an expectation."""
    for child in element:
        if local(child) == "list":
            return [typed(item) for item in kids(child, "item")]
        if local(child) == "value":
            return scalar(child)
    parts = kids(element, "component")
    return {part.get("name"): typed(part) for part in parts} if parts else None


def scalar(element: etree._Element) -> object:
    if element.get(_XSI + "nil") == "true":
        return None
    text = element.text or ""
    kind = (element.get(_XSI + "type") or "xsd:string").split(":")[-1]
    if kind in ("decimal", "double", "integer"):
        return Decimal(text.strip())
    if kind == "boolean":
        return text.strip() == "true"
    read = {"date": texts.parse_date, "time": texts.parse_time, "dateTime": texts.parse_datetime}
    read["duration"] = texts.parse_duration
    return read[kind](text.strip()) if kind in read else text


def same(expected: object, actual: object) -> bool:
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        return abs(expected - actual) < _TOLERANCE
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(map(same, expected, actual))
    if isinstance(expected, dict) and isinstance(actual, dict):
        return expected.keys() == actual.keys() and all(same(value, actual[key]) for key, value in expected.items())
    return equal(expected, actual, feel.Evaluation(0)) is True


def wants_value(expected: object) -> bool:
    if isinstance(expected, dict):
        return any(map(wants_value, expected.values()))
    return expected is not None


def models(folder: Path) -> dict[str, dmn.DecisionModel]:
    """The models of a directory by file name, those that are imported read first."""
    sources = {path.name: path.read_bytes() for path in sorted(folder.glob("*.dmn"))}
    known: dict[str, dmn.DecisionModel] = {}
    found: dict[str, dmn.DecisionModel] = {}
    for _ in sources:
        for name, source in sources.items():
            model, findings = dmn.read(source, path=name, dialect="dmn", imports=known)
            assert model is not None, (folder.name, name, findings)
            found[name] = model
        known = {model.namespace: model for model in found.values()}
        if len(sources) == 1 or all(b"import " not in source for source in sources.values()):
            break
    return found


def run_folder(folder: Path) -> Iterator[Result]:
    """Every result of every test file of a directory."""
    found = models(folder)
    for path in sorted(folder.glob("*-test-*.xml")):
        root = xml.parse(path.read_bytes())
        model = found[(kids(root, "modelName")[0].text or "").strip()]
        for case in kids(root, "testCase"):
            yield from run_case(f"{folder.parent.name[-1]}/{folder.name}", model, case)


def run_case(prefix: str, model: dmn.DecisionModel, case: etree._Element) -> Iterator[Result]:
    inputs = {node.get("name"): typed(node) for node in kids(case, "inputNode")}
    by_name = {decision.name: decision.id for decision in model.decisions.values()} | dict(model.services)
    for node in kids(case, "resultNode"):
        name = node.get("name") or ""
        target = case.get("invocableName") or name
        evaluation = feel.Evaluation(_NOW, steps=200_000)
        try:
            actual = model.evaluate(by_name[target], feel.source_of(inputs), evaluation).value
            if target != name and isinstance(actual, dict) and name in actual:
                actual = actual[name]
        except (feel.FeelBudgetError, KeyError) as error:
            actual = error
        expected = typed(kids(node, "expected")[0])
        key = f"{prefix}/{case.get('id')}/{name}"
        yield Result(key, wants_value(expected), same(expected, actual), expected, actual)
