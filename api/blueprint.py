"""A blueprint of ours: exact numbers in JSON bodies, and the problem shape on every answer that is no success."""

from collections.abc import Callable
from typing import Any

from flask import Request
from flask_smorest import Blueprint
from marshmallow import Schema
from webargs.core import is_json
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from engine.domain.codec import received

PREFIX = "v1-"
View = Callable[..., Any]
Decorator = Callable[[View], View]
NUL = b"\\u0000"


class ExactParser(FlaskParser):
    """Reads JSON with Decimals, and refuses bodies that are no JSON object."""

    def _raw_load_json(self, req: Request) -> Any:
        data = req.get_data(cache=True)
        if not data:
            return {}
        if not is_json(req.mimetype):
            raise UnsupportedMediaType
        if NUL in data:
            raise BadRequest  # PostgreSQL keeps no such character, and no text of a person has one
        try:
            return received(data)
        except ValueError as error:
            raise BadRequest from error


class ApiBlueprint(Blueprint):
    """flask-smorest's blueprint with our parser.

    Views give a Response of their own, so `response` and `alt_response` only document here: a layer around the view for
    each of them, at every request, would do nothing."""

    ARGUMENTS_PARSER = ExactParser()

    def arguments(self, schema: type[Schema], **more: Any) -> Decorator:
        """What the view takes; the schema is made once instead of for every request."""
        made: Decorator = super().arguments(schema(), **more)
        return made

    def response(self, *args: Any, **more: Any) -> Decorator:
        """Document the answer."""
        return _documented(super().response(*args, **more))

    def alt_response(self, *args: Any, **more: Any) -> Decorator:
        """Document another answer."""
        return _documented(super().alt_response(*args, **more))


def _documented(decorator: Decorator) -> Decorator:
    def mark(view: View) -> View:
        vars(view)["_apidoc"] = vars(decorator(view))["_apidoc"]
        return view

    return mark


def resource(name: str, meaning: str) -> ApiBlueprint:
    """The blueprint of one resource below /v1; its name keeps it apart from the pages of the same subject."""
    return ApiBlueprint(PREFIX + name, name, url_prefix="/v1", description=meaning)
