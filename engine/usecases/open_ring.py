"""A version goes on to a ring: the municipalities in it, and in those before it, get it now."""

from dataclasses import dataclass

from engine.domain.caller import Caller
from engine.domain.errors import NotFound, StateConflict
from engine.domain.rights import require
from engine.store import releases, rollouts, versions
from engine.store.transaction import Transaction
from engine.usecases.effective_model import local_day
from engine.usecases.roll_out import WAITING, look
from tenants.release import RINGS


@dataclass(frozen=True, slots=True)
class OpenRing:
    """`ring`: the one that gets the version now, with those before it."""

    key: str
    semver: str
    ring: str


def open_ring(transaction: Transaction, caller: Caller, command: OpenRing) -> int:
    """The version goes on to a ring; how many tenants get it by that. Raises NotFound, StateConflict when that ring has
    it already."""
    require(caller, "rollout.advance")
    rollouts.shut_out_choosers(transaction, command.key)
    version = next((v for v in versions.of_model(transaction, command.key) if v.semver == command.semver), None)
    if version is None or command.ring not in RINGS:
        raise NotFound
    today = local_day(transaction.at)
    opened = releases.opened(transaction, version.owner_id, version.id)
    if any(day <= today and RINGS.index(ring) >= RINGS.index(command.ring) for ring, day in opened.items()):
        raise StateConflict(
            f"Versie {version.semver} is al in deze ring.",
            f"Version {version.semver} has reached this ring already.",
            current=command.ring,
        )
    releases.open_rings(transaction, caller, version, {command.ring: today})
    reached = opened | {command.ring: today}
    waiting = {row.tenant_id for row in rollouts.of_version(transaction, version.id) if row.state == WAITING}
    going = [one for one in releases.audience(transaction, version.key) if one.tenant in waiting]
    going = [one for one in going if one.terms.reached(reached, today)]
    for one in going:
        look(transaction, one.tenant, version.id)
    return len(going)
