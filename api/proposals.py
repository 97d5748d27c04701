"""Proposals: a draft is laid before somebody else, who approves (which publishes) or rejects."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response

from api.blueprint import resource
from api.caller import Answer, once, read
from api.draft_schemas import ProposalShape, ProposeShape, ReasonShape, RemarkShape
from api.schemas import ProblemShape
from engine.domain.caller import Caller
from engine.queries import differences
from engine.queries.versions import read_proposal
from engine.store.proposals import Proposal
from engine.store.transaction import Transaction
from engine.usecases.decide_proposal import DecideProposal, decide_proposal
from engine.usecases.propose_version import ProposeVersion, propose_version
from engine.usecases.withdraw_proposal import WithdrawProposal, withdraw_proposal
from tenants.release import PLAIN, Release

blueprint = resource("proposals", "Versions that wait for a second pair of eyes")


def proposal_answer(proposal: Proposal, status: int = 200) -> Answer:
    """The body for one proposal."""
    headers = (("Location", f"/v1/proposals/{proposal.id}"),) if status == 201 else ()
    return Answer(ProposalShape.of(proposal), status, headers)


@blueprint.route("/drafts/<key>/proposals", methods=["POST"])
@blueprint.arguments(ProposeShape, as_kwargs=True)
@blueprint.response(201, ProposalShape)
@blueprint.alt_response(400, schema=ProblemShape)
@blueprint.alt_response(404, schema=ProblemShape)
@blueprint.alt_response(409, schema=ProblemShape)
@blueprint.alt_response(412, schema=ProblemShape)
def propose(
    key: str,
    revision: int,
    version: str | None,
    changelog: str,
    effective_from: date | None,
    release: dict[str, Any] | None,
) -> Response:
    """Propose a revision of a draft as the next version; until the decision nothing of it changes.

    Needs an Idempotency-Key."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        number = version or differences.of_draft(transaction, caller, key).proposed
        how = Release(**release) if release else PLAIN
        command = ProposeVersion(key, revision, number, changelog, effective_from, how)
        return proposal_answer(propose_version(transaction, caller, command), 201)

    return once(act)


@blueprint.route("/proposals/<uuid:id_>")
@blueprint.response(200, ProposalShape)
@blueprint.alt_response(404, schema=ProblemShape)
def read_one(id_: UUID) -> Response:
    """One proposal, also after the decision."""
    return read(lambda transaction, caller: proposal_answer(read_proposal(transaction, caller, id_)))


@blueprint.route("/proposals/<uuid:id_>/approval", methods=["POST"])
@blueprint.arguments(RemarkShape, as_kwargs=True)
@blueprint.response(200, ProposalShape)
@blueprint.alt_response(400, schema=ProblemShape)
@blueprint.alt_response(404, schema=ProblemShape)
@blueprint.alt_response(409, schema=ProblemShape)
def approve(id_: UUID, remark: str) -> Response:
    """Approve, which publishes the version. Not for who proposed it or changed it last. Needs an Idempotency-Key."""
    command = DecideProposal(id_, True, remark)
    return once(lambda transaction, caller: proposal_answer(decide_proposal(transaction, caller, command)))


@blueprint.route("/proposals/<uuid:id_>/rejection", methods=["POST"])
@blueprint.arguments(ReasonShape, as_kwargs=True)
@blueprint.response(200, ProposalShape)
@blueprint.alt_response(400, schema=ProblemShape)
@blueprint.alt_response(404, schema=ProblemShape)
@blueprint.alt_response(409, schema=ProblemShape)
def reject(id_: UUID, remark: str) -> Response:
    """Reject, saying what has to change. Not for who proposed it or changed it last. Needs an Idempotency-Key."""
    command = DecideProposal(id_, False, remark)
    return once(lambda transaction, caller: proposal_answer(decide_proposal(transaction, caller, command)))


@blueprint.route("/proposals/<uuid:id_>/withdrawal", methods=["POST"])
@blueprint.response(200, ProposalShape)
@blueprint.alt_response(404, schema=ProblemShape)
@blueprint.alt_response(409, schema=ProblemShape)
def withdraw(id_: UUID) -> Response:
    """Take a proposal back, so that the draft can change again. Needs an Idempotency-Key."""
    command = WithdrawProposal(id_)
    return once(lambda transaction, caller: proposal_answer(withdraw_proposal(transaction, caller, command)))
