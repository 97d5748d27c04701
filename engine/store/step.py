"""Writes one step of a case, state, history, tasks, jobs, waits and incidents, in one statement.

Twice as fast as a statement per table, since the server plans once and the client waits once. Each part is a
data-modifying CTE; parts that have nothing to do are left out, so that the usual shapes stay prepared.
"""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import TextClause, text
from sqlalchemy.exc import IntegrityError

from engine.domain.codec import to_text
from engine.domain.effects import OpenTask
from engine.domain.errors import StateConflict
from engine.domain.ids import new_id
from engine.domain.work import Changes, Instance, NewIncident, NewWait
from engine.store.transaction import Transaction

UPDATE = """update instance set state = :state, status = :status, revision = revision + 1, notes = :notes,
  ended_at = :ended_at, end_node = :end_node, result = :result where tenant_id = :tenant and id = :instance"""
INSERT = """insert into instance (tenant_id, id, effective_id, key, process, business_key, parent_id, parent_token,
  status, revision, notes, state, started_by, started_at, ended_at, end_node, result) values (:tenant, :instance,
  :effective_id, :key, :process, :business_key, :parent_id, :parent_token, :status, 1, :notes, :state, :started_by, :at,
  :ended_at, :end_node, :result)"""
PARTS = {
    "opened": """insert into user_task (tenant_id, id, instance_id, token, node, name, form, role, groups, users,
      assignee, priority, due_at, follow_up_at, revision, status, created_at)
      select :tenant, x.id, :instance, x.token, x.node, x.name, x.form, x.role, x.groups, x.users, x.assignee,
      x.priority, to_timestamp(x.due_at / 1000.0), to_timestamp(x.follow_up_at / 1000.0), 1, 'open', :at
      from json_to_recordset(cast(:opened as json)) as x(id uuid, token integer, node text, name text, form text,
      role text, groups text[], users text[], assignee text, priority integer, due_at bigint, follow_up_at bigint)""",
    "jobs": """insert into job (tenant_id, id, instance_id, token, node, kind, type, state, due_at, attempts,
      max_attempts, fence, payload, created_at)
      select :tenant, x.id, x.instance_id, x.token, x.node, x.kind, x.type, 'ready', to_timestamp(x.due_at / 1000.0), 0,
      x.max_attempts, 0, x.payload, :at
      from json_to_recordset(cast(:jobs as json)) as x(id uuid, instance_id uuid, token integer, node text, kind text,
      type text, due_at bigint, max_attempts integer, payload text)""",
    "waits": """insert into wait (tenant_id, id, instance_id, token, node, kind, name, key)
      select :tenant, x.id, :instance, x.token, x.node, x.kind, x.name, x.key
      from json_to_recordset(cast(:waits as json))
      as x(id uuid, token integer, node text, kind text, name text, key text)""",
    "incidents": """insert into incident (tenant_id, id, instance_id, token, node, code, message, job_id, created_at)
      select :tenant, x.id, :instance, x.token, x.node, x.code, x.message, x.job_id, :at
      from json_to_recordset(cast(:incidents as json))
      as x(id uuid, token integer, node text, code text, message text, job_id uuid)""",
    "history": """insert into history (tenant_id, instance_id, seq, at, kind, node, token, actor, data)
      select :tenant, :instance, x.seq, :at, x.kind, x.node, x.token, :actor, x.data
      from json_to_recordset(cast(:history as json))
      as x(seq integer, kind text, node text, token integer, data text)""",
    "done_task": """update user_task set status = 'completed', revision = revision + 1, completed_at = :at,
      completed_by = :actor where tenant_id = :tenant and id = :done_task""",
    "done_job": """update job set state = 'done', lease_until = null where tenant_id = :tenant and id = :done_job""",
    "closed_tasks": """update user_task set status = 'cancelled', revision = revision + 1, completed_at = :at
      where tenant_id = :tenant and instance_id = :instance and token = any (:closed) and status = 'open'
      and id is distinct from cast(:but_task as uuid)""",
    "closed_jobs": """update job set state = 'cancelled' where tenant_id = :tenant and instance_id = :instance
      and token = any (:closed) and state in ('ready', 'running', 'failed') and kind in ('service', 'timer')
      and id is distinct from cast(:but_job as uuid)""",
    "closed_waits": """delete from wait where tenant_id = :tenant and instance_id = :instance
      and token = any (:closed)""",
    "closed_incidents": """update incident set resolved_at = :at, resolved_by = :actor where tenant_id = :tenant
      and instance_id = :instance and token = any (:over) and resolved_at is null""",
    "gone_waits": """delete from wait w using json_to_recordset(cast(:unwaited as json))
      as x(token integer, node text, kind text, name text) where w.tenant_id = :tenant and w.instance_id = :instance
      and w.token = x.token and w.node = x.node and w.kind = x.kind and w.name = x.name""",
    "gone_timers": """update job j set state = 'cancelled' from json_to_recordset(cast(:unwaited as json))
      as x(token integer, node text, kind text, name text) where j.tenant_id = :tenant and j.instance_id = :instance
      and j.token = x.token and j.node = x.node and x.kind = 'timer' and j.kind = 'timer'
      and j.state in ('ready', 'running') and j.id is distinct from cast(:but_job as uuid)""",
}
RUNNING_NUMBER = "uq_instance_running_number"
ENCODE = msgspec.json.Encoder()
_statements: dict[tuple[str, ...], TextClause] = {}


