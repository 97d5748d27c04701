"""Mounts the API on a Flask application: routes, error handlers, headers, and the OpenAPI document."""

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest

from api import caller, problems
from api.openapi import VERSION, complete, register
from engine.domain.codec import to_text
from engine.store.transaction import Transactions

SPEC = "/v1/openapi.json"


def mount(app: Flask, transactions: Transactions, page: problems.Page) -> None:
    """Routes, error handlers and headers of /v1. `page` answers errors outside /v1."""
    caller.install(app, transactions)
    api = register(app)
    problems.install(app, page)
    document = to_text(complete(api))

    @app.before_request
    def refuse_nul() -> None:
        sent = (request.path, *request.args.values())
        if any("\0" in text for text in sent):
            raise BadRequest  # PostgreSQL keeps no such character, so nothing has such a name

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
