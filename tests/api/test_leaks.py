"""Nobody sees another municipality's anything: every route with foreign ids, and canaries in a crowd of requests."""

import itertools
import random
import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from bpmn import archive
from engine.settings import Settings
from tests.api.three import ALIKE, PERMIT, SIDES, Desk, Door, Side, address, ask_api, doors, plain, side

ENOUGH = {"reden": "proef", "revision": "1"}  # of a form, so that only the id can be wrong
REQUESTS = 1000  # of each of three municipalities
Jobs = Callable[[], None]


@pytest.fixture
def sides(app: Flask, settings: Settings, outside: Any, jobs: Jobs) -> dict[str, Side]:
    return {slug: side(app, settings, outside, jobs, slug) for slug in SIDES}


def random_parts() -> dict[str, str]:
    names = ("slug", "case", "task", "document", "model", "proposal")
    found = {name: str(uuid4()) if name != "model" else f"geen-{uuid4().hex[:6]}" for name in names}
    return found | ALIKE


def stands_for(door: Door) -> list[str]:
    """The parts of a path that can belong to another tenant, the municipality itself aside."""
    kinds = ("case", "task", "document", "model", "proposal")
    marked = address(door[0], {name: f"~{name}~" for name in (*kinds, "slug", *ALIKE)})
    return [kind for kind in kinds if f"~{kind}~" in marked]


def asked(outside: Any, desk: Desk, slug: str, door: Door, path: str, fields: dict[str, str] | None = None) -> Any:
    return ask_api(outside(slug), door, path) if path.startswith("/v1/") else desk.ask(door[1], path, fields)


def test_every_route_answers_a_foreign_id_as_an_unknown_one(app: Flask, outside: Any, sides: dict[str, Side]) -> None:
    emmen, utrecht = sides["emmen"], sides["utrecht"]
    desk, tried = Desk(app, emmen.person), 0
    for door in doors(app):
        kinds = stands_for(door)
        for some in itertools.chain.from_iterable(itertools.combinations(kinds, n) for n in range(1, len(kinds) + 1)):
            foreign = emmen.parts | {kind: utrecht.parts[kind] for kind in some}
            unknown = random_parts()
            unknown = emmen.parts | {kind: unknown[kind] for kind in some}
            found = asked(outside, desk, "emmen", door, address(door[0], foreign), ENOUGH)
            none = asked(outside, desk, "emmen", door, address(door[0], unknown), ENOUGH)
            assert (found.status_code, none.status_code) == (404, 404), (door, some)
            assert plain(found) == plain(none), (door, some)
            tried += 1
    assert tried >= 20


def test_every_own_id_is_found(app: Flask, outside: Any, sides: dict[str, Side]) -> None:
    """Or else the test above would pass with a site that finds nothing."""
    emmen = sides["emmen"]
    desk = Desk(app, emmen.person)
    for door in doors(app):
        if stands_for(door) and door[1] == "GET":
            assert asked(outside, desk, "emmen", door, address(door[0], emmen.parts)).status_code == 200, door


def test_a_place_where_one_does_not_work_is_no_place(app: Flask, sides: dict[str, Side]) -> None:
    emmen, utrecht = sides["emmen"], sides["utrecht"]
    desk, tried = Desk(app, emmen.person), 0
    for rule, method in doors(app):
        if "place" not in rule.arguments:
            continue
        for parts in (emmen.parts, utrecht.parts):
            there = desk.ask(method, address(rule, parts | {"slug": "utrecht"}))
            nowhere = desk.ask(method, address(rule, parts | {"slug": "nergenshuizen"}))
            assert (there.status_code, nowhere.status_code) == (404, 404), (rule, method)
            assert plain(there) == plain(nowhere), (rule, method)
            tried += 1
    assert tried >= 30


def test_foreign_ids_in_queries_and_bodies(app: Flask, outside: Any, sides: dict[str, Side]) -> None:
    emmen, utrecht = outside("emmen"), sides["utrecht"]
    parts, unknown = utrecht.parts, random_parts()
    assert emmen.get("/v1/tasks", caseId=parts["case"]).data == emmen.get("/v1/tasks", caseId=unknown["case"]).data
    for path in ("/v1/tasks", "/v1/cases"):
        assert emmen.get(path, model=parts["model"]).data == emmen.get(path, model=unknown["model"]).data
    foreign = emmen.post("/v1/cases", {"model": parts["model"]})
    assert foreign.status_code == 404
    assert foreign.data == emmen.post("/v1/cases", {"model": unknown["model"]}).data
    cursor = outside("utrecht").get("/v1/cases", limit=1).json["next"]
    page = emmen.get("/v1/cases", after=cursor)
    assert page.status_code == 200 and not any(canary in page.text for canary in utrecht.canaries)
    number = next(canary for canary in utrecht.canaries if canary.startswith("KANARIE")) + "-1"
    sent = {"name": "intrekking", "correlationKey": number}
    lost = emmen.post("/v1/messages", sent)
    other = emmen.post("/v1/messages", {**sent, "correlationKey": "X" * len(number)})
    assert lost.status_code == other.status_code == 409
    assert lost.text == other.text.replace("X" * len(number), number)


