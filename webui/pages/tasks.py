"""The clerk's work: a list of tasks, one task with its form, take, give back, complete."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from engine.domain.errors import Invalid, Plus1Error, StaleRevision, StateConflict
from engine.queries import models as model_queries
from engine.queries import tasks as queries
from engine.store import people
from engine.store.listing import TaskFilter
from engine.usecases.claim_task import ClaimTask, claim_task
from engine.usecases.complete_task import CompleteTask, complete_task
from engine.usecases.submitted import Submission
from webui import desk, forms
from webui.errors import again

blueprint = Blueprint("tasks", __name__, url_prefix="/<place>/taken")
WHOSE = {"alle": "all", "mijn": "mine", "vrij": "free"}
ORDERS = {"uiterlijk": "due", "ontvangen": "created", "voorrang": "priority"}


@blueprint.get("")
def list_tasks(place: str) -> str:
    """Open tasks of this person's groups; filter and order stand in the address."""
    asked = request.args
    wanted = TaskFilter(
        whose=WHOSE.get(asked.get("wie", ""), "all"),
        model=asked.get("proces") or None,
        search=asked.get("zoek", "")[:100].strip() or None,
        order=ORDERS.get(asked.get("volgorde", ""), "due"),
        descending=asked.get("richting") == "af",
        after=asked.get("na") or None,
        most=desk.settings().page_size,
    )
    with desk.acting(place) as (transaction, caller):
        lines, following = queries.list_tasks(transaction, caller, wanted)
        known = model_queries.list_models(transaction, caller)
        groups = people.group_names(transaction)
        now = transaction.at
    filtered = any(asked.get(name) for name in ("wie", "proces", "zoek"))
    return render_template(
        "pages/tasks.html",
        title=_("Taken"),
        lines=lines,
        models={model.key: model.name for model in known},
        groups=groups,
        wanted=wanted,
        asked=asked,
        filtered=filtered,
        now=now,
        me=caller.id,
        sort_links=_sort_links(place, asked),
        next=url_for("tasks.list_tasks", place=place, **_without(asked, "na"), na=following) if following else None,
        first=url_for("tasks.list_tasks", place=place, **_without(asked, "na")) if wanted.after else None,
        place=place,
    )


def _without(asked: MultiDict[str, str], *names: str) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if name not in names and value}


def _sort_links(place: str, asked: MultiDict[str, str]) -> dict[str, tuple[str, str | None]]:
    """Per order: the address that sorts by it (again: the other way round), and how it is sorted now."""
    now, down = asked.get("volgorde") or "uiterlijk", asked.get("richting") == "af"
    found: dict[str, tuple[str, str | None]] = {}
    for order in ORDERS:
        turned: dict[str, Any] = {"volgorde": order} | ({"richting": "af"} if order == now and not down else {})
        address = url_for("tasks.list_tasks", place=place, **_without(asked, "na", "volgorde", "richting"), **turned)
        sorted_now = ("descending" if down else "ascending") if order == now else None
        found[order] = (address, sorted_now)
    return found


@blueprint.get("/<uuid:id_>")
def read_task(place: str, id_: UUID) -> str:
    """One task with its form."""
    return _task_page(place, id_)


def _task_page(place: str, id_: UUID, error: Plus1Error | None = None, sent: dict[str, list[str]] | None = None) -> str:
    with desk.acting(place) as (transaction, caller):
        view = queries.read_task(transaction, caller, id_)
        names = people.group_names(transaction)
        now, at = transaction.now, transaction.at
    wrong = error if isinstance(error, Invalid) else None
    form = forms.filled(view.form, view.scope, now, sent, wrong, view.known)
    return render_template(
        "pages/task.html",
        title=view.task.name,
        view=view,
        form=form,
        form_key=desk.form_key(),
        mine=view.task.assignee == caller.id,
        taken=view.task.assignee not in (None, caller.id),
        conflict=error if error is not wrong else None,
        groups=", ".join(names.get(group, group) for group in view.task.groups),
        now=at,
        place=place,
    )


@blueprint.post("/<uuid:id_>/formulier")
def show_form(place: str, id_: UUID) -> dict[str, list[str]]:
    """Which fields are left out for the answers so far. Nothing is stored."""
    with desk.acting(place) as (transaction, caller):
        view = queries.read_task(transaction, caller, id_)
        form = forms.filled(view.form, view.scope, transaction.now, forms.posted(), seen=view.known)
    return {"leftOut": forms.left_out(form.shown)}


@blueprint.post("/<uuid:id_>/oppakken")
def claim(place: str, id_: UUID) -> Response | tuple[str, int]:
    """Take the task."""
    return _claim(place, id_, release=False)


@blueprint.post("/<uuid:id_>/teruggeven")
def release(place: str, id_: UUID) -> Response | tuple[str, int]:
    """Give it back to the group."""
    return _claim(place, id_, release=True)


def _claim(place: str, id_: UUID, release: bool) -> Response | tuple[str, int]:
    try:
        with desk.acting(place) as (transaction, caller):
            claim_task(transaction, caller, ClaimTask(id_, _revision(), release))
    except (StateConflict, StaleRevision) as error:
        return again(_task_page(place, id_, error), error)
    if release:
        flash(_("De taak ligt weer bij de groep."), "ok")
        return redirect(url_for("tasks.list_tasks", place=place))
    flash(_("U hebt de taak opgepakt."), "ok")
    return redirect(url_for("tasks.read_task", place=place, id_=id_))


@blueprint.post("/<uuid:id_>/afronden")
def complete(place: str, id_: UUID) -> Any:
    """Complete the task; with errors the form comes back as it was typed."""
    sent = forms.posted()
    if request.form.get("meer"):
        return _task_page(place, id_, sent=sent)
    try:
        with desk.acting(place) as (transaction, caller):
            if desk.once(transaction, caller):
                command = CompleteTask(id_, _revision(), Submission(fields=sent))
                complete_task(transaction, caller, command)
    except (Invalid, StateConflict, StaleRevision) as error:
        return again(_task_page(place, id_, error, sent), error)
    flash(_("De taak is afgerond. De zaak gaat verder."), "ok")
    return redirect(url_for("tasks.list_tasks", place=place))


def _revision() -> int:
    given = request.form.get("revision", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
