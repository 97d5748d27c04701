"""The clock begins cases: what a tenant's schedule of one model is, whenever what is in force for it changes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bpmn.package import Package
from bpmn.starts import beginnings
from engine.domain.errors import Invalid, NotFound, Problem
from engine.runtime import Definition, schedule
from engine.runtime.failures import Incident
from engine.store import models, schedules
from engine.store.models import NO_OVERRIDE, StoredOverride, Version
from engine.store.schedules import Firing
from engine.store.transaction import Transaction
from engine.usecases.effective_model import ZONE, base_package, choose, effective, local_day, running_of


def arrange_starts(transaction: Transaction, key: str, since: int | None = None) -> None:
    """Make the firings of the version in force, and drop those of others; what is unchanged goes on as it was. `since`:
    the moment (epoch ms) at which what is in force changed, when that was before now. Raises Invalid when a timer is
    none, ModelRefused."""
    schedules.lock(transaction, key)
    if not schedules.runs_cases(transaction):
        return
    on = local_day(transaction.at)
    later = schedules.next_change(transaction, key, on)
    schedules.look_again(transaction, key, None if later is None else midnight(later))
    try:
        version, stored = models.in_force(transaction, key, on)
    except NotFound:
        schedules.replace(transaction, key, ())
        return
    if not version.begins_cases(on):
        schedules.replace(transaction, key, ())
        return
    mark = f"{version.id}/{stored.revision}"
    coming = schedules.coming(transaction, key)
    if {firing.mark for firing in coming} != {mark}:
        firings = list(_firings(transaction, version, stored, mark, transaction.now if since is None else since))
        schedules.replace(transaction, key, [*firings, *_watched(transaction, version, stored, mark, coming)])


def require_schedule(transaction: Transaction, version: Version) -> None:
    """At publishing: the timers of its start events can be worked out with what the model itself gives. Raises Invalid
    with every fault."""
    package = base_package(transaction, version.owner_id, version.id)
    if begins_by_clock(package):
        list(_firings(transaction, version, NO_OVERRIDE, "", transaction.now))


def begins_by_clock(package: Package) -> bool:
    """Whether the clock begins cases of one of its processes."""
    nodes = [node for process in package.processes.values() for node in beginnings(process)]
    return any(node.trigger("timer") or node.trigger("conditional") for node in nodes)


def bound(transaction: Transaction, version: Version, stored: StoredOverride) -> Mapping[str, Definition]:
    """The processes of the version that may begin cases, each with the municipality's parameters of today."""
    base = base_package(transaction, version.owner_id, version.id)
    found = effective(transaction, base, version.semver, stored, local_day(transaction.at))
    values = {name: one.value for name, one in found.parameters.items()}
    running = running_of(transaction, choose(transaction, version, stored).id)
    executable = {id_ for id_, process in running.package.processes.items() if process.executable}
    return {id_: one.bind(values, ZONE) for id_, one in running.definitions.items() if id_ in executable}


def _firings(
    transaction: Transaction, version: Version, stored: StoredOverride, mark: str, since: int
) -> Iterator[Firing]:
    if not begins_by_clock(base_package(transaction, version.owner_id, version.id)):
        return
    problems: list[Problem] = []
    for process, definition in bound(transaction, version, stored).items():
        for node in schedule.timer_starts(definition):
            row = _first(definition, node, since, problems)
            if row is not None:
                yield Firing(mark, version.id, process, row)
    if problems:
        raise Invalid(
            "De klok van een startgebeurtenis klopt niet.", "The timer of a start event is wrong.", tuple(problems)
        )


def _watched(
    transaction: Transaction, version: Version, stored: StoredOverride, mark: str, before: Iterable[Firing]
) -> Iterator[Firing]:
    """A look at each condition that begins cases, at once. What was true stays known, so that other choices begin no
    case where nothing became true."""
    if not begins_by_clock(base_package(transaction, version.owner_id, version.id)):
        return
    was = {(one.process, one.node) for one in before if one.kind == "conditional" and one.row[3]}
    for process, definition in bound(transaction, version, stored).items():
        for node in schedule.condition_starts(definition):
            row = schedule.watched(node, transaction.now, (process, node) in was)
            yield Firing(mark, version.id, process, row)


def _first(definition: Definition, node: str, now: int, problems: list[Problem]) -> list[object] | None:
    try:
        return schedule.first(definition, node, now)
    except Incident as incident:
        nl = f"Vul een datum, duur of herhaling in, zoals R/2027-01-04T09:00:00/P1W; nu: {incident}."
        en = f"Fill in a date, duration or cycle such as R/2027-01-04T09:00:00/P1W; now: {incident}."
        problems.append(Problem(node, nl, en, incident.code))
        return None


def midnight(day: date) -> int:
    """The moment (epoch ms) at which a day begins in the municipality's zone."""
    return int(datetime.combine(day, time(), ZoneInfo(ZONE)).timestamp() * 1000)
