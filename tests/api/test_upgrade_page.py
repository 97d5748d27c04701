"""A municipality decides on its pages about a version that waits: choices dropped, kept or made anew; going over."""

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from engine.domain.caller import system
from engine.settings import Settings
from engine.usecases.publish_model import PublishModel, publish_model
from tenants.demo import load
from tests.api.owner import FEMKE, KEY, Owner, card, said
from tests.api.three import Desk, at_work
from tests.application import APPLICATION
from tests.store import new_bases
from tests.unit.tenants.versions import EMMEN_TABLE

RISK, FEE, TERM = "Hoe bepaalt u de risicoklasse?", "Hoeveel leges rekent u?", "Hoe lang krijgen adviseurs de tijd?"
HERE = "/versie/1.1.0"
FORM = re.compile(r'<form class="plus1-bare"[^>]*action="([^"]*)".*?</form>', re.DOTALL)
FIELD = re.compile(r'name="(\w+)" value="([^"]*)"')
Publish = Callable[..., None]


@pytest.fixture
def offer(app: Flask, settings: Settings, jobs: Any) -> Publish:
    """Publish the next version as the collective, and look at everybody's choices."""

    def publish(files: dict[str, bytes], semver: str = "1.1.0", on: date | None = None) -> None:
        with at_work(settings) as transactions, transactions.of(load.PLUS_1) as transaction:
            command = PublishModel(files, semver, "De tabel vraagt het anders", on)
            publish_model(transaction, system(load.PLUS_1), command)
        jobs()

    return publish


@pytest.fixture
def emmen(app: Flask) -> Owner:
    return Owner(app, "emmen")


@pytest.fixture
def groningen(app: Flask) -> Owner:
    return Owner(app, "groningen")


def press(owner: Owner, page: str, verb: str, of: int = 0) -> Any:
    """Press one of the small buttons of a card."""
    forms = [found for found in FORM.finditer(page) if found[1].endswith(verb)]
    return owner.desk.client.post(forms[of][1], data=dict(FIELD.findall(forms[of][0])))


def decide(owner: Owner, page: str) -> Any:
    return owner.send(HERE, page, {})


def upload(owner: Owner, table: str) -> Any:
    rest = f"{HERE}/keuze/vp-risico?vanaf=2026-01-01"
    file = {"bestand": (io.BytesIO(table.encode()), "emmen.dmn")}
    return owner.send(rest, owner.page(rest), {"reden": "De invoer heet anders", "actie": "bewaren", **file})


def runs(outside: Any, slug: str) -> str:
    return str(outside(slug).get(f"/v1/models/{KEY}").json["version"])


def test_who_must_decide_is_told_and_nobody_else(app: Flask, offer: Publish, emmen: Owner, groningen: Owner) -> None:
    offer(new_bases.renamed_input())
    for page in (emmen.page(""), emmen.desk.get("/emmen/inrichting").text):
        assert "Versie 1.1.0 wacht op uw besluit" in page and "U werkt nu met 1.0.0." in page
        assert f'href="/emmen/inrichting/{KEY}{HERE}"' in page
    assert "wacht op uw besluit" not in groningen.page("")
    assert "U werkt met deze versie" in groningen.page(HERE)
    assert emmen.desk.get(emmen.path("/versie/9.9.9")).status_code == 404
    clerk = Desk(app, FEMKE)
    assert "wacht op uw besluit" not in clerk.get("/emmen/inrichting").text


