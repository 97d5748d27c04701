"""Versions that wait for a municipality, since its choices do not fit them; it works on with the one that it has."""

from dataclasses import dataclass
from uuid import UUID

from engine.domain.caller import Caller
from engine.domain.errors import NotFound
from engine.domain.rights import require
from engine.store import models, rollouts, versions
from engine.store.models import Version
from engine.store.transaction import Transaction
from engine.usecases.effective_model import local_day
from engine.usecases.publish_model import order
from tenants.rebase import Status


@dataclass(frozen=True, slots=True)
class Upgrade:
    """`running`: the version that new cases get now, None when there is none; `offered`: the one that waits;
    `revision`: of the choices that the statuses are about."""

    key: str
    name: str
    running: Version | None
    offered: Version
    revision: int
    statuses: tuple[Status, ...]


def waiting(transaction: Transaction, caller: Caller) -> list[Upgrade]:
    """What the municipality has to decide, by model, the newest version first; versions that it has overtaken are no
    longer a question."""
    require(caller, "rollout.read")
    found = []
    for row in rollouts.held(transaction):
        offered = versions.read(transaction, row.version_id, row.owner_id)
        running = _running(transaction, row.key)
        if running is None or (running.owner_id == offered.owner_id and order(running.semver) < order(offered.semver)):
            told = rollouts.statuses(transaction, row.owner_id, row.version_id, transaction.tenant)
            statuses = told.get(transaction.tenant, ())
            found.append(Upgrade(row.key, offered.name, running, offered, row.override_revision, statuses))
    newest_first = sorted(found, key=lambda one: order(one.offered.semver), reverse=True)
    return sorted(newest_first, key=lambda one: (one.name.casefold(), one.key))


def offered(transaction: Transaction, caller: Caller, key: str, semver: str) -> UUID:
    """The id of a version that was rolled out to the municipality, whether it waits or not. Raises NotFound."""
    require(caller, "rollout.read")
    return rollouts.offered(transaction, key, semver)


def choices_now(transaction: Transaction, caller: Caller, key: str) -> tuple[str, int]:
    """The municipality's choices for a model, as JSON, and their revision: what an adoption begins from."""
    require(caller, "override.read")
    stored = models.override(transaction, key)
    return stored.choices, stored.revision


def _running(transaction: Transaction, key: str) -> Version | None:
    try:
        return models.current_version(transaction, key, local_day(transaction.at))
    except NotFound:
        return None
