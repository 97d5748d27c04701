"""Values that look right and are not: cursors, revisions and keys that are not ours are refused, never a fault."""

import base64
import json
import random
import string
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from tests.api.test_at_once import ASKED, CLERK, at_once
from tests.api.three import PERMIT, Desk


def cursor(position: str) -> str:
    """A cursor as ours, with a position of somebody's own."""
    return base64.urlsafe_b64encode(json.dumps([position, str(uuid4())]).encode()).decode().rstrip("=")


@pytest.mark.parametrize("position", ["gisteren", "", "2026-13-41", "99999999999999999999", "294277-01-01", "\0", "'"])
def test_a_cursor_with_a_position_of_ones_own_is_refused(outside: Any, position: str) -> None:
    system, after = outside("utrecht"), cursor(position)
    answers = [system.get("/v1/cases", after=after)]
    answers += [system.get("/v1/tasks", order=order, after=after) for order in ("due", "created", "priority")]
    for answer in answers:
        assert (answer.status_code, answer.json["errors"][0]["in"]) == (400, "after"), answer.json


def test_a_key_longer_than_an_index_holds_is_refused(outside: Any, publish: Callable[[str], None]) -> None:
    noise = "".join(random.Random(7).choices(string.ascii_letters, k=9000))
    answer = outside("utrecht").post("/v1/messages", {"name": "klaar", "correlationKey": noise})
    assert (answer.status_code, answer.json["errors"][0]["in"]) == (400, "correlationKey")


def test_who_repeats_a_request_that_is_under_way_gets_its_answer(outside: Any, jobs: Callable[[], None]) -> None:
    """Not "somebody was first; nothing was saved": it was they themselves, and all was saved."""
    system = outside("utrecht")
    body, key = {"model": PERMIT, "variables": ASKED, "businessKey": "Z-9"}, uuid4().hex
    started = at_once(6, lambda: outside("utrecht").post("/v1/cases", body, key=key))
    assert {(answer.status_code, answer.data) for answer in started} == {(201, started[0].data)}
    jobs()
    task, key = system.get("/v1/tasks").json["tasks"][0]["id"], uuid4().hex
    path, body = f"/v1/tasks/{task}/complete", {"variables": {"volledig": "ja"}}
    done = at_once(6, lambda: outside("utrecht").post(path, body, etag='"1"', key=key))
    assert {(answer.status_code, answer.data) for answer in done} == {(200, done[0].data)}


def test_a_page_form_with_odd_or_no_key_or_revision_is_told(app: Flask, outside: Any, jobs: Callable[[], None]) -> None:
    outside("utrecht").post("/v1/cases", {"model": PERMIT, "variables": ASKED})
    jobs()
    task = outside("utrecht").get("/v1/tasks").json["tasks"][0]["id"]
    desk = Desk(app, CLERK)
    for revision in ("²", "١", ""):  # digits, but no number that a form of ours holds
        assert desk.post(f"/utrecht/taken/{task}/oppakken", {"revision": revision}).status_code == 412
    for path in (f"/utrecht/taken/{task}/afronden", f"/utrecht/nieuw/{PERMIT}"):
        for _ in range(2):
            answer = desk.post(path, {"revision": "1", "volledig": "ja", "idempotency_key": ""})
            assert answer.status_code == 400, "without a key a second form would be taken for the first"
