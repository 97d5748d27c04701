"""A version that waits for a municipality: what it brings, what becomes of each choice, and the decision."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.domain.caller import Caller
from engine.domain.errors import Invalid, Plus1Error, StaleRevision, StateConflict
from engine.domain.rights import allowed, require
from engine.queries import models as queries
from engine.queries import upgrades
from engine.queries.models import ChoicesView
from engine.queries.upgrades import Offer
from engine.store import people
from engine.store.transaction import Transaction
from engine.usecases.adopt_version import AdoptVersion, adopt_version
from engine.usecases.change_override import ChangeOverride, change_override
from engine.usecases.effective_model import base_package
from tenants.override import Choice
from tenants.rebase import blocking
from webui import choice_days, choice_page, choice_versions, choices, dates, desk, difference_view, upgrade_view
from webui.choice_forms import first
from webui.choice_page import Around, Desk, Refused
from webui.errors import again
from webui.forms import dutch
from webui.upgrade_view import Side

blueprint = Blueprint("upgrades", __name__, url_prefix="/<place>/inrichting/<key>/versie/<semver>")
Choices = tuple[Choice, ...]


@blueprint.get("")
def read(place: str, key: str, semver: str) -> str:
    """What is new, each choice with what becomes of it, and the decision."""
    return _page(place, key, semver)


@blueprint.get("/process.bpmn")
def diagram(place: str, key: str, semver: str) -> Response:
    """The BPMN of the version, for the viewer."""
    with desk.acting(place) as (transaction, caller):
        found = upgrades.offered_diagram(transaction, caller, key, semver)
    return Response(found, mimetype="application/xml", headers={"Cache-Control": "private, max-age=3600"})


@blueprint.post("")
def adopt(place: str, key: str, semver: str) -> Any:
    """New cases start on this version from now on, or from its day."""
    try:
        with desk.acting(place) as (transaction, caller):
            require(caller, "version.adopt")
            offer = upgrades.read_offer(transaction, caller, key, semver)
            if desk.once(transaction, caller):
                adopt_version(transaction, caller, AdoptVersion(key, offer.offered.id, choice_page.revision()))
    except (Invalid, StaleRevision, StateConflict) as error:
        return again(_page(place, key, semver, error), error)
    if offer.offered.effective_from and offer.begins > offer.today:
        day = dates.day(offer.begins)
        flash(_("U gaat over. Nieuwe zaken beginnen vanaf %(day)s op versie %(number)s.", day=day, number=semver), "ok")
    else:
        flash(_("Nieuwe zaken beginnen vanaf nu op versie %(number)s.", number=semver), "ok")
    return redirect(url_for("models.read_choices", place=place, key=key))


@blueprint.post("/vervallen")
def drop(place: str, key: str, semver: str) -> Any:
    """A choice no longer counts from this version on; what was made for it alone goes."""

    def without(offer: Offer) -> Choices | None:
        counting = offer.choices.for_version(semver).choices
        choice = choice_days.find(counting, request.form.get("punt", ""), request.form.get("keuze", ""))
        left = [one for one in counting if one is not choice]
        return None if choice is None else choice_versions.ahead(offer.choices.choices, semver, left)

    return _change(
        place, key, semver, without, _("Bewaard. Deze keuze telt niet voor versie %(number)s.", number=semver)
    )


@blueprint.post("/houden")
def keep(place: str, key: str, semver: str) -> Any:
    """A choice that was given up counts for this version after all."""

    def with_it(offer: Offer) -> Choices | None:
        running = offer.running.semver if offer.running else semver
        gone = choice_versions.given_up(offer.choices.choices, running, semver)
        choice = choice_days.find(gone, request.form.get("punt", ""), request.form.get("keuze", ""))
        return None if choice is None else choice_versions.kept(offer.choices.choices, running, choice)

    return _change(
        place, key, semver, with_it, _("Bewaard. Deze keuze telt ook voor versie %(number)s.", number=semver)
    )


def _change(place: str, key: str, semver: str, made: Callable[[Offer], Choices | None], done: str) -> Any:
    """`made`: all choices as they become, None when the choice that it is about is no longer there; `done`: what to say
    when it is done."""
    try:
        with desk.acting(place) as (transaction, caller):
            require(caller, "override.change")
            offer = upgrades.read_offer(transaction, caller, key, semver)
            _require_changeable(offer)
            everything = made(offer)
            if everything is not None and desk.once(transaction, caller):
                change_override(transaction, caller, _command(key, everything))
    except (Invalid, StaleRevision, StateConflict) as error:
        return again(_page(place, key, semver, error), error)
    flash(_("Deze keuze was er niet meer.") if everything is None else done, "ok")
    return redirect(url_for("upgrades.read", place=place, key=key, semver=semver))


@blueprint.get("/keuze/<point>")
def edit(place: str, key: str, semver: str, point: str) -> Any:
    """The page of one point, with the base and the limits of this version; `?vanaf=` and `?bestand=` as for the one in
    force."""
    with desk.acting(place) as (transaction, caller):
        at = _desk(transaction, caller, key, semver, point)
        offer = upgrades.read_offer(transaction, caller, key, semver)
        _require_changeable(offer)
    wanted = request.args.get("bestand")
    if wanted:
        return choice_page.table_file(at, wanted)
    present = at.choice(request.args.get("vanaf", ""))
    return choice_page.render(place, at, _around(place, at, offer), choices.fill(at.opened, present, at.on), present)


@blueprint.post("/keuze/<point>")
def save(place: str, key: str, semver: str, point: str) -> Any:
    """Save the choice for this version and later ones; with faults the page comes back as it was typed."""
    sent = choice_page.sent()
    start, action = first(sent, "keuze"), first(sent, "actie")
    with desk.acting(place) as (transaction, caller):
        at = _desk(transaction, caller, key, semver, point)
        offer = upgrades.read_offer(transaction, caller, key, semver)
    around = _around(place, at, offer)
    if action and action != "bewaren":
        return choice_page.render(place, at, around, choices.rearranged(at.opened, sent, action), at.choice(start))
    try:
        with desk.acting(place) as (transaction, caller):
            at = _desk(transaction, caller, key, semver, point)
            if desk.once(transaction, caller):
                _save(transaction, caller, at, sent, at.choice(start))
    except Refused as refused:
        page = choice_page.render(place, at, around, sent, at.choice(start), refused.faults)
        return again(page, refused.error)
    except (StaleRevision, StateConflict) as error:
        return again(choice_page.render(place, at, around, sent, at.choice(start), conflict=error), error)
    flash(_("De keuze is bewaard voor versie %(number)s.", number=semver), "ok")
    return redirect(around.back)


def _save(
    transaction: Transaction, caller: Caller, at: Desk, sent: dict[str, list[str]], present: Choice | None
) -> None:
    """Raises Refused with every fault at once, StaleRevision, StateConflict."""
    made, version = choice_page.read(caller, at, sent, present), at.view.version
    offer = upgrades.read_offer(transaction, caller, version.key, version.semver)
    _require_changeable(offer)
    # What does not fit this version has no days in it either: nothing of it is left beside the new choice.
    unfit = {(one.point, one.start) for one in offer.statuses if blocking(one)}
    counting = at.view.chosen.choices
    if present is not None and (present.point, choice_days.start(present)) in unfit:
        counting, present = tuple(one for one in counting if one is not present), None
    left = choice_days.put(counting, made, present, at.on)
    try:
        everything = choice_versions.ahead(at.view.everything.choices, version.semver, left)
        change_override(transaction, caller, _command(version.key, everything))
    except Invalid as error:
        raise Refused(choices.refusals(at.opened, sent, error), error) from error


def _command(key: str, everything: Choices) -> ChangeOverride:
    return ChangeOverride(key, [choice_days.as_json(one) for one in everything], choice_page.revision())


def _desk(transaction: Transaction, caller: Caller, key: str, semver: str, point: str) -> Desk:
    """Raises Forbidden, NotFound."""
    view = upgrades.offered_choices(transaction, caller, key, semver)
    return choice_page.open_point(transaction, caller, view, point)


def _around(place: str, at: Desk, offer: Offer) -> Around:
    unfit = [one for one in offer.statuses if one.point == at.opened.point.id and blocking(one)]
    key, semver = at.view.version.key, at.view.version.semver
    back = url_for("upgrades.read", place=place, key=key, semver=semver)
    crumbs = [
        (_("Inrichting"), url_for("models.list_choices", place=place)),
        (at.view.version.name, url_for("models.read_choices", place=place, key=key)),
        (_("Versie %(number)s", number=semver), back),
    ]
    here = url_for("upgrades.save", place=place, key=key, semver=semver, point=at.opened.point.id)
    return Around(here, back, crumbs, semver, " ".join(one.nl if dutch() else one.en for one in unfit))


def _require_changeable(offer: Offer) -> None:
    if not offer.changeable:
        number, now = offer.offered.semver, offer.running.semver if offer.running else "–"
        raise StateConflict(
            f"Voor versie {number} valt niets meer te kiezen: u werkt nu met versie {now}.",
            f"There is nothing to choose for version {number} any more: you work with version {now} now.",
            current=now,
        )


def _page(place: str, key: str, semver: str, error: Plus1Error | None = None) -> str:
    with desk.acting(place) as (transaction, caller):
        offer = upgrades.read_offer(transaction, caller, key, semver)
        names = people.group_names(transaction)
        now = _side(transaction, upgrades.offered_choices(transaction, caller, key, semver), names)
        was = _side(transaction, queries.read_choices(transaction, caller, key), names) if offer.running else None
        may_change, may_adopt = allowed(caller, "override.change"), allowed(caller, "version.adopt")
    old = _("Versie %(number)s", number=offer.running.semver) if offer.running else ""
    return render_template(
        "pages/upgrade.html",
        title=f"{offer.offered.name} {semver}",
        offer=offer,
        lines=upgrade_view.lines(offer, was, now),
        difference=difference_view.view(offer.comparison, old, _("Versie %(number)s", number=semver)),
        may_change=may_change,
        may_adopt=may_adopt,
        starts_later=offer.begins > offer.today,
        error=error,
        form_key=desk.form_key,
        place=place,
    )


def _side(transaction: Transaction, view: ChoicesView, names: dict[str, str]) -> Side:
    return Side(view, base_package(transaction, view.version.owner_id, view.version.id), names)
