"""Proof that the tests bite: a part of the mutations is tried here, all of them by `make mutants`."""

from pathlib import Path

import pytest

from tests.unit.runtime.mutants import ROOT, Mutation, attempt, copied, mutations, play

ALL = mutations()
# All of them take a quarter of an hour.
SAMPLE = ALL[::13]
CORE = ROOT / "engine" / "runtime"
WITHOUT = {"__init__", "definition", "failures", "registry", "second_opinion", "spiff_model", "spiff_subset"}
WITHOUT |= {"support", "support_texts"}  # a page for people


def test_the_copy_itself_is_sound() -> None:
    with copied() as home:
        done = play(home)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def test_every_file_with_behaviour_has_its_mutations() -> None:
    files = {path.relative_to(CORE).as_posix() for path in CORE.rglob("*.py") if path.stem not in WITHOUT}
    assert files - {one.file for one in ALL} == set()
    assert len(ALL) >= 25 and len({one.name for one in ALL}) == len(ALL)


@pytest.mark.parametrize("mutation", ALL, ids=[one.name for one in ALL])
def test_each_mutation_fits_the_source(mutation: Mutation) -> None:
    source = Path(CORE / mutation.file).read_text()
    assert source.count(mutation.old) == 1
    compile(source.replace(mutation.old, mutation.new), mutation.file, "exec")


@pytest.mark.parametrize("mutation", SAMPLE, ids=[one.name for one in SAMPLE])
def test_a_mutation_is_noticed(mutation: Mutation) -> None:
    found = attempt(mutation)
    assert not found.trouble, found.trouble
    assert found.noticed or mutation.equivalent, "no test noticed it"
