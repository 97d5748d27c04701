"""A municipality's process owner changes its choices: a page per open point, in force at once for new cases."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from bpmn.package import MANIFEST, Package
from engine.domain.caller import Caller
from engine.domain.errors import Invalid, Plus1Error, StaleRevision
from engine.queries import models as queries
from engine.store.transaction import Transaction
from engine.usecases.change_override import ChangeOverride, change_override
from engine.usecases.effective_model import base_package
from tenants.override import Choice
from webui import choice_days, choice_page, choice_versions, choice_view, choices, desk
from webui.choice_forms import first
from webui.choice_page import Around, Desk, Refused
from webui.errors import again

blueprint = Blueprint("choices", __name__, url_prefix="/<place>/inrichting/<key>")


@blueprint.get("/schema.bpmn")
def diagram(place: str, key: str) -> Response:
    """The base's BPMN, for the viewer."""
    with desk.acting(place) as (transaction, caller):
        _view, base = _read(transaction, caller, key)
    return Response(base.files[MANIFEST], mimetype="application/xml", headers={"Cache-Control": "private, no-cache"})


@blueprint.get("/schema.json")
def marks(place: str, key: str) -> AnyResponse:
    """Which elements are open, changed or off."""
    with desk.acting(place) as (transaction, caller):
        view, base = _read(transaction, caller, key)
    return jsonify({"marks": choice_view.marks(view, base)})


@blueprint.get("/<point>")
def edit(place: str, key: str, point: str) -> Any:
    """The page of one point; `?vanaf=` opens a choice that begins on that day, `?bestand=basis` gives the table."""
    with desk.acting(place) as (transaction, caller):
        at = _desk(transaction, caller, key, point)
    wanted = request.args.get("bestand")
    if wanted:
        return choice_page.table_file(at, wanted)
    present = at.choice(request.args.get("vanaf", ""))
    return choice_page.render(place, at, _around(place, at), choices.fill(at.opened, present, at.on), present)


@blueprint.post("/<point>")
def save(place: str, key: str, point: str) -> Any:
    """Save the choice; with faults the page comes back as it was typed."""
    sent = choice_page.sent()
    start, action = first(sent, "keuze"), first(sent, "actie")
    with desk.acting(place) as (transaction, caller):
        at = _desk(transaction, caller, key, point)
    around = _around(place, at)
    if action and action != "bewaren":
        return choice_page.render(place, at, around, choices.rearranged(at.opened, sent, action), at.choice(start))
    try:
        with desk.acting(place) as (transaction, caller):
            at = _desk(transaction, caller, key, point)
            if desk.once(transaction, caller):
                _save(transaction, caller, at, sent, at.choice(start))
    except Refused as refused:
        page = choice_page.render(place, at, around, sent, at.choice(start), refused.faults)
        return again(page, refused.error)
    except StaleRevision as error:
        return again(choice_page.render(place, at, around, sent, at.choice(start), conflict=error), error)
    flash(_("De keuze is bewaard. Nieuwe zaken werken er meteen mee."), "ok")
    return redirect(around.back)


@blueprint.get("/<point>/basis")
def ask_base(place: str, key: str, point: str) -> str:
    """Ask whether the choice may go."""
    return _base_page(place, key, point, request.args.get("vanaf", ""))


@blueprint.post("/<point>/basis")
def to_base(place: str, key: str, point: str) -> Any:
    """Back to the base from today; what counted earlier stays known, for the cases of those days."""
    start = request.form.get("keuze", "")
    try:
        with desk.acting(place) as (transaction, caller):
            at = _desk(transaction, caller, key, point)
            present = choice_days.find(at.view.chosen.choices, point, start)
            if present is not None and desk.once(transaction, caller):
                change_override(
                    transaction, caller, _command(at, choice_days.end(at.view.chosen.choices, present, at.on))
                )
    except (Invalid, StaleRevision) as error:
        return again(_base_page(place, key, point, start, error), error)
    flash(_("Dit gaat nu zoals de basis.") if present else _("Deze keuze was er niet meer."), "ok")
    return redirect(url_for("models.read_choices", place=place, key=key))


def _save(
    transaction: Transaction, caller: Caller, at: Desk, sent: Mapping[str, list[str]], present: Choice | None
) -> None:
    """Raises Refused with every fault at once, StaleRevision."""
    made = choice_page.read(caller, at, sent, present)
    try:
        left = choice_days.put(at.view.chosen.choices, made, present, at.on)
        change_override(transaction, caller, _command(at, left))
    except Invalid as error:
        raise Refused(choices.refusals(at.opened, sent, error), error) from error


def _command(at: Desk, left: tuple[Choice, ...]) -> ChangeOverride:
    """`left`: what counts for the version in force from now on."""
    version = at.view.version
    everything = choice_versions.in_force(at.view.everything.choices, version.semver, left)
    return ChangeOverride(version.key, [choice_days.as_json(one) for one in everything], choice_page.revision())


def _read(transaction: Transaction, caller: Caller, key: str) -> tuple[queries.ChoicesView, Package]:
    view = queries.read_choices(transaction, caller, key)
    return view, base_package(transaction, view.version.owner_id, view.version.id)


def _desk(transaction: Transaction, caller: Caller, key: str, point: str) -> Desk:
    """Raises Forbidden, or NotFound when there is no such point to change."""
    return choice_page.open_point(transaction, caller, queries.read_choices(transaction, caller, key), point)


def _around(place: str, at: Desk) -> Around:
    version = at.view.version
    overview = url_for("models.read_choices", place=place, key=version.key)
    crumbs = [(_("Inrichting"), url_for("models.list_choices", place=place)), (version.name, overview)]
    here = url_for("choices.save", place=place, key=version.key, point=at.opened.point.id)
    return Around(here, overview, crumbs)


def _base_page(place: str, key: str, point: str, start: str, error: Plus1Error | None = None) -> str:
    with desk.acting(place) as (transaction, caller):
        at = _desk(transaction, caller, key, point)
    present = choice_days.find(at.view.chosen.choices, point, start)
    shown = choice_view.card(at.view, at.opened.base, at.opened.point, at.opened.groups)
    own = [shown.now, *shown.later] if shown.now else list(shown.later)
    return render_template(
        "pages/choice_base.html",
        title=_("Terug naar de basis"),
        card=shown,
        view=at.view,
        own=next((one for one in own if present and one.start == start), None),
        when=choice_view.when_words(at.opened),
        error=error,
        form_key=desk.form_key(),
        place=place,
    )
