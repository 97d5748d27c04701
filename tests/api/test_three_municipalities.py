"""One shared process for three municipalities over HTTP: clerks in their pages, a system by API, three outcomes."""

import re
from collections.abc import Callable
from operator import itemgetter
from typing import Any

import pytest
from flask import Flask

from tests.application import APPLICATION

KEY = "evenementenvergunning"
BIG = APPLICATION | {"aantalBezoekers": 8000}
PERSONS = {
    "utrecht": ("Aisha Bakker", "Marit Jansen", "Joris van Dijk"),
    "groningen": ("Femke Hoekstra", "Henk Wolters", "Tjeerd Postma"),
    "emmen": ("Roelof Meijer", "Henk Wolters", "Ingrid Hartman"),
}


class Clerk:
    """A person at a browser: logs in, takes and completes tasks through the forms of the pages."""

    def __init__(self, app: Flask, name: str, place: str) -> None:
        self.client, self.place = app.test_client(), place
        page = self.client.get("/inloggen").text
        found = re.search(r'name="persoon" value="([^"]+)">(?:(?!</form>).)*' + re.escape(name), page, re.DOTALL)
        assert found, f"{name} is not on the log-in page"
        self.send("/inloggen", page, persoon=found.group(1))

    def send(self, address: str, page: str, **fields: object) -> Any:
        """Post a form with the hidden fields of the page that it stood on."""
        hidden = dict(re.findall(r'name="(csrf_token|idempotency_key|revision)" value="([^"]*)"', page))
        return self.client.post(address, data=hidden | fields)

    def do(self, node_name: str, number: str, **fields: object) -> None:
        """Take the first open task of that name in the case, and complete it."""
        listed = self.client.get(f"/{self.place}/taken?zoek={number}").text
        links = re.findall(rf'href="(/{self.place}/taken/[0-9a-f-]+)">{node_name}', listed)
        assert links, f"no task {node_name} in the list of {self.place}"
        taken = self.send(f"{links[0]}/oppakken", self.client.get(links[0]).text)
        assert taken.status_code == 302, taken.text
        done = self.send(f"{links[0]}/afronden", self.client.get(links[0]).text, **fields)
        assert done.status_code == 302, done.text


def advise(adviser: Clerk, system: Any, case: str, number: str) -> None:
    """Everybody asked gives advice; a visit follows where the municipality has it."""
    for _ in system.get(f"/v1/cases/{case}").json["tasks"]:
        adviser.do("Advies geven", number, advies="positief", toelichting="Geen bezwaar.")
    names = [task["name"] for task in system.get(f"/v1/cases/{case}").json["tasks"]]
    if adviser.place == "groningen":
        assert names == ["Besluit voorbereiden"]  # the visit is switched off there
        return
    assert names == ["Advies op locatie"]
    day = {"schouwDatum.dag": "3", "schouwDatum.maand": "5", "schouwDatum.jaar": "2027"}
    adviser.do("Advies op locatie", number, bevindingen="Breed genoeg.", **day)


@pytest.mark.parametrize("place", PERSONS)
def test_a_case_from_start_to_end(
    app: Flask, outside: Callable[[str], Any], jobs: Callable[[], None], place: str
) -> None:
    system = outside(place)
    fireworks = {"vuurwerk": True} if place == "emmen" else {}
    case, number = itemgetter("id", "businessKey")(
        system.post("/v1/cases", {"model": KEY, "variables": BIG | fireworks}).json
    )
    jobs()
    handler, adviser, mandated = (Clerk(app, name, place) for name in PERSONS[place])
    handler.do("Volledigheid controleren", number, volledig="ja")
    advise(adviser, system, case, number)
    result = "geweigerd" if place == "emmen" else "verleend"
    concept = {"conceptVergunning": result, "motivering": "Zie de adviezen.", "conceptAfsluiting": "geweigerd"}
    handler.do("Besluit voorbereiden", number, **concept)
    mandated.do("Besluit nemen", number, akkoord="ja", resultaatVergunning=result, resultaatAfsluiting="geweigerd")
    jobs()
    view = system.get(f"/v1/cases/{case}").json
    assert (view["status"], view["incidents"], view["end"]) == ("completed", 0, result.title())
    assert [(one["subject"], one["result"]) for one in view["decisions"]] == [
        ("evenementenvergunning", result),
        ("wegafsluiting", "geweigerd"),
    ]
    history = system.get(f"/v1/cases/{case}/history").json["history"]
    assert {line["actor"].split(":")[0] for line in history if line["kind"] == "task-completed"} == {"person"}
    assert "Besluit op uw aanvraag" in handler.client.get(f"/{place}/zaken/{case}").text


def test_withdrawn_by_an_outside_system(outside: Callable[[str], Any], jobs: Callable[[], None]) -> None:
    system = outside("groningen")
    started = system.post("/v1/cases", {"model": KEY, "variables": APPLICATION}).json
    jobs()
    body = {"name": "intrekking", "correlationKey": started["businessKey"], "variables": {"reden": "Regen"}}
    assert system.post("/v1/messages", body).status_code == 200
    jobs()
    view = system.get(f"/v1/cases/{started['id']}").json
    assert (view["end"], view["tasks"]) == ("Ingetrokken", [])
