"""How versions go out: rings for the collective; policies, putting off and notices for a municipality."""

from datetime import date

from flask import Response

from api.blueprint import resource
from api.caller import Answer, once, read
from api.release_schemas import (
    HeldShape,
    HoldShape,
    MembershipShape,
    OpenedShape,
    PolicyList,
    PolicyShape,
    RingShape,
)
from api.schemas import ProblemShape
from engine.domain.caller import Caller
from engine.domain.rights import require
from engine.queries import inbox, upgrades
from engine.store.transaction import Transaction
from engine.usecases.hold_version import HoldVersion, hold_version
from engine.usecases.open_ring import OpenRing, open_ring
from engine.usecases.put_in_ring import PutInRing, put_in_ring
from engine.usecases.see_notice import see_notice
from engine.usecases.set_policy import SetPolicy, set_policy

blueprint = resource("releases", "How versions go out")


@blueprint.route("/models/<key>/versions/<version>/ring", methods=["POST"])
@blueprint.arguments(RingShape, as_kwargs=True)
@blueprint.response(200, OpenedShape)
@blueprint.alt_response(400, schema=ProblemShape)
@blueprint.alt_response(404, schema=ProblemShape)
@blueprint.alt_response(409, schema=ProblemShape)
def advance(key: str, version: str, ring: str) -> Response:
    """Let a version of this authority go on to a ring. Needs an Idempotency-Key."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        going = open_ring(transaction, caller, OpenRing(key, version, ring))
        return Answer(OpenedShape.of({"ring": ring, "tenants": going}))

    return once(act)


@blueprint.route("/rings", methods=["POST"])
@blueprint.arguments(MembershipShape, as_kwargs=True)
@blueprint.response(200, MembershipShape)
@blueprint.alt_response(400, schema=ProblemShape)
@blueprint.alt_response(404, schema=ProblemShape)
def place_in_ring(tenant: str, ring: str, reason: str) -> Response:
    """Put a municipality in a ring; for the collective. Needs an Idempotency-Key."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        put_in_ring(transaction, caller, PutInRing(tenant, ring, reason))
        return Answer(MembershipShape.of({"tenant": tenant, "ring": ring, "reason": reason}))

    return once(act)


@blueprint.route("/policies")
@blueprint.response(200, PolicyList)
def list_policies() -> Response:
    """What this municipality said it wants of new versions, the newest first."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        return Answer(PolicyList.of({"policies": inbox.read_policies(transaction, caller)[1]}))

    return read(act)


@blueprint.route("/policies", methods=["POST"])
@blueprint.arguments(PolicyShape, as_kwargs=True)
@blueprint.response(200, PolicyShape)
@blueprint.alt_response(400, schema=ProblemShape)
@blueprint.alt_response(404, schema=ProblemShape)
def say_policy(key: str, policy: str, until: date | None, reason: str) -> Response:
    """Say what this municipality wants of versions to come. Needs an Idempotency-Key."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        set_policy(transaction, caller, SetPolicy(key, policy, reason, until))
        return Answer(PolicyShape.of({"key": key, "policy": policy, "until": until, "reason": reason}))

    return once(act)


@blueprint.route("/upgrades/<key>/<version>/hold", methods=["POST"])
@blueprint.arguments(HoldShape, as_kwargs=True)
@blueprint.response(200, HeldShape)
@blueprint.alt_response(400, schema=ProblemShape)
@blueprint.alt_response(404, schema=ProblemShape)
@blueprint.alt_response(409, schema=ProblemShape)
def hold(key: str, version: str, reason: str, until: date | None) -> Response:
    """Put a version off, with a reason; never a legal fix. Needs an Idempotency-Key."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        require(caller, "version.adopt")
        offered = upgrades.read_offer(transaction, caller, key, version).offered
        hold_version(transaction, caller, HoldVersion(key, offered.id, reason, until))
        return Answer(HeldShape.of({"key": key, "version": version}))

    return once(act)


@blueprint.route("/upgrades/<key>/<version>/seen", methods=["POST"])
@blueprint.response(200, HeldShape)
@blueprint.alt_response(404, schema=ProblemShape)
@blueprint.alt_response(409, schema=ProblemShape)
def see(key: str, version: str) -> Response:
    """Say that what a version did by itself was read. Needs an Idempotency-Key."""

    def act(transaction: Transaction, caller: Caller) -> Answer:
        require(caller, "notice.see")
        see_notice(transaction, caller, upgrades.read_offer(transaction, caller, key, version).offered.id)
        return Answer(HeldShape.of({"key": key, "version": version}))

    return once(act)
