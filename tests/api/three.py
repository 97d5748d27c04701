"""Three municipalities, each with a person of every role, cases, a letter, an incident, and canaries in all of them."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from werkzeug.routing import Rule

from engine.domain.caller import system
from engine.domain.ids import new_id
from engine.domain.memory import LeastRecent
from engine.settings import Settings
from engine.store import gate, models, people, versions
from engine.store.database import connect, sessions
from engine.store.transaction import Transactions
from engine.usecases.change_override import ChangeOverride, change_override
from engine.usecases.open_draft import OpenDraft, open_draft
from engine.usecases.propose_version import ProposeVersion, propose_version
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.withdraw_proposal import WithdrawProposal, withdraw_proposal
from engine.wiring import Asleep, clock
from tenants.demo import load
from tests.application import OFF_ROAD
from tests.store import new_bases

MODELS = Path(__file__).parents[1] / "models"
SIDES = {"utrecht": load.UTRECHT, "groningen": load.GRONINGEN, "emmen": load.EMMEN}
RIGHTS = ("clerk", "owner", "publisher", "administrator", "client")
ROLES = ("aanvrager", "behandelaar", "adviseur", "mandaathouder")
TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
PERMIT = "evenementenvergunning"
# What a part of a path stands for, per blueprint: a new kind of part has to be named here, or every test below fails.
PARTS = {
    "tasks": {"place": "slug", "id_": "task"},
    "cases": {"place": "slug", "id_": "case", "document": "document", "key": "model"},
    "models": {"place": "slug", "key": "model"},
    "choices": {"place": "slug", "key": "model", "point": "model"},
    "upgrades": {"place": "slug", "key": "shared", "semver": "offered", "point": "open"},
    "inbox": {"place": "slug"},
    "board": {"place": "slug", "key": "model", "semver": "version"},
    "drafts": {"place": "slug", "key": "model"},
    "modelling": {"place": "slug", "key": "model", "semver": "version"},
    "proposals": {"place": "slug", "key": "model", "id_": "proposal"},
    "outline": {"place": "slug", "key": "model", "element": "step"},
    "admin": {"place": "slug"},
    "v1-tasks": {"id_": "task"},
    "v1-cases": {"id_": "case"},
    "v1-models": {"key": "model"},
    "v1-packages": {},
    "v1-drafts": {"key": "model"},
    "v1-proposals": {"key": "model", "id_": "proposal"},
    "v1-versions": {"key": "model", "version": "version"},
    "v1-upgrades": {"key": "model", "version": "version"},
    "v1-releases": {"key": "model", "version": "version"},
}
# What is alike everywhere: it is no secret, or belongs to the model that stands before it.
ALIKE = {"version": "1.0.0", "step": "Beoordelen", "shared": PERMIT, "offered": "1.1.0", "open": "vp-leges"}
PUBLIC = {"static", "assets", "icon", "language", "specification", "login", "style_guide", "status"}
# Who asks and for what is filled in by each test, with its own canaries.
START = {name: value for name, value in OFF_ROAD.items() if name not in ("aanvrager", "evenement")}
# What a system sends, so that only the id or the right can be wrong; a package where the answer is in PACKED.
BODIES: dict[str, dict[str, object]] = {
    "v1-cases.pick": {"step": "Bestaat-niet"},
    "v1-cases.start": {"model": PERMIT, "variables": START},
    "v1-messages.publish": {"name": "intrekking"},
    "v1-proposals.propose": {"revision": 1, "changelog": "Anders"},
    "v1-proposals.reject": {"remark": "Onduidelijk"},
    "v1-upgrades.adopt": {"choices": [], "revision": 0},
    "v1-releases.advance": {"ring": "pilot"},
    "v1-releases.place_in_ring": {"tenant": "nergens", "ring": "pilot", "reason": "Proef"},
    "v1-releases.say_policy": {"policy": "automatic", "reason": "Proef"},
    "v1-releases.hold": {"reason": "Proef"},
}
PACKED = {"v1-packages.check", "v1-drafts.put_package"}
# An own model has one open point, with the model's name, so that a foreign point is as foreign as its model.
POINT = """isExecutable="true"><extensionElements xmlns:plus1="http://plus-1.nl/schema/bpmn/1.0">
  <plus1:parameter id="grens" type="number" default="100"/>
  <plus1:valuePoint id="{key}" parameter="grens"/></extensionElements>"""
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
Door = tuple[Rule, str]


def doors(app: Flask) -> list[Door]:
    """Every rule and method of the site that belongs to a tenant; what is public is named, not guessed."""
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=str):
        owner = rule.endpoint.split(".")[0]
        if owner in PUBLIC:
            continue
        unknown = rule.arguments - PARTS.get(owner, {}).keys()
        assert not unknown, f"{rule}: say in PARTS what {unknown} stands for"
        found += [(rule, method) for method in sorted((rule.methods or set()) & METHODS)]
    return found


def address(rule: Rule, parts: Mapping[str, str]) -> str:
    """The path of a rule, its parts filled in by what they stand for."""
    known = PARTS.get(rule.endpoint.split(".")[0], {})
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: parts[known[found[1]]], rule.rule)


def ask_api(system: Any, door: Door, path: str) -> Any:
    """As a system asks; what it would throw away is not as it knew it."""
    rule, method = door
    if method == "GET":
        return system.get(path)
    if rule.endpoint in PACKED:
        package = {"process.bpmn": (MODELS / "keuze.bpmn").read_bytes()}
        return system.send(method, path, package, If_Match='"1"')
    if method == "DELETE":
        return system.send(method, path, If_Match='"99"')
    assert method == "POST", f"say here how to call {door}"
    return system.post(path, BODIES.get(rule.endpoint), key=uuid4().hex, etag='"1"')


@dataclass
class Side:
    """One municipality; `parts`: what stands in its paths; `canaries`: what nobody else may ever read."""

    slug: str
    person: UUID
    parts: dict[str, str]
    incident: str = ""
    canaries: set[str] = field(default_factory=set)


@contextmanager
def at_work(settings: Settings) -> Iterator[Transactions]:
    """Transactions beside the site."""
    pool = connect(settings.database_url, 2, 30)
    yield Transactions(sessions(pool), clock, LeastRecent(), Asleep())
    pool.dispose()


def person(transactions: Transactions, tenant: UUID, rights: tuple[str, ...], roles: tuple[str, ...] = ROLES) -> UUID:
    """A person of a group with these rights, who fills these process roles."""
    id_, group = new_id(), "-".join(("proef", *rights, "als", *roles))
    with transactions.of(tenant) as transaction:
        people.put_group(transaction, group, group, rights)
        people.put_person(transaction, id_, f"Proef {group}", demo=True)
        people.put_membership(transaction, id_, group)
        for role in roles:
            people.put_role_group(transaction, role, group)
    return id_


class Desk:
    """A browser: cookies, and the token of its forms."""

    def __init__(self, app: Flask, someone: UUID | None = None) -> None:
        self.client = app.test_client()
        if someone is not None:
            self.post("/inloggen", {"persoon": str(someone), "naar": "/gemeenten"})

    def token(self) -> str:
        page = self.client.get("/inloggen").data
        found = TOKEN.search(page)
        return found[1].decode() if found else ""

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def post(self, path: str, fields: Mapping[str, object] | None = None) -> Any:
        return self.client.post(path, data={"csrf_token": self.token(), **(fields or {})})

    def ask(self, method: str, path: str, fields: Mapping[str, object] | None = None) -> Any:
        return self.get(path) if method == "GET" else self.post(path, fields)


def plain(answer: Any) -> tuple[int, bytes, list[tuple[str, str]]]:
    """An answer without what differs between any two: the token of the form on the page, and the session's cookie."""
    body = TOKEN.sub(b"", answer.data)
    headers = [(k, v) for k, v in answer.headers if k not in ("Set-Cookie", "Content-Length")]
    return answer.status_code, body, headers


