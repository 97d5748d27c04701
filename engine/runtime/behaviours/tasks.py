"""Tasks: of people, of machines, and those that pass at once."""

from engine.domain import effects
from engine.runtime import timer
from engine.runtime.contract import optional_text, text, texts, whole
from engine.runtime.definition import Ready, Value
from engine.runtime.flow import complete
from engine.runtime.registry import enters
from engine.runtime.run import Run
from engine.runtime.state import Token
from engine.runtime.waits import arm

PRIORITY = 50
RETRIES = 5


@enters("task", "manualTask")
def pass_through(run: Run, token: Token, node: Ready) -> None:
    """Nothing to do for the engine."""
    complete(run, token)


@enters("userTask")
def user_task(run: Run, token: Token, node: Ready) -> None:
    """Work for a person: who may do it and by when is worked out now."""
    task = node.task
    opened = effects.OpenTask(
        token=token.id,
        node=node.id,
        name=text(run, task.title, token, "the name") if task.title else node.name,
        assignee=optional_text(run, task.assignee, token, "the assignee"),
        groups=texts(run, task.groups, token, "the candidate groups"),
        users=texts(run, task.users, token, "the candidate users"),
        due_at=_moment(run, task.due, token, "the due date"),
        follow_up_at=_moment(run, task.follow_up, token, "the follow-up date"),
        priority=whole(run, task.priority, token, "the priority") if task.priority else PRIORITY,
        form=task.form,
        role=task.role,
    )
    token.flag = "task"
    run.effects.append(opened)


@enters("receiveTask")
def receive(run: Run, token: Token, node: Ready) -> None:
    """Wait for a message, or for someone to say that it has come."""
    arm(run, token, (node.id,))
    token.flag = "receive"


def open_job(run: Run, token: Token, node: Ready) -> None:
    """Work for a connector; it gets the inputs of the task and nothing else, or every variable that the task sees when
    the model maps no inputs (as in Camunda 8)."""
    task = node.task
    opened = effects.OpenJob(
        token=token.id,
        node=node.id,
        type=text(run, task.type, token, "the job type"),
        retries=whole(run, task.retries, token, "the number of retries") if task.retries else RETRIES,
        headers=task.headers,
        variables=dict(token.vars or {}) if node.inputs else run.seen(token),
    )
    token.flag = "job"
    run.effects.append(opened)


@enters("serviceTask")
def service_task(run: Run, token: Token, node: Ready) -> None:
    """A job of the given type."""
    open_job(run, token, node)


def _moment(run: Run, value: Value | None, token: Token, what: str) -> int | None:
    source = optional_text(run, value, token, what)
    if source is None:
        return None
    if source.startswith(("P", "-P")):
        return timer.span(source).after(run.now, run.definition.zone)
    return timer.instant(source, run.definition.zone)
