"""Lists for pages and the API: keyset paging (never OFFSET), filters and order as data, an index per view."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, text
from sqlalchemy.exc import DataError

from engine.domain.caller import Caller
from engine.domain.errors import Invalid, Problem
from engine.store.statement import asking
from engine.store.transaction import Transaction

FAR = "coalesce(t.due_at, 'infinity'::timestamp with time zone)"
TASK_ORDERS = {"due": FAR, "created": "t.created_at", "priority": "-t.priority"}
TASK_TYPES = {"due": "timestamptz", "created": "timestamptz", "priority": "integer"}
TASK_LINE = (
    "t.id, t.instance_id, t.node, t.name, t.form, t.role, t.groups, t.assignee, t.assignee_name, t.priority, "
    "t.due_at, t.created_at, t.revision, i.business_key, i.key as model"
)
CASE_LINE = (
    "i.id, i.key as model, i.process, i.business_key, i.status, i.revision, i.started_at, i.ended_at, i.end_node, "
    "(select count(*) from user_task t where t.tenant_id = i.tenant_id and t.instance_id = i.id and t.status = 'open')"
    " as open_tasks, exists (select 1 from incident n where n.tenant_id = i.tenant_id and n.instance_id = i.id "
    "and n.resolved_at is null) or exists (select 1 from instance c join incident n on n.tenant_id = c.tenant_id "
    "and n.instance_id = c.id and n.resolved_at is null where c.tenant_id = i.tenant_id and c.parent_id = i.id)"
    " as stuck"
)
HISTORY = text(
    "select seq, at, kind, node, token, actor, data from history where tenant_id = :tenant and instance_id = :id "
    "and seq > :after order by seq limit :most"
)
LEFT = text("select distinct node from history where tenant_id = :tenant and instance_id = :id and kind = 'left'")
DOCUMENTS = text(
    "select id, title, media_type, created_at from document where tenant_id = :tenant and instance_id = :id "
    "order by created_at, id"
)
DOCUMENT = text(
    "select title, media_type, content from document where tenant_id = :tenant and instance_id = :case and id = :id"
)
DECISIONS = text(
    "select subject, authority, result, decided_at from decision where tenant_id = :tenant and instance_id = :id "
    "order by decided_at, id"
)
TASKS_OF = asking(
    "select id, node, name, role, groups, assignee_name, due_at, status from user_task where tenant_id = :tenant "
    "and instance_id = :id and status = 'open' order by created_at, id",
    "id node name role groups assignee_name due_at status",
)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A row of the task list."""

    id: UUID
    instance_id: UUID
    node: str
    name: str
    form: str | None
    role: str | None
    groups: list[str]
    assignee: str | None
    assignee_name: str | None
    priority: int
    due_at: datetime | None
    created_at: datetime
    revision: int
    business_key: str
    model: str


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """`whose`: all, mine or free. `order`: due, created or priority. `after`: cursor of the page before."""

    whose: str = "all"
    model: str | None = None
    search: str | None = None
    case: UUID | None = None
    order: str = "due"
    descending: bool = False
    after: str | None = None
    most: int = 50


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A row of the case list; `stuck`: it has an open incident."""

    id: UUID
    model: str
    process: str
    business_key: str
    status: str
    revision: int
    started_at: datetime
    ended_at: datetime | None
    end_node: str | None
    open_tasks: int
    stuck: bool


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """`status`: active, completed, cancelled or None for all. `after`: cursor of the page before."""

    status: str | None = None
    model: str | None = None
    search: str | None = None
    after: str | None = None
    most: int = 50


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A line of a case's history; `data` is JSON text."""

    seq: int
    at: datetime
    kind: str
    node: str
    token: int
    actor: str
    data: str


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document of a case, without its content."""

    id: UUID
    title: str
    media_type: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision (besluit) of a case."""

    subject: str
    authority: str
    result: str
    decided_at: datetime


def _cursor(value: str) -> list[Any]:
    """What a cursor holds. Raises Invalid, since it comes from outside."""
    try:
        found = msgspec.json.decode(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)), type=list[str])
        return [found[0], UUID(found[1])]
    except (binascii.Error, msgspec.DecodeError, ValueError, IndexError) as error:
        raise _no_page() from error


def _no_page() -> Invalid:
    problem = Problem("after", "Begin opnieuw bij de eerste bladzijde.", "Start again at the first page.")
    return Invalid("Deze bladzijde bestaat niet.", "This cursor is not valid.", (problem,))


def _rows(transaction: Transaction, query: str, values: dict[str, object]) -> Sequence[Row[Any]]:
    """The rows of a page. Only the position in a cursor can be no value of its column; then Invalid is raised."""
    try:
        return transaction.run(text(query), values).all()
    except DataError as error:
        if "position" not in values:
            raise
        raise _no_page() from error


