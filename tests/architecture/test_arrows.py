"""The arrows: imports go down the house only, and the names at the root are ours."""

import ast
import importlib.metadata
import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture import sources
from tests.architecture.sources import LAYERS, ROOT, at, name

GIT = shutil.which("git")
ROOT_FOLDERS = {*LAYERS, "tests", "docs"}
OUTSIDE = {"os", "socket", "subprocess", "pathlib", "tempfile", "shutil", "time", "random", "secrets", "threading"}
IMPURE_WITH_REASON = {
    "bpmn/feel/budget.py": "running out of time is an error, never another result; random numbers follow a seed",
    "tenants/drawn.py": "chance is handed in: a generator with a seed, so that the same is drawn again",
    "engine/domain/ids.py": "an identifier (UUIDv7) carries the moment of its making",
    "engine/domain/memory.py": "a memory shared by threads needs a lock; what it keeps is immutable",
}


def test_the_contracts_hold() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_rooms_are_exactly_the_layers() -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert rooms == set(LAYERS)


def test_nothing_else_is_kept_at_the_root() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True) if GIT else None
    if listed is None or listed.returncode != 0:
        folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")} - {"var"}
    else:
        folders = {file.split("/")[0] for file in listed.stdout.split("\0") if "/" in file and file[0] != "."}
    assert folders <= ROOT_FOLDERS, f"not a room: {folders - ROOT_FOLDERS}"


def test_no_package_in_the_environment_takes_a_rooms_name() -> None:
    owners = importlib.metadata.packages_distributions()
    taken = {room: owners[room] for room in (*LAYERS, "tests") if set(owners.get(room, ())) - {"plus1"}}
    assert not taken, f"these packages would shadow a room: {taken}"


def test_tests_are_no_package() -> None:
    assert not [name(path) for path in sources.tests() if path.name == "__init__.py"]


def test_test_files_have_names_of_their_own() -> None:
    names = [path.name for path in sources.tests() if path.name.startswith("test_")]
    assert not sorted({each for each in names if names.count(each) > 1})


def test_imports_stand_at_the_top() -> None:
    inside = [
        at(path, inner)
        for path in sources.modules()
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not inside, f"an import inside a function hides a cycle: {inside}"


def test_pure_rooms_do_no_input_or_output() -> None:
    """A module whose docstring begins with `Door:` may; no pure module may import that."""
    found = []
    for path in sources.modules():
        if not name(path).startswith(("bpmn/", "tenants/", "engine/runtime/", "engine/domain/")):
            continue
        if name(path) in IMPURE_WITH_REASON:
            continue
        if (ast.get_docstring(sources.tree(path)) or "").startswith("Door:"):
            continue
        found += [f"{at(path, node)} {word}" for node, word in _imported(path) if word.split(".")[0] in OUTSIDE]
    assert not found, f"pure rooms get bytes and the time handed in: {found}"


def test_doors_are_imported_by_no_pure_module() -> None:
    doors = {
        name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in sources.modules()
        if (ast.get_docstring(sources.tree(path)) or "").startswith("Door:")
    }
    pure = [path for path in sources.modules() if name(path).startswith(("bpmn/", "tenants/", "engine/runtime/"))]
    found = [
        at(path, node)
        for path in pure
        if not (ast.get_docstring(sources.tree(path)) or "").startswith("Door:")
        for node, word in _imported(path)
        if word in doors
    ]
    assert not found, f"a pure module imports a door: {found}"


def _imported(path: Path) -> list[tuple[ast.AST, str]]:
    found: list[tuple[ast.AST, str]] = []
    for node in ast.walk(sources.tree(path)):
        if isinstance(node, ast.Import):
            found += [(node, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [(node, node.module), *((node, f"{node.module}.{alias.name}") for alias in node.names)]
    return found
