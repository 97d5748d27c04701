"""An administrator has mended the cause of an incident: do the step or the job again."""

from dataclasses import dataclass
from uuid import UUID

from engine.domain.caller import Caller
from engine.domain.errors import Invalid, Problem, StateConflict
from engine.domain.events import Retry
from engine.domain.rights import require
from engine.domain.work import Changes, Instance
from engine.store import cases, incidents, jobs
from engine.store.transaction import Transaction
from engine.usecases.advance_case import go_on


@dataclass(frozen=True, slots=True)
class RetryIncident:
    """`reason`: what was mended, in words; kept with the incident."""

    incident: UUID
    reason: str


def retry_incident(transaction: Transaction, caller: Caller, command: RetryIncident) -> Instance:
    """The case afterwards; a step that fails again leaves a new incident. Raises NotFound, StateConflict, Invalid."""
    require(caller, "incident.retry")
    if not command.reason.strip():
        field = Problem("reason", "Schrijf kort op wat er is hersteld.", "Say briefly what was mended.", "required")
        raise Invalid("Vul een reden in.", "Give a reason.", (field,))
    incident = incidents.read(transaction, command.incident)
    instance = cases.lock_instance(transaction, incident.instance_id)
    if not incidents.resolve(transaction, incident.id, caller.actor, command.reason.strip()):
        raise StateConflict("Dit probleem is al opgelost.", "This incident has been resolved already.")
    if incident.job_id is not None:
        if jobs.revive(transaction, incident.job_id):
            transaction.wake(incident.job_id)
        return instance
    note = ("retried", incident.node, incident.token, {"reason": command.reason.strip(), "by": caller.name})
    return go_on(transaction, caller, instance, Retry(incident.token), Changes(notes=[note]))
