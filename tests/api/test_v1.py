"""The REST API: what an outside system does all day, and everything that it can do wrong."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from tests.application import APPLICATION

KEY = "evenementenvergunning"
System = Callable[[str | None], Any]


def start(system: Any, **more: object) -> Any:
    answer = system.post("/v1/cases", {"model": KEY, "variables": APPLICATION | more})
    assert answer.status_code == 201, answer.text
    return answer


def first_task(system: Any, case: str) -> Any:
    (task,) = system.get("/v1/tasks", caseId=case).json["tasks"]
    return task


def test_a_case_from_start_to_end(outside: System, jobs: Callable[[], None]) -> None:
    system = outside("utrecht")
    assert [model["key"] for model in system.get("/v1/models").json["models"]] == [KEY]
    form = system.get(f"/v1/models/{KEY}/start-form").json
    assert form["formId"] == "aanvraag" and form["form"]["components"]
    started = start(system)
    case = started.json["id"]
    assert started.headers["Location"] == f"/v1/cases/{case}"
    jobs()
    steps = [
        ("Task_Volledigheid", {"volledig": "ja"}),
        ("Task_Advies", {"advies": "positief", "toelichting": "Geen bezwaar."}),
        ("Task_Advies", {"advies": "voorwaarden", "toelichting": "Let op de uitgang."}),
        (
            "Task_Voorbereiden",
            {"conceptVergunning": "verleend", "motivering": "Past hier.", "conceptAfsluiting": "geweigerd"},
        ),
    ]
    for node, values in steps:
        task = next(t for t in system.get("/v1/tasks", caseId=case).json["tasks"] if t["node"] == node)
        form = system.get(f"/v1/tasks/{task['id']}/form")
        claimed = system.post(f"/v1/tasks/{task['id']}/claim", etag=form.headers["ETag"])
        assert claimed.status_code == 200, claimed.text
        done = system.post(f"/v1/tasks/{task['id']}/complete", {"variables": values}, etag=claimed.headers["ETag"])
        assert done.status_code == 200, done.text
        jobs()
    task = first_task(system, case)
    refused = system.post(f"/v1/tasks/{task['id']}/claim", etag='"1"')
    assert refused.status_code == 403 and "vier ogen" in refused.json["detail"]
    view = system.get(f"/v1/cases/{case}").json
    assert view["status"] == "active" and view["variables"]["risicoklasse"] == "B"
    assert [t["name"] for t in view["tasks"]] == ["Besluit nemen"]
    history = system.get(f"/v1/cases/{case}/history").json["history"]
    assert history[0]["kind"] == "started" and history[0]["actor"] == "client:demo"


def test_a_message_finds_its_case(outside: System, jobs: Callable[[], None]) -> None:
    system = outside("utrecht")
    started = start(system).json
    jobs()
    body = {"name": "intrekking", "correlationKey": started["businessKey"], "variables": {"reden": "Regen"}}
    taken = system.post("/v1/messages", body)
    assert taken.status_code == 200 and taken.json["caseId"] == started["id"], taken.text
    jobs()
    assert system.get(f"/v1/cases/{started['id']}").json["end"] == "Ingetrokken"
    late = system.post("/v1/messages", body)
    assert late.status_code == 409 and late.json["current"] == "not-correlated"


def test_the_same_request_twice_happens_once(outside: System) -> None:
    system = outside("utrecht")
    body = {"model": KEY, "variables": APPLICATION}
    first, second = system.post("/v1/cases", body, key="abc"), system.post("/v1/cases", body, key="abc")
    assert first.status_code == second.status_code == 201
    assert first.data == second.data and first.headers["ETag"] == second.headers["ETag"]
    assert second.headers["Idempotency-Replayed"] == "true"
    assert len(system.get("/v1/cases").json["cases"]) == 1
    other = system.post("/v1/cases", {"model": KEY, "variables": APPLICATION | {"evenement": "Anders"}}, key="abc")
    assert other.status_code == 422 and other.json["code"] == "idempotency-key-reused"
    assert outside("emmen").post("/v1/cases", body, key="abc").status_code == 201


def test_exact_amounts_pass_unharmed(outside: System, publish: Callable[[str], None]) -> None:
    publish("keuze")
    system = outside("utrecht")
    case = system.post("/v1/cases", {"model": "keuze"}).json["id"]
    task = first_task(system, case)["id"]
    body = '{"variables": {"bedrag": 123456789012345678.123456789012}}'
    assert system.post(f"/v1/tasks/{task}/complete", body, etag='"1"').status_code == 200
    text = system.get(f"/v1/cases/{case}").text
    assert '"bedrag":123456789012345678.123456789012' in text
    assert '"dubbel":246913578024691356.246913578024' in text


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [({}, 401, "unauthenticated"), ({"X-Api-Key": "fout"}, 401, "unauthenticated")],
)
def test_unknown_keys(app: Flask, headers: dict[str, str], status: int, code: str) -> None:
    answer = app.test_client().get("/v1/models", headers=headers)
    assert (answer.status_code, answer.json["code"]) == (status, code)  # type: ignore[index]  # it is JSON
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["WWW-Authenticate"]


def test_a_foreign_id_is_an_unknown_id(outside: System, jobs: Callable[[], None]) -> None:
    utrecht, emmen = outside("utrecht"), outside("emmen")
    case = start(utrecht).json["id"]
    jobs()
    task = first_task(utrecht, case)["id"]
    for path in ("/v1/cases/{}", "/v1/cases/{}/history", "/v1/tasks/{}", "/v1/tasks/{}/form"):
        foreign = emmen.get(path.format(case if "cases" in path else task))
        random = emmen.get(path.format(uuid4()))
        assert foreign.status_code == random.status_code == 404
        assert foreign.data == random.data and dict(foreign.headers) == dict(random.headers)
    for verb in ("claim", "release", "complete"):
        foreign = emmen.post(f"/v1/tasks/{task}/{verb}", etag='"1"')
        random = emmen.post(f"/v1/tasks/{uuid4()}/{verb}", etag='"1"')
        assert foreign.status_code == random.status_code == 404
        assert foreign.data == random.data


def test_all_faults_of_a_form_at_once(outside: System) -> None:
    answer = outside("utrecht").post("/v1/cases", {"model": KEY, "variables": {"aantalBezoekers": -5}})
    assert answer.status_code == 400 and answer.json["code"] == "invalid"
    named = {fault["in"] for fault in answer.json["errors"]}
    assert {"evenement", "locatie", "datum", "aantalBezoekers"} <= named


def test_revisions(outside: System, jobs: Callable[[], None]) -> None:
    system = outside("utrecht")
    case = start(system).json["id"]
    jobs()
    path = f"/v1/tasks/{first_task(system, case)['id']}/claim"
    assert system.post(path).status_code == 428
    assert system.post(path, etag='"oud"').status_code == 400
    assert system.post(path, etag='"7"').status_code == 412
    claimed = system.post(path, etag='"1"')
    assert claimed.headers["ETag"] == '"2"'
    done = path.replace("claim", "complete")
    stale = system.post(done, {"variables": {"volledig": "ja"}}, etag='"1"')
    assert stale.status_code == 412 and stale.json["current"] == 2
    assert system.post(done, {"variables": {"volledig": "ja"}}, etag='"2"', key=None).status_code == 400
    assert system.post(done, {"variables": {"volledig": "ja"}}, etag='"2"').status_code == 200
    again = system.post(done, {"variables": {"volledig": "ja"}}, etag='"2"')
    assert again.status_code == 409 and again.json["current"] == "completed"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"model": ', 400),
        ("[]", 400),
        ('{"model": "evenementenvergunning", "variabelen": {}}', 400),
        ('{"variables": {}}', 400),
        ('{"model": "bestaat-niet"}', 404),
        ('{"model": "evenementenvergunning", "variables": []}', 400),
        ("x" * 1_100_000, 413),
    ],
)
def test_bad_bodies(outside: System, body: str, status: int) -> None:
    answer = outside("utrecht").post("/v1/cases", body)
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"


def test_wrong_media_type_and_wrong_method(app: Flask) -> None:
    client, headers = app.test_client(), {"X-Api-Key": "sleutel-utrecht", "Idempotency-Key": "x"}
    assert client.post("/v1/cases", data="a=b", headers=headers).status_code == 415
    answer = client.delete("/v1/cases", headers=headers)
    assert answer.status_code == 405 and "GET" in answer.headers["Allow"]
    assert client.get("/v1/bestaat-niet", headers=headers).mimetype == "application/problem+json"


def test_every_answer_has_the_version_and_the_language_asked_for(app: Flask, outside: System) -> None:
    assert outside("utrecht").get("/v1/models").headers["API-Version"] == "1.0.0"
    answer = app.test_client().get("/v1/models", headers={"Accept-Language": "en"})
    assert answer.headers["API-Version"] == "1.0.0" and answer.headers["Content-Language"] == "en"
    assert "API key" in answer.json["detail"]  # type: ignore[index]  # it is JSON


def test_pages_of_cases(outside: System) -> None:
    system = outside("groningen")
    started = [start(system).json["id"] for _ in range(3)]
    seen, cursor = [], None
    while True:
        page = system.get("/v1/cases", limit=2, **({"after": cursor} if cursor else {})).json
        seen += [case["id"] for case in page["cases"]]
        cursor = page["next"]
        if not cursor:
            break
    assert seen == started[::-1]
    assert system.get("/v1/cases", after="kapot").status_code == 400
    assert system.get("/v1/cases", status="vreemd").status_code == 400
