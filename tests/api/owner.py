"""A process owner at a browser, and what the pages of choices say."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Flask

from engine.usecases.effective_model import ZONE
from tests.api.three import Desk

DAAN = UUID("019b0000-0000-7000-9000-000000000010")
FEMKE = UUID("019b0000-0000-7000-9000-000000000003")
VISIT = "Kijkt de brandweer bij een hoog risico op de locatie?"
KEY = "evenementenvergunning"
HIDDEN = re.compile(r'name="(csrf_token|idempotency_key|revision|keuze|tabel)" value="([^"]*)"')
TODAY = datetime.now(ZoneInfo(ZONE)).date()  # the municipality's day, which begins before that of UTC
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


def on(name: str, day: date) -> dict[str, object]:
    return {f"{name}.dag": day.day, f"{name}.maand": day.month, f"{name}.jaar": day.year}


def card(page: str, question: str) -> str:
    """What the overview says about one question."""
    found = re.search(rf"{re.escape(question)}</h3>(.*?)</section>", page, re.DOTALL)
    assert found, f"no question {question}"
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1]))


def said(answer: Any) -> list[tuple[str, str]]:
    """The list of errors on a page: (field, text)."""
    assert answer.status_code == 400, answer.status_code
    return re.findall(r'<li>(?:<a [^>]*href="#([^"]*)">)?([^<]+)(?:</a>)?</li>', errors_of(answer.text))


def errors_of(page: str) -> str:
    found = re.search(r'role="alert".*?</ul>', page, re.DOTALL)
    assert found, "no list of errors"
    return found[0]
