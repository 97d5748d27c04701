"""A municipality puts a version off, with a reason, until a day or until it decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from engine.domain.caller import Caller
from engine.domain.errors import Invalid, NotFound, Problem, StateConflict
from engine.domain.rights import require
from engine.store import models, rollouts, versions
from engine.store.models import Version
from engine.store.transaction import Transaction
from engine.usecases.arrange_starts import arrange_starts, midnight
from engine.usecases.effective_model import local_day
from engine.usecases.roll_out import ADOPTED, DEFERRED, HELD, first_day, look
from engine.usecases.set_policy import reason_faults


@dataclass(frozen=True, slots=True)
class HoldVersion:
    """`until`: the day on which it is looked at again, None: somebody will decide."""

    key: str
    version_id: UUID
    reason: str
    until: date | None = None


def hold_version(transaction: Transaction, caller: Caller, command: HoldVersion) -> Version:
    """The tenant works on with the version that it has. Raises NotFound, StateConflict for a legal fix and for what it
    works with already, and Invalid with every fault."""
    require(caller, "version.adopt")
    rollouts.lock_choices(transaction, command.key)
    row = rollouts.lock(transaction, command.version_id)
    if row.key != command.key:
        raise NotFound
    offered = versions.read(transaction, row.version_id, row.owner_id)
    _require_free(offered, row.state == ADOPTED and first_day(transaction, offered) <= local_day(transaction.at))
    faults = tuple(_faults(command, offered, local_day(transaction.at)))
    if faults:
        raise Invalid("Uitstellen lukt zo niet.", "This cannot be put off like that.", faults)
    state = HELD if command.until is None else DEFERRED
    revision = models.override(transaction, row.key).revision
    rollouts.decide(transaction, caller, row, state, revision, command.reason.strip(), command.until)
    if command.until is not None:
        look(transaction, transaction.tenant, row.version_id, midnight(command.until))
    arrange_starts(transaction, row.key)
    return offered


def _require_free(offered: Version, running: bool) -> None:
    if offered.release.forced:
        raise StateConflict(
            f"Versie {offered.semver} is een wettelijke spoedwijziging ({offered.release.legal_basis}); uitstel kan "
            "niet.",
            f"Version {offered.semver} is a legal fix ({offered.release.legal_basis}); it cannot be put off.",
            current=offered.semver,
        )
    if running:
        raise StateConflict(
            f"U werkt al met versie {offered.semver}; uitstel kan niet meer.",
            f"You work with version {offered.semver} already; it can no longer be put off.",
            current=offered.semver,
        )


def _faults(command: HoldVersion, offered: Version, today: date) -> Iterator[Problem]:
    yield from reason_faults(command.reason)
    last = offered.release.earlier_until
    if command.until is not None and command.until <= today:
        yield Problem("until", "Kies een dag na vandaag.", "Choose a day after today.", "past")
    elif command.until is not None and last is not None and command.until > last:
        nl = f"De versie die u hebt, mag tot en met {last:%d-%m-%Y} worden gebruikt. Kies die dag of een eerdere."
        yield Problem("until", nl, f"Your version may be used until {last}. Choose that day or one before.", "too-late")
