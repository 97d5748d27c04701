"""The same five requests as bare SQL by psycopg, in the same database under the same role: what it costs at least."""

import json
import time
from datetime import UTC, datetime
from uuid import UUID

import psycopg

from engine.domain.ids import new_id

TENANT = "select set_config('app.tenant', %s, true)"
NUMBER = "select nextval('case_number')"
CASE = """insert into instance (tenant_id, id, effective_id, key, process, business_key, status, revision, notes, state,
  started_by, started_at) values (%s, %s, %s, 'keuze', 'keuze', %s, 'active', 1, 2, %s, 'client:demo', %s)"""
TASK = """insert into user_task (tenant_id, id, instance_id, token, node, name, form, groups, users, priority, revision,
  status, created_at) values (%s, %s, %s, 2, %s, %s, %s, '{}', '{}', 50, 1, 'open', %s)"""
HISTORY = """insert into history (tenant_id, instance_id, seq, at, kind, node, token, actor, data)
  select %s, %s, n, %s, 'entered', 'Beoordelen', 2, 'client:demo', '{}' from generate_series(%s::int, %s::int) n"""
ANSWER = """insert into idempotency (tenant_id, client, key, body_hash, answer, created_at)
  values (%s, 'demo', %s, %s, %s, %s)"""
READ = """select i.state, i.revision, t.node, t.form, t.revision from user_task t
  join instance i on i.tenant_id = t.tenant_id and i.id = t.instance_id where t.tenant_id = %s and t.id = %s"""
STEP = "update instance set state = %s, revision = revision + 1, status = %s where tenant_id = %s and id = %s"
DONE = """update user_task set status = 'completed', revision = revision + 1, completed_at = %s,
  completed_by = 'client:demo' where tenant_id = %s and id = %s"""
HASH = "0" * 64


class Bare:
    """A connection that does the work of the benchmark's case with nothing around it."""

    def __init__(self, address: str, tenant: UUID, effective: UUID, notes: tuple[int, int, int]) -> None:
        """`notes`: lines of history that the product writes at start and at each completion."""
        self.connection = psycopg.connect(address, prepare_threshold=2)
        self.tenant, self.effective, self.notes = tenant, effective, notes
        self.state = json.dumps([1, 2, "active", [], [[1, "keuze", 0, {"vars": {"aanvrager": "Sanne de Vries"}}]]])

    def case(self) -> None:
        """Start, read, complete, read, complete: five transactions."""
        case, tasks, seq = new_id(), (new_id(), new_id()), 0
        for number, lines in enumerate(self.notes):
            with self.connection.transaction():
                self._write(case, tasks, number, (seq + 1, seq + lines))
            seq += lines
            if number < 2:
                with self.connection.transaction():
                    self.connection.execute(TENANT, (str(self.tenant),))
                    self.connection.execute(READ, (self.tenant, tasks[number])).fetchone()

    def _write(self, case: UUID, tasks: tuple[UUID, UUID], number: int, lines: tuple[int, int]) -> None:
        run, at, key = self.connection.execute, datetime.now(UTC), str(new_id())
        run(TENANT, (str(self.tenant),))
        if number == 0:
            business = f"B{run(NUMBER).fetchone()}"
            run(CASE, (self.tenant, case, self.effective, business, self.state, at))
        else:
            run(f"{READ} for update", (self.tenant, tasks[number - 1])).fetchone()
            run(STEP, (self.state, "active" if number < 2 else "completed", self.tenant, case))
            run(DONE, (at, self.tenant, tasks[number - 1]))
        if number < 2:
            run(TASK, (self.tenant, tasks[number], case, "Beoordelen", "Beoordelen", "beoordelen", at))
        run(HISTORY, (self.tenant, case, at, *lines))
        run(ANSWER, (self.tenant, key, HASH, self.state, at))

    def cases(self, number: int) -> list[list[float]]:
        """Milliseconds of each case."""
        found = []
        for _ in range(number):
            began = time.perf_counter()
            self.case()
            found.append([(time.perf_counter() - began) * 1000])
        return found
