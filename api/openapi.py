"""The OpenAPI document: what flask-smorest found, and what it cannot know. `python -m api.openapi` writes it anew."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask_smorest import Api

from api import cases, drafts, messages, models, packages, problems, proposals, releases, tasks, upgrades, versions
from api.blueprint import PREFIX
from engine.domain.codec import to_text

VERSION = "1.0.0"
BASE = "/v1"
KEPT = Path(__file__).with_name("openapi.json")
DESCRIPTION = (
    "Start, drive and watch cases of shared municipal processes. Every call needs an API key in the header X-Api-Key. "
    "POSTs that create, complete or correlate need an Idempotency-Key; changes of a task need If-Match with its ETag. "
    "Owners of a model may keep it elsewhere: put a package as draft, read its findings and difference, propose it, "
    "let somebody else approve, and follow its roll-out. "
    "Errors follow RFC 9457 and name all faults at once."
)
INFO = {
    "description": DESCRIPTION,
    "contact": {"name": "Plus-1", "url": "https://plus-1.nl", "email": "info@plus-1.nl"},
    "license": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
}
VERSION_HEADER = {"API-Version": {"description": "Version of this API.", "schema": {"type": "string"}}}
ALWAYS = {
    "400": "The request is not valid.",
    "401": "The API key is missing, unknown or expired.",
    "403": "The API key lacks a right, which the text names.",
}
WITH_ID = {"404": "No such thing in this municipality."}
WITH_BODY = {"413": "The body is larger than 1 MB.", "415": "The body is no JSON."}
WITH_PACKAGE = {"413": "The body is larger than 10 MB.", "415": "The body is no application/zip."}
WITH_KEY = {"409": "The state does not allow this.", "422": "The Idempotency-Key belongs to another request."}
WITH_REVISION = {"428": "If-Match is missing."}
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemShape"}}}


def register(app: Flask) -> Api:
    """The routes of the API on `app`."""
    app.config.update(API_TITLE="Plus-1", API_VERSION=VERSION, OPENAPI_VERSION="3.0.3")
    api = Api(app)
    for part in (models, cases, tasks, messages, packages, drafts, proposals, versions, upgrades, releases):
        api.register_blueprint(part.blueprint)
    return api


def complete(api: Api) -> dict[str, Any]:
    """The whole document of a registered API."""
    spec: dict[str, Any] = api.spec.to_dict()
    spec["info"] |= INFO
    spec["servers"] = [{"url": BASE}]
    components = spec.setdefault("components", {})
    components["securitySchemes"] = {"apiKey": {"type": "apiKey", "in": "header", "name": "X-Api-Key"}}
    components.pop("responses", None)
    spec["security"] = [{"apiKey": []}]
    spec["tags"] = [{**tag, "name": tag["name"].removeprefix(PREFIX)} for tag in spec.get("tags", [])]
    spec["paths"] = {path.removeprefix(BASE): found for path, found in spec["paths"].items()}
    for path, found in spec["paths"].items():
        for method, operation in found.items():
            if isinstance(operation, dict):
                _operation(path, method, operation)
    return spec


def _operation(path: str, method: str, operation: dict[str, Any]) -> None:
    """Headers that views read themselves, and every error as a problem."""
    operation["tags"] = [tag.removeprefix(PREFIX) for tag in operation.get("tags", [])]
    description = f"{operation.get('summary', '')} {operation.get('description', '')}"
    expected = ALWAYS | (WITH_ID if "{" in path else {}) | _with_body(operation)
    either = "If-None-Match" in description
    for name, more in (("Idempotency-Key", WITH_KEY), ("If-Match", WITH_REVISION), ("If-None-Match", WITH_REVISION)):
        if name in description and method != "get":
            header = {"in": "header", "name": name, "required": not either, "schema": {"type": "string"}}
            operation.setdefault("parameters", []).append(header)
            expected |= more
    answers = operation["responses"]
    for status in ("default", "422"):
        answers.pop(status, None)
    for status, meaning in expected.items():
        answers.setdefault(status, {"description": meaning})
    for status, answer in answers.items():
        answer["headers"] = {**answer.get("headers", {}), **VERSION_HEADER}
        if int(status) >= min(problems.STATUS.values()):
            answer["content"] = PROBLEM
    operation["responses"] = dict(sorted(answers.items()))


def _with_body(operation: dict[str, Any]) -> dict[str, str]:
    if "requestBody" not in operation:
        return {}
    return WITH_PACKAGE if packages.ZIP in operation["requestBody"]["content"] else WITH_BODY


def document() -> str:
    """The document as JSON text, without a database."""
    return to_text(complete(register(Flask("openapi"))))


if __name__ == "__main__":
    KEPT.write_text(document() + "\n")
