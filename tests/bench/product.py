"""The product over HTTP, as an outside system calls it: a connection that is kept, a key, five requests per case."""

import http.client
import json
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any
from uuid import uuid4

AMOUNT = {"bedrag": 150, "toelichting": "Past binnen de begroting."}
CHECK = {"akkoord": "ja"}
NAMES = ("start", "read form", "complete", "read form", "complete")


class System:
    """An outside system with an API key on one connection."""

    def __init__(self, port: int, key: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.key = key

    def ask(self, method: str, path: str, body: object = None, etag: str = "") -> tuple[Any, str]:
        """(the answer's JSON, its ETag); anything but success ends the run."""
        headers = {"X-Api-Key": self.key}
        if method == "POST":
            headers |= {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
        if etag:
            headers["If-Match"] = etag
        self.connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status not in (http.HTTPStatus.OK, http.HTTPStatus.CREATED):
            raise SystemExit(f"{method} {path} answered {answer.status}: {text.decode()}")
        return json.loads(text), answer.headers.get("ETag", "")


def case(system: System, after: Callable[[], None]) -> str:
    """One case from start to end; `after` is called after each of the five requests. The id of the case."""
    now, _ = system.ask("POST", "/v1/cases", {"model": "keuze", "variables": {"aanvrager": "Sanne de Vries"}})
    after()
    for values in (AMOUNT, CHECK):
        (task,) = now["tasks"]
        _, etag = system.ask("GET", f"/v1/tasks/{task['id']}/form")
        after()
        now, _ = system.ask("POST", f"/v1/tasks/{task['id']}/complete", {"variables": values}, etag)
        after()
    if now["status"] != "completed" or now["end"] != "Klaar":
        raise SystemExit(f"the case did not end as it should: {now}")
    return str(now["id"])


def cases(system: System, number: int) -> list[list[float]]:
    """Milliseconds of each request of each case."""
    found = []
    for _ in range(number):
        marks = [time.perf_counter()]
        case(system, partial(_mark, marks))
        found.append([(end - begin) * 1000 for begin, end in pairwise(marks)])
    return found


def _mark(marks: list[float]) -> None:
    marks.append(time.perf_counter())
