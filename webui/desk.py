"""Who sits at this browser, and for which municipality this tab works: the cookie, the acting transaction, the menu."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import cast
from uuid import UUID

from flask import Flask, Response, request, url_for
from flask_babel import gettext as _

from api.caller import recall, remember, transactions
from engine.domain.caller import Caller
from engine.domain.errors import NotFound, Unauthenticated
from engine.domain.rights import allowed
from engine.settings import Settings
from engine.store import gate
from engine.store.transaction import Transaction
from webui.frame import Item, Page

COOKIE = "plus1-sessie"
MENU = (
    ("task.read", "tasks.list_tasks", "Taken"),
    ("case.read", "cases.list_cases", "Zaken"),
    ("case.start", "cases.list_models", "Nieuwe zaak"),
    ("override.read", "models.list_choices", "Inrichting"),
    ("incident.read", "admin.list_incidents", "Problemen"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """For whom this page works."""

    caller: Caller
    slug: str
    name: str
    several: bool = False


def install(app: Flask, settings: Settings) -> None:
    """Remember the settings that log-in needs."""
    app.config["PLUS1_SESSION"] = timedelta(hours=settings.session_hours)
    app.config["PLUS1_DEMO"] = settings.demo and settings.loopback


def session_id() -> str:
    """The secret of this browser's session. Raises Unauthenticated."""
    found = request.cookies.get(COOKIE, "")
    if not found:
        raise Unauthenticated("Log in om verder te gaan.", "Log in to go on.")
    return found


@contextmanager
def acting(slug: str) -> Iterator[tuple[Transaction, Caller]]:
    """A transaction of this person for the municipality in the address, which the database checks.

    Raises Unauthenticated, or NotFound when the person does not work there."""
    session = session_id()
    with transactions().at_gate() as transaction:
        try:
            caller, name = gate.act_for(transaction, session, slug)
        except NotFound:
            gate.visitor(transaction, session)  # an ended session is told as such
            raise
        remember("place", Place(caller, slug, name))
        yield transaction, caller


def visitor() -> gate.Visitor:
    """Who is logged in, and where they work. Raises Unauthenticated."""
    with transactions().at_gate() as transaction:
        found = gate.visitor(transaction, session_id())
    remember("visitor", found)
    return found


def log_in(answer: Response, person: UUID, lasts: timedelta) -> Response:
    """Open a server-side session; the browser gets only its secret."""
    secret = secrets.token_urlsafe(32)
    with transactions().at_gate() as transaction:
        gate.open_session(transaction, secret, person, transaction.at + lasts)
    answer.set_cookie(COOKIE, secret, max_age=lasts, httponly=True, samesite="Lax", secure=request.is_secure)
    return answer


def log_out(answer: Response) -> Response:
    """End the session in the database, so that a copied cookie is worth nothing."""
    if secret := request.cookies.get(COOKIE, ""):
        with transactions().at_gate() as transaction:
            gate.close_session(transaction, secret)
    answer.delete_cookie(COOKIE)
    return answer


def page(page: Page) -> Page:
    """The frame of this page: whose, for which municipality, with which menu."""
    place, known = cast(Place | None, recall("place")), cast(gate.Visitor | None, recall("visitor"))
    logout = url_for("login.log_out")
    if place is None:
        return replace(page, person=known.name if known else None, logout=logout if known else None)
    here = request.endpoint or ""
    items = [
        Item(_(text), url_for(endpoint, place=place.slug), here == endpoint)
        for verb, endpoint, text in MENU
        if allowed(place.caller, verb)
    ]
    return replace(
        page,
        acting=place.name,
        person=place.caller.name,
        logout=logout,
        switch=url_for("login.places"),
        home=items[0].href if items else "/",
        navigation=items,
    )
