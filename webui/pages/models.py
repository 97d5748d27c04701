"""How a municipality differs from the shared models: what is open, what it chose, and what the base has."""

from flask import Blueprint, render_template
from flask_babel import gettext as _

from engine.domain.rights import allowed
from engine.queries import models as queries
from engine.store import people
from engine.usecases.effective_model import base_package
from webui import choice_view, desk

blueprint = Blueprint("models", __name__, url_prefix="/<place>/inrichting")


@blueprint.get("")
def list_choices(place: str) -> str:
    """The models, each with the number of choices of its own."""
    with desk.acting(place) as (transaction, caller):
        views = [
            queries.read_choices(transaction, caller, version.key)
            for version in queries.list_models(transaction, caller)
        ]
    return render_template("pages/choices_list.html", title=_("Inrichting"), views=views, place=place)


@blueprint.get("/<key>")
def read_choices(place: str, key: str) -> str:
    """Every open point as a question, with the base, the own choice and what is planned, and the diagram."""
    with desk.acting(place) as (transaction, caller):
        view = queries.read_choices(transaction, caller, key)
        base = base_package(transaction, view.version.owner_id, view.version.id)
        groups = choice_view.groups(view, base, people.group_names(transaction))
        may_change = allowed(caller, "override.change")
    return render_template(
        "pages/choices.html",
        title=view.version.name,
        view=view,
        groups=groups,
        may_change=may_change,
        acting=desk.place().name,
        place=place,
    )
