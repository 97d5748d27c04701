"""Whatever is sent, no answer is a fault of ours: odd addresses, queries, bodies, headers, forms."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from api.dutch import FALLBACK
from engine.domain.caller import system
from engine.settings import Settings
from engine.usecases.publish_model import PublishModel, publish_model
from tenants.demo import load
from tests.api.three import MODELS, PERMIT, Desk, Side, address, at_work, doors, side

NAMES = ["%00", "a%00b", "%ff", "%ed%a0%80", "x" * 5000, "%0d%0a", "' or 1=1 --", "..%2f..%2f", "%F0%9F%98%80", "%25s"]
VALUES = ["%00", "%ff", "x" * 3000, "-1", "99999999999999999999", "1e9", "[]", "AAAA", "eyJ4IjoxfQ==", "WzEsMl0="]
QUERIES = ["stand", "zoek", "na", "volgorde", "after", "limit", "model", "caseId", "bestand"]
DEEP = "[" * 500 + "]" * 500
JSON = [
    "1e999999",
    "1e-999999",
    DEEP,
    "[" * 9000 + "]" * 9000,
    '"\\ud800"',
    '"\\u0000"',
    "NaN",
    "9" * 5000,
    "null",
    "{}",
]
FIELDS: list[dict[str, object]] = [
    {"meer": "x"},
    {"meer": "voorzieningen"},
    {"meer": "\0"},
    {"datum.dag": "99999999999"},
    {"aantalBezoekers": "1e999999"},
    {"aantalBezoekers": "9" * 5000},
    {"evenement": "x" * 400_000},
    {"evenement": "a\0b"},
    {"idempotency_key": "\0"},
    {"idempotency_key": "x" * 5000},
]
HEADERS = [
    {"X-Api-Key": "\xe9"},
    {"Authorization": "Bearer"},
    {"Authorization": "Basic x"},
    {"Cookie": "plus1-sessie=\xff"},
    {"Accept-Language": "x" * 4000},
    {"X-Api-Key": "sleutel-utrecht", "Idempotency-Key": "\xe9", "Content-Type": "application/json"},
    {"X-Api-Key": "sleutel-utrecht", "Idempotency-Key": "x" * 300, "Content-Type": "application/json"},
]


@pytest.fixture
def utrecht(app: Flask, settings: Settings, outside: Any, jobs: Callable[[], None]) -> Side:
    return side(app, settings, outside, jobs, "utrecht")


def faults(answers: list[tuple[object, Any]]) -> list[tuple[object, int]]:
    assert answers
    return [(what, answer.status_code) for what, answer in answers if answer.status_code >= 500]


def test_odd_addresses_and_queries(app: Flask, utrecht: Side, outside: Any) -> None:
    desk, plain, headers = Desk(app, utrecht.person), app.test_client(), outside("utrecht").headers
    paths = []
    for rule, method in doors(app):
        if method == "GET":
            paths += [address(rule, utrecht.parts | {part: name}) for name in NAMES for part in ("slug", "model")]
            paths += [f"{address(rule, utrecht.parts)}?{name}={value}" for name in QUERIES for value in VALUES]
    answers = [
        (path[:100], plain.get(path, headers=headers) if path.startswith("/v1/") else desk.get(path))
        for path in dict.fromkeys(paths)
    ]
    assert faults(answers) == []


def test_odd_values_in_bodies_leave_cases_that_can_be_read(app: Flask, utrecht: Side, outside: Any) -> None:
    system_, desk, key = outside("utrecht"), Desk(app, utrecht.person), utrecht.parts["model"]
    answers = []
    for value in JSON:
        for body in (f'{{"model":"{key}","variables":{{"a":{value}}}}}', f'{{"model":"{key}","variables":{value}}}'):
            answers.append((body[:80], system_.post("/v1/cases", body)))
            answers.append((body[:80], system_.post("/v1/messages", body.replace('"model"', '"name"'))))
        answers.append((value[:80], system_.post("/v1/cases", f'{{"model":"{key}","businessKey":{value}}}')))
        answers.append((value[:80], system_.post("/v1/cases", f'{{"model":{value}}}')))
        task = system_.get("/v1/tasks", model=key).json["tasks"][0]
        sent = f'{{"variables":{{"bedrag":{value}}}}}'
        answers.append((sent[:80], system_.post(f"/v1/tasks/{task['id']}/complete", sent, etag='"1"')))
    for case in system_.get("/v1/cases", limit=200).json["cases"]:
        for path in (f"/v1/cases/{case['id']}", f"/v1/cases/{case['id']}/history"):
            answers.append((path, system_.get(path)))
        answers.append((case["id"], desk.get(f"/utrecht/zaken/{case['id']}")))
    for task in system_.get("/v1/tasks").json["tasks"]:
        answers.append((task["id"], desk.get(f"/utrecht/taken/{task['id']}")))
    assert faults(answers) == []
    deep = system_.post("/v1/cases", f'{{"model":"{key}","variables":{{"a":{DEEP}}}}}')
    assert deep.status_code == 400
    fine = json.loads("[" * 40 + "]" * 40)
    assert system_.post("/v1/cases", {"model": key, "variables": {"a": fine}}).status_code == 201


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_odd_headers(app: Flask, method: str) -> None:
    answers = [
        ((headers, path), app.test_client().open(path, method=method, headers=headers, data="{}"))
        for headers in HEADERS
        for path in ("/v1/cases", "/utrecht/taken", "/gemeenten", "/inloggen")
    ]
    assert faults(answers) == []


def test_odd_forms(app: Flask, utrecht: Side) -> None:
    desk, task = Desk(app, utrecht.person), utrecht.parts["task"]
    paths = [f"/utrecht/nieuw/{PERMIT}", f"/utrecht/nieuw/{PERMIT}/formulier"]
    paths += [f"/utrecht/taken/{task}/{verb}" for verb in ("formulier", "afronden", "oppakken", "teruggeven")]
    answers = [((path, str(sent)[:60]), desk.post(path, sent)) for path in paths for sent in FIELDS]
    retries = [{"probleem": "x"}, {"probleem": utrecht.incident}, {"probleem": utrecht.incident, "reden": "\0"}]
    retries += [{"probleem": [utrecht.incident] * 3, "reden": "a\0b"}, {"probleem": ["x"] * 900, "reden": "y" * 99_000}]
    answers += [(str(sent)[:60], desk.post("/utrecht/problemen/opnieuw", sent)) for sent in retries]
    assert faults(answers) == []


def test_too_much_is_told_on_a_page_as_well(app: Flask, utrecht: Side, outside: Any) -> None:
    sent = Desk(app, utrecht.person).post(f"/utrecht/nieuw/{PERMIT}", {"evenement": "x" * 1_200_000})
    assert sent.status_code == 413 and "Te groot" in sent.text
    assert outside("utrecht").post("/v1/cases", "x" * 1_200_000).status_code == 413


def test_an_expression_without_end_asks_to_try_again(app: Flask, settings: Settings, outside: Any) -> None:
    source = (MODELS / "keuze.bpmn").read_text()
    source = source.replace('"=bedrag * 2"', '"=matches(tekst, &quot;(a|aa)+b&quot;)"')
    with at_work(settings) as transactions, transactions.of(load.UTRECHT) as transaction:
        command = PublishModel({"process.bpmn": source.encode()}, "1.0.0", "test")
        publish_model(transaction, system(load.UTRECHT), command)
    client = outside("utrecht")
    task = client.post("/v1/cases", {"model": "keuze"}).json["tasks"][0]["id"]
    body = {"variables": {"bedrag": 200, "tekst": "a" * 60}}
    answer = client.post(f"/v1/tasks/{task}/complete", body, etag='"1"')
    assert (answer.status_code, answer.json["code"]) == (503, "unavailable") and answer.headers["Retry-After"]
    assert client.get(f"/v1/tasks/{task}").json["status"] == "open"


FIELD_ERRORS = [
    ("/v1/cases", {"model": "", "variables": [], "businessKey": "x" * 101, "vreemd": 1}),
    ("/v1/cases", {"model": None, "businessKey": 5}),
    ("/v1/cases", {}),
    ("/v1/messages", []),
    ("/v1/tasks?caseId=x&whose=wij&limit=0", None),
    ("/v1/cases?status=vreemd&limit=veel", None),
]


@pytest.mark.parametrize(("path", "body"), FIELD_ERRORS)
def test_faults_of_fields_are_told_in_the_language_of_the_caller(outside: Any, path: str, body: object) -> None:
    client = outside("utrecht")
    said = []
    for language in ("nl", "en"):
        client.headers["Accept-Language"] = language
        answer = (
            client.post(path, json.dumps(body)) if body is not None else client.client.get(path, headers=client.headers)
        )
        assert answer.status_code == 400, answer.text
        said.append({fault["in"]: fault["detail"] for fault in answer.json["errors"]})
    dutch, english = said
    assert dutch.keys() == english.keys() and dutch
    assert all(dutch[name] not in (english[name], FALLBACK) for name in dutch), said
