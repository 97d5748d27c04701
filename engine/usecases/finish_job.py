"""What becomes of a claimed job: its result goes into the case, unless the lease was lost meanwhile."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from engine import runtime
from engine.connectors.base import Assignment
from engine.domain.caller import Caller, system
from engine.domain.codec import from_text, to_text
from engine.domain.errors import Invalid, NotFound, StateConflict
from engine.domain.events import Called, Cancel, Complete, Continue, Event, Fire, Raise, Signal, Start
from engine.domain.ids import new_id
from engine.domain.outcome import BpmnError, Done
from engine.domain.work import Changes, Instance, Job, NewJob
from engine.store import cases, jobs, models
from engine.store.transaction import Transaction
from engine.usecases.advance_case import Parent, begin, go_on, new_number
from engine.usecases.effective_model import catalogue, choose, local_day, parameters, running_of
from engine.usecases.gather import EVENT_ATTEMPTS
from engine.usecases.publish_message import PublishMessage, start_by_message, starting

Payload = dict[str, Any]


def assignment_of(transaction: Transaction, job: Job) -> Assignment:
    """What the connector gets: the inputs that were fixed when the job was made."""
    if job.instance_id is None:
        raise NotFound
    instance = cases.read_instance(transaction, job.instance_id)
    running = running_of(transaction, instance.effective_id)
    payload = _payload(job)
    return Assignment(
        key=f"{transaction.tenant}:{job.id}",
        type=job.type,
        headers=payload["headers"],
        variables=payload["variables"],
        parameters=parameters(transaction, running, instance, payload["variables"]),
        texts=running.package.texts,
        business_key=instance.business_key,
        tenant=transaction.tenant,
        tenant_name=jobs.tenant_name(transaction),
        now=transaction.now,
        attempt=job.attempts,
        catalogue=catalogue(transaction, running, instance, job.node),
    )


def _payload(job: Job) -> Payload:
    return cast(Payload, from_text(job.payload))


def _held(transaction: Transaction, job: Job) -> Instance | None:
    """The case, locked, when this worker still holds the job; None when somebody else took it over or it lapsed."""
    found = cases.lock_job(transaction, job.id)
    if found is None:
        return None
    instance, now = found
    return instance if now.fence == job.fence and now.state == "running" else None


def finish_service(transaction: Transaction, job: Job, outcome: Done | BpmnError) -> None:
    """The connector has answered: documents and decisions are stored, and the case goes on."""
    instance = _held(transaction, job)
    if instance is None:
        return
    caller = system(transaction.tenant, job.type)
    if isinstance(outcome, BpmnError):
        event: Complete | Raise = Raise(job.token, "error", outcome.code, outcome.variables)
    else:
        jobs.add_documents(transaction, job, outcome.documents)
        jobs.add_decisions(transaction, job, outcome.decisions)
        event = Complete(job.token, outcome.variables)
    titles = [document.title for document in outcome.documents] if isinstance(outcome, Done) else []
    note = ("job-done", job.node, job.token, {"type": job.type, "documents": titles})
    _go_on(transaction, caller, instance, event, job, [note])


def give_up(transaction: Transaction, job: Job, code: str, message: str) -> None:
    """No more attempts: an incident. With the case locked, lest a step that closes the job's token misses it."""
    if _held(transaction, job):
        jobs.give_up(transaction, job, code, message)


def _go_on(
    transaction: Transaction, caller: Caller, instance: Instance, event: Any, job: Job, notes: list[Any] | None = None
) -> bool:
    """Advance, and finish the job in the same write; False when the event no longer fits: that only ends the job."""
    try:
        go_on(transaction, caller, instance, event, Changes(done_job=job.id, notes=notes or []))
    except StateConflict:
        jobs.done(transaction, job.id)
        return False
    return True


def finish_inner(transaction: Transaction, job: Job) -> None:
    """A timer has come, or another case said something. Raises what refuses it, such as NotFound or ModelRefused."""
    instance = _held(transaction, job)
    if instance is None:
        return
    caller = system(transaction.tenant)
    if job.kind == "timer":
        _go_on(transaction, caller, instance, Fire(job.token, job.node, "timer"), job)
    elif job.kind == "continue":
        _go_on(transaction, caller, instance, Continue(), job)
    elif job.type in ARRIVALS:
        payload = _payload(job)
        taken = _go_on(transaction, caller, instance, ARRIVALS[job.type](job, payload), job)
        if not taken and job.type == "deliver":  # another message was first: on to who else waits
            _send_message(transaction, caller, instance, job, payload)
    else:
        DEPARTURES[job.type](transaction, caller, instance, job, _payload(job))
        jobs.done(transaction, job.id)


