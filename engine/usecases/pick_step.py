"""Somebody picks an activity of an ad-hoc sub-process: what is done, in which order and how often, is theirs to say."""

from dataclasses import dataclass
from uuid import UUID

from engine import runtime
from engine.domain.caller import Caller
from engine.domain.errors import Invalid, Problem
from engine.domain.events import Activate
from engine.domain.rights import require
from engine.domain.work import Changes, Instance
from engine.runtime.look import pickable
from engine.store import cases
from engine.store.transaction import Transaction
from engine.usecases.advance_case import ended, go_on
from engine.usecases.effective_model import running_of


@dataclass(frozen=True, slots=True)
class PickStep:
    """`step`: id of the activity; `token`: of the sub-process, when several are open (None: the oldest that has it)."""

    instance: UUID
    step: str
    token: int | None = None


def pick_step(transaction: Transaction, caller: Caller, command: PickStep) -> Instance:
    """The case after the step has begun. Raises NotFound, Invalid when it cannot be picked now, StateConflict when the
    case has ended."""
    require(caller, "task.work")
    instance = cases.lock_instance(transaction, command.instance)
    if instance.status != "active":
        raise ended(instance)
    definition = running_of(transaction, instance.effective_id).definitions[instance.process]
    places = pickable(definition, runtime.load(instance.state.encode()))
    found = [token for token, step in places if step == command.step and command.token in (None, token)]
    if not found:
        field = Problem("step", "Kies een stap die nu kan.", "Choose a step that is possible now.")
        raise Invalid("Deze stap kan nu niet worden gekozen.", "This step cannot be picked now.", (field,))
    note = ("picked", command.step, found[0], {"by": caller.name})
    return go_on(transaction, caller, instance, Activate(found[0], command.step), Changes(notes=[note]))
