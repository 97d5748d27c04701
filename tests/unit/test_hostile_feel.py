"""Hostile expressions end in a value or a typed error, within a second and 64 MB more than the process had."""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bpmn import feel
from tests.unit.feel.bombs import OWN

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "hostile" / "feel.json"
SECONDS = 1.0
GROWTH = 64 * 1024 * 1024


def cases() -> dict[str, str]:
    shared = json.loads(CORPUS.read_text()) if CORPUS.exists() else {}
    return {**shared, **{f"own: {name}": text for name, text in OWN.items()}}


def run_one(text: str) -> tuple[str, float]:
    """What an expression ends in, analysed and evaluated in both dialects, and the seconds of CPU of the slower one:
    what others do on the machine is not its fault."""
    ends, slowest = [], 0.0
    for dialect in ("camunda8", "dmn"):
        start = time.process_time()
        feel.analyse(text, {"x": "number"}, dialect=dialect)
        try:
            value = feel.evaluate(text, {"x": 1}, dialect=dialect)
            feel.to_json(value)
            ends.append(type(value).__name__)
        except feel.FeelError as error:
            ends.append(type(error).__name__)
        slowest = max(slowest, time.process_time() - start)
    return " ".join(ends), slowest


def measure() -> None:
    """In the subprocess: one line per case with its end, seconds and the growth of the peak in bytes."""
    feel.evaluate('matches("a", "b")', {})
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, text in cases().items():
        end, seconds = run_one(text)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(json.dumps([name, end, seconds, (peak - base) * 1024]), flush=True)


@pytest.fixture(scope="module")
def measured() -> list[tuple[str, str, float, int]]:
    code = "from tests.unit import test_hostile_feel as hostile; hostile.measure()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def test_every_case_ends(measured: list[tuple[str, str, float, int]]) -> None:
    assert [name for name, *_ in measured] == list(cases())
    assert len(OWN) >= 70 and len(measured) >= len(OWN)


def test_within_a_second_and_64_mb(measured: list[tuple[str, str, float, int]]) -> None:
    slow = [(name, seconds) for name, _, seconds, _ in measured if seconds > SECONDS]
    large = [(name, growth) for name, _, _, growth in measured if growth > GROWTH]
    assert not slow
    assert not large


def test_syntax_errors_say_where() -> None:
    with pytest.raises(feel.FeelSyntaxError) as caught:
        feel.compile("1 + ")
    assert caught.value.offset == 4
    assert "einde" in caught.value.nl and "end" in caught.value.en
