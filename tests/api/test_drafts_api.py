"""From package to version by HTTP alone: systems of two owners, and a colleague who decides."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from bpmn import archive
from bpmn.library import shelf
from engine.settings import Settings
from engine.store import gate, people
from tenants.demo import load
from tests.api.three import Desk, at_work
from tests.store.country import new_model
from tests.store.editors import KEY, SMALL
from tests.store.new_bases import without_visit

BRAM = "019b0000-0000-7000-9000-000000000013"
FILES = shelf.files(KEY)
LETTER = FILES | {"texts/herinnering.md": b"Een andere herinnering"}
BASE = f"/v1/drafts/{KEY}"
NEW = {"If_None_Match": "*"}


@pytest.fixture
def owner(outside: Callable[[str | None], Any]) -> Any:
    """The collective's own system, which keeps its models in git."""
    return outside("plus-1")


@pytest.fixture
def client(settings: Settings, outside: Any, app: Flask) -> Callable[..., Any]:
    """A new system of a tenant, with these scopes."""

    def make(name: str, tenant: Any = load.PLUS_1, scopes: tuple[str, ...] = ("owner", "publisher")) -> Any:
        with at_work(settings) as transactions, transactions.of(tenant) as transaction:
            people.put_client(transaction, name, f"Systeem {name}", gate.secret_hash(f"sleutel-van-{name}"), scopes)
        return outside(f"sleutel-van-{name}")

    return make


def proposed(owner: Any, files: Any = LETTER, **more: object) -> Any:
    draft = owner.send("PUT", f"{BASE}/package", files, **NEW).json
    body = {"revision": draft["revision"], "changelog": "Andere herinnering"} | more
    answer = owner.post(f"{BASE}/proposals", body)
    assert answer.status_code == 201, answer.text
    return answer.json


def test_a_package_becomes_the_version_that_municipalities_run(
    owner: Any, client: Any, outside: Any, jobs: Any
) -> None:
    put = owner.send("PUT", f"{BASE}/package", LETTER, **NEW)
    assert (put.status_code, put.headers["Location"], put.headers["ETag"]) == (201, BASE, '"1"')
    read = owner.get(BASE)
    assert read.json == put.json and read.headers["ETag"] == '"1"'
    assert (read.json["baseVersion"], read.json["editedBy"], read.json["editedByYou"]) == (
        "1.0.0",
        "Demosysteem Plus-1",
        True,
    )
    assert {one["path"]: one["size"] for one in read.json["files"]} == {p: len(c) for p, c in LETTER.items()}
    assert [one["key"] for one in owner.get("/v1/drafts").json["drafts"]] == [KEY]
    findings = owner.get(f"{BASE}/findings").json
    assert (findings["publishable"], findings["revision"], findings["key"]) == (True, 1, KEY)
    difference = owner.get(f"{BASE}/difference").json
    assert (difference["version"], difference["proposedVersion"], difference["impact"]) == ("1.0.0", "1.0.1", "patch")
    (change,) = difference["changes"]
    assert (change["kind"], change["subject"]) == ("changed", "text") and "herinnering" in change["text"]
    made = owner.post(f"{BASE}/proposals", {"revision": 1, "changelog": "Andere herinnering"})
    path = made.headers["Location"]
    assert (made.status_code, made.json["version"], made.json["state"]) == (201, "1.0.1", "open")
    assert owner.get(BASE).json["proposalId"] == made.json["id"] and owner.get(BASE).json["locked"]
    own = owner.post(f"{path}/approval", {})
    assert own.status_code == 403 and "zelf voorgesteld" in own.json["detail"]
    decided = client("tweede").post(f"{path}/approval", {"remark": "Goed"})
    assert (decided.status_code, decided.json["state"], decided.json["decidedBy"]) == (
        200,
        "approved",
        "Systeem tweede",
    )
    assert owner.get(path).json == decided.json
    jobs()
    for slug in ("utrecht", "emmen"):
        assert outside(slug).get(f"/v1/models/{KEY}").json["version"] == "1.0.1"
    assert owner.get(BASE).status_code == 404
    versions = owner.get(f"/v1/models/{KEY}/versions").json["versions"]
    assert [one["version"] for one in versions] == ["1.0.1", "1.0.0"]
    newest = owner.get(f"/v1/models/{KEY}/versions/1.0.1").json
    assert newest == versions[0] and newest["changelog"] == "Andere herinnering"
    package = owner.get(f"/v1/models/{KEY}/versions/1.0.1/package")
    assert package.mimetype == "application/zip" and archive.unpack(package.data)[0] == LETTER
    lines = owner.get(f"/v1/models/{KEY}/versions/1.0.1/rollout").json["tenants"]
    assert {line["tenant"]: line["state"] for line in lines} == dict.fromkeys(
        ("Emmen", "Groningen", "Utrecht"), "adopted"
    )


