"""What an administrator must look at, grouped by cause."""

from dataclasses import dataclass

from engine.domain.caller import Caller
from engine.domain.rights import require
from engine.store import cases, incidents
from engine.store.transaction import Transaction
from engine.usecases.effective_model import running_of

MOST = 500


@dataclass(frozen=True, slots=True)
class Cause:
    """Incidents of one model, step and kind: probably one cause, to be mended once. `step` and `process`: names."""

    model: str
    node: str
    code: str
    process: str
    step: str
    incidents: tuple[incidents.Incident, ...]


def list_incidents(transaction: Transaction, caller: Caller) -> list[Cause]:
    """The open incidents by cause, the largest group first."""
    require(caller, "incident.read")
    groups: dict[tuple[str, str, str], list[incidents.Incident]] = {}
    for incident in incidents.unresolved(transaction, MOST):
        groups.setdefault((incident.key, incident.node, incident.code), []).append(incident)
    found = [Cause(*cause, *_names(transaction, members[0]), tuple(members)) for cause, members in groups.items()]
    return sorted(found, key=lambda cause: -len(cause.incidents))


def _names(transaction: Transaction, incident: incidents.Incident) -> tuple[str, str]:
    """(process, step) of an incident, by name."""
    instance = cases.read_instance(transaction, incident.instance_id)
    process = running_of(transaction, instance.effective_id).package.processes[instance.process]
    node = process.nodes.get(incident.node)
    return process.name or process.id, (node.name if node else None) or incident.node
