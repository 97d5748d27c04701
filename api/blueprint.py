"""A blueprint of ours: exact numbers in JSON bodies, and the problem shape on every answer that is no success."""

from typing import Any

from flask import Request
from flask_smorest import Blueprint
from webargs.core import is_json
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from engine.domain.codec import from_text


PREFIX = "v1-"
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
            return from_text(data)
        except ValueError as error:
            raise BadRequest from error


class ApiBlueprint(Blueprint):
    """flask-smorest's blueprint with our parser."""

    ARGUMENTS_PARSER = ExactParser()


def resource(name: str, meaning: str) -> ApiBlueprint:
    """The blueprint of one resource below /v1; its name keeps it apart from the pages of the same subject."""
    return ApiBlueprint(PREFIX + name, name, url_prefix="/v1", description=meaning)
