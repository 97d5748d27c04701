"""Cases: a list, one case with its diagram and history, documents, and starting a new one."""

import re
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from engine.domain.errors import Invalid
from engine.domain.rights import allowed
from engine.queries import cases as queries
from engine.queries import models as model_queries
from engine.store import people
from engine.store.listing import CaseFilter
from engine.usecases.cancel_case import CancelCase, cancel_case
from engine.usecases.pick_step import PickStep, pick_step
from engine.usecases.start_case import StartCase, start_case
from engine.usecases.submitted import Submission
from webui import desk, forms, pdf
from webui.errors import again
from webui.sentences import sentences
from webui.texts import attachment

blueprint = Blueprint("cases", __name__, url_prefix="/<place>")
STATUS = {"lopend": "active", "afgerond": "completed", "beeindigd": "cancelled"}
MARKS = {"incident": "incident", "task": "active", "job": "active", "call": "active", "": "active"}


@blueprint.get("/zaken")
def list_cases(place: str) -> str:
    """Cases of this municipality, newest first."""
    asked = request.args
    wanted = CaseFilter(
        status=STATUS.get(asked.get("stand", "")),
        model=asked.get("proces") or None,
        search=asked.get("zoek", "")[:100].strip() or None,
        after=asked.get("na") or None,
        most=desk.settings().page_size,
    )
    with desk.acting(place) as (transaction, caller):
        lines, following = queries.list_cases(transaction, caller, wanted)
        may_start = allowed(caller, "case.start")
        known = model_queries.list_models(transaction, caller)
    kept: dict[str, Any] = {name: value for name, value in asked.items() if value and name != "na"}
    return render_template(
        "pages/cases.html",
        title=_("Zaken"),
        lines=lines,
        models={model.key: model.name for model in known},
        asked=asked,
        filtered=any(asked.get(name) for name in ("stand", "proces", "zoek")),
        may_start=may_start,
        next=url_for("cases.list_cases", place=place, **kept, na=following) if following else None,
        first=url_for("cases.list_cases", place=place, **kept) if wanted.after else None,
        place=place,
    )


@blueprint.get("/zaken/<uuid:id_>")
def read_case(place: str, id_: UUID) -> str:
    """One case: where it is, what happened, what is known, what was decided."""
    with desk.acting(place) as (transaction, caller):
        view = queries.read_case(transaction, caller, id_)
        lines = queries.read_newest_history(transaction, caller, view.case)
        groups = people.group_names(transaction)
        alone = view.case.status == "active" and view.case.parent_id is None
        may_end = alone and allowed(caller, "case.cancel")
        may_pick = allowed(caller, "task.work")
        now = transaction.at
    return render_template(
        "pages/case.html",
        title=view.case.business_key,
        view=view,
        history=sentences(lines),
        groups=groups,
        may_end=may_end,
        may_pick=may_pick,
        place=place,
        now=now,
    )


@blueprint.post("/zaken/<uuid:id_>/stap")
def pick(place: str, id_: UUID) -> AnyResponse:
    """Begin a step that is free to choose."""
    token, _sign, step = request.form.get("stap", "").replace("\0", "").partition(" ")
    known = int(token) if token.isdecimal() and len(token) < 10 else 0
    with desk.acting(place) as (transaction, caller):
        pick_step(transaction, caller, PickStep(id_, step, known))
    flash(_("De stap is begonnen."), "ok")
    return redirect(url_for("cases.read_case", place=place, id_=id_))


@blueprint.post("/zaken/<uuid:id_>/beeindigen")
def cancel(place: str, id_: UUID) -> AnyResponse:
    """An administrator ends a case, with a reason."""
    with desk.acting(place) as (transaction, caller):
        cancel_case(transaction, caller, CancelCase(id_, request.form.get("reden", "").replace("\0", "")))
    flash(_("De zaak is beëindigd."), "ok")
    return redirect(url_for("cases.read_case", place=place, id_=id_))


