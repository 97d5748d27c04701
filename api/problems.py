"""Errors → RFC 9457 problems. The one table of error statuses, and the last handler of what nobody expected."""

from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, InternalServerError, UnprocessableEntity

from api.dutch import in_dutch
from engine.domain import errors
from engine.domain.codec import to_text

log = structlog.get_logger()
STATUS: dict[type[errors.Plus1Error], int] = {
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Invalid: 400,
    errors.ModelRefused: 400,
    errors.StateConflict: 409,
    errors.StaleRevision: 412,
    errors.RevisionMissing: 428,
    errors.KeyReused: 422,
    errors.Unavailable: 503,
}
TITLES = {
    400: ("Ongeldig verzoek", "Invalid request"),
    401: ("Niet aangemeld", "Not authenticated"),
    403: ("Niet toegestaan", "Not allowed"),
    404: ("Niet gevonden", "Not found"),
    405: ("Deze handeling bestaat hier niet", "Method not allowed"),
    409: ("De stand is veranderd", "State conflict"),
    412: ("Intussen gewijzigd", "Changed meanwhile"),
    413: ("Te groot", "Too large"),
    415: ("Verkeerd soort inhoud", "Unsupported media type"),
    422: ("Sleutel al gebruikt", "Key already used"),
    428: ("Revisie ontbreekt", "Revision required"),
    500: ("Er ging iets mis", "Internal error"),
    503: ("Even niet bereikbaar", "Temporarily unavailable"),
}
NEEDS_KEY = 401
RETRY_SECONDS = "30"
PREFIX = "/v1/"
Page = Callable[[int, str, str, errors.Plus1Error | None], Any]


def status_of(error: errors.Plus1Error) -> int:
    """The status for an error of the engine."""
    return STATUS[type(error)]


def dutch() -> bool:
    """Does the caller prefer Dutch? Whoever says nothing gets Dutch."""
    return request.accept_languages.best_match(["nl", "en"], default="nl") == "nl"


def problem(status: int, code: str, nl: str, en: str, more: dict[str, object] | None = None) -> Response:
    """A problem document. It does not repeat the URL, so that a foreign id and an unknown one look alike."""
    title = TITLES.get(status, TITLES[500])[0 if dutch() else 1]
    body = {"type": "about:blank", "title": title, "status": status, "detail": nl if dutch() else en, "code": code}
    answer = Response(to_text(body | (more or {})), status, mimetype="application/problem+json")
    answer.headers["Content-Language"] = "nl" if dutch() else "en"
    if status == NEEDS_KEY:
        answer.headers["WWW-Authenticate"] = 'ApiKey realm="plus1"'
    if status == STATUS[errors.Unavailable]:
        answer.headers["Retry-After"] = RETRY_SECONDS
    return answer


def of_engine(error: errors.Plus1Error) -> Response:
    """The problem document of an engine error, with every fault at once."""
    more: dict[str, object] = {}
    if error.problems:
        more["errors"] = [_fault(fault) for fault in error.problems]
    if error.current is not None:
        more["current"] = error.current
    return problem(status_of(error), error.code, error.nl, error.en, more)


def _fault(fault: errors.Problem) -> dict[str, object]:
    found: dict[str, object] = {"in": fault.at, "code": fault.code, "detail": fault.nl if dutch() else fault.en}
    if fault.path:
        found["path"] = fault.path
    if fault.line:
        found["line"] = fault.line
    return found


def install(app: Flask, page: Page) -> None:
    """Answer every error: below /v1 with a problem document, elsewhere with `page(status, nl, en, error)`."""

    @app.errorhandler(errors.Plus1Error)
    def expected(error: errors.Plus1Error) -> Any:
        if request.path.startswith(PREFIX):
            return of_engine(error)
        return page(status_of(error), error.nl, error.en, error)

    @app.errorhandler(HTTPException)
    def by_framework(error: HTTPException) -> Any:
        return _framework(error, page)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Any:
        log.error("unexpected", path=request.path, method=request.method, exc_info=error)
        return _framework(InternalServerError(), page)


def _framework(error: HTTPException, page: Page) -> Any:
    """What Flask or its parsers refuse: no route, no JSON, too large, a field of the wrong type."""
    status = error.code or InternalServerError.code or 0
    if status < min(STATUS.values()):
        return error  # a redirect is no error
    if isinstance(error, UnprocessableEntity):
        return of_engine(_of_schema(getattr(error, "data", {}) or {}))
    if status not in TITLES:
        status = InternalServerError.code
    nl, en = TITLES[status]
    if not request.path.startswith(PREFIX):
        return page(status, nl, en, None)
    answer = problem(status, en.lower().replace(" ", "-"), f"{nl}.", f"{en}.")
    for name, value in error.get_headers():
        if name == "Allow":
            answer.headers[name] = value
    return answer


def _of_schema(data: dict[str, Any]) -> errors.Invalid:
    """Field errors of marshmallow as one error of ours."""
    faults: list[errors.Problem] = []

    def walk(at: str, found: object) -> None:
        if isinstance(found, dict):
            for key, inner in found.items():
                walk(f"{at}.{key}" if at else str(key), inner)
        else:
            for message in found if isinstance(found, list) else [found]:
                faults.append(errors.Problem(at, in_dutch(str(message)), str(message)))

    for where, found in (data.get("messages") or {}).items():
        walk("" if where in ("json", "query") else str(where), found)
    nl, en = "Het verzoek klopt niet.", "The request is not valid."
    return errors.Invalid(nl, en, tuple(faults))
