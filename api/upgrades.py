"""Versions that wait for a municipality: reading what its choices do there, and adopting one."""

from typing import Any

from flask import Response

from api.blueprint import resource
from api.caller import Answer, once, read
from api.draft_schemas import AdoptedShape, AdoptShape, UpgradeList
from api.schemas import ProblemShape
from api.versions import status_told
from engine.domain.caller import Caller
from engine.domain.codec import from_text
from engine.domain.rights import require
from engine.queries import inbox
from engine.queries import upgrades as queries
from engine.store.transaction import Transaction
from engine.usecases.adopt_version import AdoptVersion, adopt_version
from engine.usecases.change_override import ChangeOverride, change_override

blueprint = resource("upgrades", "Versions that wait for a municipality")


@blueprint.route("/upgrades")
@blueprint.response(200, UpgradeList)
def list_upgrades() -> Response:
    """What this municipality has to decide, with its choices as they are now, and what went by itself."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        found = inbox.read_inbox(transaction, caller)
        told = [_told(transaction, caller, one) for one in found.decisions]
        return Answer(UpgradeList.of({"upgrades": told, "notices": [_notice(one) for one in found.notices]}))

    return read(act)


def _notice(one: inbox.Notice) -> dict[str, Any]:
    version = one.version
    about = {"key": version.key, "name": version.name, "version": version.semver, "release": version.release}
    return about | {"kind": one.kind, "at": one.at, "statuses": [status_told(status) for status in one.statuses]}


def _told(transaction: Transaction, caller: Caller, one: queries.Upgrade) -> dict[str, Any]:
    choices, revision = queries.choices_now(transaction, caller, one.key)
    return {
        "key": one.key,
        "name": one.name,
        "running": one.running.semver if one.running else None,
        "version": one.offered.semver,
        "changelog": one.offered.changelog,
        "state": one.state,
        "reason": one.reason,
        "held_until": one.held_until,
        "release": one.offered.release,
        "statuses": [status_told(status) for status in one.statuses],
        "choices": from_text(choices),
        "revision": revision,
    }


@blueprint.route("/upgrades/<key>/<version>/adoption", methods=["POST"])
@blueprint.arguments(AdoptShape, as_kwargs=True)
@blueprint.response(200, AdoptedShape)
@blueprint.alt_response(400, schema=ProblemShape)
@blueprint.alt_response(404, schema=ProblemShape)
@blueprint.alt_response(409, schema=ProblemShape)
@blueprint.alt_response(412, schema=ProblemShape)
def adopt(key: str, version: str, revision: int, choices: list[dict[str, object]] | None = None) -> Response:
    """Work with a version from now on; `choices` replace the present ones first. Needs an Idempotency-Key."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        require(caller, "version.adopt")
        offered = queries.read_offer(transaction, caller, key, version).offered
        kept = revision
        if choices is not None:
            kept = change_override(transaction, caller, ChangeOverride(key, choices, revision))
        adopt_version(transaction, caller, AdoptVersion(key, offered.id, kept))
        return Answer(AdoptedShape.of({"key": key, "version": version, "revision": kept}))

    return once(act)