def _as_cursor(position: object, id_: UUID) -> str:
    data = msgspec.json.encode([str(position), str(id_)])
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def open_tasks(transaction: Transaction, caller: Caller, wanted: TaskFilter) -> tuple[list[TaskLine], str | None]:
    """Open tasks that the caller may do, and the cursor of the next page (None on the last one)."""
    order = wanted.order if wanted.order in TASK_ORDERS else "due"
    column, kind = TASK_ORDERS[order], TASK_TYPES[order]
    way, beyond = ("desc", "<") if wanted.descending else ("asc", ">")
    where, values = _task_conditions(caller, wanted)
    if wanted.after:
        values["position"], values["last"] = _cursor(wanted.after)
        where.append(f"({column}, t.id) {beyond} (cast(cast(:position as text) as {kind}), :last)")
    query = (
        f"select {TASK_LINE}, cast({column} as text) as position from user_task t "
        "join instance i on i.tenant_id = t.tenant_id and i.id = t.instance_id "
        f"where {' and '.join(where)} order by {column} {way}, t.id {way} limit :most"
    )
    values |= {"tenant": transaction.tenant, "most": wanted.most + 1}
    rows = _rows(transaction, query, values)
    lines = [TaskLine(*tuple(row)[:-1]) for row in rows[: wanted.most]]
    more = len(rows) > wanted.most
    return lines, _as_cursor(rows[wanted.most - 1].position, lines[-1].id) if more else None


def _task_conditions(caller: Caller, wanted: TaskFilter) -> tuple[list[str], dict[str, object]]:
    where = ["t.tenant_id = :tenant", "t.status = 'open'"]
    values: dict[str, object] = {}
    if caller.kind == "person":
        where.append(
            "(t.assignee = :me or :me = any (t.users) or t.groups && cast(:groups as text[]) or "
            "(t.groups = '{}' and t.users = '{}' and (t.role is null or t.role = any (cast(:roles as text[])))))"
        )
        values |= {"groups": sorted(caller.groups), "roles": sorted(caller.roles)}
    if caller.kind == "person" or wanted.whose == "mine":
        values["me"] = caller.id
    if wanted.whose == "mine":
        where.append("t.assignee = :me")
    elif wanted.whose == "free":
        where.append("t.assignee is null")
    if wanted.model:
        where.append("i.key = :model")
        values["model"] = wanted.model
    if wanted.case:
        where.append("t.instance_id = :case")
        values["case"] = wanted.case
    if wanted.search:
        where.append("(i.business_key ilike :search escape '!' or t.name ilike :search escape '!')")
        values["search"] = _like(wanted.search)
    return where, values


def _like(words: str) -> str:
    escaped = words.replace("\0", "").replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"


def cases_page(transaction: Transaction, wanted: CaseFilter) -> tuple[list[CaseLine], str | None]:
    """Cases of the tenant, newest first, and the cursor of the next page. Called cases show in their caller."""
    where = ["i.tenant_id = :tenant", "i.parent_id is null"]
    values: dict[str, object] = {"tenant": transaction.tenant, "most": wanted.most + 1}
    for column, value in (("status", wanted.status), ("key", wanted.model)):
        if value:
            where.append(f"i.{column} = :{column}")
            values[column] = value
    if wanted.search:
        where.append("i.business_key ilike :search escape '!'")
        values["search"] = _like(wanted.search)
    if wanted.after:
        values["position"], values["last"] = _cursor(wanted.after)
        where.append("(i.started_at, i.id) < (cast(cast(:position as text) as timestamptz), :last)")
    query = (
        f"select {CASE_LINE}, cast(i.started_at as text) as position from instance i where {' and '.join(where)} "
        "order by i.started_at desc, i.id desc limit :most"
    )
    rows = _rows(transaction, query, values)
    lines = [CaseLine(*tuple(row)[:-1]) for row in rows[: wanted.most]]
    more = len(rows) > wanted.most
    return lines, _as_cursor(rows[wanted.most - 1].position, lines[-1].id) if more else None


def nodes_left(transaction: Transaction, instance: UUID) -> set[str]:
    """The nodes that were left in a case, some perhaps entered again."""
    return set(transaction.run(LEFT, {"tenant": transaction.tenant, "id": instance}).scalars())


def history_of(transaction: Transaction, instance: UUID, after: int, most: int) -> list[HistoryLine]:
    """Lines of a case's history, oldest first."""
    values = {"tenant": transaction.tenant, "id": instance, "after": after, "most": most}
    return [HistoryLine(*tuple(row)) for row in transaction.run(HISTORY, values)]


def documents_of(transaction: Transaction, instance: UUID) -> list[DocumentLine]:
    """The documents of a case, oldest first."""
    rows = transaction.run(DOCUMENTS, {"tenant": transaction.tenant, "id": instance})
    return [DocumentLine(*tuple(row)) for row in rows]


def document(transaction: Transaction, case: UUID, id_: UUID) -> tuple[str, str, bytes] | None:
    """(title, media type, content) of a document of a case; None when it has no such document."""
    row = transaction.run(DOCUMENT, {"tenant": transaction.tenant, "case": case, "id": id_}).first()
    return None if row is None else (row.title, row.media_type, bytes(row.content))


def decisions_of(transaction: Transaction, instance: UUID) -> list[DecisionLine]:
    """The decisions of a case, oldest first."""
    rows = transaction.run(DECISIONS, {"tenant": transaction.tenant, "id": instance})
    return [DecisionLine(*tuple(row)) for row in rows]


def tasks_of(transaction: Transaction, instance: UUID) -> list[dict[str, Any]]:
    """The open tasks of a case: id, node, name, role, groups, assignee_name, due_at, status."""
    rows = transaction.run(TASKS_OF, {"tenant": transaction.tenant, "id": instance})
    return [dict(row._mapping) for row in rows]
