"""Models that one owns: the list, a model with its draft, proposals and versions, and one version with its roll-out."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from bpmn import archive, blank
from bpmn.package import MANIFEST
from engine.domain.errors import Invalid, StateConflict
from engine.domain.rights import allowed, require
from engine.queries import board, differences, drafts, versions
from engine.usecases.discard_draft import DiscardDraft, discard_draft
from engine.usecases.import_file import Brought, ImportNew, import_new
from engine.usecases.import_model import ImportModel, import_model
from engine.usecases.restore_version import RestoreVersion, restore_version
from tenants.tenant import slug
from webui import desk, difference_view
from webui.draft_files import number
from webui.errors import again
from webui.forms import Fault, dutch
from webui.texts import attachment

ENDED = ("rejected", "withdrawn")  # proposals that became no version
MOST_TOLD = 5
MOST_ENDED = 5
blueprint = Blueprint("modelling", __name__, url_prefix="/<place>")


@blueprint.get("/modellen")
def list_models(place: str) -> str:
    """The models that this organisation owns."""
    with desk.acting(place) as (transaction, caller):
        models = versions.owned_models(transaction, caller)
        may_edit = allowed(caller, "draft.edit")
    return render_template(
        "pages/modelling_list.html", title=_("Modellen"), models=models, may_edit=may_edit, place=place
    )


@blueprint.get("/modellen-nieuw")
def new(place: str) -> str:
    """A new model: by name, or from a file."""
    with desk.acting(place) as (_transaction, caller):
        require(caller, "draft.edit")
        return _new_page(place)


def _new_page(place: str, faults: list[Fault] | None = None) -> str:
    sent = request.form.get("naam", "")
    return render_template(
        "pages/modelling_new.html", title=_("Nieuw model"), faults=faults or [], sent=sent, place=place
    )


@blueprint.post("/modellen-nieuw")
def make(place: str) -> Any:
    """Begin with one task, or with what a file brings."""
    file = request.files.get("bestand")
    name = request.form.get("naam", "").replace("\0", "").strip()
    try:
        with desk.acting(place) as (transaction, caller):
            require(caller, "draft.edit")
            if file is not None and file.filename:
                brought = import_new(transaction, caller, ImportNew(file.filename, file.read()))
            else:
                brought = Brought(import_model(transaction, caller, ImportModel(_blank(name))))
    except (Invalid, StateConflict) as error:
        told = [Fault("bestand" if file else "naam", one.nl if dutch() else one.en) for one in error.problems]
        faults = told or [Fault("naam", error.nl if dutch() else error.en)]
        with desk.acting(place):
            return again(_new_page(place, faults), error)
    # What is told travels in a cookie, which is small.
    for one in brought.told[:MOST_TOLD]:
        flash(one.nl if dutch() else one.en, "info")
    return redirect(url_for("drafts.edit", place=place, key=brought.draft.key))


def _blank(name: str) -> dict[str, bytes]:
    """Raises Invalid when the name gives no key."""
    key = slug(name)
    if not 1 <= len(name) <= 100 or not key or not name.isprintable():
        raise Invalid("Geef het proces een naam, of kies een bestand.", "Give the process a name, or choose a file.")
    key = key if key[0].isalpha() else f"p-{key}"
    return {MANIFEST: blank.process(key, name)}


@blueprint.get("/modellen/<key>")
def read_model(place: str, key: str) -> str:
    """One model: what is being changed, what was proposed, and every version."""
    with desk.acting(place) as (transaction, caller):
        view = versions.model_overview(transaction, caller, key)
        ended = [one for one in versions.list_proposals(transaction, caller, key) if one.state in ENDED]
        may_edit = allowed(caller, "draft.edit")
    return render_template(
        "pages/modelling.html", title=view.name, view=view, ended=ended[:MOST_ENDED], may_edit=may_edit, place=place
    )


@blueprint.get("/modellen/<key>/ontwerp/weggooien")
def ask_discard(place: str, key: str) -> str:
    """Ask whether the draft may go."""
    with desk.acting(place) as (transaction, caller):
        draft = drafts.read_draft(transaction, caller, key)
    return render_template(
        "pages/draft_discard.html", title=_("Ontwerp weggooien"), draft=draft, form_key=desk.form_key(), place=place
    )


@blueprint.post("/modellen/<key>/ontwerp/weggooien")
def discard(place: str, key: str) -> AnyResponse:
    """The draft goes; the version in force stays."""
    with desk.acting(place) as (transaction, caller):
        draft = drafts.read_draft(transaction, caller, key)
        if desk.once(transaction, caller):
            discard_draft(transaction, caller, DiscardDraft(draft.key, number(request.form.get("revision", ""))))
    flash(_("Het ontwerp is weggegooid."), "ok")
    return redirect(url_for("modelling.list_models", place=place))


@blueprint.get("/modellen/<key>/versies/<semver>")
def read_version(place: str, key: str, semver: str) -> str:
    """One version: what changed, who runs it, and who has yet to decide."""
    with desk.acting(place) as (transaction, caller):
        found = differences.of_version(transaction, caller, key, semver)
        on_board = board.read_board(transaction, caller, key, semver, board.Filter())
        may_edit = allowed(caller, "draft.edit")
        draft = versions.model_overview(transaction, caller, key).draft
    older = found.difference.old
    old_title = _("Versie %(number)s", number=older.semver) if older else ""
    return render_template(
        "pages/version.html",
        title=f"{found.version.name} {semver}",
        found=found,
        board=on_board,
        difference=difference_view.view(found.difference.comparison, old_title, _("Versie %(number)s", number=semver)),
        draft=draft,
        may_edit=may_edit,
        form_key=desk.form_key(),
        place=place,
    )


@blueprint.get("/modellen/<key>/versies/<semver>/process.bpmn")
def diagram(place: str, key: str, semver: str) -> Response:
    """The BPMN of a version, for the viewer."""
    with desk.acting(place) as (transaction, caller):
        files = differences.version_files(transaction, caller, key, semver)
    return Response(files[MANIFEST], mimetype="application/xml", headers={"Cache-Control": "private, max-age=3600"})


@blueprint.get("/modellen/<key>/versies/<semver>/pakket.zip")
def package(place: str, key: str, semver: str) -> Response:
    """A version as one file."""
    with desk.acting(place) as (transaction, caller):
        files = differences.version_files(transaction, caller, key, semver)
    return attachment(f"{key} {semver}", "application/zip", archive.pack(files))


@blueprint.post("/modellen/<key>/versies/<semver>/terugzetten")
def restore(place: str, key: str, semver: str) -> AnyResponse:
    """That version becomes the draft, to be published as a new version."""
    with desk.acting(place) as (transaction, caller):
        model = versions.model_overview(transaction, caller, key)
        if desk.once(transaction, caller):
            revision = request.form.get("revision")
            command = RestoreVersion(model.key, semver, number(revision) if revision else None)
            restore_version(transaction, caller, command)
    flash(_("Versie %(number)s staat als ontwerp klaar. Leg haar voor om haar te publiceren.", number=semver), "ok")
    return redirect(url_for("modelling.read_model", place=place, key=key))
