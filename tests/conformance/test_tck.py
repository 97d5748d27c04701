"""The DMN Technology Compatibility Kit, counted honestly: results that expect a value apart from the others."""

from pathlib import Path

import pytest

from bpmn.dmn import tck
from tests.conformance.tck_doubtful import DOUBTFUL

FOLDER = Path(__file__).parents[3] / "shared" / "tck"
# What was reached once is held: (level, results that pass, of those that expect a value, of the others).
REACHED = {2: (49, 6), 3: (1357, 1150)}


@pytest.mark.parametrize("level", [2, 3])
def test_tck(level: int, capsys: pytest.CaptureFixture[str]) -> None:
    folder = FOLDER / f"compliance-level-{level}"
    if not folder.exists():
        pytest.skip("the DMN TCK is not beside the repository")
    results = [result for path in sorted(folder.iterdir()) for result in tck.run_folder(path)]
    counts = []
    for wants_value in (True, False):
        group = [result for result in results if result.wants_value is wants_value]
        passed = sum(result.passed for result in group)
        counts.append(passed)
        kind = "expect a value" if wants_value else "expect null or an error"
        with capsys.disabled():
            print(f"\nDMN TCK level {level}: {passed} of {len(group)} results that {kind}", end="")
    failed = [result for result in results if not result.passed and result.key not in DOUBTFUL]
    assert not failed, "\n".join(f"{r.key}: expected {r.expected!r}, got {r.actual!r}" for r in failed)
    assert counts[0] >= REACHED[level][0] and counts[1] >= REACHED[level][1]


def test_doubtful_results_still_fail() -> None:
    if not FOLDER.exists():
        pytest.skip("the DMN TCK is not beside the repository")
    folders = {key.rsplit("/", 2)[0] for key in DOUBTFUL}
    results = [
        result
        for folder in folders
        for result in tck.run_folder(FOLDER / f"compliance-level-{folder.split('/')[0]}" / folder.split("/")[1])
    ]
    passing = {result.key for result in results if result.passed}
    assert not passing & DOUBTFUL.keys(), "these pass now: take them off the list"
    assert DOUBTFUL.keys() <= {result.key for result in results}
