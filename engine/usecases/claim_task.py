"""Take a user task, or give it back."""

from dataclasses import dataclass
from uuid import UUID

from engine.domain.caller import Caller
from engine.domain.rights import require
from engine.domain.work import UserTask
from engine.store import cases
from engine.store.transaction import Transaction
from engine.usecases.effective_model import running_of
from engine.usecases.work_on_task import require_other_eyes, require_workable


@dataclass(frozen=True, slots=True)
class ClaimTask:
    """`revision`: as the caller read it. `release`: give it back instead."""

    task: UUID
    revision: int
    release: bool = False


def claim_task(transaction: Transaction, caller: Caller, command: ClaimTask) -> UserTask:
    """The task as it is afterwards. Raises NotFound, Forbidden, StateConflict (taken, done), StaleRevision."""
    require(caller, "task.work")
    instance, task = cases.lock_task(transaction, command.task)
    require_workable(caller, task, command.revision)
    if command.release:
        cases.assign(transaction, task.id, None, None)
    else:
        process = running_of(transaction, instance.effective_id).package.processes[instance.process]
        require_other_eyes(transaction, caller, task, process.nodes[task.node])
        cases.assign(transaction, task.id, caller.id, caller.name)
    return cases.read_task(transaction, task.id)[1]
