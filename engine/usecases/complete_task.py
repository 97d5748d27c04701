"""Complete a user task: check the form, advance the case, and store it all at once."""

from dataclasses import dataclass, field
from uuid import UUID

from bpmn import feel
from engine import runtime
from engine.domain.caller import Caller
from engine.domain.events import Complete
from engine.domain.rights import require
from engine.domain.work import Changes, Instance
from engine.runtime.look import variables_at
from engine.store import cases
from engine.store.transaction import Transaction
from engine.usecases.advance_case import go_on
from engine.usecases.effective_model import parameters, running_of
from engine.usecases.submitted import Submission, accepted
from engine.usecases.work_on_task import require_other_eyes, require_workable


@dataclass(frozen=True, slots=True)
class CompleteTask:
    """`revision`: of the task, as the caller read it."""

    task: UUID
    revision: int
    submission: Submission = field(default_factory=Submission)


def complete_task(transaction: Transaction, caller: Caller, command: CompleteTask) -> Instance:
    """The case after the step. Raises NotFound, Forbidden, StateConflict, StaleRevision, Invalid."""
    require(caller, "task.work")
    instance, task = cases.lock_task(transaction, command.task)
    require_workable(caller, task, command.revision)
    running = running_of(transaction, instance.effective_id)
    process = running.package.processes[instance.process]
    require_other_eyes(transaction, caller, task, process.nodes[task.node])
    form = running.package.forms.get(task.form) if task.form else None
    known: dict[str, object] = {}
    if form is not None:
        known = variables_at(runtime.load(instance.state.encode()), task.token)
        known = {**parameters(transaction, running, instance, known), **known}
    values = accepted(form, command.submission, lambda name: known.get(name, feel.MISSING), transaction.now)
    done = ("task-completed", task.node, task.token, {"name": task.name, "by": caller.name})
    changes = Changes(notes=[done], done_task=task.id)
    return go_on(transaction, caller, instance, Complete(task.token, values), changes)
