"""A municipality changes its choices for a shared model: a new revision, checked against the version in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engine.domain.caller import Caller
from engine.domain.codec import to_text
from engine.domain.errors import Invalid, Problem
from engine.domain.rights import require
from engine.store import models
from engine.store.transaction import Transaction
from engine.usecases.check_package import check_scenarios
from engine.usecases.effective_model import base_package, compiled, local_day, refused
from engine.usecases.work_on_task import require_revision
from tenants import apply, override


@dataclass(frozen=True, slots=True)
class ChangeOverride:
    """`choices`: the whole list, as JSON; `revision`: the one that it was based on (0: none yet)."""

    key: str
    choices: Sequence[Mapping[str, object]]
    revision: int


def change_override(transaction: Transaction, caller: Caller, command: ChangeOverride) -> int:
    """The new revision. Raises Invalid or ModelRefused with every fault at once, StaleRevision, NotFound."""
    require(caller, "override.change")
    on = local_day(transaction.at)
    version = models.current_version(transaction, command.key, on)
    require_revision(command.revision, models.override(transaction, command.key).revision)
    chosen, findings = override.read({"key": command.key, "choices": list(command.choices)})
    if chosen is None or any(finding.severity == "error" for finding in findings):
        problems = tuple(Problem(f.element, f.nl, f.en, f.code) for f in findings)
        raise Invalid("De keuzes kloppen niet.", "The choices are wrong.", problems)
    base = base_package(transaction, version.owner_id, version.id)
    for day in _turns(chosen, on):
        found = apply.apply(base, chosen, day)
        if any(finding.severity == "error" for finding in found.findings):
            raise refused(found.findings)
        later = transaction.now + (day - on) // timedelta(milliseconds=1)
        failing = check_scenarios(found, compiled(found.package), later)
        if failing:
            raise refused(failing)
    revision = command.revision + 1
    if not models.add_override(transaction, command.key, revision, to_text(list(command.choices)), caller.actor):
        require_revision(command.revision, revision)  # somebody else was first, while ours was checked
    return revision


def _turns(chosen: override.Override, on: date) -> list[date]:
    """Today, and every later day on which a choice begins or has ended: the days between are like one of these."""
    begins = (choice.valid_from for choice in chosen.choices)
    lasts = (choice.valid_until for choice in chosen.choices)
    ends = (last + timedelta(days=1) for last in lasts if last is not None and last < date.max)
    return sorted({on, *(day for day in (*begins, *ends) if day is not None and day > on)})