def test_a_person_decides_on_what_a_system_proposed(app: Flask, owner: Any) -> None:
    proposal = proposed(owner)
    desk = Desk(app)
    desk.post("/inloggen", {"persoon": BRAM, "naar": "/gemeenten"})
    page = f"/plus-1/modellen/{KEY}/voorstellen/{proposal['id']}"
    answer = desk.post(page, {"besluit": "goedkeuren", "idempotency_key": uuid4().hex})
    assert answer.status_code == 302, answer.text
    assert owner.get(f"/v1/proposals/{proposal['id']}").json["decidedBy"] == "Bram Visser"


def test_an_error_is_found_and_stops_the_proposal(owner: Any) -> None:
    broken = FILES | {"forms/aanvraag.json": b"{", "process.bpmn": FILES["process.bpmn"][:-40]}
    assert owner.send("PUT", f"{BASE}/package", broken, **NEW).status_code == 201
    found = owner.get(f"{BASE}/findings")
    assert found.json["publishable"] is False and found.json["key"] is None
    errors = [one for one in found.json["findings"] if one["severity"] == "error"]
    assert {"process.bpmn", "forms/aanvraag.json"} <= {one["path"] for one in errors}
    english = owner.client.get(f"{BASE}/findings", headers=owner.headers | {"Accept-Language": "en"})
    assert [one["code"] for one in english.json["findings"]] == [one["code"] for one in found.json["findings"]]
    assert english.json["findings"][0]["text"] != found.json["findings"][0]["text"]
    assert owner.get(f"{BASE}/difference").json["readable"] is False
    refused = owner.post(f"{BASE}/proposals", {"revision": 1, "changelog": " "})
    assert refused.status_code == 400 and refused.json["code"] == "model-refused"
    assert {"changelog", "process.bpmn"} <= {one.get("path", one["in"]) for one in refused.json["errors"]}
    checked = owner.send("POST", "/v1/packages/check", broken)
    assert checked.json["findings"] == found.json["findings"]
    mended = owner.send("PUT", f"{BASE}/package", FILES, If_Match='"1"')
    assert (mended.status_code, mended.json["revision"]) == (200, 2)
    assert owner.get(f"{BASE}/findings").json["publishable"] is True


def test_a_package_is_checked_and_not_kept(owner: Any) -> None:
    checked = owner.send("POST", "/v1/packages/check", SMALL).json
    assert (checked["key"], checked["publishable"]) == ("keuze", True) and len(checked["hash"]) == 64
    assert owner.get("/v1/drafts").json == {"drafts": []}


