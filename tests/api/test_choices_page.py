"""A process owner changes a municipality's choices on the pages: every kind, with days, faults, and who was first."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from tests.api.three import Desk
from tests.application import APPLICATION

DAAN = UUID("019b0000-0000-7000-9000-000000000010")
FEMKE = UUID("019b0000-0000-7000-9000-000000000003")
KEY = "evenementenvergunning"
EMMEN_TABLE = Path(__file__).parents[2] / "tenants" / "demo" / "data" / "emmen-risicoklasse.dmn"
HIDDEN = re.compile(r'name="(csrf_token|idempotency_key|revision|keuze|tabel)" value="([^"]*)"')
TODAY = date.today()
YEAR = str(TODAY.year + 1)


class Owner:
    """Daan at his browser, in one municipality."""

    def __init__(self, app: Flask, slug: str, person: UUID = DAAN) -> None:
        self.desk, self.slug = Desk(app, person), slug

    def path(self, rest: str = "") -> str:
        return f"/{self.slug}/inrichting/{KEY}{rest}"

    def page(self, rest: str = "") -> str:
        answer = self.desk.get(self.path(rest))
        assert answer.status_code == 200, answer.text
        return str(answer.text)

    def send(self, rest: str, page: str, fields: Mapping[str, object]) -> Any:
        return self.desk.client.post(self.path(rest.split("?")[0]), data=dict(HIDDEN.findall(page)) | dict(fields))

    def change(self, point: str, **fields: object) -> Any:
        rest = f"/{point}"
        return self.send(rest, self.page(rest), {"reden": "Proef", "actie": "bewaren"} | fields)


@pytest.fixture
def groningen(app: Flask) -> Owner:
    return Owner(app, "groningen")


def on(name: str, day: date) -> dict[str, object]:
    return {f"{name}.dag": day.day, f"{name}.maand": day.month, f"{name}.jaar": day.year}


def card(page: str, question: str) -> str:
    """What the overview says about one question."""
    found = re.search(rf"{re.escape(question)}</h3>(.*?)</section>", page, re.DOTALL)
    assert found, f"no question {question}"
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1]))


def test_the_overview_asks_everything_that_is_open(groningen: Owner) -> None:
    page = groningen.page()
    assert page.count("</h3>") == 11
    fee = card(page, "Hoeveel leges rekent u?")
    for told in ("eigen keuze", "€ 125,50", "€ 95,00", "Daan Smit", "Legesverordening 2026, RB-2025-118", "1 januari"):
        assert told in fee
    assert "zoals de basis" in card(page, "Wie vraagt u om advies?")
    assert "Politie (advies) en Brandweer (advies)" in card(page, "Wie vraagt u om advies?")
    visit = card(page, "Kijkt de brandweer bij een hoog risico op de locatie?")
    assert "staat uit" in visit and "Bij stap" in visit


def test_the_diagram_has_a_mark_where_a_point_is(groningen: Owner) -> None:
    marks = {one["element"]: one["kind"] for one in groningen.desk.get(groningen.path("/schema.json")).json["marks"]}
    assert sorted(marks.values()) == ["off", "open", "open", "open"]
    diagram = groningen.page("/schema.bpmn")
    assert all(f'id="{element}"' in diagram for element in marks)


def test_a_fee_is_changed_for_new_cases_in_one_municipality(
    app: Flask, groningen: Owner, outside: Callable[[str], Any], jobs: Callable[[], None]
) -> None:
    assert groningen.change("vp-leges", waarde="77,50", besluit="RB-2026-9").status_code == 302
    page = groningen.page()
    assert "De keuze is bewaard" in page
    fee = card(page, "Hoeveel leges rekent u?")
    assert "€ 77,50" in fee and "RB-2026-9" in fee and "€ 95,00" not in fee
    letters = {}
    for slug in ("groningen", "emmen"):
        outside(slug).post("/v1/cases", {"model": KEY, "variables": APPLICATION})
        jobs()
        letters[slug] = letter(app, slug)
    assert "€ 77,50" in letters["groningen"] or "77,5" in letters["groningen"]
    assert "77,5" not in letters["emmen"] and "125,5" in letters["emmen"]


def letter(app: Flask, slug: str) -> str:
    """The newest case's first letter, as a clerk reads it."""
    persons = {"groningen": FEMKE, "emmen": UUID("019b0000-0000-7000-9000-000000000005")}
    clerk = Desk(app, persons[slug])
    case = re.search(rf'href="(/{slug}/zaken/[0-9a-f-]+)"', clerk.get(f"/{slug}/zaken").text)
    assert case
    document = re.search(r'href="([^"]*/documenten/[^"]*)"', clerk.get(case[1]).text)
    assert document, "no letter yet"
    return str(clerk.get(document[1]).text)
