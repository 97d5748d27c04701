"""Messages from outside systems."""

from flask import Response

from api.blueprint import resource
from api.caller import Answer, once
from api.schemas import MessageAnswer, MessageShape, ProblemShape
from engine.domain.caller import Caller
from engine.store.transaction import Transaction
from engine.usecases.publish_message import PublishMessage, publish_message

blueprint = resource("messages", "Messages for cases")


@blueprint.route("/messages", methods=["POST"])
@blueprint.arguments(MessageShape, as_kwargs=True)
@blueprint.response(200, MessageAnswer)
@blueprint.alt_response(400, schema=ProblemShape)
@blueprint.alt_response(409, schema=ProblemShape)
def publish(name: str, correlation_key: str | None, variables: dict[str, object]) -> Response:
    """Publish a message: the case that waits for it goes on, or a model that starts with it starts a case.

    Needs an Idempotency-Key."""
    command = PublishMessage(name, correlation_key, variables)

    def act(transaction: Transaction, caller: Caller) -> Answer:
        case = publish_message(transaction, caller, command)
        return Answer(MessageAnswer.of({"case_id": case.id, "business_key": case.business_key}))

    return once(act)
