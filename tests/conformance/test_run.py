"""The command that plays a file of cases goes on whatever a case does, and tells what it was."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.run import main
from tests.unit.runtime.drawing import end, flows, process, start, user

GOOD = process(start() + user("a") + end() + flows("s>a a>e"))
START = {"op": "start", "process": "p", "vars": {}, "as": "p1"}


def case(id: str, *steps: dict[str, Any], model: str = "good.bpmn", **more: Any) -> dict[str, Any]:
    return {"id": id, "strength": "strong", "elements": ["userTask"], "models": [model], "steps": list(steps), **more}


def played(folder: Path, cases: object, *options: str) -> tuple[int, dict[str, Any]]:
    (folder / "good.bpmn").write_text(GOOD)
    (folder / "broken.bpmn").write_text(GOOD[:-20])
    (folder / "refused.bpmn").write_text(GOOD.replace("userTask", "serviceTask"))
    file, out = folder / "cases.json", folder / "out.json"
    file.write_text(json.dumps(cases))
    code = main([str(file), "--json", str(out), *options])
    found: dict[str, Any] = json.loads(out.read_text())
    return code, found


def test_one_bad_case_never_stops_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected_two = {"op": "expect_count", "n": 2, "where": {"key": "a"}}
    bad = [
        case("absent", START, model="absent.bpmn"),
        case("broken", START, model="broken.bpmn"),
        case("refused", START, model="refused.bpmn"),
        case("unknown", {"op": "dance"}),
        case("private", {"op": "play", "step": {}}),
        case("unmet", START, expected_two, strength="smoke"),
        case("unnamed", {"op": "complete", "task": "t9", "vars": {}}),
        {"id": "empty"},
        "no case at all",
    ]
    code, found = played(tmp_path, [*bad, case("good", START, {"op": "expect_count", "n": 1, "where": {}})])
    failures = {failure["id"]: failure for failure in found["failures"]}
    assert code == 1 and (found["cases"], found["passed"]) == (10, 1)
    verdicts = {id: failure["verdict"] for id, failure in failures.items()}
    assert verdicts == {
        "absent": "error",
        "broken": "failed",
        "refused": "error",
        "unknown": "error",
        "private": "error",
        "unmet": "failed",
        "unnamed": "error",
        "empty": "error",
        "(no id)": "error",
    }
    assert failures["unmet"]["step"] == 1 and "1 tasks, not 2: ['a']" in failures["unmet"]["reason"]
    assert failures["unmet"]["strength"] == "smoke" and failures["unmet"]["elements"] == ["userTask"]
    assert "job type" in failures["refused"]["reason"] and "'dance'" in failures["unknown"]["reason"]
    said = capsys.readouterr().out
    assert "1 of 10 cases passed" in said and "error: absent (userTask)" in said


def test_a_case_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    code, found = played(tmp_path, [case("slow", START), case("slow too", START)], "--seconds", "0")
    assert code == 1 and [failure["reason"] for failure in found["failures"]] == ["took longer than 0 seconds"] * 2


@pytest.mark.parametrize("content", [None, "{", '{"a": 1}'])
def test_a_file_that_holds_no_cases_is_told(
    tmp_path: Path, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cases.json"
    if content is not None:
        file.write_text(content)
    assert main([str(file)]) == 2 and str(file) in capsys.readouterr().err
