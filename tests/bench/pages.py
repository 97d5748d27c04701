"""The task list with 10,000 open tasks, by API and as a page, and what a browser fetches for it."""

import gzip
import http.client
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import psycopg

OPEN_TASKS = 10_000
ROUNDS = 40
MORE = """with fresh as (
    insert into instance (tenant_id, id, effective_id, key, process, business_key, status, revision, notes, state,
      started_by, started_at)
    select i.tenant_id, gen_random_uuid(), i.effective_id, i.key, i.process, 'L' || n, 'active', 1, 1, i.state,
      i.started_by, i.started_at + n * interval '1 second'
    from instance i, generate_series(1, %s) n where i.tenant_id = %s and i.id = %s
    returning tenant_id, id, started_at)
  insert into user_task (tenant_id, id, instance_id, token, node, name, form, groups, users, priority, due_at, revision,
    status, created_at)
  select f.tenant_id, gen_random_uuid(), f.id, 2, 'Beoordelen', 'Beoordelen', 'beoordelen', '{}', '{}', 50,
    f.started_at + interval '30 days', 1, 'open', f.started_at from fresh f"""

CLERK = "select person_id from membership m join role_group r on r.tenant_id = m.tenant_id and r.group_id = m.group_id"


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of a page and of the styles and scripts it names, plain and as gzip would send them."""

    page: int
    page_small: int
    built: int
    built_small: int


def fill(address: str, tenant: str, case: str) -> str:
    """Open tasks in plenty, copied from one case that stands at its first task; the id of a clerk who sees them.

    `address`: of the role of the web."""
    with psycopg.connect(address) as connection:
        connection.execute("select set_config('app.tenant', %s, true)", (tenant,))
        connection.execute(MORE, (OPEN_TASKS, tenant, case))
        return str(connection.execute(CLERK).fetchall()[0][0])


class Browser:
    """A browser without scripts, logged in as a demo identity."""

    def __init__(self, port: int, person: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get("/inloggen").decode())
        form = urlencode({"csrf_token": token[1] if token else "", "persoon": person, "naar": "/"})
        self._ask("POST", "/inloggen", form)

    def get(self, path: str) -> bytes:
        """The body of a page or file."""
        return self._ask("GET", path)

    def _ask(self, method: str, path: str, form: str | None = None) -> bytes:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, form, headers)
        answer = self.connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        body = answer.read()
        if answer.status >= http.HTTPStatus.BAD_REQUEST:
            raise SystemExit(f"{method} {path} answered {answer.status}")
        return body

    def weight(self, path: str) -> Weight:
        """What a browser fetches for a page."""
        page = self.get(path)
        names = sorted(set(re.findall(rb'(?:src|href)="(/[^"]+\.(?:js|css))"', page)))
        built = [self.get(name.decode()) for name in names]
        small = [len(gzip.compress(one)) for one in (page, *built)]
        return Weight(len(page), small[0], sum(map(len, built)), sum(small[1:]))


def milliseconds(act: Callable[[], object]) -> float:
    """Median time of a call."""
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        found.append((time.perf_counter() - began) * 1000)
    return statistics.median(found)
