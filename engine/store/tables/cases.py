"""Running cases: the instance with its state, the work it asks for, and what it remembers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.tables.base import Base, TenantOwned

DUE = text("coalesce(due_at, 'infinity'::timestamp with time zone)")


def of_instance() -> ForeignKeyConstraint:
    """A foreign key to the case, with the tenant in it, so that a row can never point across tenants."""
    return ForeignKeyConstraint(["tenant_id", "instance_id"], ["instance.tenant_id", "instance.id"])


class InstanceRow(TenantOwned, Base):
    """A running or ended case. `state` is the runtime's own JSON; `notes` counts the history rows; `result` is the
    JSON of the variables with which it ended."""

    __tablename__ = "instance"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "effective_id"], ["effective_model.tenant_id", "effective_model.id"]),
        CheckConstraint("status in ('active', 'completed', 'cancelled')", name="status"),
        Index("ix_instance_started", "tenant_id", "started_at", "id"),
        Index("ix_instance_business_key", "tenant_id", "business_key"),
        Index(
            "uq_instance_running_number",
            *("tenant_id", "key", "process", "business_key"),
            unique=True,
            postgresql_where=text("status = 'active' and parent_id is null"),
        ),
        Index("ix_instance_parent", "tenant_id", "parent_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    effective_id: Mapped[UUID]
    key: Mapped[str]
    process: Mapped[str]
    business_key: Mapped[str]
    parent_id: Mapped[UUID | None]
    parent_token: Mapped[int | None]
    status: Mapped[str]
    revision: Mapped[int]
    notes: Mapped[int]
    state: Mapped[str]
    result: Mapped[str | None]
    started_by: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_node: Mapped[str | None]


class WaitRow(TenantOwned, Base):
    """A message or signal that a case waits for; timers are jobs."""

    __tablename__ = "wait"
    __table_args__ = (
        of_instance(),
        Index("ix_wait_name", "tenant_id", "kind", "name", "key"),
        Index("ix_wait_instance", "tenant_id", "instance_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID]
    token: Mapped[int]
    node: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    key: Mapped[str | None]


class UserTaskRow(TenantOwned, Base):
    """Work for a person. Candidates: `groups`, `users`, or whoever fills `role`."""

    __tablename__ = "user_task"
    __table_args__ = (
        of_instance(),
        CheckConstraint("status in ('open', 'completed', 'cancelled')", name="status"),
        Index("ix_user_task_open_due", "tenant_id", DUE, "id", postgresql_where=text("status = 'open'")),
        Index("ix_user_task_open_age", "tenant_id", "created_at", "id", postgresql_where=text("status = 'open'")),
        Index("ix_user_task_instance", "tenant_id", "instance_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID]
    token: Mapped[int]
    node: Mapped[str]
    name: Mapped[str]
    form: Mapped[str | None]
    role: Mapped[str | None]
    groups: Mapped[list[str]] = mapped_column(ARRAY(Text))
    users: Mapped[list[str]] = mapped_column(ARRAY(Text))
    assignee: Mapped[str | None]
    assignee_name: Mapped[str | None]
    priority: Mapped[int]
    due_at: Mapped[datetime | None]
    follow_up_at: Mapped[datetime | None]
    revision: Mapped[int]
    status: Mapped[str]
    created_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    completed_by: Mapped[str | None]


class JobRow(TenantOwned, Base):
    """Work for a machine. `kind`: service (a connector of `type`), timer, event (to another case), continue; and of no
    case: rollout, of a version, and schedule, which begins cases of the model whose key is `type`."""

    __tablename__ = "job"
    __table_args__ = (
        of_instance(),
        CheckConstraint("kind in ('service', 'timer', 'event', 'continue', 'rollout', 'schedule')", name="kind"),
        CheckConstraint("(kind in ('rollout', 'schedule')) = (instance_id is null)", name="case"),
        CheckConstraint("state in ('ready', 'running', 'done', 'failed', 'cancelled')", name="state"),
        Index("ix_job_due", "due_at", postgresql_where=text("state in ('ready', 'running')")),
        Index("ix_job_instance", "tenant_id", "instance_id"),
        Index(
            "ix_job_schedule",
            *("tenant_id", "type"),
            postgresql_where=text("kind = 'schedule' and state in ('ready', 'running')"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID | None]
    token: Mapped[int]
    node: Mapped[str]
    kind: Mapped[str]
    type: Mapped[str]
    state: Mapped[str]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    max_attempts: Mapped[int]
    fence: Mapped[int]
    lease_until: Mapped[datetime | None]
    payload: Mapped[str]
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]


class IncidentRow(TenantOwned, Base):
    """Something a person must look at: a step or a job that cannot go on."""

    __tablename__ = "incident"
    __table_args__ = (
        of_instance(),
        Index("ix_incident_open", "tenant_id", "created_at", postgresql_where=text("resolved_at is null")),
        Index("ix_incident_instance", "tenant_id", "instance_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID]
    token: Mapped[int]
    node: Mapped[str]
    code: Mapped[str]
    message: Mapped[str]
    job_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None]
    reason: Mapped[str | None]


class HistoryRow(TenantOwned, Base):
    """One line of a case's history; `data` is JSON text."""

    __tablename__ = "history"
    __table_args__ = (of_instance(),)
    instance_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    node: Mapped[str]
    token: Mapped[int]
    actor: Mapped[str]
    data: Mapped[str]


class DocumentRow(TenantOwned, Base):
    """A letter or other document of a case; `job_id` makes making it twice impossible."""

    __tablename__ = "document"
    __table_args__ = (
        of_instance(),
        Index("uq_document_job", "tenant_id", "job_id", unique=True),
        Index("ix_document_instance", "tenant_id", "instance_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID]
    job_id: Mapped[UUID]
    title: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class DecisionRow(TenantOwned, Base):
    """A decision (besluit) in a case; a case may hold several."""

    __tablename__ = "decision"
    __table_args__ = (of_instance(),)
    instance_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    subject: Mapped[str]
    authority: Mapped[str]
    result: Mapped[str]
    decided_at: Mapped[datetime]


class IdempotencyRow(TenantOwned, Base):
    """The answer to a request that may be repeated, kept in the transaction of its effect."""

    __tablename__ = "idempotency"
    __table_args__ = (ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),)
    client: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    body_hash: Mapped[str]
    answer: Mapped[str]
    created_at: Mapped[datetime]