def test_a_new_model_begins_with_a_package(owner: Any, client: Any, outside: Any) -> None:
    base = "/v1/drafts/caféж"
    put = owner.send("PUT", f"{base}/package", new_model("caféж"), **NEW)
    assert put.status_code == 201 and put.json["baseVersion"] is None
    assert put.headers["Location"] == "/v1/drafts/caf%C3%A9%D0%B6"
    assert owner.get("/v1/models/caféж/versions").json == {"versions": []}
    assert owner.get(f"{base}/difference").json["proposedVersion"] == "1.0.0"
    zipped = owner.get(f"{base}/package")
    assert archive.unpack(zipped.data)[0] == new_model("caféж") and zipped.headers["ETag"] == '"1"'
    assert "caf%C3%A9%D0%B6-ontwerp-1.zip" in zipped.headers["Content-Disposition"]
    body = {"revision": 1, "changelog": "Eerste", "effectiveFrom": "2099-01-01", "version": "2.0.0"}
    path = owner.post(f"{base}/proposals", body).headers["Location"]
    assert client("tweede").post(f"{path}/approval").json["effectiveFrom"] == "2099-01-01"
    assert [one["version"] for one in owner.get("/v1/models/caféж/versions").json["versions"]] == ["2.0.0"]
    assert outside("utrecht").get("/v1/models/caféж").status_code == 404


def test_who_was_first_is_not_overwritten(owner: Any, client: Any) -> None:
    second = client("tweede")
    owner.send("PUT", f"{BASE}/package", FILES, **NEW)
    late = second.send("PUT", f"{BASE}/package", LETTER, **NEW)
    assert (late.status_code, late.json["code"], late.json["current"]) == (412, "stale-revision", 1)
    assert "Demosysteem Plus-1" in late.json["detail"] and second.get(BASE).json["editedByYou"] is False
    assert second.send("PUT", f"{BASE}/package", LETTER, If_Match='"1"').json["revision"] == 2
    assert owner.send("PUT", f"{BASE}/package", FILES, If_Match='"1"').status_code == 412
    again = owner.send("PUT", f"{BASE}/package", LETTER, If_Match='"2"')
    assert (again.status_code, again.json["revision"], again.json["editedBy"]) == (200, 2, "Systeem tweede")
    assert owner.send("DELETE", BASE, If_Match='"1"').status_code == 412
    assert owner.send("DELETE", BASE).status_code == 428
    gone = owner.send("DELETE", BASE, If_Match='"2"')
    assert (gone.status_code, gone.data) == (204, b"") and owner.get(BASE).status_code == 404
    anew = owner.send("PUT", f"{BASE}/package", FILES, **NEW)
    assert anew.status_code == 201 and anew.json["revision"] > 2


@pytest.mark.parametrize(
    ("files", "headers", "status", "where"),
    [
        (LETTER, {}, 428, ""),
        (LETTER, {"If_None_Match": '"1"'}, 400, "If-None-Match"),
        (LETTER, {"If_None_Match": "*", "If_Match": '"1"'}, 400, "If-None-Match"),
        (LETTER, {"If_Match": "*"}, 400, "If-Match"),
        (LETTER, {"If_Match": '"1"'}, 404, ""),
        (b"", NEW, 400, "body"),
        (b"PK no zip", NEW, 400, "body"),
        ({"forms/a.json": b"{}"}, NEW, 400, "process.bpmn"),
        (SMALL, NEW, 400, "process.bpmn"),
        (LETTER, NEW | {"Content_Type": "application/json"}, 415, ""),
        (b"x" * (archive.MAX_ARCHIVE + 1), NEW, 413, ""),
    ],
)
def test_wrong_packages_change_nothing(owner: Any, files: Any, headers: Any, status: int, where: str) -> None:
    answer = owner.send("PUT", f"{BASE}/package", files, **headers)
    assert answer.status_code == status and answer.mimetype == "application/problem+json", answer.text
    assert where in {"", *(one["in"] for one in answer.json.get("errors", []))} and answer.json["detail"]
    assert where == "" or where in [one["in"] for one in answer.json["errors"]]
    assert owner.get("/v1/drafts").json == {"drafts": []}


def test_only_packages_may_be_that_large(owner: Any) -> None:
    large = "x" * 2_000_000
    assert owner.post(f"{BASE}/proposals", {"revision": 1, "changelog": large}).status_code == 413
    assert owner.send("POST", "/v1/packages/check", large.encode()).status_code == 400


