"""The pages of a step of one's own in a slot, and of ties to the catalogue: without JavaScript, faults in Dutch."""

import io
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask

from engine.domain.caller import system
from engine.settings import Settings
from engine.usecases.publish_model import PublishModel, publish_model
from tenants.demo import load
from tests.api.owner import Owner, card, said
from tests.api.three import at_work
from tests.unit.tenants.slotted import PROCESS_XML, changes
from tests.unit.tenants.versions import FILES

SLOT, TIE, ASKED = "vp-extra", "vp-zaaktype", "Wilt u een eigen stap toevoegen?"
GOOD = {
    "soort": "stap",
    "stap.naam": "Advies dorpsraad",
    "stap.rol": "adviseur",
    "vraag.toelichting": "Wat vindt de dorpsraad?",
    "antwoord.0": "Eens",
    "antwoord.1": "Niet eens",
}


@pytest.fixture
def utrecht(app: Flask, settings: Settings, jobs: Callable[[], None]) -> Owner:
    """Daan in Utrecht, with a version of the permit that has a slot and a tie."""
    files = dict(FILES)
    package = '<plus1:package key="evenementenvergunning"/>'
    tie = f'{package}<plus1:mappingPoint id="{TIE}" maps="zaaktype"/>'
    for path, old, new in (*changes(), ("process.bpmn", package, tie)):
        files[path] = files[path].decode().replace(old, new).encode()
    with at_work(settings) as transactions, transactions.of(load.PLUS_1) as transaction:
        publish_model(transaction, system(load.PLUS_1), PublishModel(files, "1.1.0", "Een slot"))
    jobs()
    return Owner(app, "utrecht")


def told(owner: Owner) -> str:
    """What the overview says about the slot."""
    return unescape(card(owner.page(), ASKED))


def test_a_step_is_made_without_drawing_and_comes_back_on_its_page(utrecht: Owner) -> None:
    assert "niets, de zaak gaat meteen door" in told(utrecht)
    assert utrecht.change(SLOT, **GOOD).status_code == 302
    assert "een eigen stap 'Advies dorpsraad'" in told(utrecht)
    page = utrecht.page(f"/{SLOT}")
    for text in ("Advies dorpsraad", "Wat vindt de dorpsraad?", "Niet eens"):
        assert f'value="{text}"' in page


def test_what_is_wrong_with_a_step_is_told_at_its_field_and_nothing_is_stored(utrecht: Owner) -> None:
    empty = {"soort": "stap", "stap.naam": "", "stap.rol": "burgemeester"}
    found = said(utrecht.change(SLOT, **empty, reden=""))
    assert [at for at, _ in found] == ["stap.naam", "stap.rol", "antwoord.0", "reden"]
    law = said(utrecht.change(SLOT, **GOOD | {"stap.naam": "Aanvulling vragen"}))
    assert law[0][0] == "stap.naam" and "wettelijke stap" in law[0][1]
    assert "zoals de basis" in told(utrecht)


def test_a_field_is_added_to_the_step(utrecht: Owner) -> None:
    page = utrecht.send(f"/{SLOT}", utrecht.page(f"/{SLOT}"), GOOD | {"actie": "erbij"})
    assert page.status_code == 200 and 'name="eigen.0.naam"' in page.text and 'value="Advies dorpsraad"' in page.text
    field = {"eigen.0.naam": "Aantal leden", "eigen.0.soort": "number", "eigen.0.sleutel": ""}
    assert utrecht.change(SLOT, **GOOD | field).status_code == 302
    assert 'value="Aantal leden"' in utrecht.page(f"/{SLOT}")


def test_a_process_comes_from_a_file_and_stays_when_only_the_reason_changes(utrecht: Owner) -> None:
    def file(text: str) -> tuple[io.BytesIO, str]:
        return io.BytesIO(text.encode()), "eigen.bpmn"

    assert said(utrecht.change(SLOT, soort="bestand"))[0][0] == "bestand"
    broken = said(utrecht.change(SLOT, soort="bestand", bestand=file(PROCESS_XML.replace("bezwaar", "misschien"))))
    assert broken[0][0] == "bestand" and "'misschien' is geen resultaat" in unescape(broken[0][1])
    assert utrecht.change(SLOT, soort="bestand", bestand=file(PROCESS_XML)).status_code == 302
    assert "een eigen stap 'Dorpsraad'" in told(utrecht)
    assert utrecht.change(SLOT, soort="bestand", reden="Een andere reden").status_code == 302
    assert "Een andere reden" in told(utrecht)


def test_a_tie_to_the_catalogue(utrecht: Owner) -> None:
    assert said(utrecht.change(TIE, **{"koppel.zaaktype": ""})) == [("koppel.zaaktype", "Vul dit in.")]
    (fault,) = said(utrecht.change(TIE, **{"koppel.zaaktype": "http://catalogi.example/1"}))
    assert fault[0] == "koppel.zaaktype" and "https://" in fault[1]
    address = "https://catalogi.example/1"
    assert utrecht.change(TIE, **{"koppel.zaaktype": address}).status_code == 302
    assert f"zaaktype '{address}'" in unescape(utrecht.page())
    assert f'value="{address}"' in utrecht.page(f"/{TIE}")
