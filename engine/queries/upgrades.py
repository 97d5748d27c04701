"""Versions that wait for a municipality, since its choices do not fit them; it works on with the one that it has."""

from dataclasses import dataclass
from datetime import date

from bpmn import compare
from bpmn.package import MANIFEST
from bpmn.semver import order
from engine.domain.caller import Caller
from engine.domain.rights import require
from engine.queries.models import ChoicesView, choices_for
from engine.store import models, rollouts, versions
from engine.store.models import Version
from engine.store.rollouts import Rollout
from engine.store.transaction import Transaction
from engine.usecases.adopt_version import overtaken, running_version
from engine.usecases.effective_model import base_package, choices, local_day
from engine.usecases.roll_out import ADOPTED, HELD, first_day, weigh
from tenants.override import Override
from tenants.rebase import Status, blocking


@dataclass(frozen=True, slots=True)
class Upgrade:
    """`running`: the version that new cases get now, None when there is none; `offered`: the one that waits;
    `revision`: of the choices that the statuses are about; `state`: held, or deferred until
    `held_until` for `reason`."""

    key: str
    name: str
    running: Version | None
    offered: Version
    revision: int
    statuses: tuple[Status, ...]
    state: str = HELD
    reason: str | None = None
    held_until: date | None = None

    @property
    def fits(self) -> bool:
        """Whether nothing has to be chosen first."""
        return not any(blocking(status) for status in self.statuses)


@dataclass(frozen=True, slots=True)
class Offer:
    """One version for a municipality, with its choices as they are now. `state`: pending, held, adopted or overtaken;
    `begins`: the first day on which cases could start on it; `choices`: all, with those for other versions;
    `comparison`: with the version that runs, None without one and when that is not older."""

    running: Version | None
    offered: Version
    state: str
    today: date
    begins: date
    revision: int
    choices: Override
    statuses: tuple[Status, ...]
    comparison: compare.Comparison | None

    @property
    def later(self) -> bool:
        """Whether it was adopted for a day that has yet to come, so that choices for it can still be made."""
        return self.state == ADOPTED and not (self.running and self.running.id == self.offered.id)

    @property
    def changeable(self) -> bool:
        """Whether choices for it make sense: it is not in force yet, and may be."""
        return self.running is not None and (self.state not in (ADOPTED, OVERTAKEN) or self.later)


OVERTAKEN = "overtaken"


def waiting(transaction: Transaction, caller: Caller, key: str | None = None) -> list[Upgrade]:
    """What the municipality has to decide, by model, the newest version first; versions that it has overtaken are no
    longer a question. `key`: of one model."""
    require(caller, "rollout.read")
    found = []
    for row in rollouts.held(transaction):
        if key is not None and row.key != key:
            continue
        offered = versions.read(transaction, row.version_id, row.owner_id)
        running = running_version(transaction, row.key)
        if not overtaken(offered, running):
            told = rollouts.statuses(transaction, row.owner_id, row.version_id, transaction.tenant)
            statuses = told.get(transaction.tenant, ())
            at = (offered, row.override_revision, statuses, row.state, row.reason, row.held_until)
            found.append(Upgrade(row.key, offered.name, running, *at))
    newest_first = sorted(found, key=lambda one: order(one.offered.semver), reverse=True)
    return sorted(newest_first, key=lambda one: (one.name.casefold(), one.key))


def choices_now(transaction: Transaction, caller: Caller, key: str) -> tuple[str, int]:
    """The municipality's choices for a model, as JSON, and their revision: what an adoption begins from."""
    require(caller, "override.read")
    stored = models.override(transaction, key)
    return stored.choices, stored.revision


def read_offer(transaction: Transaction, caller: Caller, key: str, semver: str) -> Offer:
    """How a version stands for the municipality, and what becomes of its choices there. Raises NotFound."""
    require(caller, "rollout.read")
    row = rollouts.find(transaction, key, semver)
    offered = versions.read(transaction, row.version_id, row.owner_id)
    running = running_version(transaction, key)
    stored = models.override(transaction, key)
    chosen = choices(transaction, key, stored)
    begins, state = first_day(transaction, offered), _state(row, offered, running)
    statuses: tuple[Status, ...] = ()
    if state != OVERTAKEN and not (running and running.id == offered.id):
        remembered = ("weighed", transaction.tenant, offered.id, running and running.id, stored.revision, begins)
        statuses = transaction.memory.recall(remembered, lambda: weigh(transaction, offered, chosen))
    today, compared = local_day(transaction.at), _compared(transaction, running, offered)
    return Offer(running, offered, state, today, begins, stored.revision, chosen, statuses, compared)


def offered_choices(transaction: Transaction, caller: Caller, key: str, semver: str) -> ChoicesView:
    """How the municipality differs from a version that is not in force for it yet. Raises NotFound."""
    require(caller, "override.read")
    row = rollouts.find(transaction, key, semver)
    offered = versions.read(transaction, row.version_id, row.owner_id)
    return choices_for(transaction, offered, first_day(transaction, offered))


def offered_diagram(transaction: Transaction, caller: Caller, key: str, semver: str) -> bytes:
    """The BPMN of a version as it was offered to the municipality. Raises NotFound."""
    require(caller, "rollout.read")
    row = rollouts.find(transaction, key, semver)
    return base_package(transaction, row.owner_id, row.version_id).files[MANIFEST]


def _state(row: Rollout, offered: Version, running: Version | None) -> str:
    if running is not None and running.id == offered.id:
        return ADOPTED
    return OVERTAKEN if overtaken(offered, running) else row.state


def _compared(transaction: Transaction, running: Version | None, offered: Version) -> compare.Comparison | None:
    if running is None or overtaken(offered, running):
        return None

    def look() -> compare.Comparison:
        old, new = (base_package(transaction, one.owner_id, one.id) for one in (running, offered))
        return compare.compare(old, new)

    return transaction.memory.recall(("compared", running.id, offered.id), look)
