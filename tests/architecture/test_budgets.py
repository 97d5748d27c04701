"""Sizes and names: what is small and well named can be read and replaced."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture import sources
from tests.architecture.sources import ROOT, at, name

FILE_LINES = 300
FUNCTION_LINES = 40
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "service", "services", "misc", "lib", "core"}
# A migration is a record of what was done to tables, one step per table; splitting one would hide its order.
RECORDS = "engine/store/migrations/versions/"


def test_files_are_at_most_300_lines() -> None:
    long = {
        name(path): lines
        for path in (*sources.modules(), *sources.tests(), *sources.scripts())
        if (lines := len(path.read_text().splitlines())) > FILE_LINES and not name(path).startswith(RECORDS)
    }
    assert not long, f"more than {FILE_LINES} lines: {long}"


def test_functions_are_at_most_40_lines() -> None:
    long = [
        f"{at(path, node)} {node.name}"
        for path in (*sources.modules(), *sources.tests())
        if not name(path).startswith(RECORDS)
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES
    ]
    assert not long, f"more than {FUNCTION_LINES} lines: {long}"


def test_names_say_what_a_module_is_about() -> None:
    vague = [name(path) for path in sources.modules() if {path.stem, path.parent.name} & BANNED_NAMES]
    assert not vague, f"a name that fits anything says nothing: {vague}"


def test_each_module_begins_with_its_one_sentence() -> None:
    without = [
        name(path)
        for path in (*sources.modules(), *sources.tests())
        if sources.tree(path).body and not ast.get_docstring(sources.tree(path))
    ]
    assert not without, f"without a docstring: {without}"


def folders() -> list[Path]:
    """The folders with Python of our own, and what lies directly in `tests`."""
    found = {path.parent for path in sources.modules()}
    found |= {folder for folder in (ROOT / "tests").iterdir() if list(folder.rglob("*.py"))}
    return sorted(folder for folder in found if not name(folder).startswith(RECORDS.rstrip("/")))


@pytest.mark.parametrize("folder", folders(), ids=name)
def test_each_folder_tells_its_rule_in_a_few_lines(folder: Path) -> None:
    readme = folder / "README.md"
    assert readme.exists(), f"{name(folder)} has no README.md with its rule and its files"
    assert 3 <= len(readme.read_text().splitlines()) <= 60


def test_type_ignores_carry_a_code_and_a_reason() -> None:
    """The reason stands behind it, or as a comment on the line above."""
    coded = re.compile(r"#\s*type:\s*ignore\[[\w, -]+\]\s*(#\s*\S.*)?$")
    found = []
    for path in sources.modules():
        lines = path.read_text().splitlines()
        for number, line in enumerate(lines):
            if not re.search(r"#\s*type:\s*ignore", line):
                continue
            match = coded.search(line)
            above = lines[number - 1].lstrip().startswith("#") if number else False
            if not match or not (match.group(1) or above):
                found.append(f"{name(path)}:{number + 1}")
    assert not found, f"type: ignore[code]  # reason … is missing at {found}"
