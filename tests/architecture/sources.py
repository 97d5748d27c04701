"""The product's source files and their syntax trees, read once."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAYERS = ("webui", "api", "engine", "tenants", "bpmn")
_BUILT = {"node_modules", "dist", "__pycache__"}


def _inside(folder: Path, pattern: str) -> Iterator[Path]:
    for path in sorted(folder.rglob(pattern)):
        if not _BUILT.intersection(path.relative_to(ROOT).parts):
            yield path


@cache
def modules() -> tuple[Path, ...]:
    """Every Python file of the five rooms."""
    return tuple(path for layer in LAYERS for path in _inside(ROOT / layer, "*.py"))


@cache
def tests() -> tuple[Path, ...]:
    """Every Python file of the tests."""
    return tuple(_inside(ROOT / "tests", "*.py"))


@cache
def scripts() -> tuple[Path, ...]:
    """Every island, style and template, which have a size too."""
    kinds = ("*.js", "*.css", "*.html")
    return tuple(path for kind in kinds for path in _inside(ROOT / "webui", kind))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(), str(path))


def name(path: Path) -> str:
    """The path as the rules write it, such as `engine/settings.py`."""
    return path.relative_to(ROOT).as_posix()


def at(path: Path, node: ast.AST) -> str:
    """Where a rule is broken, for the message."""
    return f"{name(path)}:{getattr(node, 'lineno', 0)}"


def dotted(node: ast.AST) -> str:
    """`a.b.c` of an attribute chain, or what there is of it."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""
