"""What cannot go on stands on the administrator's page, and is retried there with a reason."""

import re
from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.testing import FlaskClient


def log_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    page = client.get("/inloggen").text
    found = re.search(r'name="persoon" value="([^"]+)">(?:(?!</form>).)*' + name, page, re.DOTALL)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found and token
    client.post("/inloggen", data={"persoon": found.group(1), "csrf_token": token.group(1)})
    return client


def test_an_incident_is_seen_and_retried(
    app: Flask, outside: Callable[[str], Any], jobs: Callable[[], None], publish: Callable[[str], None]
) -> None:
    publish("melden")
    body = {"model": "melden", "variables": {"adres": "http://127.0.0.1:9/meldingen", "bedrag": 1}}
    number = outside("utrecht").post("/v1/cases", body).json["businessKey"]
    jobs()
    client = log_in(app, "Noor Peters")
    assert "Er zijn geen problemen" in client.get("/groningen/problemen").text
    page = client.get("/utrecht/problemen").text
    assert (
        number in page and "PLUS1_HTTP_ALLOW" in page and "Het werk is geweigerd." in page and "Melden · Melden" in page
    )
    fields = dict(re.findall(r'name="(csrf_token|probleem)" value="([^"]+)"', page))
    without = client.post("/utrecht/problemen/opnieuw", data=fields)
    assert without.status_code == 400 and "Schrijf kort op wat er is hersteld." in without.text
    answer = client.post("/utrecht/problemen/opnieuw", data=fields | {"reden": "Het adres is opengezet."})
    assert answer.status_code == 302
    assert "Er zijn geen problemen" in client.get("/utrecht/problemen").text
    jobs()
    assert number in client.get("/utrecht/problemen").text  # the cause was not mended after all


def test_a_clerk_does_not_see_the_page(app: Flask) -> None:
    assert log_in(app, "Aisha Bakker").get("/utrecht/problemen").status_code == 403
