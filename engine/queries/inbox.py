"""The inbox of a municipality: what it must decide, what went by itself, and what it wants of versions to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.domain.caller import Caller
from engine.domain.rights import require
from engine.queries import upgrades
from engine.queries.upgrades import Upgrade
from engine.store import models, releases, rollouts, versions
from engine.store.models import Version
from engine.store.releases import Policy, Terms
from engine.store.transaction import Transaction
from engine.usecases.effective_model import local_day
from tenants.rebase import Status


@dataclass(frozen=True, slots=True)
class Notice:
    """A version that went by itself. `kind`: legal (a legal fix), default (the base's answer was taken), automatic."""

    version: Version
    kind: str
    at: datetime | None
    statuses: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    """`decisions`: versions that wait, by model; `notices`: unread, the newest first."""

    decisions: Sequence[Upgrade]
    notices: Sequence[Notice]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One model (or, without a version, all others) with what holds for it."""

    version: Version | None
    terms: Terms


def read_inbox(transaction: Transaction, caller: Caller) -> Inbox:
    """Everything that waits for this municipality, across models."""
    require(caller, "rollout.read")
    decisions = upgrades.waiting(transaction, caller)
    return Inbox(decisions, [_notice(transaction, row) for row in rollouts.unseen(transaction)])


def _notice(transaction: Transaction, row: rollouts.Rollout) -> Notice:
    version = versions.read(transaction, row.version_id, row.owner_id)
    told = rollouts.statuses(transaction, row.owner_id, row.version_id, transaction.tenant).get(transaction.tenant, ())
    default = any(status.status == "default-taken" for status in told)
    kind = "legal" if version.release.forced else "default" if default else "automatic"
    return Notice(version, kind, row.decided_at, told)


def read_policies(transaction: Transaction, caller: Caller) -> tuple[list[Wanted], list[Policy]]:
    """What holds, for all models and for each, and what was said by whom, the newest first."""
    require(caller, "rollout.read")
    shared = [
        one for one in models.current_versions(transaction, local_day(transaction.at)) if one.owner_kind == "collective"
    ]
    known = {version.owner_id for version in shared}
    default = [Wanted(None, releases.terms(transaction, owner, "")) for owner in sorted(known)[:1]]
    each = [Wanted(one, releases.terms(transaction, one.owner_id, one.key)) for one in shared]
    return [*default, *each], releases.said(transaction)
