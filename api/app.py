"""Mounts the API on a Flask application, and makes its OpenAPI document."""

from typing import Any

from flask import Flask, Response, request
from flask_smorest import Api

from api import caller, cases, messages, models, problems, tasks
from engine.domain.codec import to_text
from engine.store.transaction import Transactions

VERSION = "1.0.0"
SPEC = "/v1/openapi.json"
DESCRIPTION = (
    "Start, drive and watch cases of shared municipal processes. Every call needs an API key in the header X-Api-Key. "
    "POSTs that create, complete or correlate need an Idempotency-Key; changes of a task need If-Match with its ETag. "
    "Errors follow RFC 9457 and name all faults at once."
)
HEADERS = {"API-Version": {"description": "Version of this API.", "schema": {"type": "string"}}}


def mount(app: Flask, transactions: Transactions, page: problems.Page) -> None:
    """Routes, error handlers and headers of /v1. `page` answers errors outside /v1."""
    app.config.update(
        API_TITLE="Plus-1",
        API_VERSION=VERSION,
        OPENAPI_VERSION="3.0.3",
    )
    caller.install(app, transactions)
    api = Api(app, spec_kwargs={"servers": [{"url": "/"}]})
    for part in (models, cases, tasks, messages):
        api.register_blueprint(part.blueprint)
    problems.install(app, page)
    document = to_text(openapi(api))

    @app.get(SPEC)
    def specification() -> Response:
        answer = Response(document, mimetype="application/json")
        answer.headers["Access-Control-Allow-Origin"] = "*"
        return answer

    @app.after_request
    def version(answer: Response) -> Response:
        if request.path.startswith(problems.PREFIX):
            answer.headers["API-Version"] = VERSION
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer


def openapi(api: Api) -> dict[str, Any]:
    """The OpenAPI document: what flask-smorest found, and what it cannot know."""
    spec: dict[str, Any] = api.spec.to_dict()
    spec["info"] |= {
        "description": DESCRIPTION,
        "contact": {"name": "Plus-1", "url": "https://plus-1.nl", "email": "info@plus-1.nl"},
        "license": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
    }
    scheme = {"type": "apiKey", "in": "header", "name": "X-Api-Key"}
    spec.setdefault("components", {})["securitySchemes"] = {"apiKey": scheme}
    spec["security"] = [{"apiKey": []}]
    for path in spec["paths"].values():
        for method, operation in path.items():
            if isinstance(operation, dict):
                _complete(method, operation)
    return spec


def _complete(method: str, operation: dict[str, Any]) -> None:
    """Headers that views read themselves, and the problem media type."""
    description = f"{operation.get('summary', '')} {operation.get('description', '')}"
    parameters = operation.setdefault("parameters", [])
    for name in ("Idempotency-Key", "If-Match"):
        if name in description and method == "post":
            parameters.append({"in": "header", "name": name, "required": True, "schema": {"type": "string"}})
    for status, answer in operation["responses"].items():
        if not isinstance(answer, dict):
            continue
        answer["headers"] = {**answer.get("headers", {}), **HEADERS}
        if status != "default" and int(status) >= min(problems.STATUS.values()) and "content" in answer:
            answer["content"] = {"application/problem+json": next(iter(answer["content"].values()))}
    operation["responses"].pop("default", None)
