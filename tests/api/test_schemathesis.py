"""The API against its own OpenAPI document: whatever is sent, no answer is a 5xx and none breaks the document."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bpmn import archive
from bpmn.library import shelf
from engine.domain.caller import system as system_caller
from engine.settings import Settings
from engine.usecases.publish_model import PublishModel, publish_model
from tenants.demo import load
from tests.api.three import RIGHTS, at_work, choose
from tests.store.editors import SMALL
from tests.store.new_bases import without_fee

CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 40
# A municipality puts nobody in a ring, and by then it works with the version already.
REFUSED = ["POST /rings", "POST /upgrades/{key}/{version}/hold"]
schemathesis.serializer.alias("application/zip", "application/octet-stream")
KEY, OWN = "evenementenvergunning", "keuze"
START = json.loads(shelf.files(KEY)["scenarios/verleend.json"])["start"]


class Known:
    """Values that exist, so that not every request ends in a 404: cases, tasks, models, keys, revisions."""

    def __init__(self, system: Any, second: Any, jobs: Callable[[], None]) -> None:
        self.system, self.second, self.sent = system, second, 0
        for _ in range(5):
            started = system.post("/v1/cases", {"model": KEY, "variables": START})
            assert started.status_code == 201, started.text
        jobs()
        cases = system.get("/v1/cases").json["cases"]
        tasks = [task["id"] for task in system.get("/v1/tasks").json["tasks"]]
        assert len(cases) == len(tasks) == 5
        for task in tasks[:2]:
            assert system.post(f"/v1/tasks/{task}/claim", etag='"1"').status_code == 200
        self.ids = {"cases": [case["id"] for case in cases], "tasks": tasks}
        self.free = system.post("/v1/cases", {"model": "vrij", "variables": {"klaar": False}}).json["id"]
        self.bodies = {
            "/cases": [{"model": KEY, "variables": START}, {"model": KEY, "variables": {}}, {"model": "geen"}],
            "/messages": [{"name": "intrekking", "correlationKey": case["businessKey"]} for case in cases[:2]],
            "/tasks/{id_}/complete": [{"variables": {"volledig": "ja"}}, {"variables": {"volledig": 3}}],
            "/cases/{id_}/steps": [{"step": "Bellen"}, {"step": "Einde"}],
            "/packages/check": [archive.pack(SMALL), archive.pack({})],
            "/drafts/{key}/package": [archive.pack(SMALL), archive.pack(SMALL | {"README.md": b"x"})],
            "/drafts/{key}/proposals": [{"revision": 1, "changelog": "Anders"}],
            "/upgrades/{key}/{version}/adoption": [{"choices": [], "revision": 2}],
            "/upgrades/{key}/{version}/hold": [{"reason": "Druk"}, {"reason": "Druk", "until": "2099-01-01"}],
            "/policies": [{"policy": "approval", "reason": "Eerst kijken"}, {"policy": "until", "reason": "Druk"}],
        }

    def lay_ready(self, path: str) -> None:
        """A draft that may change, or a proposal of somebody else: earlier requests may have ended what there was."""
        draft = f"/v1/drafts/{OWN}"
        if path.startswith(("/drafts", "/proposals")):
            if self.second.get(draft).status_code != 200:
                self.second.send("PUT", f"{draft}/package", SMALL, If_None_Match="*")
            now = self.second.get(draft).json
            mine = self.ids.get("proposals", ())  # the others are of whoever is asked to decide
            if now["locked"] and (path.startswith("/drafts") or now["proposalId"] not in mine):
                self.second.post(f"/v1/proposals/{now['proposalId']}/withdrawal")
                now = self.second.get(draft).json
            if path.startswith("/proposals") and not now["locked"]:
                self.sent += 1
                other = SMALL | {"README.md": str(self.sent).encode()}  # edited last by whoever proposes
                now = self.second.send("PUT", f"{draft}/package", other, If_Match=f'"{now["revision"]}"').json
                made = self.second.post(f"{draft}/proposals", {"revision": now["revision"], "changelog": "Anders"})
                assert made.status_code == 201, made.text
                self.ids["proposals"] = [made.json["id"]]
            self.bodies["/drafts/{key}/proposals"] = [{"revision": now["revision"], "changelog": "Anders"}]

    def put_into(self, case: Any, draw: Callable[[Any], Any]) -> None:
        """Swap some of the made-up values of a request for real ones."""

        def swap() -> bool:
            return int(draw(st.integers(0, 3))) < 3  # the simplest draw is a real value

        path, resource = case.path_parameters or {}, case.path.split("/")[1]
        self.lay_ready(case.path)
        if "id_" in path and swap():
            path["id_"] = self.free if case.path.endswith("/steps") else draw(st.sampled_from(self.ids[resource]))
        if "key" in path and swap():
            path["key"] = OWN if resource == "drafts" or "/versions" in case.path else KEY
        if "version" in path and swap():
            path["version"] = "2.0.0" if resource == "upgrades" else "1.0.0"
        if "If-Match" in case.headers and swap():
            thing = f"/v1/drafts/{OWN}" if resource == "drafts" else f"/v1/tasks/{path.get('id_')}"
            now = self.system.get(thing).headers.get("ETag", '"1"')
            case.headers["If-Match"] = draw(st.sampled_from([now, now, '"1"', '"99"']))
            case.headers.pop("If-None-Match", None)
        if "Idempotency-Key" in case.headers and swap():
            self.sent += 1
            case.headers["Idempotency-Key"] = draw(st.sampled_from([f"k{self.sent}", f"k{self.sent}", "a"]))
        if case.path in self.bodies and swap():
            case.body = draw(st.sampled_from(self.bodies[case.path]))


@pytest.fixture
def system(client: Callable[..., Any]) -> Any:
    """A system that may do everything, in Utrecht."""
    return client("alles", load.UTRECHT, RIGHTS)


@pytest.fixture
def known(
    system: Any,
    client: Callable[..., Any],
    settings: Settings,
    jobs: Callable[[], None],
    publish: Callable[[str], None],
) -> Known:
    """With a model of its own, and a shared version that waits for it."""
    publish("vrij")
    with at_work(settings) as transactions:
        choose(transactions, load.UTRECHT, "Proef")
        for owner, files, version in ((load.UTRECHT, SMALL, "1.0.0"), (load.PLUS_1, without_fee(), "2.0.0")):
            with transactions.of(owner) as transaction:
                publish_model(transaction, system_caller(owner), PublishModel(files, version, "Proef"))
    return Known(system, client("tweede", load.UTRECHT), jobs)


def operations(app: Flask) -> Iterator[Any]:
    """Every operation of the document."""
    schema = schemathesis.openapi.from_wsgi("/v1/openapi.json", app, config=SchemathesisConfig())
    for found in schema.get_all_operations():
        yield found.ok()


def statuses_of(operation: Any, system: Any, known: Known, mode: GenerationMode) -> set[int]:
    """Sends requests made for one operation, checks each answer, and says which statuses came."""
    statuses: set[int] = set()

    @examples(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def send(case: Any, data: Any) -> None:
        known.put_into(case, data.draw)
        answer = case.call(headers=system.headers)
        statuses.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    send()
    return statuses


def test_what_fits_the_document_is_answered_within_it(app: Flask, system: Any, known: Known) -> None:
    found = {each.label: statuses_of(each, system, known, GenerationMode.POSITIVE) for each in operations(app)}
    assert len(found) == 40
    assert [label for label, statuses in found.items() if min(statuses) >= 400] == REFUSED


def test_what_does_not_fit_the_document_is_refused_within_it(app: Flask, system: Any, known: Known) -> None:
    found = {each.label: statuses_of(each, system, known, GenerationMode.NEGATIVE) for each in operations(app)}
    assert [label for label, statuses in found.items() if max(statuses) < 400] == []


@pytest.mark.parametrize("path", ["/models/a%00b", "/cases?model=%00", "/tasks?model=%00", "/tasks?search=%00"])
def test_a_nul_in_the_address_is_refused(system: Any, path: str) -> None:
    """Schemathesis makes none in an address; PostgreSQL would answer it with an error of its own."""
    assert system.client.get(f"/v1{path}", headers=system.headers).status_code == 400


def test_a_body_without_end_and_a_digit_of_another_script_are_refused(system: Any, known: Known) -> None:
    deep = '{"name": "x", "variables": {"a": ' + "[" * 5000 + "]" * 5000 + "}}"
    assert system.post("/v1/messages", deep).status_code == 400
    for mark in ("\u00b2", "\u0663"):
        assert system.post(f"/v1/tasks/{known.ids['tasks'][0]}/claim", etag=f'"{mark}"').status_code == 400
