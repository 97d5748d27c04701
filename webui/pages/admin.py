"""What an administrator mends: incidents by cause, retried with a reason."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from engine.domain.errors import Invalid, StateConflict
from engine.domain.rights import require
from engine.queries import incidents as queries
from engine.usecases.retry_incident import RetryIncident, retry_incident
from webui import desk
from webui.errors import again
from webui.forms import Fault

blueprint = Blueprint("admin", __name__, url_prefix="/<place>/problemen")


@blueprint.get("")
def list_incidents(place: str) -> str:
    """Open incidents, grouped by cause."""
    return _page(place)


def _page(place: str, errors: tuple[Fault, ...] = ()) -> str:
    with desk.acting(place) as (transaction, caller):
        causes = queries.list_incidents(transaction, caller)
    return render_template("pages/incidents.html", title=_("Problemen"), causes=causes, errors=errors, place=place)


@blueprint.post("/opnieuw")
def retry(place: str) -> Response | tuple[str, int]:
    """Retry one incident, or all of a cause; each in its own transaction, with one reason."""
    with desk.acting(place) as (_transaction, caller):
        require(caller, "incident.retry")  # also when nothing was chosen
    reason = request.form.get("reden", "").replace("\0", "")
    chosen = [UUID(value) for value in request.form.getlist("probleem") if _is_uuid(value)]
    done = 0
    for incident in chosen:
        try:
            with desk.acting(place) as (transaction, caller):
                retry_incident(transaction, caller, RetryIncident(incident, reason))
                done += 1
        except Invalid as error:
            fault = Fault(f"reden-{chosen[0]}", _("Schrijf kort op wat er is hersteld."))
            return again(_page(place, (fault,)), error)
        except StateConflict:
            continue  # somebody else was first: what was asked for has been done
    told = ngettext("%(num)s zaak opnieuw geprobeerd.", "%(num)s zaken opnieuw geprobeerd.", done)
    flash(f"{told} {_('Kijk hieronder of het is gelukt.')}", "ok")
    return redirect(url_for("admin.list_incidents", place=place))


def _is_uuid(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True
