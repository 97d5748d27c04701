"""The same request eight times at once, by API and by form: one effect, and nobody gets a fault of ours."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask import Flask

from tenants.demo import load
from tests.api.three import PERMIT, START, Desk

CLERK = next(one.id for one in load.persons() if {m.tenant for m in one.memberships} == {load.UTRECHT})
ASKED = START | {"evenement": "Feest", "aanvrager": {"naam": "Sanne", "email": "sanne@voorbeeld.nl"}}


def at_once(number: int, act: Callable[[], Any]) -> list[Any]:
    gate, answers = threading.Barrier(number), []

    def one() -> None:
        gate.wait()
        answers.append(act())

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == number
    return answers


def test_one_key_starts_one_case(outside: Any) -> None:
    body, key = {"model": PERMIT, "variables": ASKED}, uuid4().hex
    outside("utrecht").get(f"/v1/models/{PERMIT}/start-form")  # compiled before the race, which is not about that
    answers = at_once(8, lambda: outside("utrecht").post("/v1/cases", body, key=key))
    made = {answer.data for answer in answers if answer.status_code == 201}
    rest = [answer for answer in answers if answer.status_code != 201]
    # On a machine that is very busy a wait may take too long: that is told as try again, and is no second case.
    assert len(made) == 1 and {one.json["code"] for one in rest} <= {"state-conflict", "unavailable"}
    assert len(outside("utrecht").get("/v1/cases").json["cases"]) == 1
    again = outside("utrecht").post("/v1/cases", body, key=key)
    assert again.status_code == 201 and again.data in made and again.headers["Idempotency-Replayed"] == "true"


def test_one_key_completes_one_task(outside: Any, jobs: Callable[[], None]) -> None:
    system = outside("utrecht")
    case = system.post("/v1/cases", {"model": PERMIT, "variables": ASKED}).json["id"]
    jobs()
    task, key = system.get("/v1/tasks", caseId=case).json["tasks"][0]["id"], uuid4().hex
    path, body = f"/v1/tasks/{task}/complete", {"variables": {"volledig": "ja"}}
    answers = at_once(8, lambda: outside("utrecht").post(path, body, etag='"1"', key=key))
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len({answer.data for answer in answers if answer.status_code == 200}) == 1
    history = system.get(f"/v1/cases/{case}/history").json["history"]
    assert [line["kind"] for line in history].count("task-completed") == 1
    assert system.post(path, body, etag='"1"', key=key).headers["Idempotency-Replayed"] == "true"


def test_a_button_pressed_eight_times_starts_one_case(app: Flask, outside: Any) -> None:
    desk = Desk(app, CLERK)
    fields = {"evenement": "Feest", "soort": "buurtfeest", "omschrijving": "Een feest.", "locatie": "Lindelaan"}
    fields |= {"aanvrager.naam": "Sanne", "aanvrager.email": "sanne@voorbeeld.nl", "aantalBezoekers": "20"}
    fields |= {"datum.dag": "12", "datum.maand": "6", "datum.jaar": "2027", "csrf_token": desk.token()}
    fields |= {"idempotency_key": uuid4().hex}
    cookies = [(one.key, one.value) for one in (desk.client.get_cookie(n) for n in ("session", "plus1-sessie")) if one]

    def press() -> Any:
        client = app.test_client()
        for name, value in cookies:
            client.set_cookie(name, value)
        return client.post(f"/utrecht/nieuw/{PERMIT}", data=fields)

    answers = at_once(8, press)
    assert {answer.status_code for answer in answers} == {302}, [answer.text for answer in answers][:1]
    assert len(outside("utrecht").get("/v1/cases").json["cases"]) == 1
