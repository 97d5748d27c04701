"""What may stand in one place only, so that one knows where to look."""

import ast
from pathlib import Path

from tests.architecture import sources
from tests.architecture.sources import at, dotted, name

ENVIRONMENT = {"engine/settings.py"}
COMMIT = {"engine/store/transaction.py"}
REQUEST_GLOBALS = {"api/caller.py"}
STATUS_CODES = {"api/problems.py"}
BROAD = ("api/problems.py", "engine/worker/")


def test_the_environment_is_read_in_settings_only() -> None:
    words = {"os.environ", "os.getenv", "os.environb", "environ", "getenv"}
    found = _uses(lambda node: isinstance(node, ast.Attribute | ast.Name) and dotted(node) in words, ENVIRONMENT)
    found += _imports({"environs"}, ENVIRONMENT)
    assert not found, f"settings come from engine.settings: {found}"


def test_one_file_commits() -> None:
    def commits(node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"

    found = _uses(commits, COMMIT)
    assert not found, f"a use case opens one transaction, which commits: {found}"


def test_one_file_keeps_things_on_the_request() -> None:
    def request_global(node: ast.AST) -> bool:
        if isinstance(node, ast.ImportFrom):
            return node.module == "flask" and any(alias.name == "g" for alias in node.names)
        return isinstance(node, ast.Attribute) and dotted(node) == "flask.g"

    found = _uses(request_global, REQUEST_GLOBALS)
    assert not found, f"flask.g is for api/caller.py: {found}"


def test_error_statuses_stand_in_one_table() -> None:
    """Only where HTTP is answered, in `api` and `webui`: `abort(404)`, `return …, 404`, `status=404`."""

    def error_status(node: ast.AST) -> bool:
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in ("abort", "send_error"):
            return True
        if isinstance(node, ast.keyword) and node.arg in ("status", "status_code", "code"):
            return _is_error(node.value)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            return any(_is_error(part) for part in node.value.elts)
        return isinstance(node, ast.Assign) and _is_error(node.value) and "status" in ast.dump(node.targets[0])

    found = [each for each in _uses(error_status, STATUS_CODES) if each.startswith(("api/", "webui/"))]
    assert not found, f"raise an error of engine.domain.errors; api/problems.py gives it a status: {found}"


def test_broad_excepts_stand_where_nothing_may_escape() -> None:
    def broad(node: ast.AST) -> bool:
        if not isinstance(node, ast.ExceptHandler):
            return False
        kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        swallows = any(kind is None or dotted(kind) in ("Exception", "BaseException") for kind in kinds)
        return swallows and not any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))

    found = [each for each in _uses(broad, set()) if not each.startswith(BROAD)]
    assert not found, f"catch what you can mend: {found}"


def _is_error(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int and 400 <= node.value <= 599


def _uses(wanted, allowed: set[str]) -> list[str]:
    return [
        at(path, node)
        for path in sources.modules()
        if name(path) not in allowed
        for node in ast.walk(sources.tree(path))
        if wanted(node)
    ]


def _imports(words: set[str], allowed: set[str]) -> list[str]:
    def foreign(path: Path, node: ast.AST) -> bool:
        if isinstance(node, ast.Import):
            return any(alias.name.split(".")[0] in words for alias in node.names)
        return isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in words

    return [
        at(path, node)
        for path in sources.modules()
        if name(path) not in allowed
        for node in ast.walk(sources.tree(path))
        if foreign(path, node)
    ]
