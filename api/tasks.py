"""User tasks: list, read, form, claim, release, complete."""

from typing import Any
from uuid import UUID

from flask import Response

from api.blueprint import resource
from api.caller import Answer, etag, once, read, revision
from api.cases import step_answer
from api.models import form_answer
from api.schemas import (
    CompleteShape,
    FormShape,
    ProblemShape,
    StepShape,
    TaskList,
    TaskQuery,
    TaskShape,
)
from engine.domain.caller import Caller
from engine.domain.work import UserTask
from engine.queries import tasks as queries
from engine.store.listing import TaskFilter
from engine.store.transaction import Transaction
from engine.usecases.claim_task import ClaimTask, claim_task
from engine.usecases.complete_task import CompleteTask, complete_task
from engine.usecases.submitted import Submission

blueprint = resource("tasks", "Work for people")


def task_answer(task: UserTask) -> Answer:
    """The body for one task, with its ETag."""
    return Answer(TaskShape.of(task), 200, (etag(task.revision),))


@blueprint.route("/tasks")
@blueprint.arguments(TaskQuery, location="query", as_kwargs=True)
@blueprint.response(200, TaskList)
@blueprint.alt_response(400, schema=ProblemShape)
def list_tasks(**query: Any) -> Response:
    """Open tasks that you may do."""
    query["most"] = query.pop("limit")
    query["case"] = query.pop("case_id", None)

    def act(transaction: Transaction, caller: Caller) -> Answer:
        lines, cursor = queries.list_tasks(transaction, caller, TaskFilter(**query))
        return Answer(TaskList.of({"tasks": lines, "next": cursor}))

    return read(act)


@blueprint.route("/tasks/<uuid:id_>")
@blueprint.response(200, TaskShape)
@blueprint.alt_response(404, schema=ProblemShape)
def read_task(id_: UUID) -> Response:
    """One task."""
    return read(lambda transaction, caller: task_answer(queries.read_task(transaction, caller, id_).task))


@blueprint.route("/tasks/<uuid:id_>/form")
@blueprint.response(200, FormShape)
@blueprint.alt_response(404, schema=ProblemShape)
def read_form(id_: UUID) -> Response:
    """The form of a task, and what is known of its fields. The ETag is that of the task."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        view = queries.read_task(transaction, caller, id_)
        return Answer(form_answer(view.form, dict(view.known)), 200, (etag(view.task.revision),))

    return read(act)


@blueprint.route("/tasks/<uuid:id_>/claim", methods=["POST"])
@blueprint.response(200, TaskShape)
@blueprint.alt_response(409, schema=ProblemShape)
@blueprint.alt_response(412, schema=ProblemShape)
def claim(id_: UUID) -> Response:
    """Take a task. Needs If-Match."""
    command = ClaimTask(id_, revision())
    return read(lambda transaction, caller: task_answer(claim_task(transaction, caller, command)))


@blueprint.route("/tasks/<uuid:id_>/release", methods=["POST"])
@blueprint.response(200, TaskShape)
@blueprint.alt_response(409, schema=ProblemShape)
@blueprint.alt_response(412, schema=ProblemShape)
def release(id_: UUID) -> Response:
    """Give a task back. Needs If-Match."""
    command = ClaimTask(id_, revision(), release=True)
    return read(lambda transaction, caller: task_answer(claim_task(transaction, caller, command)))


@blueprint.route("/tasks/<uuid:id_>/complete", methods=["POST"])
@blueprint.arguments(CompleteShape, as_kwargs=True)
@blueprint.response(200, StepShape)
@blueprint.alt_response(400, schema=ProblemShape)
@blueprint.alt_response(409, schema=ProblemShape)
@blueprint.alt_response(412, schema=ProblemShape)
def complete(id_: UUID, variables: dict[str, object]) -> Response:
    """Complete a task; the answer is the case afterwards. Needs Idempotency-Key and If-Match."""
    command = CompleteTask(id_, revision(), Submission(variables=variables))

    def act(transaction: Transaction, caller: Caller) -> Answer:
        return step_answer(transaction, complete_task(transaction, caller, command))

    return once(act)
