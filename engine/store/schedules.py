"""Jobs that begin cases by the clock, of one tenant and one model at a time; and when the version in force changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import text

from engine.domain.codec import from_text, to_text
from engine.domain.ids import new_id
from engine.domain.work import Job, NewJob
from engine.store import jobs
from engine.store.transaction import Transaction

ATTEMPTS = 20  # such jobs fail only when a database or a worker dies; they must outlive that
ALONE = text("select pg_advisory_xact_lock(hashtextextended(:what, 5))")
OPEN = text(
    "select payload from job where tenant_id = :tenant and kind = 'schedule' and type = :key and node <> '' "
    "and state in ('ready', 'running')"
)
CANCEL = text(
    "update job set state = 'cancelled', lease_until = null where tenant_id = :tenant and kind = 'schedule' "
    "and type = :key and (node = '') = :looking and state in ('ready', 'running')"
)
HELD = text(
    "select 1 from job where tenant_id = :tenant and id = :id and fence = :fence and state = 'running' "
    "for no key update"
)
FAIL = text(
    "update job set state = 'failed', lease_until = null, last_error = :error where tenant_id = :tenant and id = :id"
)
MOVE = text(
    "update job set state = 'ready', due_at = :due, attempts = 0, lease_until = null, payload = :payload "
    "where tenant_id = :tenant and id = :id"
)
KIND = text("select kind from tenant where id = :tenant")
NEXT_CHANGE = text(
    """select min(day) from (
      select v.effective_from as day from version v where v.key = :key and v.effective_from > :on
      union all select v.last_start + 1 from version v where v.key = :key and v.last_start >= :on) change"""
)


@dataclass(frozen=True, slots=True)
class Firing:
    """The next firing of a timer start event, or the next look at a conditional one. `mark`: the version and choices
    that it was worked out with; `row`: of the runtime, [kind, node, due in epoch ms, …]."""

    mark: str
    version: UUID
    process: str
    row: list[object]

    @property
    def node(self) -> str:
        """The start event."""
        return str(self.row[1])

    @property
    def kind(self) -> str:
        """timer or conditional."""
        return str(self.row[0])

    @property
    def due(self) -> int:
        """Epoch ms."""
        due = self.row[2]
        assert isinstance(due, int)
        return due


def lock(transaction: Transaction, key: str) -> None:
    """Until the end of the transaction nobody else arranges or fires this tenant's schedule of the model."""
    transaction.run(ALONE, {"what": f"{transaction.tenant}/{key}"})


def runs_cases(transaction: Transaction) -> bool:
    """Whether the clock may begin cases for this tenant: a collective publishes for others."""
    return bool(transaction.run(KIND, {"tenant": transaction.tenant}).scalar() not in (None, "collective"))


def coming(transaction: Transaction, key: str) -> list[Firing]:
    """The firings that are still to come."""
    rows = transaction.run(OPEN, {"tenant": transaction.tenant, "key": key}).scalars()
    return [_read(payload) for payload in rows]


def replace(transaction: Transaction, key: str, firings: Iterable[Firing]) -> None:
    """These firings are to come, and no others."""
    transaction.run(CANCEL, {"tenant": transaction.tenant, "key": key, "looking": False})
    for firing in firings:
        add(transaction, key, firing)


def add(transaction: Transaction, key: str, firing: Firing) -> None:
    """One more firing."""
    jobs.add(
        transaction, NewJob(new_id(), None, 0, firing.node, "schedule", key, firing.due, ATTEMPTS, _written(firing))
    )


def move(transaction: Transaction, job: Job, firing: Firing) -> None:
    """The job stands for this firing from now on: a condition is looked at so often that rows would pile up."""
    due = datetime.fromtimestamp(firing.due / 1000, UTC)
    values = {"tenant": transaction.tenant, "id": job.id, "due": due, "payload": _written(firing)}
    transaction.run(MOVE, values)


def firing_of(job: Job) -> Firing | None:
    """What a job fires; None when it only looks whether another version is in force."""
    return _read(job.payload) if job.node else None


def look_again(transaction: Transaction, key: str, at: int | None) -> None:
    """At that moment (epoch ms) the schedule is arranged anew; None: no need."""
    transaction.run(CANCEL, {"tenant": transaction.tenant, "key": key, "looking": True})
    if at is not None:
        jobs.add(transaction, NewJob(new_id(), None, 0, "", "schedule", key, at, ATTEMPTS, to_text({"at": at})))


def looks_at(job: Job) -> int | None:
    """The moment (epoch ms) that a job of `look_again` was made for; None for a firing."""
    found = from_text(job.payload)
    return found.get("at") if isinstance(found, dict) else None


def next_change(transaction: Transaction, key: str, on: date) -> date | None:
    """The first day after `on` on which another version of the model may come in force."""
    found: date | None = transaction.run(NEXT_CHANGE, {"key": key, "on": on}).scalar()
    return found


def held(transaction: Transaction, job: Job) -> bool:
    """Whether this worker still holds the job; nobody takes it over until the end of the transaction."""
    values = {"tenant": transaction.tenant, "id": job.id, "fence": job.fence}
    return transaction.run(HELD, values).first() is not None


def fail(transaction: Transaction, job: Job, error: str) -> None:
    """This firing begins nothing; why is kept."""
    transaction.run(FAIL, {"tenant": transaction.tenant, "id": job.id, "error": error[:2000]})


def _written(firing: Firing) -> str:
    return to_text({"mark": firing.mark, "version": str(firing.version), "process": firing.process, "row": firing.row})


def _read(payload: str) -> Firing:
    found = from_text(payload)
    assert isinstance(found, dict)
    return Firing(found["mark"], UUID(found["version"]), found["process"], found["row"])
