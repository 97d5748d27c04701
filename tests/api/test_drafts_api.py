"""From package to version by HTTP alone: systems of two owners, and a colleague who decides."""

from typing import Any

import pytest

from bpmn import archive
from bpmn.library import shelf
from tests.store.country import new_model
from tests.store.editors import KEY, SMALL

BRAM = "019b0000-0000-7000-9000-000000000013"
FILES = shelf.files(KEY)
LETTER = FILES | {"texts/herinnering.md": b"Een andere herinnering"}
BASE = f"/v1/drafts/{KEY}"
NEW = {"If_None_Match": "*"}


def test_a_package_becomes_a_draft(owner: Any) -> None:
    put = owner.send("PUT", f"{BASE}/package", LETTER, **NEW)
    assert (put.status_code, put.headers["Location"], put.headers["ETag"]) == (201, BASE, '"1"')
    read = owner.get(BASE)
    assert read.json == put.json and read.headers["ETag"] == '"1"'
    assert (read.json["baseVersion"], read.json["editedBy"]) == ("1.0.0", "Demosysteem Plus-1")
    assert read.json["editedByYou"] is True and read.json["proposalId"] is None
    assert {one["path"]: one["size"] for one in read.json["files"]} == {p: len(c) for p, c in LETTER.items()}
    assert [one["key"] for one in owner.get("/v1/drafts").json["drafts"]] == [KEY]
    findings = owner.get(f"{BASE}/findings").json
    assert (findings["publishable"], findings["revision"], findings["key"]) == (True, 1, KEY)
    difference = owner.get(f"{BASE}/difference").json
    assert (difference["version"], difference["proposedVersion"], difference["impact"]) == ("1.0.0", "1.0.1", "patch")
    (change,) = difference["changes"]
    assert (change["kind"], change["subject"]) == ("changed", "text") and "herinnering" in change["text"]


def test_a_draft_becomes_the_version_that_municipalities_run(owner: Any, client: Any, outside: Any, jobs: Any) -> None:
    owner.send("PUT", f"{BASE}/package", LETTER, **NEW)
    made = owner.post(f"{BASE}/proposals", {"revision": 1, "changelog": "Andere herinnering"})
    path = made.headers["Location"]
    assert (made.status_code, made.json["version"], made.json["state"]) == (201, "1.0.1", "open")
    assert owner.get(BASE).json["proposalId"] == made.json["id"] and owner.get(BASE).json["locked"]
    own = owner.post(f"{path}/approval", {})
    assert own.status_code == 403 and "zelf voorgesteld" in own.json["detail"]
    decided = client("tweede").post(f"{path}/approval", {"remark": "Goed"})
    assert decided.status_code == 200 and owner.get(path).json == decided.json
    assert (decided.json["state"], decided.json["decidedBy"]) == ("approved", "Systeem tweede")
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
    states = {line["tenant"]: line["state"] for line in lines}
    assert states == dict.fromkeys(("Emmen", "Groningen", "Utrecht"), "adopted")


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


def test_a_folder_around_the_package_is_taken_off(owner: Any) -> None:
    around = {f"model/{path}": content for path, content in FILES.items()}
    put = owner.send("PUT", f"{BASE}/package", around, **NEW)
    assert [one["path"] for one in put.json["files"]] == sorted(FILES)
