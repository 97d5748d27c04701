"""Steps that are free to choose: picked on the case's page and over the API, one at a time where the model says so."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.api.test_incident_page import log_in


@pytest.fixture
def case(outside: Callable[[str], Any], publish: Callable[[str], None]) -> str:
    publish("vrij")
    found: str = outside("utrecht").post("/v1/cases", {"model": "vrij", "variables": {"klaar": False}}).json["id"]
    return found


def test_a_system_picks_steps_until_it_is_enough(case: str, outside: Callable[[str], Any]) -> None:
    utrecht = outside("utrecht")
    pickable = utrecht.get(f"/v1/cases/{case}").json["pickable"]
    assert [(line["step"], line["name"]) for line in pickable] == [
        ("Bellen", "Aanvrager bellen"),
        ("Kijken", "Ter plaatse kijken"),
    ]
    for step, enough in (("Kijken", False), ("Bellen", False), ("Kijken", True)):
        answer = utrecht.post(f"/v1/cases/{case}/steps", {"step": step, "token": pickable[0]["token"]})
        assert answer.status_code == 200 and [task["node"] for task in answer.json["tasks"]] == [step]
        assert utrecht.get(f"/v1/cases/{case}").json["pickable"] == []
        task = answer.json["tasks"][0]["id"]
        revision = utrecht.get(f"/v1/tasks/{task}").headers["ETag"]
        done = utrecht.post(f"/v1/tasks/{task}/complete", {"variables": {"klaar": enough}}, etag=revision)
        assert done.status_code == 200
    assert utrecht.get(f"/v1/cases/{case}").json["status"] == "completed"
    assert utrecht.post(f"/v1/cases/{case}/steps", {"step": "Kijken"}).status_code == 409


@pytest.mark.parametrize("body", [{"step": "Einde"}, {"step": "Kijken", "token": 999}, {"step": ""}, {}])
def test_what_cannot_be_picked_is_refused(case: str, body: dict[str, Any], outside: Callable[[str], Any]) -> None:
    answer = outside("utrecht").post(f"/v1/cases/{case}/steps", body)
    assert answer.status_code == 400 and answer.json["errors"]
    assert outside("emmen").post(f"/v1/cases/{case}/steps", {"step": "Kijken"}).status_code == 404


def test_a_clerk_picks_on_the_page_and_the_history_tells(case: str, app: Flask) -> None:
    client = log_in(app, "Aisha Bakker")
    page = client.get(f"/utrecht/zaken/{case}").text
    assert "Wat u kunt kiezen" in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    value = re.search(r'name="stap" value="(\d+ Bellen)"', page)
    assert token and value
    for wrong in ("", "x", "9" * 5000 + " Bellen", value.group(1) + "\0x"):
        sent = {"csrf_token": token.group(1), "stap": wrong}
        assert client.post(f"/utrecht/zaken/{case}/stap", data=sent).status_code == 400
    client.post(f"/utrecht/zaken/{case}/stap", data={"csrf_token": token.group(1), "stap": value.group(1)})
    page = client.get(f"/utrecht/zaken/{case}").text
    assert "De stap ‘Aanvrager bellen’ is gekozen." in page and "Wat u kunt kiezen" not in page