def test_a_package_of_another_model_does_not_replace_a_draft(owner: Any) -> None:
    owner.send("PUT", f"{BASE}/package", FILES, **NEW)
    answer = owner.send("PUT", f"{BASE}/package", SMALL, If_Match='"1"')
    assert answer.status_code == 400 and "'keuze'" in answer.json["detail"]
    assert archive.unpack(owner.get(f"{BASE}/package").data)[0] == FILES


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"revision": "een"}, "revision"),
        ({"revision": -1}, "revision"),
        ({"changelog": ""}, "changelog"),
        ({"changelog": "x" * 5001}, "changelog"),
        ({"version": "1.0"}, "version"),
        ({"version": "1.0.0"}, "version"),
        ({"effectiveFrom": "2020-01-01"}, "effectiveFrom"),
        ({"effectiveFrom": "morgen"}, "effectiveFrom"),
        ({"semver": "1.1.0"}, "semver"),
    ],
)
def test_wrong_proposals(owner: Any, change: dict[str, object], where: str) -> None:
    owner.send("PUT", f"{BASE}/package", LETTER, **NEW)
    answer = owner.post(f"{BASE}/proposals", {"revision": 1, "changelog": "Anders"} | change)
    assert (answer.status_code, [one["in"] for one in answer.json["errors"]]) == (400, [where])
    assert "Dit klopt niet" not in answer.text and not owner.get(BASE).json["locked"]


def test_a_proposal_waits_is_rejected_and_taken_back(owner: Any, client: Any) -> None:
    proposal, second = proposed(owner), client("tweede")
    path = f"/v1/proposals/{proposal['id']}"
    for refused in (
        owner.send("PUT", f"{BASE}/package", FILES, If_Match='"1"'),
        owner.send("DELETE", BASE, If_Match='"1"'),
        owner.post(f"{BASE}/proposals", {"revision": 1, "changelog": "Nog een"}),
    ):
        assert (refused.status_code, refused.json["current"]) == (409, "locked")
    assert owner.post(f"{BASE}/proposals", {"revision": 1, "changelog": "x"}, key=None).status_code == 400
    for body in ({}, {"remark": ""}, {"remark": "  "}):
        assert [one["in"] for one in second.post(f"{path}/rejection", body).json["errors"]] == ["remark"]
    done = second.post(f"{path}/rejection", {"remark": "De brief is onduidelijk"}, key="afwijzing")
    again = second.post(f"{path}/rejection", {"remark": "De brief is onduidelijk"}, key="afwijzing")
    assert again.headers["Idempotency-Replayed"] == "true" and again.json == done.json
    assert second.post(f"{path}/approval", {}).json["current"] == "rejected"
    stale = owner.post(f"{BASE}/proposals", {"revision": 7, "changelog": "Anders"})
    assert (stale.status_code, stale.json["current"]) == (412, 1)
    anew = owner.post(f"{BASE}/proposals", {"revision": 1, "changelog": "Duidelijker"}).json
    assert second.post(f"/v1/proposals/{anew['id']}/withdrawal").json["state"] == "withdrawn"
    assert owner.get(f"/v1/models/{KEY}/versions").json["versions"][0]["version"] == "1.0.0"


def test_whoever_edited_last_does_not_approve(owner: Any, client: Any) -> None:
    second = client("tweede")
    owner.send("PUT", f"{BASE}/package", LETTER, **NEW)
    path = second.post(f"{BASE}/proposals", {"revision": 1, "changelog": "Anders"}).headers["Location"]
    for system, word in ((owner, "als laatste veranderd"), (second, "zelf voorgesteld")):
        refused = system.post(f"{path}/approval", {})
        assert refused.status_code == 403 and word in refused.json["detail"]
    assert client("derde").post(f"{path}/approval", {}).json["state"] == "approved"


