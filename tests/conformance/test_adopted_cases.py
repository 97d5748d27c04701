"""Every execution case passes on its models as they are adopted: canonical, read by the strict reader."""

from pathlib import Path
from typing import Any

import pytest

from bpmn import adopt, readers
from bpmn.adopt import remains
from bpmn.readers.names import FLOWABLE, ZEEBE
from bpmn.xml import parse
from tests.conformance.cases import FOLDER, Player, all_cases
from tests.conformance.memory_host import MemoryHost

CASES = all_cases()
MODELS = sorted({path for case in CASES for path in case["models"]})
# A case that cannot hold once its models are adopted, with the reason.
DOUBTFUL: dict[str, str] = {}


def adopted(path: str) -> bytes:
    found = adopt.adopt(path, (FOLDER / path).read_bytes())
    assert found.content is not None, found.findings
    return found.content


def run(case: dict[str, Any]) -> None:
    host = MemoryHost()
    for path in case["models"]:
        content = adopted(path)
        processes, findings = readers.read(content, path)
        assert not [f for f in findings if f.severity == "error"], findings
        assert not any(process.lenient for process in processes)
        host.deploy(path, content)
    player = Player(host)
    for number, step in enumerate(case["steps"]):
        try:
            player.play(dict(step))
        except AssertionError as error:
            raise AssertionError(f"{case['id']} step {number} {step}: {error}") from error


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_adopted_case(case: dict[str, Any]) -> None:
    if case["id"] in DOUBTFUL:
        pytest.skip(DOUBTFUL[case["id"]])
    run(case)


@pytest.mark.parametrize("path", MODELS)
def test_nothing_of_another_engine_is_left(path: str) -> None:
    root = parse(adopted(path))
    assert remains.free_of_vendors(root) and not set(root.nsmap.values()) & set(FLOWABLE)
    assert ZEEBE in root.nsmap.values()


@pytest.mark.parametrize("path", MODELS)
def test_adopting_twice_changes_nothing(path: str) -> None:
    once = adopted(path)
    again = adopt.adopt(path, once)
    assert again.content == once and [f.code for f in again.findings] == ["already-canonical"]


def test_the_count_of_adopted_cases_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    passed = 0
    for case in CASES:
        try:
            run(case)
        except AssertionError:
            continue
        passed += 1
    with capsys.disabled():
        models = len([path for path in MODELS if Path(path).suffix])
        print(f"\nBPMN cases after adoption of {models} models: {passed} of {len(CASES)}", end="")
    assert passed == len(CASES) - len(DOUBTFUL)