def test_a_letter_belongs_to_its_case(app: Flask, outside: Any, sides: dict[str, Side]) -> None:
    emmen = sides["emmen"]
    desk, letter = Desk(app, emmen.person), emmen.parts["document"]
    cases = [case["id"] for case in outside("emmen").get("/v1/cases").json["cases"]]
    found = {case: desk.get(f"/emmen/zaken/{case}/documenten/{letter}").status_code for case in cases}
    assert len(cases) == 3 and found == dict.fromkeys(cases, 404) | {emmen.parts["case"]: 200}


def test_choices_are_not_mixed_up(app: Flask, sides: dict[str, Side]) -> None:
    desks = {slug: Desk(app, one.person) for slug, one in sides.items()}
    for slug, one in sides.items():
        page = desks[slug].get(f"/{slug}/inrichting/{PERMIT}").text
        assert any(canary in page for canary in one.canaries), "the reason of a choice stands on the page"


def test_a_foreign_incident_is_no_incident(app: Flask, sides: dict[str, Side]) -> None:
    desk = Desk(app, sides["emmen"].person)
    path, fields = "/emmen/problemen/opnieuw", {"reden": "hersteld"}
    foreign = desk.post(path, {**fields, "probleem": sides["utrecht"].incident})
    assert foreign.status_code == 404
    assert plain(foreign) == plain(desk.post(path, {**fields, "probleem": str(uuid4())}))
    own = Desk(app, sides["utrecht"].person).get("/utrecht/problemen").text
    assert sides["utrecht"].incident in own, "the foreign administrator has changed it"


def readable(answer: Any) -> str:
    """The text of an answer; of a package, that of all its files."""
    if answer.mimetype != "application/zip":
        return str(answer.text)
    files, _findings = archive.unpack(answer.data)
    return "".join(content.decode() for content in (files or {}).values())


class Visitor(threading.Thread):
    """One municipality's systems and people at work: every route, with own, foreign and unknown ids in turn."""

    def __init__(self, app: Flask, outside: Any, sides: dict[str, Side], slug: str) -> None:
        super().__init__()
        self.own, self.outside = sides[slug], outside
        self.others = [one for one in sides.values() if one is not self.own]
        self.desk, self.doors = Desk(app, self.own.person), doors(app)
        self.draw = random.Random(slug)
        self.seen, self.leaks, self.broken = 0, [], []  # type: ignore[var-annotated]  # lists of texts

    def run(self) -> None:
        for _ in range(REQUESTS):
            door = self.draw.choice(self.doors)
            parts = self.draw.choice([self.own.parts] * 6 + [one.parts for one in self.others] + [random_parts()])
            slug = self.draw.choice([self.own.slug] * 4 + [parts["slug"]])
            path = address(door[0], parts | {"slug": slug})
            answer = asked(self.outside, self.desk, self.own.slug, door, path)
            text = readable(answer) + str(answer.headers)
            self.seen += any(canary in text for canary in self.own.canaries)
            foreign = [canary for one in self.others for canary in one.canaries if canary in text]
            self.leaks += [f"{door[1]} {path}: {found}" for found in foreign]
            self.broken += [f"{door[1]} {path}: {answer.status_code}"] if answer.status_code >= 500 else []


def test_no_canary_flies_over(
    app: Flask, outside: Any, jobs: Jobs, sides: dict[str, Side], capfd: Any, caplog: Any
) -> None:
    visitors = [Visitor(app, outside, sides, slug) for slug in sides]
    for visitor in visitors:
        visitor.start()
    while any(visitor.is_alive() for visitor in visitors):
        jobs()
        visitors[0].join(0.2)
    assert [leak for visitor in visitors for leak in visitor.leaks] == []
    assert [fault for visitor in visitors for fault in visitor.broken] == []
    assert min(visitor.seen for visitor in visitors) > REQUESTS // 5
    written = caplog.text + "".join(capfd.readouterr())
    assert [canary for one in sides.values() for canary in one.canaries if canary in written] == []
