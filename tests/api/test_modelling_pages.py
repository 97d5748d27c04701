"""From draft to version on the pages: two people of the collective, and what the municipalities see of it."""

import io
import re
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from urllib3 import encode_multipart_formdata

from bpmn.library import shelf
from tests.api.three import Desk

LOTTE, BRAM = UUID("019b0000-0000-7000-9000-000000000012"), UUID("019b0000-0000-7000-9000-000000000013")
KEY = "evenementenvergunning"
BASE = f"/plus-1/modellen/{KEY}"
PROCESS = shelf.files(KEY)["process.bpmn"].decode()
RENAMED = PROCESS.replace('name="Besluit nemen"', 'name="Besluit vaststellen"')
SUBSIDIE = (Path(__file__).parents[1] / "unit" / "adopt" / "subsidie.bpmn").read_bytes()
HIDDEN = re.compile(r'name="(idempotency_key|revision)" value="([^"]*)"')
ERRORS = re.compile(r'role="alert".*?</ul>', re.DOTALL)


class Editor:
    """Somebody of the collective at a browser."""

    def __init__(self, app: Flask, person: UUID) -> None:
        self.desk = Desk(app, person)

    def page(self, path: str, status: int = 200) -> str:
        answer = self.desk.get(f"{BASE}{path}")
        assert answer.status_code == status, answer.text
        return str(answer.text)

    def json(self, path: str) -> Any:
        return self.desk.get(f"{BASE}/ontwerp/{path}").json

    def send(self, path: str, body: object) -> Any:
        headers = {"X-CSRFToken": self.desk.token()}
        return self.desk.client.post(f"{BASE}/ontwerp/{path}", json=body, headers=headers)

    def form(self, path: str, **fields: str) -> Any:
        page = self.desk.get(f"{BASE}{path}").text
        return self.desk.post(f"{BASE}{path}", dict(HIDDEN.findall(page)) | fields)

    def save(self, text: str) -> None:
        self.page("/ontwerp")
        revision = self.json("bestanden")["revision"]
        answer = self.send("bewaren", {"revision": revision, "files": {"process.bpmn": text}})
        assert answer.status_code == 200, answer.text

    def propose(self, **fields: str) -> Any:
        given = {"versie": "1.1.0", "wijziging": "Duidelijker naam"} | fields
        return self.form("/ontwerp/voorleggen", **given)

    def proposal(self) -> str:
        found = re.search(rf"{BASE}(/voorstellen/[0-9a-f-]+)", self.desk.get(BASE).text)
        assert found, "no proposal is open"
        return found[1]


@pytest.fixture
def lotte(app: Flask) -> Editor:
    return Editor(app, LOTTE)


@pytest.fixture
def bram(app: Flask) -> Editor:
    return Editor(app, BRAM)


def test_a_change_becomes_a_version_that_every_municipality_runs(
    lotte: Editor, bram: Editor, outside: Any, jobs: Any
) -> None:
    lotte.save(RENAMED)
    told = "Stap &#39;Besluit nemen&#39; heet nu &#39;Besluit vaststellen&#39;"
    assert told in lotte.page("/ontwerp/verschil") or "Besluit vaststellen" in lotte.page("/ontwerp/verschil")
    form = lotte.page("/ontwerp/voorleggen")
    assert 'value="1.0.1"' in form and "alleen woorden" in form and "Besluit vaststellen" in form
    assert lotte.propose().status_code == 302
    assert "Tweede mening" in form and "Scenario's aangevuld" in form
    own = lotte.page(lotte.proposal())
    assert "Tweede mening" in own and "Scenario's aangevuld" in own
    assert "Een collega moet het goedkeuren" in own and "Goedkeuren en publiceren" not in own
    assert "Goedkeuren en publiceren" in bram.page(bram.proposal())
    answer = bram.form(bram.proposal(), besluit="goedkeuren")
    assert answer.status_code == 302 and answer.headers["Location"] == f"{BASE}/versies/1.1.0"
    jobs()
    report = bram.page("/versies/1.1.0/gemeenten")
    for municipality in ("Emmen", "Groningen", "Utrecht"):
        assert municipality in report
    assert report.count(">werkt ermee</span>") == 3
    version = bram.page("/versies/1.1.0")
    assert "Bord met alle gemeenten" in version and "Voorgelegd door" in version and "Lotte de Wit" in version
    for slug in ("utrecht", "groningen", "emmen"):
        assert outside(slug).get(f"/v1/models/{KEY}").json["version"] == "1.1.0"
    assert "Er is nu geen ontwerp" in lotte.page("")


