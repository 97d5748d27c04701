"""Cases: start, list, read, history."""

from typing import Any
from uuid import UUID

from flask import Response

from api.blueprint import resource
from api.caller import Answer, etag, once, read
from api.schemas import (
    CaseList,
    CaseQuery,
    CaseShape,
    HistoryList,
    HistoryQuery,
    ProblemShape,
    StartShape,
    StepShape,
)
from api.step_schemas import PickShape
from engine.domain.caller import Caller
from engine.domain.work import Instance
from engine.queries import cases as queries
from engine.store.listing import CaseFilter
from engine.store.transaction import Transaction
from engine.usecases.pick_step import PickStep, pick_step
from engine.usecases.start_case import StartCase, start_case
from engine.usecases.submitted import Submission

blueprint = resource("cases", "Running and ended cases")


def case_answer(transaction: Transaction, caller: Caller, id_: UUID) -> Answer:
    """The body for one case, with its ETag."""
    view = queries.read_case(transaction, caller, id_)
    case = view.case
    body = CaseShape.of(
        {
            "id": case.id,
            "model": case.key,
            "business_key": case.business_key,
            "status": case.status,
            "end": view.end_name,
            "started_at": case.started_at,
            "ended_at": case.ended_at,
            "revision": case.revision,
            "variables": view.variables,
            "tasks": view.tasks,
            "pickable": [
                {"step": step, "name": view.nodes[step].name or step, "token": token} for token, step in view.pickable
            ],
            "decisions": view.decisions,
            "incidents": len(view.incidents),
        }
    )
    return Answer(body, 200, (etag(case.revision),))


def step_answer(transaction: Transaction, case: Instance, status: int = 200) -> Answer:
    """The body after a step: where the case is now, without what it knows."""
    end, tasks = queries.where_now(transaction, case)
    found = {"id": case.id, "business_key": case.business_key, "status": case.status, "end": end}
    body = StepShape.of({**found, "revision": case.revision, "tasks": tasks})
    return Answer(body, status, (etag(case.revision), ("Location", f"/v1/cases/{case.id}")))


@blueprint.route("/cases")
@blueprint.arguments(CaseQuery, location="query", as_kwargs=True)
@blueprint.response(200, CaseList)
@blueprint.alt_response(400, schema=ProblemShape)
def list_cases(**query: Any) -> Response:
    """Cases, newest first."""
    query["most"] = query.pop("limit")

    def act(transaction: Transaction, caller: Caller) -> Answer:
        lines, cursor = queries.list_cases(transaction, caller, CaseFilter(**query))
        return Answer(CaseList.of({"cases": lines, "next": cursor}))

    return read(act)


@blueprint.route("/cases", methods=["POST"])
@blueprint.arguments(StartShape, as_kwargs=True)
@blueprint.response(201, StepShape)
@blueprint.alt_response(400, schema=ProblemShape)
@blueprint.alt_response(404, schema=ProblemShape)
def start(model: str, variables: dict[str, object], business_key: str | None) -> Response:
    """Start a case. Needs an Idempotency-Key."""
    command = StartCase(model, Submission(variables=variables), business_key)

    def act(transaction: Transaction, caller: Caller) -> Answer:
        return step_answer(transaction, start_case(transaction, caller, command), 201)

    return once(act)


@blueprint.route("/cases/<uuid:id_>")
@blueprint.response(200, CaseShape)
@blueprint.alt_response(404, schema=ProblemShape)
def read_case(id_: UUID) -> Response:
    """One case: where it is and what it knows."""
    return read(lambda transaction, caller: case_answer(transaction, caller, id_))


@blueprint.route("/cases/<uuid:id_>/steps", methods=["POST"])
@blueprint.arguments(PickShape, as_kwargs=True)
@blueprint.response(200, StepShape)
@blueprint.alt_response(400, schema=ProblemShape)
@blueprint.alt_response(404, schema=ProblemShape)
@blueprint.alt_response(409, schema=ProblemShape)
def pick(id_: UUID, step: str, token: int | None) -> Response:
    """Begin a step of an ad-hoc sub-process. Needs an Idempotency-Key."""
    command = PickStep(id_, step, token)

    def act(transaction: Transaction, caller: Caller) -> Answer:
        return step_answer(transaction, pick_step(transaction, caller, command))

    return once(act)


@blueprint.route("/cases/<uuid:id_>/history")
@blueprint.arguments(HistoryQuery, location="query", as_kwargs=True)
@blueprint.response(200, HistoryList)
@blueprint.alt_response(404, schema=ProblemShape)
def read_history(id_: UUID, after: int) -> Response:
    """What happened in a case."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        return Answer(HistoryList.of({"history": queries.read_history(transaction, caller, id_, after)}))

    return read(act)
