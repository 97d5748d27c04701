"""Our FEEL and feelin on 2,000 generated expressions: each difference has a class with a name."""

import re

import pytest

from tests.conformance.feelin import compare
from tests.conformance.feelin.classes import CLASSES, OTHER
from tests.conformance.feelin.reasons import WHY

COUNT, SEED = 2_000, 20_260_101
README = (compare.HERE / "README.md").read_text()


@pytest.fixture(scope="module")
def groups() -> dict[str, list[compare.Difference]]:
    if compare.node() is None:
        pytest.skip("there is no Node here")
    if not (compare.ROOT / "webui" / "node_modules" / "feelin").exists():
        pytest.skip("the web packages for tests are not installed")
    return compare.sorted_out(compare.differences(compare.generated(COUNT, SEED)))


def test_every_difference_has_a_class(groups: dict[str, list[compare.Difference]]) -> None:
    found = [(each.text, each.ours, each.theirs) for each in groups.get(OTHER, [])]
    assert not found


def test_most_agree(groups: dict[str, list[compare.Difference]]) -> None:
    differing = sum(map(len, groups.values()))
    assert 0 < differing < COUNT / 3


def readme_examples() -> dict[str, list[str]]:
    """The examples of the README by class."""
    parts = re.split(r"^### (.*) \(section (.*)\): \d+$", README, flags=re.M)[1:]
    found = {}
    for name, section, part in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        assert section in {each.section for each in CLASSES if each.name == name}
        found[name] = re.findall(r"^- `(.+?)` → ", part, re.M)
    return found


def test_the_readme_has_each_class_with_three_examples_of_it(groups: dict[str, list[compare.Difference]]) -> None:
    examples = readme_examples()
    assert set(examples) == {each.name for each in CLASSES} == set(WHY)
    assert all(len(texts) == 3 for texts in examples.values())
    known = {text: name for name, texts in examples.items() for text in texts}
    tried = compare.sorted_out(compare.differences(list(known)))
    assert {name: {each.text for each in members} for name, members in tried.items()} == {
        name: set(texts) for name, texts in examples.items()
    }
