"""Who may do what: every route times every fixed role, and whatever is not in this table is denied."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from engine.domain.caller import Caller
from engine.domain.errors import Forbidden
from engine.domain.rights import RIGHTS, allowed, require
from engine.settings import Settings
from engine.store import gate, people
from tenants.demo import load
from tests.api.three import RIGHTS as FIXED
from tests.api.three import ROLES, Desk, Side, address, ask_api, at_work, doors, person, side

ALL = {"clerk", "owner", "publisher", "administrator", "client"}
WORK = {"clerk", "client"}
READ = {"clerk", "client", "administrator"}
CHOICES = {"clerk", "owner", "publisher", "administrator"}
EDIT = {"owner", "publisher"}
MAY = {
    "tasks.list_tasks": WORK,
    "tasks.read_task": WORK,
    "tasks.show_form": WORK,
    "tasks.claim": WORK,
    "tasks.release": WORK,
    "tasks.complete": WORK,
    "cases.list_cases": READ,
    "cases.read_case": READ,
    "cases.diagram": READ,
    "cases.marks": READ,
    "cases.read_document": READ,
    "cases.pick": WORK,
    "cases.cancel": {"administrator"},
    "cases.list_models": ALL,
    "cases.start_form": ALL,
    "cases.show_form": ALL,
    "cases.start": WORK,
    "models.list_choices": CHOICES,
    "models.read_choices": CHOICES,
    "choices.diagram": CHOICES,
    "choices.marks": CHOICES,
    "choices.edit": {"owner"},
    "choices.save": {"owner"},
    "choices.ask_base": {"owner"},
    "choices.to_base": {"owner"},
    "upgrades.read": {"owner", "publisher", "administrator"},
    "upgrades.diagram": {"owner", "publisher", "administrator"},
    "upgrades.adopt": {"owner"},
    "upgrades.drop": {"owner"},
    "upgrades.keep": {"owner"},
    "upgrades.edit": {"owner"},
    "upgrades.save": {"owner"},
    "inbox.read": {"owner", "publisher", "administrator"},
    "inbox.hold": {"owner"},
    "inbox.see": {"owner", "administrator"},
    "inbox.policy": {"owner", "publisher", "administrator"},
    "inbox.change": {"administrator"},
    "board.read": EDIT,
    "board.advance": {"publisher"},
    "board.place_in_ring": {"publisher"},
    "drafts.edit": EDIT,
    "drafts.files": EDIT,
    "drafts.save": EDIT,
    "drafts.findings": EDIT,
    "drafts.presence": EDIT,
    "drafts.merge": EDIT,
    "drafts.bring": EDIT,
    "drafts.help_with_feel": EDIT,
    "drafts.package": EDIT,
    "modelling.list_models": EDIT,
    "modelling.new": EDIT,
    "modelling.make": EDIT,
    "modelling.read_model": EDIT,
    "modelling.ask_discard": EDIT,
    "modelling.discard": EDIT,
    "modelling.read_version": EDIT,
    "modelling.diagram": EDIT,
    "modelling.package": EDIT,
    "modelling.restore": EDIT,
    "proposals.difference": EDIT,
    "proposals.draft_diagram": EDIT,
    "proposals.prepare": EDIT,
    "proposals.propose": EDIT,
    "proposals.read": EDIT,
    "proposals.proposal_diagram": EDIT,
    "proposals.decide": EDIT,
    "outline.read": EDIT,
    "outline.read_step": EDIT,
    "outline.change": EDIT,
    "admin.list_incidents": {"administrator"},
    "admin.retry": {"administrator"},
    "v1-models.list_models": ALL,
    "v1-models.read_model": ALL,
    "v1-models.read_start_form": ALL,
    "v1-cases.list_cases": READ,
    "v1-cases.start": WORK,
    "v1-cases.read_case": READ,
    "v1-cases.read_history": READ,
    "v1-cases.pick": WORK,
    "v1-tasks.list_tasks": WORK,
    "v1-tasks.read_task": WORK,
    "v1-tasks.read_form": WORK,
    "v1-tasks.claim": WORK,
    "v1-tasks.release": WORK,
    "v1-tasks.complete": WORK,
    "v1-messages.publish": WORK,
    "v1-packages.check": EDIT,
    "v1-drafts.list_drafts": EDIT,
    "v1-drafts.read_draft": EDIT,
    "v1-drafts.discard": EDIT,
    "v1-drafts.read_package": EDIT,
    "v1-drafts.put_package": EDIT,
    "v1-drafts.read_findings": EDIT,
    "v1-drafts.read_difference": EDIT,
    "v1-proposals.propose": EDIT,
    "v1-proposals.read_one": EDIT,
    "v1-proposals.approve": EDIT,
    "v1-proposals.reject": EDIT,
    "v1-proposals.withdraw": EDIT,
    "v1-versions.list_versions": EDIT,
    "v1-versions.read_version": EDIT,
    "v1-versions.read_package": EDIT,
    "v1-versions.read_rollout": EDIT,
    "v1-upgrades.list_upgrades": {"owner", "publisher", "administrator"},
    "v1-upgrades.adopt": {"owner"},
    "v1-releases.advance": {"publisher"},
    "v1-releases.place_in_ring": {"publisher"},
    "v1-releases.list_policies": {"owner", "publisher", "administrator"},
    "v1-releases.say_policy": {"administrator"},
    "v1-releases.hold": {"owner"},
    "v1-releases.see": {"owner", "administrator"},
}
NOTHING_WAITS = {
    "v1-upgrades.adopt",
    "v1-releases.hold",
    "v1-releases.see",
    "v1-releases.place_in_ring",
}  # a model of one's own is rolled out to nobody
NO_RINGS = {"board.advance", "board.place_in_ring"}  # rings are the collective's
# The modeller keeps what was typed and says what to do; a page that is no longer there could not.
ASKED_BY_SCRIPTS = {
    f"drafts.{name}" for name in ("files", "save", "findings", "presence", "merge", "bring", "help_with_feel")
}


@pytest.fixture
def utrecht(app: Flask, settings: Settings, outside: Any, jobs: Callable[[], None]) -> Side:
    return side(app, settings, outside, jobs, "utrecht")


def test_the_table_names_exactly_the_routes_of_the_site(app: Flask) -> None:
    assert {rule.endpoint for rule, _ in doors(app)} == set(MAY)


@pytest.mark.parametrize("role", [*FIXED, ""])
def test_pages(app: Flask, settings: Settings, utrecht: Side, role: str) -> None:
    with at_work(settings) as transactions:
        someone = person(transactions, load.UTRECHT, (role,) if role else ())
    desk, denied = Desk(app, someone), 0
    for rule, method in doors(app):
        if "place" not in rule.arguments:
            continue
        fields = {"idempotency_key": uuid4().hex}  # without it a form is refused before its sender's rights are asked
        status = desk.ask(method, address(rule, utrecht.parts), fields).status_code
        if role in MAY[rule.endpoint]:
            fine = (404,) if rule.endpoint in NO_RINGS else (200, 302, 400, 409, 412)
            assert status in fine, (rule, method, status)
        else:
            assert status == 403, (rule, method, status)
            denied += 1
    assert denied or role == "clerk"


@pytest.mark.parametrize("role", [*FIXED, ""])
def test_clients(app: Flask, settings: Settings, utrecht: Side, outside: Any, role: str) -> None:
    with at_work(settings) as transactions, transactions.of(load.UTRECHT) as transaction:
        key_hash = gate.secret_hash(f"sleutel-{role}")
        people.put_client(transaction, f"proef-{role}", "Proef", key_hash, [role] if role else [])
    system = outside(f"sleutel-{role}")
    for rule, method in doors(app):
        if not rule.rule.startswith("/v1/"):
            continue
        answer = ask_api(system, (rule, method), address(rule, utrecht.parts))
        if role in MAY[rule.endpoint]:
            fine = (404,) if rule.endpoint in NOTHING_WAITS else (200, 201, 400, 409, 412)
            assert answer.status_code in fine, (rule, method, answer.text)
        else:
            assert (answer.status_code, answer.json["code"]) == (403, "forbidden"), (rule, method)


def test_nobody(app: Flask, utrecht: Side, outside: Any) -> None:
    desk = Desk(app)
    for rule, method in doors(app):
        path = address(rule, utrecht.parts)
        if path.startswith("/v1/"):
            answer = ask_api(outside(None), (rule, method), path)
            assert (answer.status_code, answer.json["code"]) == (401, "unauthenticated")
        elif rule.endpoint in ASKED_BY_SCRIPTS:
            answer = desk.ask(method, path)
            assert (answer.status_code, answer.json["code"]) == (401, "unauthenticated")
        else:
            answer = desk.ask(method, path)
            assert answer.status_code == 302, (rule, method)
            assert answer.headers["Location"].startswith(f"/inloggen?naar={path if method == 'GET' else '/'}")


def test_refusals_leave_nothing(app: Flask, settings: Settings, utrecht: Side, outside: Any) -> None:
    system = outside("utrecht")
    before = system.get("/v1/cases").data, system.get(f"/v1/tasks/{utrecht.parts['task']}").data
    with at_work(settings) as transactions:
        someone = person(transactions, load.UTRECHT, ("owner",), ROLES)
    desk = Desk(app, someone)
    for rule, method in doors(app):
        if method == "POST" and "place" in rule.arguments:
            desk.post(address(rule, utrecht.parts), {"revision": "1", "idempotency_key": "x", "bedrag": "5"})
    assert (system.get("/v1/cases").data, system.get(f"/v1/tasks/{utrecht.parts['task']}").data) == before


def test_what_is_not_listed_is_denied() -> None:
    everything = Caller(load.UTRECHT, "person", "x", "X", rights=frozenset({*ALL, "system", "root"}))
    assert not allowed(everything, "case.delete")
    with pytest.raises(Forbidden):
        require(everything, "case.delete")
    for verb, roles in RIGHTS.items():
        assert roles <= {*ALL, "system"}
        assert not allowed(replace(everything, rights=frozenset()), verb)
        assert not allowed(replace(everything, rights=frozenset({"Clerk", "root", ""})), verb)


def test_a_refusal_names_what_is_needed(app: Flask, settings: Settings, utrecht: Side) -> None:
    with at_work(settings) as transactions:
        someone = person(transactions, load.UTRECHT, ("owner",))
    page = Desk(app, someone).get("/utrecht/problemen")
    assert page.status_code == 403 and "beheerder" in page.text and "Dit mag u niet" in page.text
