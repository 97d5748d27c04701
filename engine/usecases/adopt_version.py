"""A municipality decides: from now on it works with the version that was held, with choices that fit it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from engine.domain.caller import Caller
from engine.domain.codec import to_text
from engine.domain.errors import Invalid, ModelRefused, NotFound, Problem, StateConflict
from engine.domain.rights import require
from engine.store import models, rollouts, versions
from engine.store.models import StoredOverride, Version
from engine.store.transaction import Transaction
from engine.usecases.check_choices import check_choices, read_choices
from engine.usecases.effective_model import base_package, local_day, refused
from engine.usecases.publish_model import order
from engine.usecases.roll_out import ADOPTED, first_day, look_again
from engine.usecases.work_on_task import require_revision
from tenants import rebase
from tenants.override import Override
from tenants.rebase import Status


@dataclass(frozen=True, slots=True)
class AdoptVersion:
    """`version_id`: of the version that is offered; `choices`: the whole list, as JSON, maybe with fewer or other
    choices; `revision`: the one that they were based on (0: none yet)."""

    key: str
    version_id: UUID
    choices: Sequence[Mapping[str, object]]
    revision: int


def adopt_version(transaction: Transaction, caller: Caller, command: AdoptVersion) -> int:
    """The revision of the choices, a new one when they changed. Raises NotFound, StateConflict when it was adopted or
    overtaken already, StaleRevision, and Invalid or ModelRefused with every fault at once."""
    require(caller, "version.adopt")
    rollouts.lock_choices(transaction, command.key)
    row = rollouts.lock(transaction, command.version_id)
    if row.key != command.key:
        raise NotFound
    offered = versions.read(transaction, row.version_id, row.owner_id)
    running = _running(transaction, offered)
    _require_ahead(row.state, offered, running)
    stored = models.override(transaction, command.key)
    require_revision(command.revision, stored.revision)
    chosen = read_choices(command.key, command.choices)
    statuses = _checked(transaction, offered, running, chosen)
    revision = _kept(transaction, caller, command, stored)
    rollouts.tell(transaction, row, statuses)
    rollouts.decide(transaction, caller, row, ADOPTED, revision)
    if revision != stored.revision:
        look_again(transaction, offered, local_day(transaction.at))
    return revision


def _running(transaction: Transaction, offered: Version) -> Version | None:
    try:
        return models.current_version(transaction, offered.key, local_day(transaction.at))
    except NotFound:
        return None


def _require_ahead(state: str, offered: Version, running: Version | None) -> None:
    if state == ADOPTED or (running is not None and order(running.semver) >= order(offered.semver)):
        now = running.semver if running else offered.semver
        raise StateConflict(
            f"Versie {offered.semver} is al overgenomen of ingehaald; u werkt met versie {now}.",
            f"Version {offered.semver} was adopted or overtaken already; you work with version {now}.",
            current=now,
        )


def _checked(
    transaction: Transaction, offered: Version, running: Version | None, chosen: Override
) -> tuple[Status, ...]:
    """The statuses of choices that fit the offered version, and until it begins also the one that runs."""
    today, on = local_day(transaction.at), first_day(transaction, offered)
    new = base_package(transaction, offered.owner_id, offered.id)
    old = new if running is None else base_package(transaction, running.owner_id, running.id)
    statuses = rebase.rebase(old, new, chosen, on)
    problems = tuple(_unanswered(statuses))
    failing = check_choices(new, chosen, on, today, transaction.now)
    if failing:
        model = refused(failing)
        raise ModelRefused(model.nl, model.en, problems + model.problems)
    if problems:
        raise Invalid("De nieuwe versie vraagt nog een keuze.", "The new version asks for a choice.", problems)
    if on > today and running is not None and check_choices(old, chosen, today, today, transaction.now):
        raise StateConflict(
            f"Versie {offered.semver} geldt vanaf {on:%d-%m-%Y}. Tot die dag werkt u met {running.semver}, en daar "
            "passen deze keuzes niet bij. Neem de versie over op of na die dag.",
            f"Version {offered.semver} counts from {on.isoformat()}. Until then you work with {running.semver}, which "
            "these choices do not fit. Adopt it on that day or later.",
            current=running.semver,
        )
    return statuses


def _unanswered(statuses: tuple[Status, ...]) -> Iterator[Problem]:
    for status in statuses:
        if status.status == "new-point":
            nl, en = f"{status.nl} {status.remedy_nl}", f"{status.en} {status.remedy_en}"
            yield Problem(status.point, nl, en, "required")


def _kept(transaction: Transaction, caller: Caller, command: AdoptVersion, stored: StoredOverride) -> int:
    """The revision that holds the given choices."""
    given = to_text(list(command.choices))
    if given == stored.choices:
        return stored.revision
    revision = stored.revision + 1
    if not models.add_override(transaction, command.key, revision, given, caller.actor):
        require_revision(command.revision, revision)
    return revision
