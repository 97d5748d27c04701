"""From draft to version: the difference, laying it before a colleague, and the colleague's decision."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from bpmn.compare import next_version
from bpmn.package import MANIFEST
from engine.domain.errors import Forbidden, Invalid, Plus1Error, StaleRevision, StateConflict
from engine.domain.rights import allowed
from engine.queries import differences, drafts, second_opinions
from engine.usecases.decide_proposal import DecideProposal, decide_proposal
from engine.usecases.propose_version import ProposeVersion, propose_version
from engine.usecases.withdraw_proposal import WithdrawProposal, withdraw_proposal
from webui import desk, difference_view, release_forms
from webui.draft_files import number
from webui.errors import again
from webui.forms import Fault, dutch

blueprint = Blueprint("proposals", __name__, url_prefix="/<place>/modellen/<key>")
FIELDS = release_forms.FIELDS | {
    "version": "versie",
    "changelog": "wijziging",
    "effectiveFrom": "vanaf",
    "remark": "opmerking",
}
RELEASE = frozenset(release_forms.FIELDS.values())


@blueprint.get("/ontwerp/verschil")
def difference(place: str, key: str) -> str:
    """What the draft changes of the version in force."""
    with desk.acting(place) as (transaction, caller):
        draft = drafts.read_draft(transaction, caller, key)
        found = differences.of_draft(transaction, caller, key)
    return render_template(
        "pages/draft_difference.html",
        title=_("Verschil"),
        draft=draft,
        found=found,
        difference=_view(found, _("Ontwerp")),
        place=place,
    )


@blueprint.get("/ontwerp/process.bpmn")
def draft_diagram(place: str, key: str) -> Response:
    """The draft's BPMN, for the viewer."""
    with desk.acting(place) as (transaction, caller):
        found = drafts.draft_files(transaction, caller, key)
    return Response(found.get(MANIFEST, b""), mimetype="application/xml", headers={"Cache-Control": "no-store"})


@blueprint.get("/ontwerp/voorleggen")
def prepare(place: str, key: str) -> str:
    """Findings, the number that fits the change, and what people will read of it."""
    return _prepare_page(place, key)


def _prepare_page(place: str, key: str, error: Plus1Error | None = None) -> str:
    with desk.acting(place) as (transaction, caller):
        checked = drafts.check_draft(transaction, caller, key)
        found = differences.of_draft(transaction, caller, key)
        opinions = second_opinions.of_draft(transaction, caller, key)
    view = _view(found, _("Ontwerp"))
    current = found.old.semver if found.old else None
    sent = request.form if request.form else None
    return render_template(
        "pages/propose.html",
        title=_("Voorleggen"),
        checked=checked,
        wrong=[one for one in checked.findings if one.severity == "error"],
        weak=[one for one in checked.findings if one.severity == "warning"],
        current=current,
        proposed=sent["versie"] if sent else next_version(current, view.impact),
        changelog=sent["wijziging"] if sent else "\n".join(f"- {text}" for text in difference_view.headlines(view)),
        day=[sent[f"vanaf.{part}"] if sent else "" for part in ("dag", "maand", "jaar")],
        difference=view,
        opinions=opinions,
        sent={name: release_forms.text(name) for name in ("ring", "artikel", "spoed")},
        days=release_forms.typed("proef", "iedereen", "eerder"),
        shared=desk.place().kind == "collective",
        faults=_faults(error),
        by_field={fault.key: fault.text for fault in _faults(error) if fault.key in RELEASE},
        conflict=None if error is None or error.problems else error,
        form_key=desk.form_key(),
        dutch=dutch(),
        place=place,
    )


