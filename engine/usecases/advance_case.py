"""One step of a case: load, advance, write. Every verb that changes a case goes through here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from bpmn import feel
from engine import runtime
from engine.domain.caller import Caller
from engine.domain.errors import StateConflict, Unavailable
from engine.domain.events import Event, Retry, Start
from engine.domain.ids import new_id
from engine.domain.work import Changes, Instance
from engine.runtime.look import variables_at
from engine.store.cases import next_case_number
from engine.store.step import write_step
from engine.store.transaction import Transaction
from engine.usecases.effective_model import Running, bound_definition, local_day, running_of
from engine.usecases.gather import Gatherer


@dataclass(frozen=True, slots=True)
class Parent:
    """The case and token that called this one."""

    instance: UUID
    token: int


def begin(
    transaction: Transaction,
    caller: Caller,
    running: Running,
    process: str,
    business_key: str,
    event: Start,
    parent: Parent | None = None,
) -> Instance:
    """A new case of `process`, at its first rest."""
    instance = Instance(
        id=new_id(),
        effective_id=running.model.id,
        key=running.model.key,
        process=process,
        business_key=business_key,
        parent_id=parent.instance if parent else None,
        parent_token=parent.token if parent else None,
        status="active",
        revision=0,
        notes=0,
        state="",
        started_by=caller.actor,
        started_at=transaction.at,
        choices_now=running.model.override_revision,
    )
    changes = Changes(notes=[("started", "", 1, {"by": caller.name})])
    state = runtime.new_state()
    return _step(transaction, caller, instance, running, state, event, changes, new=True)


def go_on(transaction: Transaction, caller: Caller, instance: Instance, event: Event, changes: Changes) -> Instance:
    """The next step of a case that is locked. Raises StateConflict when the event no longer fits, Unavailable when an
    expression ran out of time."""
    if instance.status != "active":
        raise ended(instance)
    running = running_of(transaction, instance.effective_id)
    state = runtime.load(instance.state.encode())
    if isinstance(event, Retry):
        changes.resolved.add(event.token)
    return _step(transaction, caller, instance, running, state, event, changes, new=False)


def new_number(transaction: Transaction) -> str:
    """For example `Z2026-0000042`: short enough to say on the telephone, and unique in the whole installation."""
    return f"Z{local_day(transaction.at).year}-{next_case_number(transaction):07d}"


def ended(instance: Instance) -> StateConflict:
    """The case is over."""
    return StateConflict("Deze zaak is al afgesloten.", "This case has already ended.", current=instance.status)


def _step(
    transaction: Transaction,
    caller: Caller,
    instance: Instance,
    running: Running,
    state: runtime.State,
    event: Event,
    changes: Changes,
    new: bool,
) -> Instance:
    brought: Mapping[str, object] = getattr(event, "variables", {})  # the day of an event may come with this step
    variables = brought if isinstance(event, Start) else {**variables_at(state), **brought}
    definition = bound_definition(transaction, running, instance, variables)
    try:
        step = runtime.advance(definition, state, event, transaction.now)
    except runtime.Rejected as rejected:
        raise StateConflict(
            "Deze stap is intussen al gedaan of vervallen.",
            f"This step has been done or has lapsed meanwhile: {rejected}",
            current=instance.revision,
        ) from rejected
    except feel.FeelTimeError as late:
        # The clock of a busy machine decides nothing about a case: all is rolled back, and the same may be asked again.
        raise Unavailable(
            "Het rekenen in deze stap duurde te lang. Probeer het over een minuut opnieuw; er is niets opgeslagen.",
            "An expression in this step took too long. Try again in a minute; nothing was saved.",
        ) from late
    outcome = Gatherer(instance, transaction.now, changes).gather(list(step.effects))
    after = replace(
        instance,
        state=runtime.dump(step.state).decode(),
        status=outcome.status,
        notes=instance.notes + len(changes.notes),
        revision=instance.revision + 1,
        ended_at=transaction.at if outcome.status != "active" else None,
        end_node=outcome.end_node,
        result=outcome.result,
    )
    write_step(transaction, after, changes, caller.actor, new)
    return after
