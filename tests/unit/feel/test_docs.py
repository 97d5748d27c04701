"""Every example of the reference for process owners is tried."""

import re
from pathlib import Path

import pytest

from bpmn import feel

PAGE = (Path(__file__).parents[3] / "docs" / "feel.md").read_text()
# 2 March 2026, 09:30 in Amsterdam: what the page calls today.
NOW = 1_772_440_200_000
CONTEXT = feel.evaluate(re.findall(r"```feel\n(.*?)```", PAGE, re.S)[0], {})


def rows(heading: str) -> list[tuple[str, ...]]:
    """The code in the cells of each row, of the tables whose first column has that heading."""
    found: list[tuple[str, ...]] = []
    inside = False
    for line in PAGE.splitlines():
        if not line.startswith("|"):
            inside = False
        elif line.startswith(f"| {heading} |"):
            inside = True
        elif inside and not line.startswith("|---"):
            found.append(tuple(re.findall(r"`([^`]+)`", line)))
    return found


def value(text: str, **more: object) -> object:
    assert isinstance(CONTEXT, dict)
    return feel.evaluate(text, {**CONTEXT, **more}, evaluation=feel.Evaluation(NOW))


EXPRESSIONS, CELLS, FAULTS = rows("Expressie"), rows("Cel"), rows("Fout")


def test_the_page_has_its_tables() -> None:
    assert len(EXPRESSIONS) > 80 and len(CELLS) >= 10 and len(FAULTS) >= 8
    assert sum(line.startswith("| `") for line in PAGE.splitlines()) == len(EXPRESSIONS) + len(CELLS) + len(FAULTS)


@pytest.mark.parametrize("row", EXPRESSIONS, ids=lambda row: row[0])
def test_expressions(row: tuple[str, ...]) -> None:
    assert value(f"({row[0]}) = ({row[1]})") is True


@pytest.mark.parametrize("row", CELLS, ids=lambda row: row[0])
def test_cells(row: tuple[str, ...]) -> None:
    given = value(row[1])
    found = feel.evaluate(row[0], {"?": given}, unary=True)
    assert found is value(row[2])


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row[0])
def test_messages(row: tuple[str, ...]) -> None:
    hints = feel.analyse(row[0]).hints
    assert [hint for hint in hints if row[1] in hint.nl], hints