def test_who_made_it_does_not_approve_it(lotte: Editor, bram: Editor) -> None:
    lotte.save(RENAMED)
    bram.propose()
    for one in (lotte, bram):
        answer = one.form(one.proposal(), besluit="goedkeuren")
        assert answer.status_code == 403 and "collega" in answer.text


def test_what_is_wrong_with_a_proposal_is_told_at_once(lotte: Editor) -> None:
    lotte.save(RENAMED)
    answer = lotte.propose(
        versie="1.0.0", wijziging=" ", **{"vanaf.dag": "1", "vanaf.maand": "1", "vanaf.jaar": "2020"}
    )
    found = ERRORS.search(answer.text)
    assert answer.status_code == 400 and found, answer.text
    assert re.findall(r'href="#(\w+)"', found[0]) == ["versie", "wijziging", "vanaf"]
    assert 'value="2020"' in answer.text
    wrong = lotte.propose(**{"vanaf.dag": "31", "vanaf.maand": "2", "vanaf.jaar": "2027"})
    assert wrong.status_code == 400 and "geen datum" in wrong.text


def test_a_model_with_errors_cannot_be_proposed(lotte: Editor) -> None:
    lotte.save(PROCESS.replace('formId="besluit"', 'formId="bestaat-niet"'))
    page = lotte.page("/ontwerp/voorleggen")
    assert "1 fout moet eerst weg" in page and "bestaat-niet" in page and 'name="versie"' not in page
    assert lotte.desk.post(f"{BASE}/ontwerp/voorleggen", {"idempotency_key": "x", "revision": "2"}).status_code == 400


def test_a_rejection_says_what_has_to_change(lotte: Editor, bram: Editor) -> None:
    lotte.save(RENAMED)
    lotte.propose()
    path = bram.proposal()
    empty = bram.form(path, besluit="afwijzen")
    assert empty.status_code == 400 and "Schrijf op wat er anders moet" in empty.text
    assert bram.form(path, besluit="afwijzen", opmerking="Noem het vaststellen").status_code == 302
    assert "Noem het vaststellen" in lotte.page(path) and "Afgewezen door Bram" in lotte.page(path)
    overview = lotte.page("")
    assert "Noem het vaststellen" in overview and "afgewezen door Bram Visser" in overview
    lotte.save(PROCESS)


def test_while_it_waits_the_draft_stands(lotte: Editor, bram: Editor) -> None:
    lotte.save(RENAMED)
    lotte.propose()
    refused = bram.send("bewaren", {"revision": 2, "files": {"process.bpmn": PROCESS}})
    assert refused.status_code == 409 and "voorstel" in refused.json["text"]
    assert "Weggooien" not in bram.page("") and "Voorstel bekijken" in bram.page("")
    assert bram.form(bram.proposal(), besluit="intrekken").status_code == 302
    assert bram.send("bewaren", {"revision": 2, "files": {"process.bpmn": PROCESS}}).status_code == 200


def test_an_earlier_version_comes_back_as_a_draft(lotte: Editor, bram: Editor) -> None:
    lotte.save(RENAMED)
    lotte.propose()
    bram.form(bram.proposal(), besluit="goedkeuren")
    token = {"idempotency_key": uuid4().hex}
    assert lotte.desk.post(f"{BASE}/versies/1.0.0/terugzetten", token).status_code == 302
    assert lotte.json("bestanden")["files"]["process.bpmn"] == PROCESS
    page = lotte.page("/versies/1.0.0")
    assert "Let op: er is een ontwerp" in page
    token = {"idempotency_key": uuid4().hex}
    assert lotte.desk.post(f"{BASE}/versies/1.0.0/terugzetten", token).status_code == 412


def test_a_draft_is_thrown_away_only_as_it_was_seen(lotte: Editor, bram: Editor) -> None:
    lotte.save(RENAMED)
    page = lotte.page("/ontwerp/weggooien")
    bram.save(PROCESS.replace('"Besluit nemen"', '"Beslissen"'))
    stale = lotte.desk.post(f"{BASE}/ontwerp/weggooien", dict(HIDDEN.findall(page)))
    assert stale.status_code == 412
    assert lotte.form("/ontwerp/weggooien").status_code == 302
    assert "Er is nu geen ontwerp" in lotte.page("")


