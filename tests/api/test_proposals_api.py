"""Proposals by HTTP: two who decide, what is refused, whom it does not concern, and the municipality that adopts."""

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from bpmn.library import shelf
from tenants.demo import load
from tests.api.three import Desk
from tests.store.editors import KEY
from tests.store.new_bases import without_visit

BRAM = "019b0000-0000-7000-9000-000000000013"
FILES = shelf.files(KEY)
LETTER = FILES | {"texts/herinnering.md": b"Een andere herinnering"}
BASE = f"/v1/drafts/{KEY}"
NEW = {"If_None_Match": "*"}


def proposed(owner: Any, files: Any = LETTER, **more: object) -> Any:
    draft = owner.send("PUT", f"{BASE}/package", files, **NEW).json
    body = {"revision": draft["revision"], "changelog": "Andere herinnering"} | more
    answer = owner.post(f"{BASE}/proposals", body)
    assert answer.status_code == 201, answer.text
    return answer.json


def test_a_person_decides_on_what_a_system_proposed(app: Flask, owner: Any) -> None:
    proposal = proposed(owner)
    desk = Desk(app)
    desk.post("/inloggen", {"persoon": BRAM, "naar": "/gemeenten"})
    page = f"/plus-1/modellen/{KEY}/voorstellen/{proposal['id']}"
    answer = desk.post(page, {"besluit": "goedkeuren", "idempotency_key": uuid4().hex})
    assert answer.status_code == 302, answer.text
    assert owner.get(f"/v1/proposals/{proposal['id']}").json["decidedBy"] == "Bram Visser"


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
    assert groningen.get("/v1/upgrades").json == {"upgrades": [], "notices": []}
    assert outside("groningen").get(f"/v1/models/{KEY}").json["version"] == "2.0.0"
    line = {one["tenant"]: one for one in owner.get(f"/v1/models/{KEY}/versions/2.0.0/rollout").json["tenants"]}[
        "Groningen"
    ]
    assert (line["state"], line["decidedBy"]) == ("adopted", "Systeem groningers")