def test_a_table_is_made_for_the_next_version_and_emmen_goes_over(
    offer: Publish, emmen: Owner, outside: Any, jobs: Any
) -> None:
    offer(new_bases.renamed_input())
    page = emmen.page(HERE)
    assert "Er is nog 1 punt waarover u moet beslissen" in page and "Overgaan op versie" not in page
    told = card(page, RISK)
    assert "past niet meer" in told and "Opnieuw kiezen voor 1.1.0" in told and "Laten vervallen vanaf 1.1.0" in told
    assert page.index(RISK) < page.index("Wilt u het aanvraagformulier aanpassen?")
    assert "invoer &#39;bezoekers&#39;" in page and "De tabel vraagt het anders" in page
    assert "<text>bezoekers</text>" in emmen.page(f"{HERE}/keuze/vp-risico?bestand=basis")
    assert 'id="Task' in emmen.page(f"{HERE}/process.bpmn")
    form = emmen.page(f"{HERE}/keuze/vp-risico?vanaf=2026-01-01")
    assert "U kiest voor versie 1.1.0" in form and "de basis niet meer (nieuw is &#39;bezoekers&#39;)" in form
    refused = said(upload(emmen, EMMEN_TABLE.replace("wegafsluiting", "zomaar")))
    assert refused and {field for field, _ in refused} == {"bestand"}
    assert upload(emmen, EMMEN_TABLE.replace("aantalBezoekers", "bezoekers")).status_code == 302
    page = emmen.page(HERE)
    assert "Uw keuzes passen bij deze versie" in page and page.count(f"{RISK}</h3>") == 1
    assert "Gekozen voor versie 1.1.0. Op eerdere versies geldt: een eigen tabel (5 regels)." in card(page, RISK)
    assert runs(outside, "emmen") == "1.0.0"
    assert outside("emmen").post("/v1/cases", {"model": KEY, "variables": APPLICATION}).status_code == 201
    jobs()
    assert decide(emmen, page).status_code == 302
    assert "Nieuwe zaken beginnen vanaf nu op versie 1.1.0." in emmen.page("")
    assert runs(outside, "emmen") == "1.1.0"
    assert outside("emmen").post("/v1/cases", {"model": KEY, "variables": APPLICATION}).status_code == 201
    assert "versie 1.1.0 en later" in card(emmen.page(""), RISK)
    assert decide(emmen, page).status_code == 302, "the same form again is harmless"
    assert "U werkt met deze versie" in emmen.page(HERE)


def test_a_choice_is_dropped_from_a_version_on_and_kept_after_all(
    offer: Publish, groningen: Owner, outside: Any
) -> None:
    offer(new_bases.without_fee())
    page = groningen.page(HERE)
    told = card(page, FEE)
    assert "kan niet mee" in told and "de parameter 'Leges' bestaat niet meer" in told.replace("&#39;", "'")
    assert "Opnieuw kiezen" not in told, "there is nothing to choose in the next version"
    assert press(groningen, page, "/vervallen").status_code == 302
    after = groningen.page(HERE)
    assert "vervalt vanaf 1.1.0" in card(after, FEE) and "Overgaan op versie 1.1.0" in after
    fee = card(groningen.page(""), FEE)
    assert "€ 95,00" in fee and "voor zaken op versies voor 1.1.0" in fee
    assert press(groningen, page, "/vervallen").status_code == 302, "twice is once"
    assert press(groningen, after, "/houden").status_code == 302
    again = groningen.page(HERE)
    assert "kan niet mee" in card(again, FEE) and "Overgaan op versie" not in again
    assert press(groningen, again, "/vervallen").status_code == 302
    assert decide(groningen, groningen.page(HERE)).status_code == 302
    assert runs(outside, "groningen") == "1.1.0"


