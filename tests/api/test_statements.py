"""What a request asks of the database over HTTP: few statements, one commit. Counts, since times vary by machine."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.counting import Statements

System = Callable[[str | None], Any]


@pytest.fixture
def counted(app: Flask) -> Statements:
    with app.app_context():
        return Statements(app.extensions["sqlalchemy"].engine)


def test_a_completion_is_at_most_six_statements_and_one_commit(
    outside: System, publish: Callable[[str], None], counted: Statements
) -> None:
    publish("keuze")
    system = outside("utrecht")
    for _ in range(2):  # the second time everything that never changes is remembered
        found = _case(system, counted)
    start, first_form, first, second_form, second = found
    assert start[0] <= 8 and max(first_form[0], second_form[0]) <= 2
    assert max(first[0], second[0]) <= 6
    assert {commits for _, commits in found} == {1}


def _case(system: Any, counted: Statements) -> list[tuple[int, int]]:
    """(statements, commits) of each request of a case: authentication, set_config and idempotency included."""
    found = []

    def note(answer: Any) -> Any:
        assert answer.status_code in (200, 201), answer.text
        found.append((counted.executed, counted.commits))
        counted.executed = counted.commits = 0
        return answer

    counted.executed = counted.commits = 0
    now = note(system.post("/v1/cases", {"model": "keuze"})).json
    for _ in range(2):
        task = now["tasks"][0]["id"]
        etag = note(system.get(f"/v1/tasks/{task}/form")).headers["ETag"]
        body = {"variables": {"bedrag": 150, "akkoord": "ja"}}
        now = note(system.post(f"/v1/tasks/{task}/complete", body, etag=etag)).json
    assert now["status"] == "completed"
    return found
