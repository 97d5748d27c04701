"""Who sits at this browser, and for which municipality this tab works: the cookie, the acting transaction, the menu."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import cast
from uuid import UUID

from flask import Flask, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from api.caller import recall, remember, transactions
from engine.domain.caller import Caller
from engine.domain.errors import Invalid, NotFound, Unauthenticated
from engine.domain.rights import allowed
from engine.settings import Settings
from engine.store import gate, idempotency, rollouts
from engine.store.transaction import Transaction
from webui.frame import Item, Page

COOKIE = "plus1-sessie"
LONGEST_KEY = 200
INBOX = "inbox.read"
MENU = (
    ("task.read", "tasks.list_tasks", _l("Taken")),
    ("case.read", "cases.list_cases", _l("Zaken")),
    ("case.start", "cases.list_models", _l("Nieuwe zaak")),
    ("override.read", "models.list_choices", _l("Inrichting")),
    ("rollout.read", INBOX, _l("Postvak")),
    ("draft.read", "modelling.list_models", _l("Modellen")),
    ("incident.read", "admin.list_incidents", _l("Problemen")),
)


@dataclass(frozen=True, slots=True)
class Place:
    """For whom this page works."""

    caller: Caller
    slug: str
    name: str
    kind: str
    several: bool


def install(app: Flask, settings: Settings) -> None:
    """Make the settings known to every request, for log-in and for sizes of pages."""

    @app.before_request
    def hand_over() -> None:
        remember("settings", settings)


def settings() -> Settings:
    """The settings of this process."""
    return cast(Settings, recall("settings"))


def _secure() -> bool:
    return request.is_secure or settings().address.startswith("https:")


def _cookie() -> str:
    """The cookie's name; with this prefix browsers hold it to exactly this host, which they do only over https."""
    return f"__Host-{COOKIE}" if _secure() else COOKIE


def session_id() -> str:
    """The secret of this browser's session. Raises Unauthenticated."""
    found = request.cookies.get(_cookie(), "")
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
            caller, here = gate.act_for(transaction, session, slug)
        except NotFound:
            gate.visitor(transaction, session)  # an ended session is told as such
            raise
        remember("place", Place(caller, slug, here.name, here.kind, here.several))
        if here.kind != "collective" and allowed(caller, "rollout.read"):
            remember("open", rollouts.count_open(transaction))
        yield transaction, caller


def once(transaction: Transaction, caller: Caller) -> bool:
    """May this form do its work? False when it was sent before with the same key: then it is done already.

    The key is written in the transaction of the work, so that a failure leaves the form free to be sent again.
    Raises Invalid without a key, since all such forms would be taken for one."""
    key = request.form.get("idempotency_key", "").replace("\0", "")[:LONGEST_KEY]
    if not key:
        raise Invalid(
            "Dit formulier is niet volledig verstuurd. Er is niets opgeslagen. Open de pagina opnieuw.",
            "This form was not sent in full. Nothing was saved. Open the page anew.",
        )
    return idempotency.keep(transaction, caller.id, f"form:{key}", request.path, "")


def form_key() -> str:
    """A fresh key for a form, by which sending twice is harmless."""
    return secrets.token_urlsafe(12)


def visitor() -> gate.Visitor:
    """Who is logged in, and where they work. Raises Unauthenticated."""
    with transactions().at_gate() as transaction:
        found = gate.visitor(transaction, session_id())
    remember("visitor", found)
    return found


def log_in(answer: Response, person: UUID) -> Response:
    """Open a server-side session; the browser gets only its secret."""
    secret = secrets.token_urlsafe(32)
    lasts = timedelta(hours=settings().session_hours)
    with transactions().at_gate() as transaction:
        gate.open_session(transaction, secret, person, transaction.at + lasts)
    answer.set_cookie(_cookie(), secret, max_age=lasts, httponly=True, samesite="Lax", secure=_secure())
    return answer


def log_out(answer: Response) -> Response:
    """End the session in the database, so that a copied cookie is worth nothing."""
    if secret := request.cookies.get(_cookie(), ""):
        with transactions().at_gate() as transaction:
            gate.close_session(transaction, secret)
    session.clear()  # messages for this person are not for the next one at this browser
    answer.delete_cookie(_cookie(), httponly=True, samesite="Lax", secure=_secure())
    return answer


def place() -> Place:
    """For whom this page works. After `acting`."""
    return cast(Place, recall("place"))


def place_name() -> str:
    """For whom this page works, in words: `gemeente Utrecht`. After `acting`."""
    here = place()
    return here.name if here.kind == "collective" else str(_("gemeente %(name)s", name=here.name))


def menu(place: Place) -> list[tuple[str, str]]:
    """(text, address) of what this person may see here, in the order of the menu."""
    waiting = recall("open")
    return [
        (f"{text} ({waiting})" if endpoint == INBOX and waiting else str(text), url_for(endpoint, place=place.slug))
        for verb, endpoint, text in MENU
        if allowed(place.caller, verb) and (endpoint != INBOX or place.kind != "collective")
    ]


def page(page: Page) -> Page:
    """The frame of this page: whose, for which municipality, with which menu."""
    place, known = cast(Place | None, recall("place")), cast(gate.Visitor | None, recall("visitor"))
    logout = url_for("login.log_out")
    if place is None:
        return replace(page, person=known.name if known else None, logout=logout if known else None)
    items = [Item(text, href, request.path.startswith(href)) for text, href in menu(place)]
    return replace(
        page,
        acting=place_name(),
        person=place.caller.name,
        logout=logout,
        switch=url_for("login.places") if place.several else None,
        home=items[0].href if items else "/",
        navigation=items,
    )