def write_step(transaction: Transaction, instance: Instance, changes: Changes, actor: str, new: bool) -> None:
    """Store the case as `instance` now is (its revision is the one that was read), and everything in `changes`.

    Raises StateConflict when another case of this process runs under the same number: a message would find either."""
    values = _instance_values(transaction, instance, actor)
    parts = _parts(changes, instance, values)
    try:
        transaction.run(_statement(("insert" if new else "update", *parts)), values)
    except IntegrityError as error:
        if getattr(getattr(error.orig, "diag", None), "constraint_name", "") != RUNNING_NUMBER:
            raise
        raise StateConflict(
            f"Er loopt al een zaak met nummer {instance.business_key}.",
            f"A case with number {instance.business_key} is running already.",
            current=instance.business_key,
        ) from error
    for job in changes.jobs:
        if job.due_at <= transaction.now:
            transaction.wake(job.id)


def _instance_values(transaction: Transaction, instance: Instance, actor: str) -> dict[str, Any]:
    return {
        "tenant": transaction.tenant,
        "at": transaction.at,
        "actor": actor,
        "instance": instance.id,
        "effective_id": instance.effective_id,
        "key": instance.key,
        "process": instance.process,
        "business_key": instance.business_key,
        "parent_id": instance.parent_id,
        "parent_token": instance.parent_token,
        "status": instance.status,
        "notes": instance.notes,
        "state": instance.state,
        "started_by": instance.started_by,
        "ended_at": instance.ended_at,
        "end_node": instance.end_node,
        "result": instance.result,
    }


def _json(value: object) -> str:
    return ENCODE.encode(value).decode()


def _parts(changes: Changes, instance: Instance, values: dict[str, Any]) -> list[str]:
    """Which parts are needed; their values go into `values`."""
    lists = {
        "opened": [_task(id_, task) for id_, task in changes.opened],
        "jobs": changes.jobs,
        "waits": [{"id": new_id(), **_fields(wait)} for wait in changes.waits],
        "incidents": [{"id": new_id(), **_fields(incident)} for incident in changes.incidents],
        "history": _history(changes, instance.notes - len(changes.notes)),
    }
    parts = [name for name, rows in lists.items() if rows]
    values.update({name: _json(lists[name]) for name in parts})
    values.update(done_task=changes.done_task, done_job=changes.done_job)
    values.update(but_task=changes.done_task, but_job=changes.done_job)
    parts += [name for name in ("done_task", "done_job") if values[name]]
    if changes.closed:
        values["closed"] = sorted(changes.closed)
        parts += ["closed_tasks", "closed_jobs", "closed_waits"]
    if over := changes.closed | changes.resolved:
        values["over"] = sorted(over)
        parts.append("closed_incidents")
    if changes.unwaited:
        keys = ("token", "node", "kind", "name")
        values["unwaited"] = _json([dict(zip(keys, gone, strict=True)) for gone in sorted(changes.unwaited)])
        parts += ["gone_waits", "gone_timers"]
    return parts


def _fields(value: NewWait | NewIncident) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__slots__}


def _task(id_: UUID, task: OpenTask) -> dict[str, object]:
    return {"id": id_, **msgspec.structs.asdict(task)}


def _history(changes: Changes, before: int) -> list[dict[str, object]]:
    return [
        {"seq": before + i, "kind": kind, "node": node, "token": token, "data": to_text(data)}
        for i, (kind, node, token, data) in enumerate(changes.notes, 1)
    ]


def _statement(parts: tuple[str, ...]) -> TextClause:
    """The statement for this combination of parts, made once."""
    known = _statements.get(parts)
    if known is None:
        first = INSERT if parts[0] == "insert" else UPDATE
        ctes = ",\n".join(f"{name} as ({PARTS[name]})" for name in parts[1:])
        known = _statements[parts] = text(f"with {ctes}\n{first}" if ctes else first)
    return known
