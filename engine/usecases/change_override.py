"""A municipality changes its choices for a shared model: a new revision, checked against the version in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.domain.caller import Caller
from engine.domain.codec import to_text
from engine.domain.rights import require
from engine.store import models, rollouts
from engine.store.transaction import Transaction
from engine.usecases.check_choices import check_choices, read_choices
from engine.usecases.effective_model import base_package, local_day, refused
from engine.usecases.roll_out import look_again
from engine.usecases.work_on_task import require_revision


@dataclass(frozen=True, slots=True)
class ChangeOverride:
    """`choices`: the whole list, as JSON; `revision`: the one that it was based on (0: none yet)."""

    key: str
    choices: Sequence[Mapping[str, object]]
    revision: int


def change_override(transaction: Transaction, caller: Caller, command: ChangeOverride) -> int:
    """The new revision. Raises Invalid or ModelRefused with every fault at once, StaleRevision, NotFound."""
    require(caller, "override.change")
    rollouts.lock_choices(transaction, command.key)
    on = local_day(transaction.at)
    version = models.current_version(transaction, command.key, on)
    require_revision(command.revision, models.override(transaction, command.key).revision)
    chosen = read_choices(command.key, command.choices)
    base = base_package(transaction, version.owner_id, version.id)
    failing = check_choices(base, chosen, on, on, transaction.now)
    if failing:
        raise refused(failing)
    revision = command.revision + 1
    if not models.add_override(transaction, command.key, revision, to_text(list(command.choices)), caller.actor):
        require_revision(command.revision, revision)  # somebody else was first, while ours was checked
    look_again(transaction, version, on)
    return revision
