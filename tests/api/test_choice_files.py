"""A process owner brings a table and changes a form: what fits is kept, what does not is told at its field."""

import html
import io
import re
from pathlib import Path

import pytest
from flask import Flask

from tests.api.owner import FEMKE, KEY, Owner, card, said
from tests.api.three import Desk

EMMEN_TABLE = Path(__file__).parents[2] / "tenants" / "demo" / "data" / "emmen-risicoklasse.dmn"


@pytest.fixture
def groningen(app: Flask) -> Owner:
    return Owner(app, "groningen")


def test_a_table_is_uploaded_with_the_field_that_it_reads(groningen: Owner) -> None:
    table = EMMEN_TABLE.read_bytes()
    base = groningen.desk.get(groningen.path("/vp-risico?bestand=basis"))
    assert base.status_code == 200 and b"Regel_Druk_Geluid" in base.data and "attachment" in str(base.headers)
    refused = groningen.change("vp-risico", bestand=(io.BytesIO(table), "mijn.dmn"))
    assert said(refused)[0][0] == "bestand" and "leest &#39;vuurwerk&#39;" in said(refused)[0][1]
    assert "Uw bestand mijn.dmn is onthouden" in refused.text
    field = {"eigen.0.soort": "checkbox", "eigen.0.naam": "Vuurwerk", "eigen.0.sleutel": ""}
    assert groningen.change("vp-aanvraag", **field).status_code == 302
    kept = re.search(r'name="tabel" value="([^"]*)"', refused.text)
    assert kept
    sent = {"tabel": html.unescape(kept[1]), "reden": "Vuurwerk telt mee", "actie": "bewaren"}
    assert groningen.send("/vp-risico", groningen.page("/vp-risico"), sent).status_code == 302
    assert "een eigen tabel (5 regels)" in card(groningen.page(), "Hoe bepaalt u de risicoklasse?")
    own = groningen.desk.get(groningen.path("/vp-risico?bestand=eigen"))
    assert own.data.splitlines() == table.splitlines()
    assert groningen.change("vp-risico", reden="Alleen een andere reden").status_code == 302


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"\x89PNG\0", "geen tekst"), (b"\xff\xfe", "geen tekst"), (b"x" * 300_001, "te groot"), (b"<geen", "")],
)
def test_what_is_no_table_is_told(groningen: Owner, content: bytes, told: str) -> None:
    refused = said(groningen.change("vp-risico", bestand=(io.BytesIO(content), "plaatje.png")))
    assert refused[0][0] == "bestand" and told in refused[0][1]


def test_a_form_gets_a_field_and_other_words(app: Flask, groningen: Owner) -> None:
    fields = {
        "eigen.0.soort": "datetime",
        "eigen.0.naam": "Op welke dag bouwt u op?",
        "eigen.0.sleutel": "",
        "veld.evenement.label": "Hoe heet uw evenement?",
        "veld.organisatie.weg": "on",
    }
    assert groningen.change("vp-aanvraag", **fields | {"eigen.0.naam": ""}).status_code == 400
    kept = said(groningen.change("vp-aanvraag", **{"veld.evenement.weg": "on"}))
    assert kept[0][0] == "veld.evenement.label" and "verplicht" in kept[0][1]
    assert said(groningen.change("vp-aanvraag", **fields)) == [("", "Er is geen veld &#39;organisatie&#39;.")]
    fields["veld.aanvrager.telefoon.label"] = "Telefoon"
    del fields["veld.organisatie.weg"]
    assert groningen.change("vp-aanvraag", **fields).status_code == 302
    page = Desk(app, FEMKE).get(f"/groningen/nieuw/{KEY}").text
    for label in ("Op welke dag bouwt u op?", "Hoe heet uw evenement?", "Telefoon"):
        assert label in page
    again = groningen.page("/vp-aanvraag")
    assert 'value="opWelkeDagBouwtUOp"' in again and 'value="Hoe heet uw evenement?"' in again
    gone = groningen.send("/vp-aanvraag", again, fields | {"actie": "weg.0"})
    assert "U hebt geen eigen velden" in gone.text and 'value="Hoe heet uw evenement?"' in gone.text
