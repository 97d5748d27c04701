"""Roll a version out: the owner begins with a row per tenant, then each tenant's choices are looked at by a job."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

from bpmn.model import Finding
from bpmn.package import Package
from engine.domain.caller import Caller, system
from engine.domain.codec import to_text
from engine.domain.errors import ModelRefused, NotFound
from engine.domain.ids import new_id
from engine.domain.rights import require
from engine.domain.work import NewJob
from engine.store import directory, jobs, models, rollouts, versions
from engine.store.rollouts import Rollout
from engine.store.transaction import Transaction
from engine.usecases.arrange_starts import arrange_starts, begins_by_clock
from engine.usecases.check_choices import check_choices
from engine.usecases.effective_model import base_package, choices, compiled_once, local_day
from tenants import rebase, variation
from tenants.override import Override
from tenants.rebase import Status

ATTEMPTS = 5
ADOPTED, HELD, PENDING = "adopted", "held", "pending"


@dataclass(frozen=True, slots=True)
class RollOut:
    """To the tenant of the transaction."""

    version: UUID


@dataclass(frozen=True, slots=True)
class HoldBack:
    """Looking at it failed: why, in words."""

    version: UUID
    nl: str
    en: str


def announce(transaction: Transaction, version: models.Version, package: Package) -> None:
    """At publishing, in its transaction: a row for every tenant that could start the model, and a job for each whose
    choices must be looked at, or for whom the clock begins cases. Whoever has no choices takes the version at once,
    unless it asks for one."""
    rollouts.shut_out_choosers(transaction, version.key)
    known = directory.known_tenants(transaction)
    if not any(one.tenant == transaction.tenant and one.kind == "collective" for one in known):
        return  # a model of a municipality is started by nobody else
    asks = any(not point.safe for point in variation.points(package))
    first = len(versions.of_model(transaction, version.key)) == 1
    choosers = rollouts.choosers(transaction, version.key)
    waiting = {one.tenant for one in known if not first and (asks or one.tenant in choosers)}
    by = system(transaction.tenant)
    row = Rollout(version.owner_id, version.id, version.owner_id, version.key, PENDING)
    at_once = replace(row, state=ADOPTED, decided_by=by.actor, decided_by_name=by.name, decided_at=transaction.at)
    others = [one.tenant for one in known if one.tenant != transaction.tenant]
    rows = [replace(row if other in waiting else at_once, tenant_id=other) for other in others]
    rollouts.add(transaction, rows)
    for one in rows:
        if one.state == PENDING or begins_by_clock(package):
            _look(transaction, one.tenant_id, one.version_id)


def look_again(transaction: Transaction, in_force: models.Version, on: date) -> None:
    """The tenant's choices changed: what waits for it, or comes later, is looked at anew."""
    for _, version in rollouts.reconsider(transaction, in_force.key, in_force.semver, on):
        _look(transaction, transaction.tenant, version)


def _look(transaction: Transaction, tenant: UUID, version: UUID) -> None:
    payload = to_text({"tenant": str(tenant), "version": str(version)})
    jobs.add(transaction, NewJob(new_id(), None, 0, "", "rollout", "", transaction.now, ATTEMPTS, payload))


def roll_out(transaction: Transaction, caller: Caller, command: RollOut) -> str:
    """How the version stands for this tenant afterwards: adopted when nothing blocks, held when somebody must decide.
    What is held stays so, with statuses that are up to date. Raises NotFound."""
    require(caller, "version.adopt")
    row = rollouts.lock(transaction, command.version)
    if row.state == ADOPTED:
        arrange_starts(transaction, row.key)
        return ADOPTED
    stored = models.override(transaction, row.key)
    offered = versions.read(transaction, row.version_id, row.owner_id)
    statuses = weigh(transaction, offered, choices(transaction, row.key, stored))
    rollouts.tell(transaction, row, statuses)
    blocked = row.state == HELD or any(rebase.blocking(status) for status in statuses)
    state = HELD if blocked else ADOPTED
    rollouts.decide(transaction, caller, row, state, stored.revision)
    if state == ADOPTED:
        arrange_starts(transaction, row.key)
    return state


def hold_back(transaction: Transaction, caller: Caller, command: HoldBack) -> None:
    """The tenant keeps its version, and reads why; nothing happens when it has decided meanwhile. Raises NotFound."""
    require(caller, "version.adopt")
    row = rollouts.lock(transaction, command.version)
    if row.state != ADOPTED:
        rollouts.tell(transaction, row, [_attention("", command.nl, command.en)])
        rollouts.decide(transaction, caller, row, HELD, models.override(transaction, row.key).revision)


def first_day(transaction: Transaction, version: models.Version) -> date:
    """The first day, from today, on which cases could start on a version."""
    today = local_day(transaction.at)
    return max(today, version.effective_from or today)


def weigh(transaction: Transaction, offered: models.Version, chosen: Override) -> tuple[Status, ...]:
    """What becomes of each choice on the offered version, and what else stands in its way. `chosen`: all choices, those
    for other versions too."""
    on = first_day(transaction, offered)
    new = base_package(transaction, offered.owner_id, offered.id)
    try:
        running = models.current_version(transaction, offered.key, on)
    except NotFound:  # there is none on that day, so that nothing can have changed
        running = offered
    if running.owner_id == transaction.tenant:
        return ()  # a model of its own goes before the shared one
    old = base_package(transaction, running.owner_id, running.id)
    mine = chosen.for_version(offered.semver)
    statuses = rebase.rebase(old, new, mine, on, chosen.for_version(running.semver))
    if any(rebase.blocking(status) for status in statuses):
        return statuses
    return (*statuses, *_failing(transaction, new, mine, on))


def _failing(transaction: Transaction, new: Package, chosen: Override, on: date) -> Iterable[Status]:
    try:
        today, compiling = local_day(transaction.at), partial(compiled_once, transaction)
        findings = check_choices(new, chosen, on, today, transaction.now, compiling)
    except ModelRefused as error:
        return [_attention("", problem.nl, problem.en) for problem in error.problems]
    return [_found(finding) for finding in findings if finding.severity == "error"]


def _found(finding: Finding) -> Status:
    return _attention(finding.element, finding.nl, finding.en)


def _attention(point: str, nl: str, en: str) -> Status:
    remedy_nl = "Pas uw keuzes aan voor de nieuwe versie, of vraag de eigenaar van het proces om hulp."
    remedy_en = "Change your choices for the new version, or ask the owner of the process for help."
    return Status(point, "needs-attention", nl, en, remedy_nl, remedy_en)