def _start_called(transaction: Transaction, caller: Caller, instance: Instance, job: Job, payload: Payload) -> None:
    """A call activity: a process of the same package, else a model of that key."""
    token = runtime.load(instance.state.encode()).tokens.get(job.token)
    if token is None or token.flag != "call":
        return  # the call activity was interrupted before its case began
    running = running_of(transaction, instance.effective_id)
    process = str(payload["process"])
    if process not in running.definitions:
        version = _called_version(transaction, process)
        running = running_of(transaction, choose(transaction, version).id)
        process = running.package.process.id
    event = Start(payload["variables"], child=True)
    begin(transaction, caller, running, process, instance.business_key, event, Parent(instance.id, job.token))


def _called_version(transaction: Transaction, key: str) -> models.Version:
    try:
        return models.current_version(transaction, key, local_day(transaction.at))
    except NotFound as missing:
        nl, en = f"Het aangeroepen proces '{key}' bestaat niet.", f"The called process {key!r} does not exist."
        raise Invalid(nl, en) from missing


def _send_message(transaction: Transaction, caller: Caller, instance: Instance, job: Job, payload: Payload) -> None:
    """To the first case that waits, as a job of that case; else it may start one; else it is lost, as BPMN has it."""
    refused = (instance.id, job.token, job.node)
    for waiting in cases.waiting(transaction, "message", payload["name"], payload["key"]):
        if waiting != refused:
            _tell(transaction, *waiting, "deliver", payload)
            return
    command = PublishMessage(payload["name"], payload["key"], payload["variables"])
    start_by_message(transaction, caller, command)


def _send_signal(transaction: Transaction, caller: Caller, instance: Instance, job: Job, payload: Payload) -> None:
    """To every other case of the tenant that waits, and to models that start with it."""
    waiting = cases.waiting(transaction, "signal", payload["name"], None)
    for target in sorted({found for found, _, _ in waiting} - {instance.id}):
        _tell(transaction, target, 1, "", "signalled", payload)
    start_by_signal(transaction, caller, payload["name"], payload["variables"])


def start_by_signal(transaction: Transaction, caller: Caller, name: str, variables: Payload) -> None:
    """A new case of every model that starts with this signal, unless it is what a case that began with something else
    still waits for there."""
    waited_for = {node for _, _, node in cases.waiting(transaction, "signal", name, None)}
    for version, process, node in starting(transaction, "signal", name):
        if node in waited_for:
            continue
        number = new_number(transaction)
        event = Start({**variables, "zaaknummer": number}, node, kind="signal", name=name)
        running = running_of(transaction, choose(transaction, version).id)
        begin(transaction, caller, running, process, number, event)


def _end_called(transaction: Transaction, caller: Caller, instance: Instance, job: Job, payload: Payload) -> None:
    """The call activity is gone: its called case is ended too."""
    for child in cases.active_children(transaction, instance.id, [job.token]):
        _tell(transaction, child, 1, "", "end", {})


def _tell(transaction: Transaction, target: UUID, token: int, node: str, type_: str, payload: Payload) -> None:
    job = NewJob(new_id(), target, token, node, "event", type_, transaction.now, EVENT_ATTEMPTS, to_text(payload))
    jobs.add(transaction, job)


ARRIVALS: dict[str, Callable[[Job, Payload], Event]] = {
    "called": lambda job, payload: Called(job.token, payload["variables"]),
    "raise": lambda job, payload: Raise(job.token, payload["kind"], payload["code"], payload["variables"]),
    "deliver": lambda job, payload: Fire(job.token, job.node, "message", payload["name"], payload["variables"]),
    "signalled": lambda job, payload: Signal(payload["name"], payload["variables"]),
    "end": lambda job, payload: Cancel(),
}
DEPARTURES = {
    "call": _start_called,
    "message": _send_message,
    "signal": _send_signal,
    "end-called": _end_called,
}
