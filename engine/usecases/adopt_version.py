"""A municipality decides: from now on it works with the version that was held, since its choices fit it."""

from dataclasses import dataclass
from uuid import UUID

from bpmn.semver import order
from engine.domain.caller import Caller
from engine.domain.errors import Invalid, NotFound, Problem, StateConflict
from engine.domain.rights import require
from engine.store import models, rollouts, versions
from engine.store.models import Version
from engine.store.transaction import Transaction
from engine.usecases.arrange_starts import arrange_starts
from engine.usecases.effective_model import choices, local_day
from engine.usecases.roll_out import ADOPTED, look_again, weigh
from engine.usecases.work_on_task import require_revision
from tenants.rebase import Status, blocking


@dataclass(frozen=True, slots=True)
class AdoptVersion:
    """`version_id`: of the version that is offered; `revision`: of the choices that it was decided on (0: none yet)."""

    key: str
    version_id: UUID
    revision: int


def adopt_version(transaction: Transaction, caller: Caller, command: AdoptVersion) -> Version:
    """The version that new cases start on, at once or from its day. Raises NotFound, StateConflict when it was adopted
    or overtaken already, StaleRevision, and Invalid with everything that still has to be decided."""
    require(caller, "version.adopt")
    rollouts.lock_choices(transaction, command.key)
    row = rollouts.lock(transaction, command.version_id)
    if row.key != command.key:
        raise NotFound
    offered = versions.read(transaction, row.version_id, row.owner_id)
    _require_ahead(row.state, offered, running_version(transaction, offered.key))
    stored = models.override(transaction, command.key)
    require_revision(command.revision, stored.revision)
    statuses = weigh(transaction, offered, choices(transaction, command.key, stored))
    problems = tuple(_problem(status) for status in statuses if blocking(status))
    if problems:
        raise Invalid(
            f"Nog niet alle keuzes passen bij versie {offered.semver}.",
            f"Not all choices fit version {offered.semver} yet.",
            problems,
        )
    rollouts.tell(transaction, row, statuses)
    rollouts.decide(transaction, caller, row, ADOPTED, stored.revision)
    look_again(transaction, offered, local_day(transaction.at))
    arrange_starts(transaction, command.key)
    return offered


def running_version(transaction: Transaction, key: str) -> Version | None:
    """The version that new cases get today; None when there is none."""
    try:
        return models.current_version(transaction, key, local_day(transaction.at))
    except NotFound:
        return None


def overtaken(offered: Version, running: Version | None) -> bool:
    """Whether the tenant works with this version, a newer one, or a model of its own already."""
    if running is None:
        return False
    return running.owner_id != offered.owner_id or order(running.semver) >= order(offered.semver)


def _require_ahead(state: str, offered: Version, running: Version | None) -> None:
    if state == ADOPTED or overtaken(offered, running):
        now = running.semver if running else offered.semver
        raise StateConflict(
            f"Versie {offered.semver} is al overgenomen of ingehaald; u werkt met versie {now}.",
            f"Version {offered.semver} was adopted or overtaken already; you work with version {now}.",
            current=now,
        )


def _problem(status: Status) -> Problem:
    return Problem(status.point, f"{status.nl} {status.remedy_nl}", f"{status.en} {status.remedy_en}", status.status)