def choose(transactions: Transactions, tenant: UUID, reason: str) -> None:
    """Choices with that reason, as revision 2 everywhere: what is remembered of them must not be mixed up."""
    choice = {"point": "vp-leges", "value": 100, "reason": reason, "validFrom": "2026-01-01"}
    with transactions.of(tenant) as transaction:
        revision = models.override(transaction, PERMIT).revision
        while revision < 2:
            command = ChangeOverride(PERMIT, [choice], revision)
            revision = change_override(transaction, system(tenant), command)


def offer(transactions: Transactions) -> None:
    """A version of the shared model that waits for every municipality, once."""
    with transactions.of(load.PLUS_1) as transaction:
        if len(versions.of_model(transaction, PERMIT)) == 1:
            command = PublishModel(new_bases.asking(), ALIKE["offered"], "Kies een adviestermijn")
            publish_model(transaction, system(load.PLUS_1), command)


def side(app: Flask, settings: Settings, outside: Any, jobs: Callable[[], None], slug: str) -> Side:
    """A municipality with everything that it could lose, written by its own systems."""
    canary, tenant, key = f"KANARIE-{slug}-{uuid4().hex[:6]}", SIDES[slug], f"eigen-{slug}"
    text = (MODELS / "keuze.bpmn").read_text().replace('"keuze"', f'"{key}"')
    text = text.replace('isExecutable="true">', POINT.format(key=key))
    text = text.replace('name="Beoordelen"', f'name="{canary} beoordelen"').replace('"Keuze"', f'"{canary} model"')
    with at_work(settings) as transactions:
        someone = person(transactions, tenant, RIGHTS)
        with transactions.of(tenant) as transaction:
            publish_model(transaction, system(tenant), PublishModel({"process.bpmn": text.encode()}, "1.0.0", canary))
            draft = open_draft(transaction, system(tenant), OpenDraft(key))
            proposed = ProposeVersion(key, draft.revision, "1.1.0", f"{canary} anders")
            proposal = propose_version(transaction, system(tenant), proposed)
            withdraw_proposal(transaction, system(tenant), WithdrawProposal(proposal.id))
            key_hash = gate.secret_hash(outside(slug).headers["X-Api-Key"])
            people.put_client(transaction, "demo", f"Systeem {slug}", key_hash, RIGHTS)
        offer(transactions)
        choose(transactions, tenant, canary)
    client = outside(slug)
    who = {"naam": f"{canary} de Vries", "email": "sanne@voorbeeld.nl"}
    permit = START | {"evenement": f"{canary} feest", "aanvrager": who}
    case = client.post("/v1/cases", {"model": PERMIT, "variables": permit, "businessKey": f"{canary}-1"}).json["id"]
    own = client.post("/v1/cases", {"model": key, "businessKey": f"{canary}-2"}).json
    broken = client.post("/v1/cases", {"model": key, "businessKey": f"{canary}-3"}).json["tasks"][0]["id"]
    client.post(f"/v1/tasks/{broken}/complete", {"variables": {"bedrag": canary}}, etag='"1"')
    jobs()
    task = client.get("/v1/tasks", caseId=case).json["tasks"][0]["id"]
    desk = Desk(app, someone)
    letter = re.search(r"/documenten/([0-9a-f-]+)", desk.get(f"/{slug}/zaken/{case}").text)
    incident = re.search(r'name="probleem" value="([0-9a-f-]+)"', desk.get(f"/{slug}/problemen").text)
    assert letter and incident, "no letter or no incident to lose"
    parts = {"slug": slug, "case": case, "task": task, "document": letter[1], "model": key}
    parts |= ALIKE | {"proposal": str(proposal.id)}
    ids = {case, str(proposal.id), task, letter[1], incident[1], own["id"], own["tasks"][0]["id"], broken}
    return Side(slug, someone, parts, incident[1], {canary, key, *ids})
