"""Start a case of a shared or own model."""

from dataclasses import dataclass, field

from bpmn import feel, forms
from engine.domain.caller import Caller
from engine.domain.errors import Invalid, Problem
from engine.domain.events import Start
from engine.domain.rights import require
from engine.domain.work import Instance
from engine.store import models
from engine.store.transaction import Transaction
from engine.usecases.advance_case import begin, new_number
from engine.usecases.effective_model import Running, choose, local_day, running_of
from engine.usecases.submitted import Submission, accepted


@dataclass(frozen=True, slots=True)
class StartCase:
    """`model`: key of the model. `submission`: the start form's values. `business_key`: the case number of the
    caller's own system; without one the engine gives a number."""

    model: str
    submission: Submission = field(default_factory=Submission)
    business_key: str | None = None


def start_case(transaction: Transaction, caller: Caller, command: StartCase) -> Instance:
    """A new case on the version in force today. Raises NotFound, Invalid, Forbidden, ModelRefused."""
    require(caller, "case.start")
    version, choices = models.in_force(transaction, command.model, local_day(transaction.at))
    running = running_of(transaction, choose(transaction, version, choices).id)
    process = running.package.process
    if not _plain_start(running):
        raise Invalid(
            "Dit proces begint met een bericht of op een tijdstip en kan niet met de hand worden gestart.",
            "This process starts with a message or at a time and cannot be started by hand.",
            (
                Problem(
                    process.id,
                    "Stuur het bericht dat dit proces start, of wacht op het tijdstip.",
                    "Send the message that starts it, or wait for the time.",
                ),
            ),
        )
    values = accepted(start_form(running), command.submission, lambda name: feel.MISSING, transaction.now)
    number = command.business_key or new_number(transaction)
    event = Start({**values, "zaaknummer": number})
    return begin(transaction, caller, running, process.id, number, event)


def start_form(running: Running) -> forms.Form | None:
    """The form of the plain start event, when it has one."""
    process = running.package.process
    for id_ in process.root.starts:
        node = process.nodes[id_]
        if node.work.form:
            return running.package.forms.get(node.work.form)
    return None


def _plain_start(running: Running) -> bool:
    process = running.package.process
    return any(not process.nodes[id_].triggers for id_ in process.root.starts)
