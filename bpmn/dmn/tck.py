"""Door: runs directories of the DMN TCK and counts honestly; `python -m bpmn.dmn.tck DIR [--json FILE]`.

Results that expect a value are counted apart from those that expect null or an error, since an engine that always fails
passes the latter.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import msgspec
from lxml import etree

from bpmn import dmn, feel, xml
from bpmn.feel import texts
from bpmn.feel.comparing import equal

_NOW = 1_767_225_600_000
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
# The TCK's expected fractions are cut off; other runners allow this much too.
_TOLERANCE = Decimal("1e-8")


@dataclass(frozen=True, slots=True)
class Result:
    """One result node. `key`: level/directory/case/node; `case`: its test case; `wants_value` False when it expects
    null or an error."""

    key: str
    case: str
    wants_value: bool
    passed: bool
    expected: object
    actual: object


class Unusable(Exception):
    """A directory of the TCK whose model cannot be read at all."""


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _kids(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element if _local(child) == name]


def _typed(element: etree._Element) -> object:
    """The FEEL value of an input, a component, an item or an expectation."""
    for child in element:
        if _local(child) == "list":
            return [_typed(item) for item in _kids(child, "item")]
        if _local(child) == "value":
            return _scalar(child)
    parts = _kids(element, "component")
    return {part.get("name"): _typed(part) for part in parts} if parts else None


def _scalar(element: etree._Element) -> object:
    if element.get(_XSI + "nil") == "true":
        return None
    text = element.text or ""
    kind = (element.get(_XSI + "type") or "xsd:string").split(":")[-1]
    if kind in ("decimal", "double", "integer"):
        return Decimal(text.strip())
    if kind == "boolean":
        return text.strip() == "true"
    read: dict[str, Callable[[str], object]] = {
        "date": texts.parse_date,
        "time": texts.parse_time,
        "dateTime": texts.parse_datetime,
        "duration": texts.parse_duration,
    }
    return read[kind](text.strip()) if kind in read else text


def _same(expected: object, actual: object) -> bool:
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        return abs(expected - actual) < _TOLERANCE
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(map(_same, expected, actual))
    if isinstance(expected, dict) and isinstance(actual, dict):
        return expected.keys() == actual.keys() and all(_same(value, actual[key]) for key, value in expected.items())
    return equal(expected, actual, feel.Evaluation(0)) is True


def _wants_value(expected: object) -> bool:
    if isinstance(expected, dict):
        return any(map(_wants_value, expected.values()))
    return expected is not None


def _models(folder: Path) -> dict[str, dmn.DecisionModel]:
    """The models of a directory by file name, those that are imported read first."""
    sources = {path.name: path.read_bytes() for path in sorted(folder.glob("*.dmn"))}
    known: dict[str, dmn.DecisionModel] = {}
    found: dict[str, dmn.DecisionModel] = {}
    for _ in sources:
        for name, source in sources.items():
            model, findings = dmn.read(source, path=name, dialect="dmn", imports=known)
            if model is None:
                raise Unusable(f"{folder.name}/{name}: {'; '.join(f.en for f in findings)}")
            found[name] = model
        known = {model.namespace: model for model in found.values()}
        if len(sources) == 1 or all(b"import " not in source for source in sources.values()):
            break
    return found


def run_folder(folder: Path) -> Iterator[Result]:
    """Every result of every test file of a directory."""
    found = _models(folder)
    for path in sorted(folder.glob("*-test-*.xml")):
        root = xml.parse(path.read_bytes())
        model = found[(_kids(root, "modelName")[0].text or "").strip()]
        for case in _kids(root, "testCase"):
            yield from _run_case(f"{folder.parent.name[-1]}/{folder.name}", str(path), model, case)


def _run_case(prefix: str, path: str, model: dmn.DecisionModel, case: etree._Element) -> Iterator[Result]:
    inputs = {node.get("name") or "": _typed(node) for node in _kids(case, "inputNode")}
    by_name = {decision.name: decision.id for decision in model.decisions.values()} | dict(model.services)
    for node in _kids(case, "resultNode"):
        name = node.get("name") or ""
        target = case.get("invocableName") or name
        evaluation = feel.Evaluation(_NOW, steps=200_000)
        try:
            actual = model.evaluate(by_name[target], feel.source_of(inputs), evaluation).value
            if target != name and isinstance(actual, dict) and name in actual:
                actual = actual[name]
        except (feel.FeelBudgetError, KeyError) as error:
            actual = error
        expected = _typed(_kids(node, "expected")[0])
        test = f"{path}/{case.get('id')}"
        yield Result(
            f"{prefix}/{case.get('id')}/{name}", test, _wants_value(expected), _same(expected, actual), expected, actual
        )


def folders(root: Path) -> list[Path]:
    """The directories below `root` (itself included) that hold test files."""
    return sorted({path.parent for path in root.rglob("*-test-*.xml")})


def summary(results: Iterable[Result], seconds: float) -> dict[str, object]:
    """The figures of a run, by level, and every miss by its directory."""
    found = list(results)
    failed = {result.case for result in found if not result.passed}
    cases = {result.case: result.key.split("/")[0] for result in found}
    levels = {
        level: {"cases": number, "cases_passed": sum(cases[case] == level for case in cases.keys() - failed)}
        for level, number in sorted(Counter(cases.values()).items())
    }
    misses = [{"result": r.key, "expected": repr(r.expected), "actual": repr(r.actual)} for r in found if not r.passed]
    value = [result for result in found if result.wants_value]
    return {
        "cases": len(cases),
        "cases_passed": len(cases) - len(failed),
        "levels": levels,
        "value_results": len(value),
        "value_passed": sum(result.passed for result in value),
        "other_results": len(found) - len(value),
        "other_passed": sum(result.passed for result in found if not result.wants_value),
        "seconds": round(seconds, 3),
        "misses": misses,
    }


def main() -> None:
    """Run a tree of TCK directories and print the figures; a directory that cannot be read is a miss, never a crash."""
    parser = argparse.ArgumentParser(prog="python -m bpmn.dmn.tck", description="Run directories of the DMN TCK.")
    parser.add_argument("directory", type=Path, help="a directory of the TCK, or a tree of them")
    parser.add_argument("--json", type=Path, help="write the figures to this file as JSON")
    given = parser.parse_args()
    found = folders(given.directory)
    if not found:
        parser.error(f"{given.directory} holds no test files (*-test-*.xml)")
    start, results, unusable = time.perf_counter(), [], []
    for folder in found:
        try:
            results += list(run_folder(folder))
        except (Unusable, xml.Unreadable, KeyError) as error:
            unusable.append({"result": folder.name, "expected": "a model that can be read", "actual": str(error)})
    figures = summary(results, time.perf_counter() - start)
    figures["misses"] = [*figures["misses"], *unusable]  # type: ignore[misc]  # a list, as summary makes it
    for name, value in figures.items():
        if name != "misses":
            print(f"{name}: {value}")
    for miss in figures["misses"]:  # type: ignore[attr-defined]  # a list, as summary makes it
        print(f"miss {miss['result']}: expected {miss['expected'][:80]}, got {miss['actual'][:80]}")
    if given.json:
        given.json.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=1))


if __name__ == "__main__":
    main()
