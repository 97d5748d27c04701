"""Announce a version to the tenants: a row for every one of them, so that nobody is missing from its roll-out."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from bpmn.package import Package
from engine.domain.caller import system
from engine.store import directory, releases, rollouts, versions
from engine.store.models import Version
from engine.store.releases import Member
from engine.store.rollouts import Rollout
from engine.store.transaction import Transaction
from engine.usecases.arrange_starts import begins_by_clock, midnight
from engine.usecases.effective_model import base_package, local_day
from engine.usecases.roll_out import ADOPTED, PENDING, WAITING, look
from tenants import variation
from tenants.release import AUTOMATIC, RINGS


def announce(transaction: Transaction, version: Version, package: Package) -> None:
    """At publishing, in its transaction: a row for every tenant that could start the model, and a job for each whose
    choices must be looked at, or for whom the clock begins cases. Whoever has no choices takes the version at once,
    unless it asks for one, its ring waits, or the tenant wants to decide itself."""
    rollouts.shut_out_choosers(transaction, version.key)
    if not _collective(transaction):
        return  # a model of a municipality is started by nobody else
    today = local_day(transaction.at)
    opened = version.release.opens(today)
    releases.open_rings(transaction, system(transaction.tenant), version, opened)
    if version.release.earlier_until is not None:
        versions.end_earlier(transaction, version, version.release.earlier_until)
    asks = any(not point.safe for point in variation.points(package))
    first = len(versions.of_model(transaction, version.key)) == 1
    choosers = rollouts.choosers(transaction, version.key)
    members = releases.audience(transaction, version.key)

    def state(one: Member) -> str:
        if not one.terms.reached(opened, today):
            return WAITING
        wants = one.terms.policy != AUTOMATIC and not version.release.forced
        return PENDING if not first and (asks or wants or one.tenant in choosers) else ADOPTED

    rows = {one: _row(transaction, version, one.tenant, state(one), first) for one in members}
    rollouts.add(transaction, rows.values())
    _jobs(transaction, version, rows, begins_by_clock(package))


def _jobs(transaction: Transaction, version: Version, rows: Mapping[Member, Rollout], by_clock: bool) -> None:
    today, release = local_day(transaction.at), version.release
    opened = release.opens(today)
    for one, row in rows.items():
        if row.state == PENDING or (row.state == ADOPTED and by_clock):
            look(transaction, one.tenant, version.id)
        coming = [day for ring, day in opened.items() if RINGS.index(ring) >= RINGS.index(one.terms.ring)]
        if row.state == WAITING and coming:
            look(transaction, one.tenant, version.id, midnight(min(coming)))
        later = version.effective_from is not None and version.effective_from > today
        if release.earlier_until is not None and (row.state != ADOPTED or later):
            look(transaction, one.tenant, version.id, midnight(release.earlier_until + timedelta(days=1)))


def _row(transaction: Transaction, version: Version, tenant: UUID, state: str, first: bool) -> Rollout:
    row = Rollout(version.owner_id, version.id, tenant, version.key, state)
    if state != ADOPTED:
        return row
    by = system(transaction.tenant)
    decided = replace(row, decided_by=by.actor, decided_by_name=by.name, decided_at=transaction.at)
    # Of a first version there is nothing to tell: nothing changed.
    return replace(decided, seen_at=transaction.at) if first else decided


def admit_tenants(transaction: Transaction) -> int:
    """A row of what is in force, and of what comes, for every tenant that joined since it was published; how many. In a
    transaction of the collective; may be run at any time."""
    if not _collective(transaction):
        return 0
    today = local_day(transaction.at)
    return sum(len(list(_admitted(transaction, newest, today))) for newest in versions.newest_of_each(transaction))


def _admitted(transaction: Transaction, newest: Version, today: date) -> Iterator[Rollout]:
    known = versions.of_model(transaction, newest.key)
    begun = [one for one in known if one.effective_from is None or one.effective_from <= today]
    coming = [one for one in known if one not in begun]
    members = releases.audience(transaction, newest.key)
    for version in [*begun[:1], *coming]:
        opened = releases.opened(transaction, version.owner_id, version.id)
        there = {row.tenant_id for row in rollouts.of_version(transaction, version.id)}
        by_clock = begins_by_clock(base_package(transaction, version.owner_id, version.id))
        for one in members:
            if one.tenant in there:
                continue
            state = ADOPTED if one.terms.reached(opened, today) else WAITING
            row = _row(transaction, version, one.tenant, state, True)
            rollouts.add(transaction, [row])
            _jobs(transaction, version, {one: row}, by_clock)
            yield row


def _collective(transaction: Transaction) -> bool:
    return any(
        one.tenant == transaction.tenant and one.kind == "collective" for one in directory.known_tenants(transaction)
    )
