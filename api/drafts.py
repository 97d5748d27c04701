"""Drafts: the work on the next version of a model, as a package that goes in and out whole."""

from typing import Any

from flask import Response

from api.blueprint import resource
from api.caller import Answer, acting, etag, expected_revision, read, revision
from api.draft_schemas import DifferenceShape, DraftList, DraftShape, FindingsShape
from api.packages import BODY, CONTENT, ZIP, checked, packed, sent, unpacked
from api.problems import dutch
from api.schemas import ProblemShape
from bpmn.compare import Change
from engine.domain.caller import Caller
from engine.domain.rights import require
from engine.queries import differences
from engine.queries import drafts as queries
from engine.store.drafts import Draft
from engine.store.transaction import Transaction
from engine.usecases.discard_draft import DiscardDraft, discard_draft
from engine.usecases.replace_draft import ReplaceDraft, replace_draft

blueprint = resource("drafts", "Work on the next version of a model")


def draft_answer(transaction: Transaction, caller: Caller, draft: Draft, status: int = 200) -> Answer:
    """The body for one draft, with its ETag."""
    opened = queries.open_of(transaction, draft)
    names = ("key", "name", "revision", "base_version", "edited_by_name", "edited_at", "locked")
    more = {
        "edited_by_you": draft.edited_by == caller.actor,
        "proposal_id": opened.proposal.id if opened.proposal else None,
        "files": [{"path": path, "size": size} for path, size in opened.sizes.items()],
    }
    body = DraftShape.of({**{name: getattr(draft, name) for name in names}, **more})
    headers = (etag(draft.revision), ("Location", f"/v1/drafts/{draft.key}"))
    return Answer(body, status, headers if status == 201 else headers[:1])


@blueprint.route("/drafts")
@blueprint.response(200, DraftList)
def list_drafts() -> Response:
    """The drafts of this authority."""
    return read(lambda transaction, caller: Answer(DraftList.of({"drafts": queries.list_drafts(transaction, caller)})))


@blueprint.route("/drafts/<key>")
@blueprint.response(200, DraftShape)
@blueprint.alt_response(404, schema=ProblemShape)
def read_draft(key: str) -> Response:
    """One draft: who changed it last, and its files by name and size."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        return draft_answer(transaction, caller, queries.read_draft(transaction, caller, key))

    return read(act)


@blueprint.route("/drafts/<key>", methods=["DELETE"])
@blueprint.response(204)
@blueprint.alt_response(404, schema=ProblemShape)
@blueprint.alt_response(409, schema=ProblemShape)
@blueprint.alt_response(412, schema=ProblemShape)
def discard(key: str) -> Response:
    """Give up a draft; published versions stay. Needs If-Match."""
    command = DiscardDraft(key, revision())
    with acting() as (transaction, caller):
        discard_draft(transaction, caller, command)
    return Response(status=204)


@blueprint.route("/drafts/<key>/package")
@blueprint.response(200, CONTENT, content_type=ZIP)
@blueprint.alt_response(404, schema=ProblemShape)
def read_package(key: str) -> Response:
    """The contents of a draft. The ETag is that of the draft."""
    with acting() as (transaction, caller):
        draft = queries.read_draft(transaction, caller, key)
        files = queries.draft_files(transaction, caller, key)
    return packed(files, f"{key}-ontwerp-{draft.revision}", etag(draft.revision))


@blueprint.route("/drafts/<key>/package", methods=["PUT"])
@blueprint.doc(requestBody=BODY)
@blueprint.response(200, DraftShape)
@blueprint.alt_response(201, schema=DraftShape)
@blueprint.alt_response(404, schema=ProblemShape)
@blueprint.alt_response(409, schema=ProblemShape)
@blueprint.alt_response(412, schema=ProblemShape)
def put_package(key: str) -> Response:
    """Make a package the contents of a draft, or begin the draft, of a new model too.

    Needs If-Match with the ETag of the draft, or If-None-Match: * when there is none yet. The model may have errors:
    its findings tell. Sending the same again changes nothing."""
    expected, data = expected_revision(), sent()

    def act(transaction: Transaction, caller: Caller) -> Answer:
        require(caller, "draft.edit")
        if expected is not None:
            queries.read_draft(transaction, caller, key)
        done = replace_draft(transaction, caller, ReplaceDraft(key, expected, unpacked(data)))
        return draft_answer(transaction, caller, done.draft, 201 if done.begun else 200)

    return read(act)


@blueprint.route("/drafts/<key>/findings")
@blueprint.response(200, FindingsShape)
@blueprint.alt_response(404, schema=ProblemShape)
def read_findings(key: str) -> Response:
    """What publishing would say of a draft."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        found = queries.check_draft(transaction, caller, key)
        told = {"revision": found.draft.revision, **checked(found.package, found.findings)}
        return Answer(FindingsShape.of(told), 200, (etag(found.draft.revision),))

    return read(act)


@blueprint.route("/drafts/<key>/difference")
@blueprint.response(200, DifferenceShape)
@blueprint.alt_response(404, schema=ProblemShape)
def read_difference(key: str) -> Response:
    """What a draft changes of the newest version, in sentences, and the number that this asks for."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        draft = queries.read_draft(transaction, caller, key)
        found = differences.of_draft(transaction, caller, key)
        told = {
            "revision": draft.revision,
            "version": found.old.semver if found.old else None,
            "readable": found.readable,
            "impact": found.comparison.impact if found.comparison else "none",
            "proposed_version": found.proposed,
            "changes": [_change(one) for one in (found.comparison.changes if found.comparison else ())],
        }
        return Answer(DifferenceShape.of(told), 200, (etag(draft.revision),))

    return read(act)


def _change(one: Change) -> dict[str, Any]:
    nl = dutch()
    details = [
        {
            "name": each.nl if nl else each.en,
            "before": each.before if nl else each.before_en,
            "after": each.after if nl else each.after_en,
        }
        for each in one.details
    ]
    known = {name: getattr(one, name) for name in ("kind", "subject", "id", "path", "impact")}
    return {**known, "text": one.nl if nl else one.en, "details": details}