def test_a_choice_that_fits_is_changed_for_the_next_version_alone(offer: Publish, groningen: Owner) -> None:
    offer(new_bases.without_visit())
    rest = f"{HERE}/keuze/vp-leges?vanaf=2026-01-01"
    sent = {"waarde": "120", "reden": "Meer werk", "actie": "bewaren"}
    assert groningen.send(rest, groningen.page(rest), sent | {"waarde": "600"}).status_code == 400
    assert groningen.send(rest, groningen.page(rest), sent).status_code == 302
    assert "€ 95,00" in card(groningen.page(""), FEE) and "€ 120,00" not in card(groningen.page(""), FEE)
    page = groningen.page(HERE)
    cards = re.findall(rf"{re.escape(FEE)}</h3>(.*?)</section>", page, re.DOTALL)
    assert any("€ 120,00" in one and "Gaat niet door" in one for one in cards)
    made = next(
        n for n, one in enumerate(FORM.finditer(page)) if 'value="vp-leges"' in one[0] and "Gaat niet" in one[0]
    )
    (form,) = [one for n, one in enumerate(FORM.finditer(page)) if n == made]
    assert groningen.desk.client.post(form[1], data=dict(FIELD.findall(form[0]))).status_code == 302
    assert "€ 120,00" not in groningen.page(HERE)


def test_a_new_question_is_answered_for_the_next_version(offer: Publish, app: Flask, outside: Any) -> None:
    utrecht = Owner(app, "utrecht")
    offer(new_bases.asking())
    page = utrecht.page(HERE)
    assert "nieuwe vraag" in card(page, TERM) and "Kiezen voor 1.1.0" in card(page, TERM)
    blocked = utrecht.send(HERE, page, {"idempotency_key": "zelf-bedacht", "revision": "0"})
    assert blocked.status_code == 400 and "Nog niet alle keuzes passen bij versie 1.1.0." in blocked.text
    rest = f"{HERE}/keuze/vp-adviestermijn"
    sent = {"waarde": "3", "eenheid": "W", "reden": "Adviseurs hebben tijd nodig", "actie": "bewaren"}
    assert utrecht.send(rest, utrecht.page(rest), sent).status_code == 302
    assert "zoals de basis" in card(utrecht.page(""), TERM), "until they go over nothing changes"
    assert decide(utrecht, utrecht.page(HERE)).status_code == 302
    assert "3 weken" in card(utrecht.page(""), TERM) and runs(outside, "utrecht") == "1.1.0"


def test_who_looked_at_what_has_changed_is_told_and_loses_nothing(offer: Publish, groningen: Owner) -> None:
    offer(new_bases.without_fee())
    first = groningen.page(HERE)
    rest = f"{HERE}/keuze/vp-beslistermijn"
    form = groningen.page(rest)
    assert press(groningen, first, "/vervallen").status_code == 302
    ready = groningen.page(HERE)
    late = groningen.send(rest, form, {"waarde": "7", "eenheid": "W", "reden": "Drukte", "actie": "bewaren"})
    assert late.status_code == 412 and "intussen gewijzigd" in late.text and "Drukte</textarea>" in late.text
    assert groningen.change("vp-beslistermijn", waarde="9", eenheid="W").status_code == 302
    stale = decide(groningen, ready)
    assert stale.status_code == 412 and "Dit lukte niet" in stale.text and "Overgaan op versie 1.1.0" in stale.text
    offer(new_bases.other_letter(), "1.2.0")
    overtaken = decide(groningen, ready)
    assert overtaken.status_code == 409 and "Deze versie is ingehaald" in overtaken.text
    typed = groningen.send(rest, form, {"waarde": "7", "eenheid": "W", "reden": "Drukte", "actie": "bewaren"})
    assert (
        typed.status_code == 409 and "u werkt nu met versie 1.2.0" in typed.text and "Drukte</textarea>" in typed.text
    )


def test_a_version_for_a_later_day_says_so(offer: Publish, groningen: Owner, outside: Any) -> None:
    offer(new_bases.without_fee(), on=date(date.today().year + 1, 1, 1))
    assert press(groningen, groningen.page(HERE), "/vervallen").status_code == 302
    page = groningen.page(HERE)
    assert f"1 januari {date.today().year + 1}" in page
    assert decide(groningen, page).status_code == 302
    assert "U gaat over. Nieuwe zaken beginnen vanaf" in groningen.page("")
    assert "U gaat over op deze versie" in groningen.page(HERE) and runs(outside, "groningen") == "1.0.0"
