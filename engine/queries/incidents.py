"""What an administrator must look at, grouped by cause."""

from dataclasses import dataclass

from engine.domain.caller import Caller
from engine.domain.rights import require
from engine.store import incidents
from engine.store.transaction import Transaction

MOST = 500


@dataclass(frozen=True, slots=True)
class Cause:
    """Incidents of one model, step and kind: probably one cause, to be mended once."""

    model: str
    node: str
    code: str
    incidents: tuple[incidents.Incident, ...]


def list_incidents(transaction: Transaction, caller: Caller) -> list[Cause]:
    """The open incidents by cause, the largest group first."""
    require(caller, "incident.read")
    groups: dict[tuple[str, str, str], list[incidents.Incident]] = {}
    for incident in incidents.unresolved(transaction, MOST):
        groups.setdefault((incident.key, incident.node, incident.code), []).append(incident)
    found = [Cause(*cause, tuple(members)) for cause, members in groups.items()]
    return sorted(found, key=lambda cause: -len(cause.incidents))
