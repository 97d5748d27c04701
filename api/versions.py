"""Published versions of one's own models, and how each reaches the municipalities."""

from flask import Response

from api.blueprint import resource
from api.caller import Answer, acting, read
from api.draft_schemas import RolloutShape, VersionList, VersionShape
from api.packages import CONTENT, ZIP, packed
from api.problems import dutch
from api.schemas import ProblemShape
from engine.domain.caller import Caller
from engine.queries import differences
from engine.queries import versions as queries
from engine.queries.versions import RolloutLine
from engine.store.transaction import Transaction
from tenants.rebase import Status

blueprint = resource("versions", "Published versions of models of one's own")


def status_told(status: Status) -> dict[str, str]:
    """A status in the language that was asked for."""
    nl = dutch()
    known = {"point": status.point, "status": status.status}
    return known | {"text": status.nl if nl else status.en, "remedy": status.remedy_nl if nl else status.remedy_en}


@blueprint.route("/models/<key>/versions")
@blueprint.response(200, VersionList)
@blueprint.alt_response(404, schema=ProblemShape)
def list_versions(key: str) -> Response:
    """The versions of a model of this authority, the newest first; none while it is only a draft."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        return Answer(VersionList.of({"versions": queries.model_overview(transaction, caller, key).versions}))

    return read(act)


@blueprint.route("/models/<key>/versions/<version>")
@blueprint.response(200, VersionShape)
@blueprint.alt_response(404, schema=ProblemShape)
def read_version(key: str, version: str) -> Response:
    """One version."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        return Answer(VersionShape.of(queries.read_version(transaction, caller, key, version)))

    return read(act)


@blueprint.route("/models/<key>/versions/<version>/package")
@blueprint.response(200, CONTENT, content_type=ZIP)
@blueprint.alt_response(404, schema=ProblemShape)
def read_package(key: str, version: str) -> Response:
    """A version as it was published."""
    with acting() as (transaction, caller):
        files = differences.version_files(transaction, caller, key, version)
    return packed(files, f"{key}-{version}")


@blueprint.route("/models/<key>/versions/<version>/rollout")
@blueprint.response(200, RolloutShape)
@blueprint.alt_response(404, schema=ProblemShape)
def read_rollout(key: str, version: str) -> Response:
    """Which municipalities work with a version, which have to decide, and why."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        found = queries.read_version(transaction, caller, key, version)
        lines = [
            {name: getattr(one, name) for name in RolloutLine.__slots__}
            | {"statuses": [status_told(status) for status in one.statuses]}
            for one in queries.rollout_report(transaction, caller, found.id)
        ]
        return Answer(RolloutShape.of({"tenants": lines}))

    return read(act)
