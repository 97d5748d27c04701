"""A municipality changes its choices for a shared model: a new revision, checked against the version in force."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bpmn.model import Finding
from engine.domain.caller import Caller
from engine.domain.codec import to_text
from engine.domain.rights import require
from engine.store import models, rollouts, versions
from engine.store.models import StoredOverride, Version
from engine.store.transaction import Transaction
from engine.usecases.arrange_starts import arrange_starts
from engine.usecases.check_choices import check_choices, check_each, read_choices
from engine.usecases.effective_model import base_package, choices, local_day, refused
from engine.usecases.roll_out import first_day, look_again
from engine.usecases.work_on_task import require_revision
from tenants.override import Choice, Override


@dataclass(frozen=True, slots=True)
class ChangeOverride:
    """`choices`: the whole list, as JSON; `revision`: the one that it was based on (0: none yet)."""

    key: str
    choices: Sequence[Mapping[str, object]]
    revision: int


def change_override(transaction: Transaction, caller: Caller, command: ChangeOverride) -> int:
    """The new revision. Raises Invalid or ModelRefused with every fault at once, StaleRevision, NotFound.

    Choices for a version that waits are checked each on its own, since the others may still have to be decided."""
    require(caller, "override.change")
    rollouts.lock_choices(transaction, command.key)
    on = local_day(transaction.at)
    version = models.current_version(transaction, command.key, on)
    stored = models.override(transaction, command.key)
    require_revision(command.revision, stored.revision)
    chosen = read_choices(command.key, command.choices)
    failing = (*_in_force(transaction, version, chosen, stored), *_ahead(transaction, version, chosen, stored))
    if failing:
        raise refused(failing)
    revision = command.revision + 1
    if not models.add_override(transaction, command.key, revision, to_text(list(command.choices)), caller.actor):
        require_revision(command.revision, revision)  # somebody else was first, while ours was checked
    look_again(transaction, version, on)
    arrange_starts(transaction, command.key)
    return revision


def _in_force(
    transaction: Transaction, version: Version, chosen: Override, stored: StoredOverride
) -> Iterator[Finding]:
    """What is wrong with what counts for the version in force, also with a new choice for days that are over."""
    on = local_day(transaction.at)
    base, mine = base_package(transaction, version.owner_id, version.id), chosen.for_version(version.semver)
    yield from check_choices(base, mine, on, on, transaction.now)
    past = [one for one in mine.choices if one.over(on)]
    if past:
        known = [_content(one) for one in choices(transaction, version.key, stored).choices]
        yield from check_each(base, mine, (one for one in past if _content(one) not in known), on)


def _content(choice: Choice) -> tuple[str, str, object]:
    """What was chosen, on whichever days."""
    return choice.point, choice.content, choice.chosen


def _ahead(transaction: Transaction, version: Version, chosen: Override, stored: StoredOverride) -> Iterator[Finding]:
    """What is wrong with what is new and counts only for versions that wait."""
    ahead = [one for one in chosen.choices if one.from_version and not one.counts_for(version.semver)]
    if not ahead:
        return
    before = choices(transaction, version.key, stored).choices
    new = [one for one in ahead if one not in before]
    for owner, id_ in rollouts.waiting(transaction, version.key, version.semver, local_day(transaction.at)):
        offered = versions.read(transaction, id_, owner)
        on = first_day(transaction, offered)
        some = [one for one in new if one.counts_for(offered.semver) and not one.over(on)]
        yield from check_each(base_package(transaction, owner, id_), chosen.for_version(offered.semver), some, on)
