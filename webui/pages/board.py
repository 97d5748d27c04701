"""The board of a version: how it stands for every municipality, going on to the next ring, and who is in which."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from engine.domain.errors import Invalid, Plus1Error, StateConflict
from engine.domain.rights import allowed
from engine.queries import board as queries
from engine.queries.board import Filter
from engine.usecases.open_ring import OpenRing, open_ring
from engine.usecases.put_in_ring import PutInRing, put_in_ring
from tenants.rebase import blocking
from webui import desk, release_forms
from webui.errors import again

blueprint = Blueprint("board", __name__, url_prefix="/<place>/modellen/<key>/versies/<semver>/gemeenten")


@blueprint.get("")
def read(place: str, key: str, semver: str) -> str:
    """Every municipality; `?gemeente=` shows one."""
    return _page(place, key, semver)


@blueprint.post("/ring")
def advance(place: str, key: str, semver: str) -> Any:
    """The version goes on to the next ring."""
    try:
        with desk.acting(place) as (transaction, caller):
            queries.read_board(transaction, caller, key, semver, Filter())
            going = 0
            if desk.once(transaction, caller):
                going = open_ring(transaction, caller, OpenRing(key, semver, release_forms.text("ring")))
    except (Invalid, StateConflict) as error:
        return again(_page(place, key, semver, error), error)
    told = ngettext("%(num)s gemeente krijgt de versie nu.", "%(num)s gemeenten krijgen de versie nu.", going)
    flash(told, "ok")
    return redirect(url_for("board.read", place=place, key=key, semver=semver))


@blueprint.post("/indelen")
def place_in_ring(place: str, key: str, semver: str) -> Any:
    """A municipality goes to another ring."""
    slug = release_forms.text("gemeente")
    try:
        with desk.acting(place) as (transaction, caller):
            queries.read_board(transaction, caller, key, semver, Filter())
            if desk.once(transaction, caller):
                command = PutInRing(slug, release_forms.text("indeling"), release_forms.text("reden"))
                put_in_ring(transaction, caller, command)
    except Invalid as error:
        return again(_page(place, key, semver, error, slug), error)
    flash(_("De ring is bewaard. Zij telt voor versies die nog komen of nog verder gaan."), "ok")
    return redirect(url_for("board.read", place=place, key=key, semver=semver, gemeente=slug))


def _page(place: str, key: str, semver: str, error: Plus1Error | None = None, slug: str = "") -> str:
    asked = {name: request.args.get(name, "").replace("\0", "") for name in ("stand", "ring", "beleid", "naam", "na")}
    wanted = Filter(asked["stand"], asked["ring"], asked["beleid"], asked["naam"], asked["na"])
    slug = slug or request.args.get("gemeente", "")
    with desk.acting(place) as (transaction, caller):
        board = queries.read_board(transaction, caller, key, semver, wanted)
        one = queries.drill_down(transaction, caller, board, slug) if slug else None
        may_advance, may_place = allowed(caller, "rollout.advance"), allowed(caller, "ring.set")
    return render_template(
        "pages/board.html",
        title=_("Bord van %(name)s %(number)s", name=board.version.name, number=semver),
        board=board,
        one=one,
        asked=asked,
        blocking=blocking,
        may_advance=may_advance,
        may_place=may_place,
        **release_forms.told(error),
        conflict=None if error is None or error.problems else error,
        form_key=desk.form_key,
        place=place,
    )
