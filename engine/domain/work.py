"""The values that use cases and the store exchange about cases: instances, user tasks, jobs, and one step's changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from engine.domain.effects import OpenTask

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Instance:
    """A case as stored. `state`: the runtime's JSON text; `notes`: number of history rows; `status`: active,
    completed or cancelled; `result`: JSON text of the variables with which it ended; `choices_now`: newest revision
    of the tenant's choices for this model, which parameters that bind late look at."""

    id: UUID
    effective_id: UUID
    key: str
    process: str
    business_key: str
    parent_id: UUID | None
    parent_token: int | None
    status: str
    revision: int
    notes: int
    state: str
    started_by: str
    started_at: datetime
    ended_at: datetime | None = None
    end_node: str | None = None
    result: str | None = None
    choices_now: int = 0


@dataclass(frozen=True, slots=True)
class UserTask:
    """Work for a person as stored. `status`: open, completed or cancelled; `assignee`: a person's or client's id."""

    id: UUID
    instance_id: UUID
    token: int
    node: str
    name: str
    form: str | None
    role: str | None
    groups: tuple[str, ...]
    users: tuple[str, ...]
    assignee: str | None
    assignee_name: str | None
    priority: int
    due_at: datetime | None
    follow_up_at: datetime | None
    revision: int
    status: str
    created_at: datetime
    completed_at: datetime | None = None
    completed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """Work for a machine as stored. `kind`: service, timer, event or continue, all of a case, or rollout or
    schedule, of none;
    `payload`: JSON text; `fence` counts claims, so that a worker that lost its lease cannot store a result."""

    id: UUID
    instance_id: UUID | None
    token: int
    node: str
    kind: str
    type: str
    state: str
    attempts: int
    max_attempts: int
    fence: int
    payload: str


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job to be stored; `due_at` in epoch milliseconds; a rollout or schedule is of no case."""

    id: UUID
    instance_id: UUID | None
    token: int
    node: str
    kind: str
    type: str
    due_at: int
    max_attempts: int
    payload: str


@dataclass(frozen=True, slots=True)
class NewWait:
    """A message or signal that is awaited from now on."""

    token: int
    node: str
    kind: str
    name: str
    key: str | None


@dataclass(frozen=True, slots=True)
class NewIncident:
    """Something that a person must look at."""

    token: int
    node: str
    code: str
    message: str
    job_id: UUID | None = None


@dataclass(slots=True)
class Changes:
    """What one step does to the tables, gathered before it is written in one statement. `closed`: tokens that are
    gone; `unwaited`: (token, node, kind, name) no longer awaited; `notes`: (kind, node, token, data)."""

    opened: list[tuple[UUID, OpenTask]] = field(default_factory=list)
    jobs: list[NewJob] = field(default_factory=list)
    waits: list[NewWait] = field(default_factory=list)
    incidents: list[NewIncident] = field(default_factory=list)
    notes: list[tuple[str, str, int, Row]] = field(default_factory=list)
    closed: set[int] = field(default_factory=set)
    unwaited: set[tuple[int, str, str, str]] = field(default_factory=set)
    resolved: set[int] = field(default_factory=set)
    done_task: UUID | None = None
    done_job: UUID | None = None