def test_other_tenants_have_no_part_in_it(owner: Any, client: Any, outside: Any) -> None:
    proposal = proposed(owner)
    clerk, foreign = outside("utrecht"), client("utrechts", load.UTRECHT)
    reads = ("/v1/drafts", BASE, f"{BASE}/package", f"{BASE}/findings", f"{BASE}/difference", "/v1/upgrades")
    reads += (f"/v1/models/{KEY}/versions", f"/v1/models/{KEY}/versions/1.0.0/rollout")
    assert {clerk.get(path).status_code for path in reads} == {403}
    assert clerk.send("PUT", f"{BASE}/package", b"no zip", **NEW).status_code == 403
    assert clerk.send("POST", "/v1/packages/check", b"no zip").status_code == 403
    assert {foreign.get(path).status_code for path in reads if path not in ("/v1/drafts", "/v1/upgrades")} == {404}
    assert foreign.get("/v1/drafts").json == {"drafts": []}
    assert foreign.post(f"/v1/proposals/{proposal['id']}/approval", {}).status_code == 404
    taken = foreign.send("PUT", f"{BASE}/package", FILES, **NEW)
    assert taken.status_code == 409 and "gedeeld proces van Plus-1" in taken.json["detail"]


def test_a_municipality_adopts_what_was_held(owner: Any, client: Any, jobs: Any, outside: Any) -> None:
    path = f"/v1/proposals/{proposed(owner, without_visit())['id']}"
    assert client("tweede").post(f"{path}/approval", {}).status_code == 200
    jobs()
    lines = owner.get(f"/v1/models/{KEY}/versions/2.0.0/rollout").json["tenants"]
    held = {line["tenant"]: line for line in lines if line["state"] == "held"}
    assert held and all(status["text"] and status["remedy"] for one in held.values() for status in one["statuses"])
    groningen = client("groningers", load.GRONINGEN, ("owner",))
    (upgrade,) = groningen.get("/v1/upgrades").json["upgrades"]
    assert (upgrade["running"], upgrade["version"]) == ("1.0.0", "2.0.0")
    void = {one["point"] for one in upgrade["statuses"] if one["status"] in ("void", "needs-attention")}
    adoption = f"/v1/upgrades/{KEY}/2.0.0/adoption"
    same = {"choices": upgrade["choices"], "revision": upgrade["revision"]}
    refused = groningen.post(adoption, same)
    assert refused.status_code == 400 and void & {one["in"] for one in refused.json["errors"]}
    fewer = same | {"choices": [one for one in upgrade["choices"] if one["point"] not in void]}
    assert groningen.post(adoption, fewer | {"revision": 99}).status_code == 412
    assert groningen.post(f"/v1/upgrades/{KEY}/9.0.0/adoption", fewer).status_code == 404
    assert client("publ", load.GRONINGEN, ("publisher",)).post(adoption, fewer).status_code == 403
    done = groningen.post(adoption, fewer, key="overnemen")
    assert done.json == {"key": KEY, "version": "2.0.0", "revision": upgrade["revision"] + 1}
    assert groningen.post(adoption, fewer, key="overnemen").json == done.json
    assert groningen.post(adoption, fewer | {"revision": done.json["revision"]}).status_code == 409
    assert groningen.get("/v1/upgrades").json == {"upgrades": []}
    assert outside("groningen").get(f"/v1/models/{KEY}").json["version"] == "2.0.0"
    line = {one["tenant"]: one for one in owner.get(f"/v1/models/{KEY}/versions/2.0.0/rollout").json["tenants"]}[
        "Groningen"
    ]
    assert (line["state"], line["decidedBy"]) == ("adopted", "Systeem groningers")


def test_a_folder_around_the_package_is_taken_off(owner: Any) -> None:
    around = {f"model/{path}": content for path, content in FILES.items()}
    put = owner.send("PUT", f"{BASE}/package", around, **NEW)
    assert [one["path"] for one in put.json["files"]] == sorted(FILES)
