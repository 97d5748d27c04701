"""The clock begins a case: one firing of a timer start event, exactly once however often a worker dies."""

from dataclasses import replace

from engine.domain.caller import system
from engine.domain.errors import NotFound
from engine.domain.events import Start
from engine.domain.work import Job
from engine.runtime import schedule
from engine.store import jobs, models, schedules
from engine.store.schedules import Firing
from engine.store.transaction import Transaction
from engine.usecases.advance_case import begin, new_number
from engine.usecases.arrange_starts import arrange_starts, bound
from engine.usecases.effective_model import ZONE, choose, local_day, running_of


def start_on_time(transaction: Transaction, job: Job) -> None:
    """The case, the end of the job and the next firing are stored together, so that none is without the others. When
    another version is in force by now its schedule takes over. Raises what refuses the case, such as ModelRefused."""
    schedules.lock(transaction, job.type)
    if not schedules.held(transaction, job):
        return
    firing = schedules.firing_of(job)
    version = _in_force(transaction, job.type)
    if firing is None or version is None or version.id != firing.version:
        jobs.done(transaction, job.id)
        arrange_starts(transaction, job.type, schedules.looks_at(job))
    elif firing.kind == "timer":
        jobs.done(transaction, job.id)
        _next(transaction, job.type, firing)
        _begin(transaction, version, firing)
    elif _became_true(transaction, version, job, firing):
        _begin(transaction, version, firing)


def _begin(transaction: Transaction, version: models.Version, firing: Firing) -> None:
    number = new_number(transaction)
    event = Start({"zaaknummer": number}, firing.node, kind=firing.kind)
    running = running_of(transaction, choose(transaction, version).id)
    begin(transaction, system(transaction.tenant), running, firing.process, number, event)


def _became_true(transaction: Transaction, version: models.Version, job: Job, firing: Firing) -> bool:
    """Look at a condition, and arrange the next look. A case begins when it has become true, not while it stays so."""
    stored = models.override(transaction, job.type)
    definition = bound(transaction, version, stored)[firing.process]
    true = schedule.holds(definition, firing.node, transaction.now)
    row = schedule.watched(firing.node, transaction.now + schedule.WATCH, true)
    schedules.move(transaction, job, replace(firing, row=row))
    return true and not firing.row[3]


def pass_over(transaction: Transaction, job: Job, error: str) -> None:
    """This firing could not begin a case; the next one is tried all the same."""
    schedules.lock(transaction, job.type)
    if not schedules.held(transaction, job):
        return
    firing = schedules.firing_of(job)
    schedules.fail(transaction, job, error)
    if firing is not None:
        _next(transaction, job.type, firing)


def _in_force(transaction: Transaction, key: str) -> models.Version | None:
    try:
        return models.current_version(transaction, key, local_day(transaction.at))
    except NotFound:
        return None


def _next(transaction: Transaction, key: str, firing: Firing) -> None:
    if firing.kind == "conditional":
        row: list[object] | None = schedule.watched(firing.node, transaction.now + schedule.WATCH, True)
    else:
        row = schedule.following(firing.row, transaction.now, ZONE)
    if row is not None:
        schedules.add(transaction, key, replace(firing, row=row))
