"""Pages without a browser: logging in and out, forms of others, headers, and what a role may not see."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from flask import Flask

from engine.domain.caller import system
from engine.settings import Settings
from engine.store import gate
from engine.usecases.publish_model import PublishModel, publish_model
from tenants.demo import load
from tests.api.three import MODELS, PERMIT, PUBLIC, START, Desk, at_work, person, plain
from webui import desk as webdesk
from webui import site

CLERK = next(one.id for one in load.persons() if {m.tenant for m in one.memberships} == {load.UTRECHT})
MANY = next(one.id for one in load.persons() if len(one.memberships) > 1)
SECRET = "KANARIE Sanne"
ELSEWHERE = [
    "https://kwaad.example/",
    "//kwaad.example/",
    "/\\kwaad.example/",
    "\\\\kwaad.example",
    "/\t/kwaad.example/",
    "/\r\n/kwaad.example",
    " //kwaad.example",
    "javascript:alert(1)",
    "kwaad.example",
    "",
]


@pytest.fixture
def other_site(settings: Settings) -> Iterator[Callable[..., Flask]]:
    """The same site with other settings."""
    made: list[Flask] = []

    def build(**changed: Any) -> Flask:
        made.append(site.create(replace(settings, **changed)))
        return made[-1]

    yield build
    for one in made:
        with one.app_context():
            one.extensions["sqlalchemy"].engine.dispose()


def goes_to(answer: Any) -> str:
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def test_after_logging_in_one_is_where_one_wanted_to_go(app: Flask) -> None:
    desk, wanted = Desk(app), "/utrecht/zaken?stand=lopend&zoek=a b"
    login = goes_to(desk.get(wanted.replace(" ", "%20")))
    page = desk.get(login)
    assert page.status_code == 200
    back = re.search(r'name="naar" value="([^"]*)"', page.text)
    assert back and back[1].replace("&amp;", "&").replace("%20", " ") == wanted
    entered = desk.post("/inloggen", {"persoon": str(CLERK), "naar": back[1].replace("&amp;", "&")})
    assert desk.get(goes_to(entered)).status_code == 200


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_logging_in_leads_to_no_other_site(app: Flask, wanted: str) -> None:
    desk = Desk(app)
    page = desk.get(f"/inloggen?naar={quote(wanted)}")
    assert page.status_code == 200
    assert goes_to(desk.post("/inloggen", {"persoon": str(CLERK), "naar": wanted})) == "/"


@pytest.mark.parametrize(
    "referrer", ["https://kwaad.example//x", "https://kwaad.example/\\x", "javascript:x", "//x/y", ""]
)
def test_choosing_a_language_leads_to_no_other_site(app: Flask, referrer: str) -> None:
    answer = app.test_client().get("/taal/en", headers={"Referer": referrer})
    assert goes_to(answer).startswith("/") and not re.match(r"/[/\\]", goes_to(answer))
    assert "plus1-taal=en" in answer.headers["Set-Cookie"]


def test_logging_out_ends_the_session_everywhere(app: Flask) -> None:
    desk = Desk(app, CLERK)
    cookie = desk.client.get_cookie(webdesk.COOKIE)
    assert cookie and desk.get("/utrecht/taken").status_code == 200
    assert goes_to(desk.post("/uitloggen")) == "/inloggen"
    copied = app.test_client()
    copied.set_cookie(webdesk.COOKIE, cookie.value)
    assert goes_to(copied.get("/utrecht/taken")).startswith("/inloggen?naar=/utrecht/taken")
    assert desk.client.get_cookie(webdesk.COOKIE) is None


@pytest.mark.parametrize(("lasts", "status"), [(timedelta(seconds=-1), 302), (timedelta(minutes=1), 200)])
def test_a_session_ends_by_itself(app: Flask, settings: Settings, lasts: timedelta, status: int) -> None:
    with at_work(settings) as transactions, transactions.at_gate() as transaction:
        gate.open_session(transaction, "een geheim", CLERK, transaction.at + lasts)
    client = app.test_client()
    client.set_cookie(webdesk.COOKIE, "een geheim")
    for path in ("/utrecht/taken", "/gemeenten"):
        assert client.get(path).status_code == status
    client.set_cookie(webdesk.COOKIE, gate.secret_hash("een geheim"))
    assert client.get("/gemeenten").status_code == 302, "the database's copy opens nothing"


@pytest.mark.parametrize("changed", [{"demo": False}, {"host": "0.0.0.0"}])  # not listened on
def test_demo_identities_only_in_a_demonstration_on_this_machine(
    app: Flask, other_site: Callable[..., Flask], changed: dict[str, Any]
) -> None:
    closed = other_site(**changed)
    desk = Desk(closed)
    page = desk.get("/inloggen").text
    assert "Inloggen kan hier nog niet" in page and str(CLERK) not in page
    closed.config["WTF_CSRF_METHODS"] = set()  # no page has a form to take a token from
    sent = desk.post("/inloggen", {"persoon": str(CLERK)})
    assert sent.status_code == 200 and desk.client.get_cookie(webdesk.COOKIE) is None
    assert desk.get("/gemeenten").status_code == 302


def test_a_stranger_is_no_demo_identity(app: Flask) -> None:
    for given in (str(uuid4()), "x", ""):
        desk = Desk(app)
        assert desk.post("/inloggen", {"persoon": given}).status_code == 200
        assert desk.client.get_cookie(webdesk.COOKIE) is None


@pytest.mark.parametrize("token", [None, "", "fout"])
def test_a_form_of_another_site_does_nothing(app: Flask, outside: Any, token: str | None) -> None:
    desk = Desk(app, CLERK)
    fields = {} if token is None else {"csrf_token": token}
    answer = desk.client.post(f"/utrecht/nieuw/{PERMIT}", data=fields)
    assert answer.status_code == 400 and "hoort niet (meer) bij uw bezoek" in answer.text
    assert desk.client.post("/uitloggen", data=fields).status_code == 400
    assert desk.get("/utrecht/taken").status_code == 200, "still logged in"
    stranger = Desk(app).token()
    assert desk.client.post("/uitloggen", data={"csrf_token": stranger}).status_code == 400
    assert outside("utrecht").post("/v1/cases", {"model": PERMIT, "variables": {}}).json["code"] == "invalid"


def test_the_api_takes_no_session_of_a_browser(app: Flask) -> None:
    assert Desk(app, CLERK).client.get("/v1/cases").status_code == 401


@pytest.mark.parametrize(("address", "secure"), [("", False), ("https://plus1.example.nl", True)])
def test_flags_of_cookies(app: Flask, other_site: Callable[..., Flask], address: str, secure: bool) -> None:
    base = address or "http://localhost"
    client = other_site(public_url=address).test_client()
    page = client.get("/inloggen", base_url=base)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    fields, headers = {"persoon": str(CLERK), "csrf_token": token[1]}, {"Referer": f"{base}/inloggen"}
    answer = client.post("/inloggen", data=fields, base_url=base, headers=headers)
    cookies = page.headers.getlist("Set-Cookie") + answer.headers.getlist("Set-Cookie")
    assert {cookie.split("=")[0] for cookie in cookies} == {"session", ("__Host-" if secure else "") + webdesk.COOKIE}
    for cookie in cookies:
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
        assert ("Secure" in cookie) is secure and "Domain" not in cookie
    assert goes_to(client.get("/", base_url=base)) == "/utrecht"
    assert goes_to(client.get("/utrecht", base_url=base)) == "/utrecht/taken"


def test_every_page_has_its_headers(app: Flask) -> None:
    desk, seen = Desk(app, MANY), 0
    paths = ["/utrecht/taken", "/utrecht/zaken", "/nergens/taken", "/bestaat-niet", f"/utrecht/nieuw/{PERMIT}"]
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[0] in PUBLIC | {"login"} and not rule.arguments and "GET" in (rule.methods or ()):
            paths.append(rule.rule)
    for path in paths:
        answer = desk.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        if answer.mimetype == "text/html":
            assert answer.headers["Cache-Control"] == "no-store", path
            seen += 1
    assert seen >= 7


@pytest.fixture
def secret(app: Flask, settings: Settings, outside: Any, jobs: Callable[[], None]) -> dict[str, str]:
    """A case with a variable for mandate holders only, in a decision, a letter, a form and an incident."""
    form = (MODELS / "geheim.form.json").read_bytes()
    table = (MODELS / "geheim.dmn").read_bytes()
    files = {"process.bpmn": (MODELS / "geheim.bpmn").read_bytes(), "forms/lezen.json": form}
    files |= {"decisions/herhaald.dmn": table, "texts/brief.md": b"# Brief aan {{ geheim }}\n\nBeste {{ geheim }}\n"}
    with at_work(settings) as transactions, transactions.of(load.UTRECHT) as transaction:
        publish_model(transaction, system(load.UTRECHT), PublishModel(files, "1.0.0", "test"))
    client = outside("utrecht")
    case = client.post("/v1/cases", {"model": "geheim", "variables": {"geheim": SECRET}}).json["id"]
    jobs()
    return {"case": case, "task": client.get("/v1/tasks", caseId=case).json["tasks"][0]["id"]}


def someone(app: Flask, settings: Settings, *roles: str) -> Desk:
    with at_work(settings) as transactions:
        id_: UUID = person(transactions, load.UTRECHT, ("clerk",), roles)
    return Desk(app, id_)


def letter(page: str) -> str:
    return next(iter(re.findall(r"/documenten/([0-9a-f-]+)", page)), "")


def test_who_may_not_see_a_variable_sees_it_nowhere(
    app: Flask, settings: Settings, outside: Any, secret: dict[str, str]
) -> None:
    may, may_not = someone(app, settings, "mandaathouder"), someone(app, settings, "behandelaar")
    case, task = f"/utrecht/zaken/{secret['case']}", f"/utrecht/taken/{secret['task']}"
    document = letter(may.get(case).text)
    paths = [case, task, f"{case}/documenten/{document}", "/utrecht/taken", "/utrecht/zaken", f"{case}/schema.json"]
    for path in paths[:3]:
        assert SECRET in may.get(path).text, path
        assert SECRET not in may_not.get(path).text, path
    for path in paths[3:]:
        assert SECRET not in may_not.get(path).text, path
    assert "Brief gemaakt" in may.get(case).text and "Brief" not in may_not.get(case).text
    assert plain(may_not.get(paths[2])) == plain(may_not.get(f"{case}/documenten/{uuid4()}"))
    sent = may_not.post(f"{task}/afronden", {"revision": "1", "idempotency_key": "a", "oordeel": "veel te lang" * 9})
    assert sent.status_code == 400 and SECRET not in sent.text
    assert SECRET not in may_not.post(f"{task}/formulier", {}).text
    done = may_not.post(f"{task}/afronden", {"revision": "1", "idempotency_key": "b", "oordeel": "ja"})
    assert goes_to(done) == "/utrecht/taken"
    assert "geheim" in may.get(case).text and SECRET in may.get(case).text
    stuck = may_not.get(case).text
    assert "Storing bij" in stuck and "Een beheerder kijkt ernaar." in stuck and SECRET not in stuck
    assert SECRET in outside("utrecht").get(f"/v1/cases/{secret['case']}").text, "a client is the municipality itself"


def test_an_adviser_of_the_permit_does_not_learn_who_asks(
    app: Flask, settings: Settings, outside: Any, jobs: Callable[[], None]
) -> None:
    client = outside("utrecht")
    variables = START | {"evenement": "Feest", "aanvrager": {"naam": SECRET, "email": "sanne@voorbeeld.nl"}}
    case = client.post("/v1/cases", {"model": PERMIT, "variables": variables}).json["id"]
    jobs()
    first = client.get("/v1/tasks", caseId=case).json["tasks"][0]["id"]
    client.post(f"/v1/tasks/{first}/complete", {"variables": {"volledig": "ja"}}, etag='"1"')
    jobs()
    handler, adviser = someone(app, settings, "behandelaar"), someone(app, settings, "adviseur")
    page = f"/utrecht/zaken/{case}"
    assert SECRET in handler.get(page).text and letter(handler.get(page).text)
    assert adviser.get(page).status_code == 200
    assert SECRET not in adviser.get(page).text and not letter(adviser.get(page).text)
