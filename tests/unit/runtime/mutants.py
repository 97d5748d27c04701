"""Applies the changes of `mutations.toml`, each to a copy of the core, and tells which test notices it.

`make mutants` runs all of them and prints a table; in the suite a part does."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
FOLDERS = ("engine/runtime", "engine/domain", "bpmn", "tests/unit/runtime", "tests/conformance")
FILES = ("pyproject.toml", "engine/__init__.py")
HERE = Path("tests/unit/runtime")
# The quick and telling ones first: a run stops at the first failure. Random models come last.
LAST = ("test_random_models", "test_reloading", "test_case_machine")
NOT = ("test_mutations", "test_second_opinion")


@dataclass(frozen=True)
class Mutation:
    """`old` becomes `new` in `file` of the core; `equivalent`: why nobody can notice."""

    name: str
    file: str
    old: str
    new: str
    equivalent: str = ""


@dataclass(frozen=True)
class Outcome:
    """`noticed`: the test that failed, "" when none did; `trouble`: the mutation could not be tried."""

    mutation: Mutation
    noticed: str
    trouble: str
    seconds: float


def mutations() -> list[Mutation]:
    """All of them, in order."""
    found = tomllib.loads((ROOT / HERE / "mutations.toml").read_text())
    return [Mutation(**one) for one in found["mutation"]]


@contextmanager
def copied() -> Iterator[Path]:
    """A copy of what the tests of the core need."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name in FOLDERS:
            shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("library"))
        for name in FILES:
            shutil.copy(ROOT / name, home / name)
        yield home


def play(home: Path) -> subprocess.CompletedProcess[str]:
    """The tests of the core on the sources in `home`; they stop at the first failure."""
    files = sorted(path.stem for path in (home / HERE).glob("test_*.py"))
    order = [name for name in files if name not in (*LAST, *NOT)] + list(LAST)
    tests = [f"{HERE}/{name}.py" for name in order]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:schemathesis", *tests],
        cwd=home,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def attempt(mutation: Mutation) -> Outcome:
    """One mutation on a copy of its own."""
    began = time.monotonic()
    with copied() as home:
        path = home / "engine/runtime" / mutation.file
        source = path.read_text()
        if source.count(mutation.old) != 1:
            return Outcome(mutation, "", "the mutation no longer fits the source", 0)
        path.write_text(source.replace(mutation.old, mutation.new))
        done = play(home)
    first = re.search(r"^(?:FAILED|ERROR) \S*?(test_\w+\.py\S*)", done.stdout, re.MULTILINE)
    trouble = "" if done.returncode in (0, 1) else (done.stdout + done.stderr)[-2000:]
    noticed = first[1] if first and done.returncode == 1 else ""
    return Outcome(mutation, noticed, trouble, time.monotonic() - began)


def main() -> int:
    """Run all, print a table, and count the survivors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", default="", help="a part of the file or the name")
    asked = parser.parse_args()
    chosen = [one for one in mutations() if asked.only in f"{one.file} {one.name}"]
    survivors = 0
    with ThreadPoolExecutor(asked.jobs) as pool:
        for found in pool.map(attempt, chosen):
            one = found.mutation
            told = found.trouble or found.noticed or one.equivalent or "SURVIVES"
            survivors += not (found.noticed or (one.equivalent and not found.trouble))
            print(f"{one.file:<28} {one.name:<62} {found.seconds:>5.1f} s  {told}", flush=True)
    print(f"{len(chosen)} mutations, {survivors} unnoticed")
    return min(survivors, 1)


if __name__ == "__main__":
    sys.exit(main())
