"""What may stand nowhere: ways for a model to run code, hidden globals, and leftovers."""

import ast
import re

from tests.architecture import sources
from tests.architecture.sources import at, dotted, name

RUNS_CODE = {"eval", "exec", "compile", "__import__", "builtins.eval", "builtins.exec"}
UNSAFE_MODULES = {"pickle", "cPickle", "dill", "marshal", "shelve", "jsonpickle", "code", "codeop"}
LEFTOVERS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def test_nothing_runs_text_as_code() -> None:
    """A module's own function of such a name (FEEL's `compile`) is another thing than Python's."""
    found = []
    for path in sources.modules():
        own = {node.name for node in sources.tree(path).body if isinstance(node, ast.FunctionDef)}
        for node in ast.walk(sources.tree(path)):
            if isinstance(node, ast.Call) and dotted(node.func) in RUNS_CODE - own:
                found.append(at(path, node))
    assert not found, f"expressions of tenants are FEEL, run by our own interpreter: {found}"


def test_nothing_unpickles() -> None:
    found = []
    for path in sources.modules():
        for node in ast.walk(sources.tree(path)):
            words = []
            if isinstance(node, ast.Import):
                words = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                words = [node.module or ""]
            found += [at(path, node) for word in words if word.split(".")[0] in UNSAFE_MODULES]
    assert not found, f"what is read may come from a stranger: JSON through msgspec only: {found}"


def test_no_application_is_looked_up_globally() -> None:
    found = [name(path) for path in sources.modules() if re.search(r"\bcurrent_app\b", path.read_text())]
    assert not found, f"hand in what is needed instead of current_app: {found}"


def test_nothing_is_mocked() -> None:
    found = []
    for path in sources.tests():
        for node in ast.walk(sources.tree(path)):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if any(word and word.split(".")[:2] in (["unittest", "mock"], ["mock"]) for word in (module, *names)):
                found.append(at(path, node))
    assert not found, f"tests use the real thing: {found}"


def test_nothing_is_left_for_later() -> None:
    found = [
        f"{name(path)}:{number}"
        for path in (*sources.modules(), *sources.scripts())
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if LEFTOVERS.search(line)
    ]
    assert not found, f"an issue is the place for later: {found}"


def test_templates_leave_text_escaped_and_carry_no_script() -> None:
    found = [
        f"{name(path)}:{number}"
        for path in sources.scripts()
        if path.suffix == ".html"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"\|\s*safe\b|autoescape\s+false|<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|hx-on", line)
    ]
    assert not found, f"the content security policy allows no inline script or style: {found}"
