"""Reading and locking cases with their tasks and jobs: each question is one statement."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, text

from engine.domain.errors import NotFound
from engine.domain.work import Instance, Job, UserTask
from engine.store.statement import asking
from engine.store.transaction import Transaction

INSTANCE = (
    "i.id, i.effective_id, i.key, i.process, i.business_key, i.parent_id, i.parent_token, i.status, i.revision, "
    "i.notes, i.state, i.started_by, i.started_at, i.ended_at, i.end_node, i.result, "
    "(select coalesce(max(o.revision), 0) from override o where o.tenant_id = i.tenant_id and o.key = i.key)"
)
TASK = (
    "t.id, t.instance_id, t.token, t.node, t.name, t.form, t.role, t.groups, t.users, t.assignee, t.assignee_name, "
    "t.priority, t.due_at, t.follow_up_at, t.revision, t.status, t.created_at, t.completed_at, t.completed_by"
)
JOB = "j.id, j.instance_id, j.token, j.node, j.kind, j.type, j.state, j.attempts, j.max_attempts, j.fence, j.payload"
JOIN = "on i.tenant_id = {0}.tenant_id and i.id = {0}.instance_id where {0}.tenant_id = :tenant and {0}.id = :id"
INSTANCE_WIDTH = 17

ONE = f"select {INSTANCE} from instance i where i.tenant_id = :tenant and i.id = :id"
WITH_TASK = f"select {INSTANCE}, {TASK} from user_task t join instance i {JOIN.format('t')}"
WITH_JOB = f"select {INSTANCE}, {JOB} from job j join instance i {JOIN.format('j')}"
TASK_WIDTH, JOB_WIDTH = INSTANCE_WIDTH + len(TASK.split()), INSTANCE_WIDTH + len(JOB.split())

# The case first, then its task or job: a step holds the case when it closes these, so that any other order would be a
# deadlock. "No key", since work for another case refers to that case, and must not wait for it.
LOCK = asking(f"{ONE} for no key update", INSTANCE_WIDTH)
READ = asking(ONE, INSTANCE_WIDTH)
LOCK_TASK = asking(f"{WITH_TASK} for no key update of i, t", TASK_WIDTH)
READ_TASK = asking(WITH_TASK, TASK_WIDTH)
LOCK_JOB = asking(f"{WITH_JOB} for no key update of i, j", JOB_WIDTH)
CASE_NUMBER = asking("select nextval('case_number')", "number")
ASSIGN = text(
    "update user_task set assignee = :assignee, assignee_name = :name, revision = revision + 1 "
    "where tenant_id = :tenant and id = :id returning revision"
)
WAITING = text(
    "select instance_id, token, node, id from wait where tenant_id = :tenant and kind = :kind and name = :name "
    "and key is not distinct from :key order by id"
)
CHILDREN = text(
    "select id from instance where tenant_id = :tenant and parent_id = :id and status = 'active' "
    "and (cast(:tokens as integer[]) is null or parent_token = any (cast(:tokens as integer[])))"
)


def _instance(row: Row[Any]) -> Instance:
    return Instance(*row[:INSTANCE_WIDTH])


def _task(row: Row[Any]) -> UserTask:
    values = list(row[INSTANCE_WIDTH:])
    values[7], values[8] = tuple(values[7]), tuple(values[8])
    return UserTask(*values)


def lock_instance(transaction: Transaction, instance: UUID) -> Instance:
    """The case, and no other writer until the end of the transaction. Raises NotFound."""
    row = transaction.run(LOCK, {"tenant": transaction.tenant, "id": instance}).first()
    if row is None:
        raise NotFound
    return _instance(row)


def read_instance(transaction: Transaction, instance: UUID) -> Instance:
    """The case as it is. Raises NotFound."""
    row = transaction.run(READ, {"tenant": transaction.tenant, "id": instance}).first()
    if row is None:
        raise NotFound
    return _instance(row)


def lock_task(transaction: Transaction, task: UUID) -> tuple[Instance, UserTask]:
    """A user task with its case, both locked. Raises NotFound."""
    row = transaction.run(LOCK_TASK, {"tenant": transaction.tenant, "id": task}).first()
    if row is None:
        raise NotFound
    return _instance(row), _task(row)


def read_task(transaction: Transaction, task: UUID) -> tuple[Instance, UserTask]:
    """A user task with its case. Raises NotFound."""
    row = transaction.run(READ_TASK, {"tenant": transaction.tenant, "id": task}).first()
    if row is None:
        raise NotFound
    return _instance(row), _task(row)


def lock_job(transaction: Transaction, job: UUID) -> tuple[Instance, Job] | None:
    """A job with its case, both locked; None when it is gone."""
    row = transaction.run(LOCK_JOB, {"tenant": transaction.tenant, "id": job}).first()
    if row is None:
        return None
    return _instance(row), Job(*row[INSTANCE_WIDTH:])


def assign(transaction: Transaction, task: UUID, assignee: str | None, name: str | None) -> int:
    """Give a task to somebody, or to nobody; the new revision."""
    values = {"tenant": transaction.tenant, "id": task, "assignee": assignee, "name": name}
    return int(transaction.run(ASSIGN, values).scalar_one())


def next_case_number(transaction: Transaction) -> int:
    """A number that no other case has; numbers may be missing."""
    return int(transaction.run(CASE_NUMBER).scalar_one())


def waiting(transaction: Transaction, kind: str, name: str, key: str | None) -> list[tuple[UUID, int, str]]:
    """(case, token, node) of whoever waits for this message or signal, oldest first; no key matches only no key."""
    values = {"tenant": transaction.tenant, "kind": kind, "name": name, "key": key}
    return [(row.instance_id, row.token, row.node) for row in transaction.run(WAITING, values)]


def active_children(transaction: Transaction, instance: UUID, tokens: list[int] | None) -> list[UUID]:
    """Called cases still running, of all tokens or of these."""
    values = {"tenant": transaction.tenant, "id": instance, "tokens": tokens}
    return list(transaction.run(CHILDREN, values).scalars())
