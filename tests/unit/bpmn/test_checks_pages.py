"""The pages in `docs` that are written by the code say what the code does, and every code of a rule is explained."""

import ast
from pathlib import Path

import pytest
from click.testing import CliRunner

from bpmn.checks import page
from engine.cli import plus1
from engine.runtime import support

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("command", "file", "text"),
    [("rules", "controles.md", page.page), ("support", "bpmn-support.md", support.page)],
)
def test_the_page_is_what_the_command_writes(command, file, text) -> None:
    written = (ROOT / "docs" / file).read_text(encoding="utf-8")
    assert written == text(), f"plus1 models {command} > docs/{file}"
    assert CliRunner().invoke(plus1, ["models", command]).output == written


def given() -> set[str]:
    """The codes that the rules give, as they stand in their calls."""
    found = set()
    for path in (ROOT / "bpmn" / "checks").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if name in ("finding", "_missing", "_warning"):
                found |= {
                    arg.value for arg in node.args if isinstance(arg, ast.Constant) and "-" in str(arg.value)[:60]
                }
    return {code for code in found if " " not in code and code.islower()}


def test_every_code_is_explained_once() -> None:
    ids = [code.id for code in page.codes()]
    assert len(ids) == len(set(ids)) and given() <= set(ids) and len(given()) > 40, given() - set(ids)


def test_an_explanation_says_what_why_and_what_to_do() -> None:
    for code in page.codes():
        assert code.severity in ("error", "warning", "info"), code.id
        for texts in (code.nl, code.en):
            assert len(texts) == 3 and all(text.endswith(".") for text in texts), code.id


def test_every_kind_that_runs_is_on_the_page() -> None:
    told = support.page()
    for kind in support.supported.KINDS:
        assert f"| {kind} | ja |" in told, kind
    assert "| nee |" not in told
    assert len(support.REFUSED) == told.split("## Wat wordt geweigerd")[1].split("## ")[0].count("\n| ") - 1
