"""The modeller and what it asks of the server: files, saving, findings, who else is here, merging, importing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import gettext as _

from api.problems import status_of
from bpmn import archive, feel
from bpmn.checks import names
from engine.domain.caller import Caller
from engine.domain.errors import Invalid, Plus1Error, Problem
from engine.domain.rights import allowed, require
from engine.queries import drafts as queries
from engine.store.transaction import Transaction
from engine.usecases.import_file import ImportFile, import_file
from engine.usecases.merge_draft import MergeDraft, merge_draft
from engine.usecases.open_draft import OpenDraft, open_draft
from engine.usecases.save_draft import SaveDraft, save_draft
from webui import desk
from webui.draft_files import as_bytes, as_texts, conflict, finding, number, sent_as
from webui.forms import dutch
from webui.frame import EDITOR_POLICY
from webui.texts import attachment

blueprint = Blueprint("drafts", __name__, url_prefix="/<place>/modellen/<key>/ontwerp")
CONFLICTS = 409


class Saved(msgspec.Struct):
    """What the modeller sends to be kept."""

    revision: int
    files: dict[str, str | None]


class Merging(msgspec.Struct):
    """What the modeller sends when somebody else was first: its own changes since revision `base`."""

    base: int
    files: dict[str, str | None]
    decisions: dict[str, str] = {}


class Expression(msgspec.Struct):
    """A FEEL text, with its `=`."""

    text: str


def answering(act: Callable[..., Any]) -> Callable[..., Any]:
    """Tell the modeller of an error in JSON, so that it can keep what it has and say what to do."""

    @wraps(act)
    def answer(**parts: str) -> Any:
        try:
            return act(**parts)
        except Plus1Error as error:
            told = {"code": error.code, "text": error.nl if dutch() else error.en, "current": error.current}
            told["problems"] = [_problem(one) for one in error.problems]
            return jsonify(told), status_of(error)

    return answer


def _editable(transaction: Transaction, caller: Caller, key: str) -> None:
    """Before anything that was sent is looked at: who asks may edit, and there is such a draft."""
    require(caller, "draft.edit")
    queries.read_draft(transaction, caller, key)


def _problem(one: Problem) -> dict[str, object]:
    return {"at": one.path or one.at, "element": one.at, "line": one.line, "text": one.nl if dutch() else one.en}


@blueprint.get("")
def edit(place: str, key: str) -> Any:
    """The modeller on the draft, which is made when there is none yet."""
    with desk.acting(place) as (transaction, caller):
        draft = open_draft(transaction, caller, OpenDraft(key))
        may_propose = allowed(caller, "version.propose")
    answer = Response(
        render_template("pages/modeller.html", title=draft.name, draft=draft, may_propose=may_propose, place=place)
    )
    answer.headers["Content-Security-Policy"] = EDITOR_POLICY
    return answer


@blueprint.get("/bestanden")
@answering
def files(place: str, key: str) -> Response:
    """Everything that the modeller opens with."""
    with desk.acting(place) as (transaction, caller):
        draft = queries.read_draft(transaction, caller, key)
        found = queries.draft_files(transaction, caller, key)
    told = {"key": draft.key, "name": draft.name, "revision": draft.revision, "locked": draft.locked}
    told |= {"editedBy": draft.edited_by_name, "editedAt": draft.edited_at.isoformat()}
    return jsonify({**told, "files": as_texts(found)})


@blueprint.post("/bewaren")
@answering
def save(place: str, key: str) -> Response:
    """Keep what was changed."""
    with desk.acting(place) as (transaction, caller):
        _editable(transaction, caller, key)
        sent = sent_as(Saved)
        draft = save_draft(transaction, caller, SaveDraft(key, sent.revision, as_bytes(sent.files)))
    return jsonify({"revision": draft.revision, "savedAt": draft.edited_at.isoformat()})


@blueprint.get("/bevindingen")
@answering
def findings(place: str, key: str) -> Response:
    """What publishing would say of what was saved last."""
    with desk.acting(place) as (transaction, caller):
        checked = queries.check_draft(transaction, caller, key)
    wrong = any(one.severity == "error" for one in checked.findings)
    told = {"revision": checked.draft.revision, "publishable": checked.package is not None and not wrong}
    return jsonify({**told, "findings": [finding(one) for one in checked.findings]})


@blueprint.get("/wie")
@answering
def presence(place: str, key: str) -> Response:
    """Who else has the modeller open, and whether somebody saved."""
    with desk.acting(place) as (transaction, caller):
        draft = queries.read_draft(transaction, caller, key)
        others = queries.present(transaction, caller, key)
    told = {"revision": draft.revision, "editedBy": draft.edited_by_name, "locked": draft.locked}
    return jsonify({**told, "others": [{"name": one.name, "seenAt": one.seen_at.isoformat()} for one in others]})


@blueprint.post("/samenvoegen")
@answering
def merge(place: str, key: str) -> Any:
    """Put what two people did together; what they did differently is asked."""
    with desk.acting(place) as (transaction, caller):
        _editable(transaction, caller, key)
        sent = sent_as(Merging)
        command = MergeDraft(key, sent.base, as_bytes(sent.files), sent.decisions)
        merged = merge_draft(transaction, caller, command)
        if merged.draft is not None:
            found = queries.draft_files(transaction, caller, key)
    if merged.draft is None:
        told = {"code": "conflicts", "text": _("U hebt allebei hetzelfde gewijzigd. Kies per plek wat blijft.")}
        return jsonify({**told, "conflicts": [conflict(one) for one in merged.conflicts]}), CONFLICTS
    return jsonify({"revision": merged.draft.revision, "files": as_texts(found)})


@blueprint.post("/inlezen")
@answering
def bring(place: str, key: str) -> Response:
    """A file from elsewhere takes its place in the draft; nothing changes when it cannot be used."""
    with desk.acting(place) as (transaction, caller):
        _editable(transaction, caller, key)
        sent, revision = request.files.get("bestand"), number(request.form.get("revision", ""))
        if sent is None or not sent.filename:
            raise Invalid("Kies een bestand.", "Choose a file.")
        brought = import_file(transaction, caller, ImportFile(key, revision, sent.filename, sent.read()))
        found = queries.draft_files(transaction, caller, key)
    told = [one.nl if dutch() else one.en for one in brought.told]
    return jsonify({"revision": brought.draft.revision, "files": as_texts(found), "told": told})


@blueprint.post("/feel")
@answering
def help_with_feel(place: str, key: str) -> Response:
    """What is wrong with an expression and where, and which names there are."""
    with desk.acting(place) as (transaction, caller):
        _editable(transaction, caller, key)
        sent = sent_as(Expression)
        package = queries.check_draft(transaction, caller, key).package
    known: frozenset[str] = frozenset()
    if package is not None:
        fields = {name for form in package.forms.values() for name in form.writes()}
        known = names.written(package.process, fields)
    analysis = feel.analyse(sent.text.removeprefix("="), names=known)
    hints = [
        {"severity": hint.severity, "from": hint.offset, "text": hint.nl if dutch() else hint.en}
        for hint in analysis.hints
    ]
    return jsonify({"hints": hints, "unknown": analysis.unknown, "type": analysis.type, "variables": sorted(known)})


@blueprint.get("/pakket.zip")
def package(place: str, key: str) -> Response:
    """The draft as one file, to keep or to bring elsewhere."""
    with desk.acting(place) as (transaction, caller):
        draft = queries.read_draft(transaction, caller, key)
        found = queries.draft_files(transaction, caller, key)
    return attachment(f"{key} ontwerp {draft.revision}", "application/zip", archive.pack(found))
