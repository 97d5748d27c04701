"""Log in as a demo identity, choose a municipality, log out."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from api.caller import transactions
from engine.domain.errors import Forbidden
from engine.store import gate
from webui import desk
from webui.frame import within

blueprint = Blueprint("login", __name__)


@blueprint.get("/")
def home() -> Response:
    """To the only municipality of this person, or to the choice."""
    places = desk.visitor().workplaces
    if len(places) == 1:
        return redirect(url_for("login.begin", place=places[0].slug))
    return redirect(url_for("login.places"))


@blueprint.get("/<place>")
def begin(place: str) -> Response:
    """To the first page that this person may see for this municipality."""
    with desk.acting(place):
        found = desk.menu(desk.place())
    if not found:
        raise Forbidden(
            "U hoort hier bij een groep zonder rechten. Vraag uw beheerder om een recht.",
            "Your group has no rights here. Ask your administrator for one.",
        )
    return redirect(found[0][1])


@blueprint.get("/inloggen")
def log_in() -> str:
    """The demo identities; without the demonstration a sentence on what is needed."""
    return _login_page(None)


@blueprint.post("/inloggen")
def enter() -> Response | str:
    """Open a session for a demo identity."""
    known = _demo_persons()
    try:
        person = UUID(request.form.get("persoon", ""))
    except ValueError:
        person = None
    if person is None or person not in {one.person for one in known}:
        return _login_page(_("Kies een persoon uit de lijst."))
    return desk.log_in(redirect(within(request.form.get("naar", "/"))), person)


@blueprint.post("/uitloggen")
def log_out() -> Response:
    """End the session."""
    return desk.log_out(redirect(url_for("login.log_in")))


@blueprint.get("/gemeenten")
def places() -> str:
    """For whom does this person want to work in this tab?"""
    found = desk.visitor()
    return render_template("pages/places.html", title=_("Kies een gemeente"), visitor=found)


def _login_page(error: str | None) -> str:
    known = _demo_persons()
    several = [person for person in known if len(person.places) > 1]
    groups: dict[str, list[gate.DemoPerson]] = {}
    for person in (one for one in known if one not in several):
        groups.setdefault(person.places[0][0], []).append(person)
    if several:
        groups[_("Werkt voor meer gemeenten")] = several
    back = request.values.get("naar", "/")
    return render_template("pages/login.html", title=_("Inloggen"), groups=groups, error=error, back=back)


def _demo_persons() -> tuple[gate.DemoPerson, ...]:
    """None outside the demonstration, whatever the database holds."""
    settings = desk.settings()
    if not (settings.demo and settings.loopback):
        return ()
    with transactions().at_gate() as transaction:
        return gate.demo_persons(transaction)
