"""Task lists, and one task with all that is needed to do it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bpmn import forms
from bpmn.model import Node
from engine import runtime
from engine.domain.caller import Caller
from engine.domain.errors import NotFound
from engine.domain.rights import require
from engine.domain.work import Instance, UserTask
from engine.queries.visible import visible
from engine.runtime.look import variables_at
from engine.store import cases, listing
from engine.store.transaction import Transaction
from engine.usecases.effective_model import parameters, running_of
from engine.usecases.work_on_task import is_candidate


@dataclass(frozen=True, slots=True)
class TaskView:
    """A user task with its case. `known`: what the caller may see of the variables that the task sees, parameters
    included; `scope`: the same without that limit, for conditions of the form only."""

    task: UserTask
    case: Instance
    node: Node
    process_name: str
    form: forms.Form | None
    variables: Mapping[str, object]
    known: Mapping[str, object]
    scope: Mapping[str, object]
    may_work: bool


def list_tasks(
    transaction: Transaction, caller: Caller, wanted: listing.TaskFilter
) -> tuple[list[listing.TaskLine], str | None]:
    """Open tasks that the caller may do, and the cursor of the next page."""
    require(caller, "task.read")
    return listing.open_tasks(transaction, caller, wanted)


def read_task(transaction: Transaction, caller: Caller, id_: UUID) -> TaskView:
    """One task. Raises NotFound, also when the task is none of the caller's business."""
    require(caller, "task.read")
    instance, task = cases.read_task(transaction, id_)
    if not is_candidate(caller, task) and task.completed_by != caller.actor:
        raise NotFound
    running = running_of(transaction, instance.effective_id)
    process = running.package.processes[instance.process]
    variables = variables_at(runtime.load(instance.state.encode()), task.token)
    scope = {**parameters(transaction, running, instance, variables), **variables}
    form = running.package.forms.get(task.form) if task.form else None
    return TaskView(
        task=task,
        case=instance,
        node=process.nodes[task.node],
        process_name=process.name or process.id,
        form=form,
        variables=visible(running.package.process, caller, variables),
        known=visible(running.package.process, caller, scope),
        scope=scope,
        may_work=is_candidate(caller, task),
    )