def test_a_new_model_begins_by_name_or_file(app: Flask, lotte: Editor) -> None:
    make = "/plus-1/modellen-nieuw"
    made = lotte.desk.post(make, {"naam": "Standplaats 2027"})
    assert made.status_code == 302 and made.headers["Location"] == "/plus-1/modellen/standplaats-2027/ontwerp"
    again = lotte.desk.post(make, {"naam": "Standplaats 2027"})
    assert again.status_code == 409 and "standplaats-2027" in again.text
    for name in ("", "!!!", "x" * 101):
        assert lotte.desk.post(make, {"naam": name}).status_code == 400
    assert lotte.desk.post(make, {"naam": "3 dagen"}).headers["Location"].endswith("/p-3-dagen/ontwerp")
    begun = lotte.desk.post(make, {"bestand": (io.BytesIO(SUBSIDIE), "subsidie.bpmn")})
    assert begun.headers["Location"] == "/plus-1/modellen/subsidie/ontwerp"
    assert "van een andere engine en is omgezet: 77 %" in lotte.desk.get(begun.headers["Location"]).text
    daan = Desk(app, UUID("019b0000-0000-7000-9000-000000000010"))
    taken = daan.post("/utrecht/modellen-nieuw", {"naam": "Evenementenvergunning"})
    assert taken.status_code == 409 and "gedeeld proces van Plus-1" in taken.text


def test_the_modeller_is_told_what_to_do_in_json(lotte: Editor, bram: Editor) -> None:
    lotte.page("/ontwerp")
    bram.save(RENAMED)
    stale = lotte.send("bewaren", {"revision": 1, "files": {"process.bpmn": PROCESS}})
    assert (stale.status_code, stale.json["code"], stale.json["current"]) == (412, "stale-revision", 2)
    assert "Bram Visser" in stale.json["text"]
    wrong = lotte.send("bewaren", {"revision": 2, "files": {"../x": "a", "texts/ü.md": "b"}})
    assert wrong.status_code == 400 and {one["at"] for one in wrong.json["problems"]} == {"../x", "texts/ü.md"}
    assert lotte.send("bewaren", {"revision": "2"}).status_code == 400
    found = lotte.json("bevindingen")
    assert found["publishable"] is True and all(one["text"] for one in found["findings"])
    who = lotte.json("wie")
    assert who["revision"] == 2 and who["editedBy"] == "Bram Visser"
    helped = lotte.send("feel", {"text": "=leges > 5 and aantalBezoekers"}).json
    assert "leges" in helped["variables"] and "aantalBezoekers" in helped["variables"] and helped["unknown"] == []
    broken = lotte.send("feel", {"text": "=1 +"}).json
    assert broken["hints"][0]["severity"] == "error" and broken["hints"][0]["from"] >= 3


def test_a_file_is_brought_in(lotte: Editor) -> None:
    lotte.page("/ontwerp")
    token = {"X-CSRFToken": lotte.desk.token()}

    def bring(name: str, content: bytes) -> Any:
        # Flask's client would leave a large body in a file that nobody closes.
        fields = {"revision": str(lotte.json("bestanden")["revision"]), "bestand": (name, content)}
        body, kind = encode_multipart_formdata(fields)
        return lotte.desk.client.post(f"{BASE}/ontwerp/inlezen", data=body, content_type=kind, headers=token)

    brought = bring("mijn.bpmn", RENAMED.encode()).json
    assert brought["files"]["process.bpmn"] == RENAMED and brought["told"] == []
    refused = bring("plaatje.png", b"\x89PNG")
    assert refused.status_code == 400 and "geen bestand voor een proces" in refused.json["problems"][0]["text"]
    large = bring("groot.bpmn", b"<" * (6 * 1024 * 1024))
    assert large.status_code == 400 and "5 MB" in large.json["problems"][0]["text"]
    assert lotte.json("bestanden")["revision"] == 2
    (told,) = bring("oud.bpmn", SUBSIDIE).json["told"]
    assert "is omgezet: 77 %" in told
