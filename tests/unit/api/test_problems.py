"""The one table of statuses: every error of the engine has its place and its words."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException, NotFound, default_exceptions

from api import problems
from engine.domain import errors


def tree(root: type[errors.Plus1Error] = errors.Plus1Error) -> Iterator[type[errors.Plus1Error]]:
    """Every error below the root."""
    for child in root.__subclasses__():
        yield child
        yield from tree(child)


@pytest.fixture
def app() -> Flask:
    made = Flask("problems")
    problems.install(made, lambda status, nl, en, error: (f"page {nl}", status))
    return made


def made(kind: type[errors.Plus1Error]) -> errors.Plus1Error:
    """One error of that kind."""
    fault = errors.Problem("veld", "fout", "wrong", "kapot", 3, "forms/a.json")
    return kind() if kind is errors.NotFound else kind("nl", "en", (fault,), 7)  # type: ignore[call-arg]  # its own


def test_every_error_of_the_tree_has_a_status_and_a_title() -> None:
    assert set(tree()) == set(problems.STATUS)
    assert {problems.status_of(made(kind)) for kind in tree()} <= set(problems.TITLES)
    assert len({kind.code for kind in tree()}) == len(list(tree()))


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    for kind in tree():
        assert kind.__name__ in str(errors.__doc__) and kind.__doc__


@pytest.mark.parametrize("kind", list(tree()))
@pytest.mark.parametrize(("language", "number"), [("nl", 0), ("en", 1), ("fr", 0)])
def test_below_v1_an_error_is_a_problem_in_the_language_asked_for(
    app: Flask, kind: type[errors.Plus1Error], language: str, number: int
) -> None:
    @app.get("/v1/x")
    def view() -> str:
        raise made(kind)

    answer = app.test_client().get("/v1/x", headers={"Accept-Language": language})
    status = problems.STATUS[kind]
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    body = json.loads(answer.data)
    assert (body["status"], body["code"], body["title"]) == (status, kind.code, problems.TITLES[status][number])
    if kind is not errors.NotFound:
        detail = ("fout", "wrong")[number]
        assert body["detail"] == ("nl", "en")[number] and body["current"] == 7
        assert body["errors"] == [{"in": "veld", "code": "kapot", "detail": detail, "path": "forms/a.json", "line": 3}]
    assert ("WWW-Authenticate" in answer.headers) == (status == 401)
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_elsewhere_an_error_is_a_page(app: Flask) -> None:
    @app.get("/x")
    def view() -> str:
        raise made(errors.StateConflict)

    answer = app.test_client().get("/x")
    assert (answer.status_code, answer.text) == (409, "page nl")


def test_a_bug_tells_nothing_of_itself(app: Flask) -> None:
    @app.get("/v1/x")
    def view() -> str:
        raise KeyError("geheim")

    answer = app.test_client().get("/v1/x")
    assert answer.status_code == 500 and json.loads(answer.data)["code"] == "internal-error"
    assert "geheim" not in answer.text and "Key" not in answer.text


@pytest.mark.parametrize("kind", [k for c, k in sorted(default_exceptions.items()) if c not in (412, 428)])
def test_whatever_the_framework_refuses_is_a_problem(app: Flask, kind: type[HTTPException]) -> None:
    @app.get("/v1/x")
    def view() -> str:
        raise kind()

    answer = app.test_client().get("/v1/x")
    assert answer.status_code in problems.TITLES and answer.mimetype == "application/problem+json"
    assert json.loads(answer.data)["status"] == answer.status_code


def test_a_method_that_is_not_there_says_which_are(app: Flask) -> None:
    app.add_url_rule("/v1/x", view_func=lambda: "x", methods=["GET"], endpoint="x")
    answer = app.test_client().delete("/v1/x")
    assert answer.status_code == 405 and "GET" in answer.headers["Allow"]
    assert app.test_client().get("/v1/y").status_code == NotFound.code
