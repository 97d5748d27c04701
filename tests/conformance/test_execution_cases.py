"""Every execution case passes on the host in memory; n of N is printed per strength."""

from collections import Counter
from typing import Any

import pytest

from tests.conformance.cases import all_cases, run
from tests.conformance.memory_host import MemoryHost

CASES = all_cases()
# A case that cannot hold here, with the reason. Empty: no expectation had to be set aside.
DOUBTFUL: dict[str, str] = {}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    if case["id"] in DOUBTFUL:
        pytest.skip(DOUBTFUL[case["id"]])
    run(case, MemoryHost())


def test_the_count_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    passed: Counter[str] = Counter()
    for case in CASES:
        try:
            run(case, MemoryHost())
        except AssertionError:
            continue
        passed[case["strength"]] += 1
    with capsys.disabled():
        for strength, number in sorted(Counter(case["strength"] for case in CASES).items()):
            print(f"\nBPMN cases in memory, {strength}: {passed[strength]} of {number}", end="")
    assert passed.total() == len(CASES) - len(DOUBTFUL)
