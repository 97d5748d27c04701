"""Models that can be started."""

from typing import Any

from flask import Response

from api.blueprint import resource
from api.caller import Answer, read
from api.schemas import FormShape, ModelList, ModelShape, ProblemShape
from engine.domain.caller import Caller
from engine.queries import models as queries
from engine.store.transaction import Transaction

blueprint = resource("models", "Models that can be started")


@blueprint.route("/models")
@blueprint.response(200, ModelList)
@blueprint.alt_response(401, schema=ProblemShape)
def list_models() -> Response:
    """The models in force today."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        return Answer(ModelList.of({"models": queries.list_models(transaction, caller)}))

    return read(act)


@blueprint.route("/models/<key>")
@blueprint.response(200, ModelShape)
@blueprint.alt_response(404, schema=ProblemShape)
def read_model(key: str) -> Response:
    """One model."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        return Answer(ModelShape.of(queries.read_model(transaction, caller, key)))

    return read(act)


@blueprint.route("/models/<key>/start-form")
@blueprint.response(200, FormShape)
@blueprint.alt_response(404, schema=ProblemShape)
def read_start_form(key: str) -> Response:
    """The form to start a case with, as this municipality has it."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        _, form = queries.read_start_form(transaction, caller, key)
        return Answer(form_answer(form, {}))

    return read(act)


def form_answer(form: Any, known: dict[str, object]) -> object:
    """The body for a form and what is known of its own fields."""
    if form is None:
        return FormShape.of({"form_id": None, "form": None, "values": known})
    asked = {field.path[0] for field in form.inputs() if field.path}
    own = {name: value for name, value in known.items() if name in asked}
    return FormShape.of({"form_id": form.id, "form": form.source, "values": own})
