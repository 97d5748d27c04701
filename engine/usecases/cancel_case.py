"""An administrator ends a case that must not go on; its called cases end with it."""

from dataclasses import dataclass
from uuid import UUID

from engine.domain.caller import Caller
from engine.domain.errors import Invalid, Problem, StateConflict
from engine.domain.events import Cancel
from engine.domain.rights import require
from engine.domain.work import Changes, Instance
from engine.store import cases
from engine.store.transaction import Transaction
from engine.usecases.advance_case import go_on


@dataclass(frozen=True, slots=True)
class CancelCase:
    """`reason`: in words; kept in the history."""

    instance: UUID
    reason: str


def cancel_case(transaction: Transaction, caller: Caller, command: CancelCase) -> Instance:
    """The case, ended. Raises NotFound, Invalid without a reason, StateConflict when it has ended already, or was
    called by another case, which then has to be ended."""
    require(caller, "case.cancel")
    instance = cases.lock_instance(transaction, command.instance)
    if not command.reason.strip():
        field = Problem("reden", "Schrijf op waarom de zaak stopt.", "Say why the case ends.", "required")
        raise Invalid("Vul een reden in.", "Give a reason.", (field,))
    note = ("ended-by-hand", "", 0, {"reason": command.reason, "by": caller.name})
    if instance.parent_id is not None:
        # The calling case would wait for an answer that never comes.
        number = instance.business_key
        raise StateConflict(
            f"Deze zaak is een deel van zaak {number}. Beëindig de hele zaak.",
            f"This case is a part of case {number}. End the whole case.",
            current=instance.status,
        )
    return go_on(transaction, caller, instance, Cancel(), Changes(notes=[note]))
