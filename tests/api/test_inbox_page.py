"""The board of the collective, the inbox of a municipality, and what it wants of new versions, on their pages."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from engine.domain.caller import system
from engine.settings import Settings
from engine.usecases.publish_model import PublishModel, publish_model
from tenants.demo import load
from tenants.release import Release
from tests.api.test_modelling_pages import LOTTE
from tests.api.three import Desk, at_work, person
from tests.store import new_bases

KEY = "evenementenvergunning"
HIDDEN = re.compile(r'name="(idempotency_key|revision|versie|proces|ring|gemeente)" value="([^"]*)"')
FORM = r'<form [^>]*action="{}".*?</form>'
Publish = Callable[..., UUID]


@pytest.fixture
def release(app: Flask, settings: Settings, jobs: Any) -> Publish:
    """Publish the next version as the collective, and look at everybody's choices."""

    def publish(files: dict[str, bytes], semver: str = "1.1.0", **how: Any) -> UUID:
        with at_work(settings) as transactions, transactions.of(load.PLUS_1) as transaction:
            command = PublishModel(files, semver, "Een nieuwe brief", release=Release(**how))
            made = publish_model(transaction, system(load.PLUS_1), command)
        jobs()
        return made.id

    return publish


@pytest.fixture
def desk(app: Flask, settings: Settings) -> Desk:
    with at_work(settings) as transactions:
        return Desk(app, person(transactions, load.UTRECHT, ("owner", "administrator")))


def fill(desk: Desk, page: str, action: str, **fields: str) -> Any:
    """Send the form of a page with what is typed."""
    found = re.search(FORM.format(re.escape(action)), desk.get(page).text, re.DOTALL)
    assert found, f"no form for {action}"
    return desk.post(action, dict(HIDDEN.findall(found[0])) | fields)


def test_a_municipality_asks_to_approve_and_decides_in_its_inbox(desk: Desk, release: Publish, outside: Any) -> None:
    refused = fill(desk, "/utrecht/postvak/beleid", "/utrecht/postvak/beleid", beleid="approval", reden="")
    assert refused.status_code == 400 and "Schrijf op waarom." in refused.text
    kept = fill(desk, "/utrecht/postvak/beleid", "/utrecht/postvak/beleid", beleid="approval", reden="Eerst testen")
    assert kept.status_code == 302
    policy = desk.get("/utrecht/postvak/beleid").text
    assert "na eigen akkoord" in policy and "Eerst testen" in policy
    version = release(new_bases.other_letter())
    inbox = desk.get("/utrecht/postvak").text
    assert "Postvak (1)" in inbox and "wacht op uw akkoord" in inbox and "Een nieuwe brief" in inbox
    putting_off = f"/utrecht/postvak?uitstellen={version}"
    wrong = fill(desk, putting_off, "/utrecht/postvak/uitstellen", reden="", **{"tot.dag": "31", "tot.maand": "2"})
    assert wrong.status_code == 400 and "Dit is geen datum" in wrong.text
    assert fill(desk, putting_off, "/utrecht/postvak/uitstellen", reden="Druk").status_code == 302
    assert "Uitgesteld omdat" in desk.get("/utrecht/postvak").text
    action = f"/utrecht/inrichting/{KEY}/versie/1.1.0"
    assert fill(desk, "/utrecht/postvak", action).status_code == 302
    assert outside("utrecht").get(f"/v1/models/{KEY}").json["version"] == "1.1.0"
    assert "Er wacht niets op een besluit." in desk.get("/utrecht/postvak").text


def test_what_went_by_itself_is_told_until_it_is_seen(desk: Desk, release: Publish) -> None:
    release(new_bases.other_letter(), legal_basis="Awb 4:13", legal_reason="Uitspraak van de rechter")
    inbox = desk.get("/utrecht/postvak").text
    assert "omdat de wet dat vraagt" in inbox and "Awb 4:13: Uitspraak van de rechter" in inbox
    assert fill(desk, "/utrecht/postvak", "/utrecht/postvak/gezien").status_code == 302
    assert "Er is niets nieuws." in desk.get("/utrecht/postvak").text


