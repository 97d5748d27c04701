"""Runs one case of `cases.json` on a host."""

import json
from pathlib import Path
from typing import Any

from bpmn import readers
from tests.conformance.host import Host, OpenTask

FOLDER = Path(__file__).parents[3] / "shared" / "conformance"


def all_cases() -> list[dict[str, Any]]:
    """The cases, in file order."""
    found: list[dict[str, Any]] = json.loads((FOLDER / "cases.json").read_text(encoding="utf-8"))
    return found


def run(case: dict[str, Any], host: Host) -> None:
    """Deploy the models and do the steps; an AssertionError says which step failed."""
    for path in case["models"]:
        source = (FOLDER / path).read_bytes()
        _, findings = readers.read(source, path)
        assert not [f for f in findings if f.severity == "error"], findings
        host.deploy(path, source)
    player = Player(host)
    for number, step in enumerate(case["steps"]):
        try:
            player.play(dict(step))
        except AssertionError as error:
            raise AssertionError(f"{case['id']} step {number} {step}: {error}") from error


class Player:
    """Keeps the names that a case gives to instances, tasks and lists."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.instances: dict[str, str] = {}
        self.lists: dict[str, list[OpenTask]] = {}

    def play(self, step: dict[str, Any]) -> None:
        """One step, by its `op`."""
        getattr(self, step.pop("op"))(**step)

    def start(self, process: str, vars: dict[str, Any], **more: Any) -> None:
        self.instances[more["as"]] = self.host.start(process, vars)

    def start_message(self, message: str, vars: dict[str, Any], key: str | None = None, **more: Any) -> None:
        self.instances[more["as"]] = self.host.start_message(message, vars, key)

    def query(self, where: dict[str, Any], single: bool = False, **more: Any) -> None:
        found = self.select(where)
        assert not single or len(found) <= 1, f"{len(found)} tasks, not at most one: {[t.key for t in found]}"
        self.lists[more["as"]] = found

    def select(self, where: dict[str, Any]) -> list[OpenTask]:
        found = self.host.query_tasks(self.instances[where["pi"]] if "pi" in where else None)
        found = [t for t in found if where.get("name", t.name) == t.name and where.get("key", t.key) == t.key]
        if where.get("order") == "name":
            found.sort(key=lambda task: task.name)
        return found[::-1] if where.get("desc") else found

    def pick(self, name: str) -> OpenTask | None:
        head, _, index = name.partition("[")
        found = self.lists[head]
        at = int(index.rstrip("]")) if index else 0
        return found[at] if at < len(found) else None

    def complete(self, task: str, vars: dict[str, Any]) -> None:
        found = self.pick(task)
        assert found is not None, f"there is no task {task}"
        self.host.complete(found.id, vars)

    def message(self, name: str, vars: dict[str, Any], key: str | None = None) -> None:
        self.host.message(name, vars, key)

    def signal(self, name: str, vars: dict[str, Any]) -> None:
        self.host.signal(name, vars)

    def trigger(self, activity: str | None = None, vars: dict[str, Any] | None = None) -> None:
        self.host.trigger(activity, vars or {})

    def activate(self, pi: str, activity: str) -> None:
        self.host.activate(self.instances[pi], activity)

    def set_time(self, offset_ms: int) -> None:
        self.host.set_time(offset_ms)

    def run_jobs(self) -> None:
        self.host.run_jobs()

    def fire_timer(self) -> None:
        self.host.fire_timer()

    def set_var(self, pi: str, name: str, value: Any) -> None:
        self.host.set_var(self.instances[pi], name, value)

    def delete(self, pi: str) -> None:
        self.host.delete(self.instances[pi])

    def expect_count(self, where: dict[str, Any], n: int) -> None:
        found = self.select(where)
        assert len(found) == n, f"{len(found)} tasks, not {n}: {[t.key for t in found]}"

    def expect_size(self, list: str, n: int) -> None:
        assert len(self.lists[list]) == n, f"{len(self.lists[list])} in {list}, not {n}"

    def expect_names(self, list: str, field: str, values: list[Any]) -> None:
        found = sorted(getattr(task, field) for task in self.lists[list])
        assert found == sorted(values), f"{found}, not {sorted(values)}"

    def expect_task(self, task: str, exists: bool = True, **fields: Any) -> None:
        found = self.pick(task)
        assert (found is not None) == exists, f"{task} is {found}"
        for field, value in fields.items():
            assert getattr(found, field) == value, f"{field} of {task} is {getattr(found, field)!r}, not {value!r}"

    def expect_ended(self, pi: str) -> None:
        assert self.host.ended(self.instances[pi]), f"{pi} has not ended"

    def expect_not_ended(self, pi: str) -> None:
        assert not self.host.ended(self.instances[pi]), f"{pi} has ended"

    def expect_instances(self, n: int) -> None:
        assert self.host.instances() == n, f"{self.host.instances()} cases run, not {n}"

    def expect_var(self, name: str, value: Any, pi: str | None = None) -> None:
        found = self.host.variable(name, self.instances[pi] if pi else None)
        assert found == value, f"{name} is {found!r}, not {value!r}"
