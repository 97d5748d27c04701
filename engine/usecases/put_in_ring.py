"""The collective says in which ring a municipality is: test, pilot, or with everyone."""

from dataclasses import dataclass

from engine.domain.caller import Caller
from engine.domain.errors import Invalid, NotFound, Problem
from engine.domain.rights import require
from engine.store import directory, releases
from engine.store.transaction import Transaction
from engine.usecases.set_policy import reason_faults
from tenants.release import RINGS


@dataclass(frozen=True, slots=True)
class PutInRing:
    """`slug`: the short name of the municipality."""

    slug: str
    ring: str
    reason: str


def put_in_ring(transaction: Transaction, caller: Caller, command: PutInRing) -> None:
    """Counts for versions that are published, or go on to a ring, from now on. Raises NotFound when this tenant is no
    collective or there is no such municipality, and Invalid with every fault."""
    require(caller, "ring.set")
    known = {one.slug: one for one in directory.known_tenants(transaction)}
    here = next((one for one in known.values() if one.tenant == transaction.tenant), None)
    other = known.get(command.slug)
    if here is None or here.kind != "collective" or other is None or other is here:
        raise NotFound
    faults = list(reason_faults(command.reason))
    if command.ring not in RINGS:
        faults.append(Problem("ring", "Kies test, pilot of iedereen.", "Choose test, pilot or everyone.", "unknown"))
    if faults:
        raise Invalid("De ring klopt niet.", "The ring is wrong.", tuple(faults))
    releases.put_in_ring(transaction, caller, other.tenant, command.ring, command.reason.strip())
