"""How a municipality differs from the shared models: what is open, what it chose, and what the base has."""

from collections import defaultdict

from flask import Blueprint, render_template
from flask_babel import gettext as _

from engine.domain.caller import Caller
from engine.domain.rights import allowed
from engine.queries import models as queries
from engine.queries import upgrades
from engine.store import people
from engine.store.transaction import Transaction
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
        waiting = defaultdict(list)
        for upgrade in _waiting(transaction, caller):
            waiting[upgrade.key].append(upgrade)
    return render_template("pages/choices_list.html", title=_("Inrichting"), views=views, waiting=waiting, place=place)


@blueprint.get("/<key>")
def read_choices(place: str, key: str) -> str:
    """Every open point as a question, with the base, the own choice and what is planned, and the diagram."""
    with desk.acting(place) as (transaction, caller):
        view = queries.read_choices(transaction, caller, key)
        base = base_package(transaction, view.version.owner_id, view.version.id)
        groups = choice_view.groups(view, base, people.group_names(transaction))
        may_change = allowed(caller, "override.change")
        waiting = _waiting(transaction, caller, key)
    return render_template(
        "pages/choices.html",
        title=view.version.name,
        view=view,
        groups=groups,
        may_change=may_change,
        waiting=waiting,
        acting=desk.place().name,
        place=place,
    )


def _waiting(transaction: Transaction, caller: Caller, key: str | None = None) -> list[upgrades.Upgrade]:
    """The versions that wait for a decision, for who may see them."""
    return upgrades.waiting(transaction, caller, key) if allowed(caller, "rollout.read") else []
