"""The process as steps: a list in the order of the flow, and a page to change one step, all by keyboard."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from bpmn.outline import Step
from engine.domain.errors import Invalid, NotFound, Plus1Error, StaleRevision, StateConflict
from engine.domain.rights import allowed, require
from engine.queries import outlines
from engine.queries.outlines import OutlineView
from engine.usecases.edit_process import EditProcess, edit_process
from engine.usecases.open_draft import OpenDraft, open_draft
from webui import desk
from webui.draft_files import number
from webui.errors import again
from webui.forms import Fault, dutch

blueprint = Blueprint("outline", __name__, url_prefix="/<place>/modellen/<key>/ontwerp/stappen")
FORMED = frozenset({"userTask", "startEvent"})
CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})
Sent = MultiDict[str, str]


@blueprint.get("")
def read(place: str, key: str) -> str:
    """All steps of the draft, which is made when there is none yet."""
    with desk.acting(place) as (transaction, caller):
        open_draft(transaction, caller, OpenDraft(key))
        view = outlines.read_outline(transaction, caller, key)
        may_edit = allowed(caller, "draft.edit")
    return render_template(
        "pages/outline.html", title=_("Als stappen"), view=view, may_edit=may_edit, nl=dutch(), place=place
    )


@blueprint.get("/<element>")
def read_step(place: str, key: str, element: str) -> str:
    """One step with all that can be changed about it."""
    return _step_page(place, key, element)


@blueprint.post("/<element>")
def change(place: str, key: str, element: str) -> Any:
    """Change one thing; the answer is the list at the step, or the step itself with what is wrong."""
    sent = request.form
    try:
        with desk.acting(place) as (transaction, caller):
            require(caller, "draft.edit")
            step = _find(outlines.read_outline(transaction, caller, key), element)
            if desk.once(transaction, caller):
                verb, given = _asked(step, sent)
                command = EditProcess(key, number(sent.get("revision", "")), verb, given)
                edit_process(transaction, caller, command)
    except (Invalid, StaleRevision, StateConflict) as error:
        return again(_step_page(place, key, element, error), error)
    flash(_("Bewaard in het ontwerp."), "ok")
    if sent.get("actie") == "stap":
        return redirect(url_for("outline.read", place=place, key=key, _anchor=element))
    if sent.get("actie") == "verwijderen":
        return redirect(url_for("outline.read", place=place, key=key))
    return redirect(url_for("outline.read_step", place=place, key=key, element=element))


def _asked(step: Step, sent: Sent) -> tuple[str, Mapping[str, str | None]]:
    """What the form asks for, as a verb with its arguments. Raises Invalid for a button that is not ours."""
    flow = sent.get("route", "")
    place = sent.get("plek", "")
    asked: dict[str, tuple[str, Mapping[str, str | None]]] = {
        "naam": ("rename", {"id_": step.id, "name": sent.get("naam", "")}),
        "formulier": ("set-form", {"id_": step.id, "form": sent.get("formulier") or None}),
        "baan": ("move-to-lane", {"id_": step.id, "lane": sent.get("baan", "")}),
        "voorwaarde": ("set-condition", {"flow": flow, "condition": sent.get("voorwaarde") or None}),
        "standaard": ("set-default", {"step": step.id, "flow": flow}),
        "route-weg": ("delete", {"id_": flow}),
        "verbinden": ("connect", {"begin": step.id, "end": sent.get("naar", "")}),
        "verwijderen": ("delete", {"id_": step.id}),
        "stap": ("add-step", {"after": step.id, "kind": sent.get("soort", ""), "name": sent.get("nieuw", "")}),
    }
    action = sent.get("actie", "")
    if action not in asked:
        raise Invalid("Kies wat u wilt wijzigen.", "Choose what you want to change.")
    verb, given = asked[action]
    if action == "verbinden":
        given = {**given, "condition": sent.get("alleen") or None, "name": ""}
    if action == "stap":
        given = {**given, "flow": place or None}
    return verb, given


def _find(view: OutlineView, element: str) -> Step:
    """Raises NotFound."""
    found = next((one for one in view.outline.every() if one.id == element), None) if view.outline else None
    if found is None:
        raise NotFound
    return found


def _step_page(place: str, key: str, element: str, error: Plus1Error | None = None) -> str:
    with desk.acting(place) as (transaction, caller):
        require(caller, "draft.edit")
        view = outlines.read_outline(transaction, caller, key)
        step = _find(view, element)
    sent = request.form
    node = view.process.nodes[step.id] if view.process else None
    told = (error.nl if dutch() else error.en) if error else ""
    flow = sent.get("route", "") if error and error.problems else ""
    return render_template(
        "pages/outline_step.html",
        title=step.name or step.id,
        view=view,
        step=step,
        sent=sent,
        form=node.work.form if node else None,
        formed=step.kind in FORMED,
        choosing=step.kind in CHOOSING,
        lanes=[(lane.id, lane.name or lane.id) for lane in view.lanes] if node and node.scope == _key(view) else [],
        lane=node.lane if node else None,
        kinds=_kinds(),
        places=_places(step),
        targets=_targets(view, step),
        errors=[Fault("", told)] if error and error.problems else [],
        by={flow: told} if flow else {},
        conflict=error if error and not error.problems else None,
        form_key=desk.form_key(),
        nl=dutch(),
        place=place,
    )


def _key(view: OutlineView) -> str:
    """The id of the process itself: lanes hold only what stands directly in it."""
    return view.process.id if view.process else ""


def _kinds() -> list[tuple[str, str]]:
    names = {
        "userTask": _("Taak voor een medewerker"),
        "serviceTask": _("Taak voor een systeem"),
        "businessRuleTask": _("Beslissing (DMN)"),
        "manualTask": _("Handwerk"),
        "exclusiveGateway": _("Keuze: een weg"),
        "parallelGateway": _("Samen: alle wegen"),
        "timerCatchEvent": _("Wachten op tijd"),
        "messageCatchEvent": _("Wachten op een bericht"),
        "endEvent": _("Einde"),
    }
    return [(kind, str(text)) for kind, text in names.items()]


def _places(step: Step) -> list[tuple[str, str]]:
    """Where a new step can go: on a flow of this step, or on a way of its own."""
    found = [
        (way.id, str(_("tussen deze stap en %(target)s", target=way.nl if dutch() else way.en))) for way in step.ways
    ]
    splits = step.kind.endswith("Gateway")
    return [*found, ("", str(_("als nieuwe pijl")))] if splits or not found else found


def _targets(view: OutlineView, step: Step) -> list[tuple[str, str]]:
    """The steps that a flow from this one could lead to: those beside it in the same process or sub-process."""
    if view.outline is None or view.process is None:
        return []
    scope = view.process.nodes[step.id].scope
    nodes = view.process.nodes
    beside = (one for one in view.outline.every() if nodes[one.id].scope == scope and one.id != step.id)
    ends = (one for one in beside if one.kind not in ("startEvent", "boundaryEvent", "eventSubProcess"))
    return [(one.id, f"{one.name or one.id} ({one.nl if dutch() else one.en})") for one in ends]