@blueprint.post("/ontwerp/voorleggen")
def propose(place: str, key: str) -> Any:
    """Lay this revision before a colleague."""
    sent = request.form
    try:
        with desk.acting(place) as (transaction, caller):
            draft = drafts.read_draft(transaction, caller, key)
            if desk.once(transaction, caller):
                command = ProposeVersion(
                    draft.key,
                    number(sent.get("revision", "")),
                    sent.get("versie", "").strip(),
                    sent.get("wijziging", "").replace("\0", "").strip(),
                    release_forms.day("vanaf", "effectiveFrom"),
                    release_forms.release(),
                )
                propose_version(transaction, caller, command)
    except (Invalid, StaleRevision, StateConflict) as error:
        return again(_prepare_page(place, key, error), error)
    flash(_("Het voorstel is voorgelegd. Een collega moet het goedkeuren."), "ok")
    return redirect(url_for("modelling.read_model", place=place, key=key))


@blueprint.get("/voorstellen/<uuid:id_>")
def read(place: str, key: str, id_: UUID) -> str:
    """What is proposed, for whoever decides."""
    return _read_page(place, key, id_)


def _read_page(place: str, key: str, id_: UUID, error: Plus1Error | None = None) -> str:
    with desk.acting(place) as (transaction, caller):
        proposal, found = differences.of_proposal(transaction, caller, key, id_)
        may_approve, may_edit = allowed(caller, "version.approve"), allowed(caller, "draft.edit")
        own = caller.actor in (proposal.proposed_by, proposal.edited_by)
        opinions = second_opinions.of_proposal(transaction, caller, key, id_) if found.readable else ()
    return render_template(
        "pages/proposal.html",
        title=_("Voorstel voor versie %(number)s", number=proposal.semver),
        proposal=proposal,
        found=found,
        difference=_view(found, _("Voorstel %(number)s", number=proposal.semver)),
        opinions=opinions,
        may_approve=may_approve and not own,
        may_withdraw=may_edit,
        own=own,
        faults=_faults(error),
        conflict=None if error is None or error.problems else error,
        remark=request.form.get("opmerking", ""),
        form_key=desk.form_key(),
        dutch=dutch(),
        place=place,
    )


@blueprint.get("/voorstellen/<uuid:id_>/process.bpmn")
def proposal_diagram(place: str, key: str, id_: UUID) -> Response:
    """The BPMN of a proposal, for the viewer."""
    with desk.acting(place) as (transaction, caller):
        files = differences.proposed_files(transaction, caller, key, id_)
    return Response(files[MANIFEST], mimetype="application/xml", headers={"Cache-Control": "private, max-age=3600"})


@blueprint.post("/voorstellen/<uuid:id_>")
def decide(place: str, key: str, id_: UUID) -> Any:
    """Approve (which publishes), reject, or take back."""
    action, remark = request.form.get("besluit", ""), request.form.get("opmerking", "").replace("\0", "").strip()
    try:
        with desk.acting(place) as (transaction, caller):
            proposal, _found = differences.of_proposal(transaction, caller, key, id_)
            if desk.once(transaction, caller):
                if action == "intrekken":
                    withdraw_proposal(transaction, caller, WithdrawProposal(id_))
                else:
                    decide_proposal(transaction, caller, DecideProposal(id_, action == "goedkeuren", remark))
    except (Invalid, StateConflict, Forbidden) as error:
        return again(_read_page(place, key, id_, error), error)
    return _decided(place, key, action, proposal.semver)


def _decided(place: str, key: str, action: str, semver: str) -> AnyResponse:
    if action == "goedkeuren":
        flash(_("Versie %(number)s is gepubliceerd. Nieuwe zaken beginnen ermee.", number=semver), "ok")
        return redirect(url_for("modelling.read_version", place=place, key=key, semver=semver))
    told = _("Het voorstel is ingetrokken.") if action == "intrekken" else _("Het voorstel is afgewezen.")
    flash(told, "ok")
    return redirect(url_for("modelling.read_model", place=place, key=key))


def _view(found: differences.Difference, new_title: str) -> difference_view.View:
    title = _("Versie %(number)s", number=found.old.semver) if found.old else ""
    return difference_view.view(found.comparison, title, new_title)


def _faults(error: Plus1Error | None) -> list[Fault]:
    """The faults with the field that each belongs to; what is wrong with the model belongs to none."""
    problems = error.problems if error else ()
    return [Fault(FIELDS.get(one.at, ""), one.nl if dutch() else one.en) for one in problems]
