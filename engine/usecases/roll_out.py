"""Roll a version out to one tenant, by a job: its choices are looked at, and its policy says whether it goes along."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import cast
from uuid import UUID

from bpmn.model import Finding
from bpmn.package import Package
from bpmn.semver import order
from engine.domain.caller import Caller
from engine.domain.codec import from_text, to_text
from engine.domain.errors import ModelRefused, NotFound
from engine.domain.ids import new_id
from engine.domain.rights import require
from engine.domain.work import NewJob
from engine.store import jobs, models, releases, rollouts, versions
from engine.store.releases import Terms
from engine.store.rollouts import Rollout
from engine.store.transaction import Transaction
from engine.usecases.arrange_starts import arrange_starts, midnight
from engine.usecases.check_choices import check_choices, read_choices
from engine.usecases.effective_model import base_package, choices, compiled_once, local_day
from tenants import rebase, variation
from tenants.override import Override
from tenants.rebase import Status, blocking
from tenants.variation import VariationPoint

ATTEMPTS = 5
ADOPTED, HELD, PENDING, WAITING, DEFERRED = "adopted", "held", "pending", "waiting", "deferred"


@dataclass(frozen=True, slots=True)
class Weighed:
    """What becomes of the choices of that revision."""

    statuses: tuple[Status, ...]
    revision: int

    @property
    def blocked(self) -> bool:
        """Whether somebody must decide first."""
        return any(blocking(status) for status in self.statuses)


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


def look_again(transaction: Transaction, in_force: models.Version, on: date) -> None:
    """The tenant's choices changed: what waits for it, or comes later, is looked at anew."""
    for _, version in rollouts.reconsider(transaction, in_force.key, in_force.semver, on):
        look(transaction, transaction.tenant, version)


def look(transaction: Transaction, tenant: UUID, version: UUID, due: int | None = None) -> None:
    """A job of this tenant's looks at the version for that one; `due`: epoch ms, now when it is not given."""
    payload = to_text({"tenant": str(tenant), "version": str(version)})
    when = transaction.now if due is None else due
    jobs.add(transaction, NewJob(new_id(), None, 0, "", "rollout", "", when, ATTEMPTS, payload))


def roll_out(transaction: Transaction, caller: Caller, command: RollOut) -> str:
    """How the version stands for this tenant afterwards: adopted when nothing blocks and nobody wants to decide, held
    when somebody must decide. What is held stays so, with statuses that are up to date, until the law says otherwise.
    Raises NotFound."""
    require(caller, "version.adopt")
    row = rollouts.lock(transaction, command.version)
    if row.state == ADOPTED:
        arrange_starts(transaction, row.key)
        return ADOPTED
    offered = versions.read(transaction, row.version_id, row.owner_id)
    today = local_day(transaction.at)
    expired, opened = offered.release.expired(today), releases.opened(transaction, row.owner_id, row.version_id)
    terms = releases.terms(transaction, row.owner_id, row.key)
    if not (offered.release.forced or expired or terms.reached(opened, today)):
        return row.state
    stored = models.override(transaction, row.key)
    chosen = choices(transaction, row.key, stored)
    found = Weighed(weigh(transaction, offered, chosen), stored.revision)
    if expired:
        found = take_defaults(transaction, caller, offered, stored, chosen, found)
    rollouts.tell(transaction, row, found.statuses)
    state, until = _state(row, found, terms, offered.release.forced or expired, today)
    reason = row.reason if state in (HELD, DEFERRED) else None
    rollouts.decide(transaction, caller, row, state, found.revision, reason, until)
    if until is not None and until != row.held_until:
        look(transaction, transaction.tenant, row.version_id, midnight(until))
    if state == ADOPTED:
        arrange_starts(transaction, row.key)
    return state


def _state(row: Rollout, found: Weighed, terms: Terms, forced: bool, today: date) -> tuple[str, date | None]:
    """How it stands, and until when it is put off."""
    if found.blocked:
        return HELD, None
    if forced:
        return ADOPTED, None
    if row.state == DEFERRED and row.held_until is not None and row.held_until > today:
        return DEFERRED, row.held_until
    if row.state == HELD or terms.policy == "approval":
        return HELD, None
    if terms.policy == "until" and terms.until is not None and terms.until > today:
        return DEFERRED, terms.until
    return ADOPTED, None


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
    if any(blocking(status) for status in statuses):
        return statuses
    return (*statuses, *_failing(transaction, new, mine, on))


def take_defaults(
    transaction: Transaction,
    caller: Caller,
    offered: models.Version,
    stored: models.StoredOverride,
    chosen: Override,
    found: Weighed,
) -> Weighed:
    """Earlier versions may no longer begin cases: choices that stand in the way are given up where the base says that
    its own answer will do, with notice; nothing is when it would not be enough."""
    blocked = [status for status in found.statuses if blocking(status)]
    points = _points(transaction, offered)
    if not blocked or not all(one.point in points and points[one.point].on_expiry == "default" for one in blocked):
        return found
    kept = list(_given_up(stored, chosen, {one.point for one in blocked}, offered.semver))
    left = read_choices(offered.key, kept)
    statuses = weigh(transaction, offered, left)
    if any(blocking(status) for status in statuses):
        return found
    models.add_override(transaction, offered.key, stored.revision + 1, to_text(kept), caller.actor)
    return Weighed((*map(_by_default, blocked), *statuses), stored.revision + 1)


def _given_up(
    stored: models.StoredOverride, chosen: Override, points: Collection[str], version: str
) -> Iterator[Mapping[str, object]]:
    """All choices as JSON, when those at these points no longer count from that version on."""
    for raw, choice in zip(cast(list[Mapping[str, object]], from_text(stored.choices)), chosen.choices, strict=True):
        if choice.point not in points or not choice.counts_for(version):
            yield raw
        elif choice.from_version is None or order(choice.from_version) < order(version):
            yield {**raw, "beforeVersion": version}


def _points(transaction: Transaction, offered: models.Version) -> dict[str, VariationPoint]:
    """The points of the offered version, and those that only the running one has."""
    found: dict[str, VariationPoint] = {}
    with suppress(NotFound):
        running = models.current_version(transaction, offered.key, local_day(transaction.at))
        found |= {p.id: p for p in variation.points(base_package(transaction, running.owner_id, running.id))}
    return found | {p.id: p for p in variation.points(base_package(transaction, offered.owner_id, offered.id))}


def _by_default(status: Status) -> Status:
    nl = f"{status.nl} Eerdere versies mogen niet meer worden gebruikt; uw gemeente doet dit nu zoals de basis."
    en = f"{status.en} Earlier versions may no longer be used; your municipality does this as the base does now."
    todo_nl, todo_en = "Kijk of dit past, of kies opnieuw.", "See whether this fits, or choose anew."
    return Status(status.point, "default-taken", nl, en, todo_nl, todo_en, status.start)


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
