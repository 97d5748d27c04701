"""Proof that the tests bite: every mutation of the core makes the hand cases, the models or the cases fail."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.runtime.mutations import MUTATIONS

ROOT = Path(__file__).parents[3]
CAUGHT_BY = (
    "tests/unit/runtime/test_gateways.py",
    "tests/unit/runtime/test_loops.py",
    "tests/unit/runtime/test_compensation.py",
    "tests/unit/runtime/test_runtime_events.py",
    "tests/unit/runtime/test_incidents.py",
    "tests/unit/runtime/test_work.py",
)


def play(home: Path) -> subprocess.CompletedProcess[str]:
    """The tests of the runtime on the sources in `home`; they stop at the first failure."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *CAUGHT_BY],
        cwd=home,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of what the tests of the runtime need."""
    for folder in ("engine/runtime", "engine/domain", "bpmn", "tests/unit/runtime", "tests/conformance"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "library"))
    for file in ("pyproject.toml", "engine/__init__.py"):
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def test_the_copy_itself_is_sound(home: Path) -> None:
    done = play(home)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.mark.parametrize(("file", "old", "new"), [m[1:] for m in MUTATIONS], ids=[m[0] for m in MUTATIONS])
def test_a_mutation_is_noticed(home: Path, file: str, old: str, new: str) -> None:
    source = (home / file).read_text()
    assert source.count(old) == 1, "the mutation no longer fits the source"
    (home / file).write_text(source.replace(old, new))
    done = play(home)
    assert done.returncode == 1, done.stdout[-2000:] + done.stderr[-2000:]