def test_the_collective_moves_a_version_on_and_sees_everybody(app: Flask, release: Publish, jobs: Any) -> None:
    lotte, board = Desk(app, LOTTE), f"/plus-1/modellen/{KEY}/versies/1.1.0/gemeenten"
    release(new_bases.without_fee(), ring="pilot")
    one = lotte.get(f"{board}?gemeente=emmen").text
    assert "In een andere ring zetten" in one and "Versie 1.0.0 bekijken" in one
    fields = {"gemeente": "emmen", "indeling": "pilot", "reden": "Wil vooroplopen"}
    assert fill(lotte, f"{board}?gemeente=emmen", f"{board}/indelen", **fields).status_code == 302
    assert lotte.get(board).text.count(">wacht op haar ring</span>") == 3
    assert fill(lotte, board, f"{board}/ring").status_code == 302
    jobs()
    page = lotte.get(board).text
    assert page.count(">werkt ermee</span>") == 2 and page.count(">moet beslissen</span>") == 1
    assert "gemiddeld 0,3, hoogste 1" in page
    held = lotte.get(f"{board}?stand=held").text
    assert "1 gemeente" in held and ">werkt ermee</span>" not in held
    assert "Geen gemeente voldoet" in lotte.get(f"{board}?naam=zzz").text
    assert "De keuze &#39;Leges" in lotte.get(f"{board}?gemeente=groningen").text
    assert lotte.get(f"{board}?gemeente=nergens").status_code == 404


def test_how_a_version_goes_out_is_asked_when_it_is_proposed(app: Flask, release: Publish) -> None:
    lotte, base = Desk(app, LOTTE), f"/plus-1/modellen/{KEY}"
    lotte.get(f"{base}/ontwerp")
    asked = f"{base}/ontwerp/voorleggen"
    fields = {"versie": "1.1.0", "wijziging": "Anders", "ring": "pilot", "artikel": "Awb 4:13"}
    fields |= {f"vanaf.{part}": "" for part in ("dag", "maand", "jaar")}
    refused = fill(lotte, asked, asked, **fields)
    assert refused.status_code == 400 and "een wetsartikel en een reden" in refused.text
    days = {"iedereen.dag": "1", "iedereen.maand": "6", "iedereen.jaar": "2099"}
    assert fill(lotte, asked, asked, **fields | {"artikel": ""} | days).status_code == 302
    proposal = re.search(rf"{base}/voorstellen/[0-9a-f-]+", lotte.get(base).text)
    assert proposal is not None
    shown = lotte.get(proposal[0]).text
    assert "Gaat eerst naar" in shown and "juni 2099" in shown


def test_systems_read_and_act_on_the_same(client: Any, release: Publish, jobs: Any) -> None:
    chief = client("chef", load.UTRECHT, ("owner", "administrator"))
    wanted = {"policy": "approval", "reason": "Eerst testen"}
    assert chief.post("/v1/policies", wanted).status_code == 200
    assert [one["policy"] for one in chief.get("/v1/policies").json["policies"]] == ["approval"]
    assert chief.post("/v1/policies", wanted | {"policy": "until"}).json["errors"][0]["in"] == "until"
    collective = client("landelijk", load.PLUS_1, ("owner", "publisher"))
    ring = {"tenant": "utrecht", "ring": "pilot", "reason": "Wil vooroplopen"}
    assert collective.post("/v1/rings", ring).status_code == 200
    release(new_bases.other_letter(), ring="test")
    path = f"/v1/models/{KEY}/versions/1.1.0"
    assert collective.post(f"{path}/ring", {"ring": "pilot"}).json == {"ring": "pilot", "tenants": 1}
    jobs()
    lines = {one["slug"]: one for one in collective.get(f"{path}/rollout").json["tenants"]}
    assert (lines["utrecht"]["state"], lines["utrecht"]["ring"], lines["utrecht"]["policy"]) == (
        "held",
        "pilot",
        "approval",
    )
    assert lines["emmen"]["state"] == "waiting" and lines["emmen"]["alerts"] == 0
    assert collective.get(path).json["release"]["ring"] == "test"
    held = chief.post(f"/v1/upgrades/{KEY}/1.1.0/hold", {"reason": "Druk", "until": "2099-01-01"})
    assert held.status_code == 200
    (upgrade,) = chief.get("/v1/upgrades").json["upgrades"]
    assert (upgrade["state"], upgrade["reason"], upgrade["heldUntil"]) == ("deferred", "Druk", "2099-01-01")
    assert collective.post(f"{path}/ring", {"ring": "everyone"}).status_code == 200
    jobs()
    (notice,) = client("emmenaar", load.EMMEN, ("owner",)).get("/v1/upgrades").json["notices"]
    assert (notice["kind"], notice["version"]) == ("automatic", "1.1.0")
