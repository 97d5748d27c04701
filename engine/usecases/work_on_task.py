"""What the verbs on user tasks share: who may work on one, and whether it is still as it was read."""

from zoneinfo import ZoneInfo

from bpmn.model import Node
from engine.domain.caller import Caller
from engine.domain.errors import Forbidden, StaleRevision, StateConflict
from engine.domain.work import UserTask
from engine.store import people
from engine.store.transaction import Transaction
from engine.usecases.effective_model import ZONE


def is_candidate(caller: Caller, task: UserTask) -> bool:
    """May this caller take the task? A client and the engine work for the whole tenant."""
    if caller.kind != "person" or task.assignee == caller.id or caller.id in task.users:
        return True
    if task.groups or task.users:
        return not caller.groups.isdisjoint(task.groups)
    return task.role is None or task.role in caller.roles


def require_candidate(caller: Caller, task: UserTask) -> None:
    """Raise Forbidden, saying whose task it is."""
    if not is_candidate(caller, task):
        whose = ", ".join(task.groups) or task.role or "iemand anders"
        raise Forbidden(f"Deze taak is voor een andere groep ({whose}).", f"This task is for another group ({whose}).")


def require_workable(caller: Caller, task: UserTask, revision: int) -> None:
    """The task is open, for this caller, with nobody else, and as the caller read it.

    Raises StateConflict, Forbidden or StaleRevision; in this order, so that who was late hears the real reason."""
    require_open(task)
    require_candidate(caller, task)
    if task.assignee not in (None, caller.id):
        name = task.assignee_name or task.assignee
        raise StateConflict(
            f"Deze taak is al opgepakt door {name}. Er is niets opgeslagen.",
            f"This task was taken by {name}. Nothing was saved.",
            current=task.revision,
        )
    require_revision(revision, task.revision)


def require_open(task: UserTask) -> None:
    """Raise StateConflict when somebody was first, saying who and when."""
    if task.status == "open":
        return
    when = task.completed_at.astimezone(ZoneInfo(ZONE)).strftime("%d-%m-%Y %H:%M") if task.completed_at else ""
    nl = "De taak is vervallen; de zaak is verder gegaan."
    en = "The task has lapsed; the case has moved on."
    if task.status == "completed":
        nl = f"De taak is al afgerond ({when}). Uw invoer is niet opgeslagen."
        en = f"The task was completed already ({when}). Your input was not saved."
    raise StateConflict(nl, en, current=task.status)


def require_revision(given: int, actual: int) -> None:
    """Raise StaleRevision when the thing changed after the caller read it."""
    if given != actual:
        raise StaleRevision(
            "Iemand anders heeft dit intussen gewijzigd. Bekijk de nieuwe stand en probeer het opnieuw.",
            "Somebody changed this meanwhile. Look at it again and retry.",
            current=actual,
        )


def require_other_eyes(transaction: Transaction, caller: Caller, task: UserTask, node: Node) -> None:
    """Raise Forbidden when the step asks for four eyes and this person did the other step (`plus1:fourEyes`)."""
    for declared in node.declared:
        if declared.tag != "fourEyes":
            continue
        other = declared.attributes.get("other", "")
        if people.did_step(transaction, task.instance_id, other, caller.actor):
            raise Forbidden(
                "U hebt dit besluit voorbereid. Een collega moet het besluit nemen (vier ogen).",
                "You prepared this decision. A colleague has to take it (four eyes).",
            )
