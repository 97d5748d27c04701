"""The inbox of a municipality: versions to decide on, notices of what went by itself, and what it wants."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.domain.errors import Invalid, Plus1Error, StateConflict
from engine.domain.rights import allowed, require
from engine.queries import inbox as queries
from engine.usecases.hold_version import HoldVersion, hold_version
from engine.usecases.see_notice import see_notice
from engine.usecases.set_policy import SetPolicy, set_policy
from webui import desk, release_forms
from webui.errors import again

blueprint = Blueprint("inbox", __name__, url_prefix="/<place>/postvak")


@blueprint.get("")
def read(place: str) -> str:
    """Everything that waits, across processes."""
    return _page(place, at=request.args.get("uitstellen", ""))


@blueprint.post("/uitstellen")
def hold(place: str) -> Any:
    """A version is put off, with a reason."""
    at = release_forms.text("versie")
    try:
        with desk.acting(place) as (transaction, caller):
            require(caller, "version.adopt")
            command = HoldVersion(
                release_forms.text("proces"), _id(at), release_forms.text("reden"), release_forms.day("tot", "until")
            )
            if desk.once(transaction, caller):
                hold_version(transaction, caller, command)
    except (Invalid, StateConflict) as error:
        return again(_page(place, error, at), error)
    flash(_("Bewaard. U werkt verder met de versie die u hebt."), "ok")
    return redirect(url_for("inbox.read", place=place))


@blueprint.post("/gezien")
def see(place: str) -> Any:
    """A notice was read."""
    with desk.acting(place) as (transaction, caller):
        require(caller, "notice.see")
        if desk.once(transaction, caller):
            see_notice(transaction, caller, _id(release_forms.text("versie")))
    return redirect(url_for("inbox.read", place=place))


@blueprint.get("/beleid")
def policy(place: str) -> str:
    """What this municipality wants of versions that fit."""
    return _policy_page(place)


@blueprint.post("/beleid")
def change(place: str) -> Any:
    """It wants something else."""
    try:
        with desk.acting(place) as (transaction, caller):
            require(caller, "policy.change")
            wants, until = release_forms.text("beleid"), release_forms.day("tot", "until")
            command = SetPolicy(release_forms.text("proces"), wants, release_forms.text("reden"), until)
            if desk.once(transaction, caller):
                set_policy(transaction, caller, command)
    except Invalid as error:
        return again(_policy_page(place, error), error)
    flash(_("Bewaard. Dit telt voor versies die nog komen."), "ok")
    return redirect(url_for("inbox.policy", place=place))


def _id(text: str) -> UUID:
    """Raises Invalid for what is no id."""
    try:
        return UUID(text)
    except ValueError as error:
        nl, en = (
            "Dit formulier noemt geen versie. Open het postvak opnieuw.",
            "This names no version. Open the inbox anew.",
        )
        raise Invalid(nl, en) from error


def _page(place: str, error: Plus1Error | None = None, at: str = "") -> str:
    with desk.acting(place) as (transaction, caller):
        found = queries.read_inbox(transaction, caller)
        may_adopt, may_see = allowed(caller, "version.adopt"), allowed(caller, "notice.see")
    return render_template(
        "pages/inbox.html",
        title=_("Postvak"),
        inbox=found,
        at=at,
        reason=release_forms.text("reden"),
        day=release_forms.typed("tot")["tot"],
        **release_forms.told(error),
        conflict=None if error is None or error.problems else error,
        may_adopt=may_adopt,
        may_see=may_see,
        form_key=desk.form_key,
        place=place,
    )


def _policy_page(place: str, error: Plus1Error | None = None) -> str:
    with desk.acting(place) as (transaction, caller):
        wanted, said = queries.read_policies(transaction, caller)
        may_change = allowed(caller, "policy.change")
    return render_template(
        "pages/policy.html",
        title=_("Nieuwe versies"),
        wanted=wanted,
        names={one.version.key: one.version.name for one in wanted if one.version},
        said=said,
        may_change=may_change,
        sent={name: release_forms.text(name) for name in ("proces", "beleid", "reden")},
        day=release_forms.typed("tot")["tot"],
        **release_forms.told(error),
        form_key=desk.form_key(),
        place=place,
    )
