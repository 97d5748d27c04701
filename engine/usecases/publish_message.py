"""A message from outside: wakes the case that waits for it, or starts one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from bpmn.starts import begins_with
from engine.domain.caller import Caller
from engine.domain.errors import StateConflict
from engine.domain.events import Fire, Start
from engine.domain.rights import require
from engine.domain.work import Changes, Instance
from engine.store import cases, models
from engine.store.transaction import Transaction
from engine.usecases.advance_case import begin, go_on, new_number
from engine.usecases.effective_model import base_package, choose, local_day, running_of


@dataclass(frozen=True, slots=True)
class PublishMessage:
    """`name` of the message; `key`: correlation key (None matches only who waits without a key)."""

    name: str
    key: str | None = None
    variables: Mapping[str, object] = field(default_factory=dict)


def publish_message(transaction: Transaction, caller: Caller, command: PublishMessage) -> Instance:
    """The case that took the message: who waits goes before a new case. Raises StateConflict when nobody does."""
    require(caller, "message.publish")
    for instance_id, token, node in cases.waiting(transaction, "message", command.name, command.key):
        return deliver(transaction, caller, instance_id, token, node, command)
    started = start_by_message(transaction, caller, command)
    if started is not None:
        return started
    raise StateConflict(
        f"Geen zaak wacht op het bericht '{command.name}' met sleutel '{command.key or ''}'.",
        f"No case waits for the message '{command.name}' with key '{command.key or ''}', and no model starts with it.",
        current="not-correlated",
    )


def deliver(
    transaction: Transaction, caller: Caller, instance_id: UUID, token: int, node: str, command: PublishMessage
) -> Instance:
    """The message reaches one waiting case."""
    instance = cases.lock_instance(transaction, instance_id)
    note = ("message-received", node, token, {"name": command.name, "by": caller.name})
    event = Fire(token, node, "message", command.name, command.variables)
    return go_on(transaction, caller, instance, event, Changes(notes=[note]))


def start_by_message(transaction: Transaction, caller: Caller, command: PublishMessage) -> Instance | None:
    """A new case of the first model, by key, that starts with this message; None when there is none."""
    for version, process, node in starting(transaction, "message", command.name):
        number = command.key or new_number(transaction)
        event = Start({**command.variables, "zaaknummer": number}, node, kind="message", name=command.name)
        running = running_of(transaction, choose(transaction, version).id)
        return begin(transaction, caller, running, process, number, event)
    return None


def starting(transaction: Transaction, kind: str, name: str) -> Iterator[tuple[models.Version, str, str]]:
    """(version, process, element) of the models in force whose cases begin with this message or signal.

    Looks at the base alone: choices change no start, and a model whose choices do not fit must not stop the others."""
    for version in models.current_versions(transaction, local_day(transaction.at)):
        for process in base_package(transaction, version.owner_id, version.id).processes.values():
            node = begins_with(process, kind, name)
            if node is not None:
                yield version, process.id, node.id