@blueprint.get("/zaken/<uuid:id_>/schema.bpmn")
def diagram(place: str, id_: UUID) -> Response:
    """The BPMN that the case runs on, for the viewer."""
    with desk.acting(place) as (transaction, caller):
        source = queries.read_diagram(transaction, caller, id_)
    return Response(source, mimetype="application/xml", headers={"Cache-Control": "private, max-age=3600"})


@blueprint.get("/zaken/<uuid:id_>/schema.json")
def marks(place: str, id_: UUID) -> AnyResponse:
    """Where the case is now; unchanged answers are empty (ETag)."""
    with desk.acting(place) as (transaction, caller):
        view = queries.read_case(transaction, caller, id_)
        done = queries.nodes_done(transaction, caller, view)
    found = [{"element": node, "kind": "done", "count": 1} for node in sorted(done)]
    for node, (count, flag) in view.places.items():
        if flag or view.nodes[node].kind not in ("subProcess", "process"):
            found.append({"element": node, "kind": MARKS.get(flag, "waiting"), "count": count})
    answer = jsonify({"marks": found})
    answer.set_etag(f"{view.case.revision}-{len(view.incidents)}")
    return answer.make_conditional(request)


@blueprint.get("/zaken/<uuid:id_>/documenten/<uuid:document>")
def read_document(place: str, id_: UUID, document: UUID) -> Any:
    """A letter, on a page; `?bestand=pdf` gives it as a tagged PDF."""
    with desk.acting(place) as (transaction, caller):
        view = queries.read_case(transaction, caller, id_)
        title, media_type, content = queries.read_document(transaction, caller, id_, document)
        line = next(one for one in view.documents if one.id == document)
    if media_type != "text/markdown":
        return attachment(title, media_type, content)
    if request.args.get("bestand") == "pdf":
        made = pdf.letter(title, desk.place_name(), content.decode(), line.created_at)
        return attachment(title, "application/pdf", made)
    text = re.sub(r"\A# .*\n", "", content.decode())  # the page's own title says it already
    return render_template("pages/document.html", title=title, text=text, view=view, place=place, document=document)


@blueprint.get("/nieuw")
def list_models(place: str) -> str:
    """What can be started."""
    with desk.acting(place) as (transaction, caller):
        known = model_queries.list_models(transaction, caller)
    return render_template("pages/models.html", title=_("Nieuwe zaak"), models=known, place=place)


@blueprint.get("/nieuw/<key>")
def start_form(place: str, key: str) -> str:
    """The start form of a model."""
    return _start_page(place, key)


def _start_page(place: str, key: str, error: Invalid | None = None, sent: dict[str, list[str]] | None = None) -> str:
    with desk.acting(place) as (transaction, caller):
        version, form = model_queries.read_start_form(transaction, caller, key)
        shown = forms.filled(form, {}, transaction.now, sent, error)
    return render_template(
        "pages/start.html", title=version.name, version=version, form=shown, form_key=desk.form_key(), place=place
    )


@blueprint.post("/nieuw/<key>/formulier")
def show_form(place: str, key: str) -> dict[str, list[str]]:
    """Which fields of the start form are left out for the answers so far. Nothing is stored."""
    with desk.acting(place) as (transaction, caller):
        _version, form = model_queries.read_start_form(transaction, caller, key)
        shown = forms.filled(form, {}, transaction.now, forms.posted())
    return {"leftOut": forms.left_out(shown.shown)}


@blueprint.post("/nieuw/<key>")
def start(place: str, key: str) -> AnyResponse | str | tuple[str, int]:
    """Start a case."""
    sent = forms.posted()
    if request.form.get("meer"):
        return _start_page(place, key, sent=sent)
    try:
        with desk.acting(place) as (transaction, caller):
            if not desk.once(transaction, caller):
                flash(_("Deze aanvraag was al verstuurd; de zaak staat in de lijst."), "info")
                return redirect(url_for("cases.list_cases", place=place))
            case = start_case(transaction, caller, StartCase(key, Submission(fields=sent)))
    except Invalid as error:
        return again(_start_page(place, key, error, sent), error)
    flash(_("De zaak is gestart met nummer %(number)s.", number=case.business_key), "ok")
    return redirect(url_for("cases.read_case", place=place, id_=case.id))
