"""How a municipality differs from the shared models: a sentence per choice."""

from flask import Blueprint, render_template
from flask_babel import gettext as _

from engine.queries import models as queries
from webui import desk

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
    """Base value, own value and reason of every choice; and what is open but as the base has it."""
    with desk.acting(place) as (transaction, caller):
        view = queries.read_choices(transaction, caller, key)
    chosen = {sentence.point for sentence in view.sentences}
    open_points = [point for point in view.points if point.id not in chosen]
    return render_template(
        "pages/choices.html",
        title=view.version.name,
        view=view,
        open_points=open_points,
        acting=desk.place().name,
        place=place,
    )
