"""Packages as zip files: how one comes in and goes out, and checking one without keeping it."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from flask import Response, request
from werkzeug.exceptions import UnsupportedMediaType

from api.blueprint import resource
from api.caller import Answer, acting
from api.draft_schemas import CheckShape
from api.problems import dutch
from api.schemas import ProblemShape
from bpmn import archive
from bpmn.model import Finding
from bpmn.package import Package
from engine.domain.errors import Invalid, Problem
from engine.domain.rights import require
from engine.usecases.check_package import check_package

ZIP = "application/zip"
CONTENT = {"type": "string", "format": "binary"}
BODY = {"required": True, "content": {ZIP: {"schema": CONTENT}}}

blueprint = resource("packages", "Process packages")


def sent() -> bytes:
    """The zip in the body, read before any transaction begins: a slow sender holds none open. Refuses other kinds, and
    more than a package may have."""
    request.max_content_length = archive.MAX_ARCHIVE
    data = request.get_data(cache=True)
    if request.mimetype != ZIP:
        raise UnsupportedMediaType
    return data


def unpacked(data: bytes) -> Mapping[str, bytes]:
    """The files of a zip by path. Raises Invalid."""
    files, findings = archive.unpack(data)
    if files is None:
        problems = tuple(Problem("body", one.nl, one.en, one.code, path=one.path) for one in findings)
        raise Invalid("Dit is geen bruikbaar pakket.", "This is no package that can be used.", problems)
    return files


def packed(files: Mapping[str, bytes], name: str, *headers: tuple[str, str]) -> Response:
    """Files as a zip to keep as `name`."""
    answer = Response(archive.pack(files), 200, list(headers), mimetype=ZIP)
    # A key may have letters that a header may not.
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}.zip"
    return answer


def checked(package: Package | None, findings: Iterable[Finding]) -> dict[str, object]:
    """What a check found, in the language that was asked for."""
    told = [
        {name: getattr(one, name) for name in ("severity", "code", "path", "element", "line")}
        | {"text": one.nl if dutch() else one.en}
        for one in findings
    ]
    good = package is not None and not any(one["severity"] == "error" for one in told)
    known = {"key": package.key if package else None, "hash": package.hash if package else None}
    return {**known, "publishable": good, "findings": told}


@blueprint.route("/packages/check", methods=["POST"])
@blueprint.doc(requestBody=BODY)
@blueprint.response(200, CheckShape)
@blueprint.alt_response(400, schema=ProblemShape)
def check() -> Response:
    """Check a package as publishing would; nothing is kept."""
    data = sent()
    with acting() as (transaction, caller):
        require(caller, "draft.read")
        now = transaction.now
    return Answer(CheckShape.of(checked(*check_package(unpacked(data), now)))).response()
