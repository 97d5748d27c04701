"""Runs one case of a file such as `cases.json` on a host."""

import json
from pathlib import Path
from typing import Any, Final

from bpmn import readers
from tests.conformance.host import Host, OpenTask

FOLDER: Final = Path(__file__).parents[3] / "shared" / "conformance"
OPERATIONS: Final = frozenset(
    ("start", "start_message", "query", "complete", "message", "signal", "trigger", "activate")
    + ("set_time", "run_jobs", "fire_timer", "set_var", "delete")
    + ("expect_count", "expect_size", "expect_names", "expect_task", "expect_ended", "expect_not_ended")
    + ("expect_instances", "expect_var")
)

Case = dict[str, Any]
Vars = dict[str, Any] | None


class Impossible(Exception):
    """The case asks for what cannot be done at all: an operation that does not exist, a model that is not there."""


def all_cases(file: Path = FOLDER / "cases.json") -> list[Case]:
    """The cases, in file order."""
    found: list[Case] = json.loads(file.read_text(encoding="utf-8"))
    return found


def run(case: Case, host: Host, folder: Path = FOLDER) -> None:
    """Deploy the models, which lie under `folder`, and do the steps; an AssertionError says which step failed."""
    player = Player(host, folder)
    try:
        player.run(case)
    except AssertionError as error:
        raise AssertionError(f"{case['id']} {player.where}: {error}") from error


class Player:
    """Keeps the names that a case gives to instances, tasks and lists. `at`: the number of the step that it is at, None
    while models are deployed; `where` says it in words."""

    def __init__(self, host: Host, folder: Path = FOLDER) -> None:
        self.host, self.folder = host, folder
        self.instances: dict[str, str] = {}
        self.lists: dict[str, list[OpenTask]] = {}
        self.at: int | None = None
        self.where = "while deploying"

    def run(self, case: Case) -> None:
        """The whole case."""
        for path in case["models"]:
            self.deploy(path)
        self.host.deployed()
        for self.at, step in enumerate(case["steps"]):
            self.where = f"step {self.at} {step}"
            self.play(dict(step))

    def deploy(self, path: str) -> None:
        file = self.folder / path
        if not file.is_file():
            raise Impossible(f"there is no model {file}")
        source = file.read_bytes()
        _, findings = readers.read(source, path)
        refused = [f"{f.element} (line {f.line}): {f.en}" for f in findings if f.severity == "error"]
        assert not refused, f"{path} is refused: {'; '.join(refused)}"
        self.host.deploy(path, source)

    def play(self, step: dict[str, Any]) -> None:
        """One step, by its `op`."""
        operation = step.pop("op", None)
        if operation not in OPERATIONS:
            raise Impossible(f"there is no operation {operation!r}")
        getattr(self, operation)(**step)

    def start(self, process: str, vars: Vars = None, **more: Any) -> None:
        self.instances[more["as"]] = self.host.start(process, vars or {})

    def start_message(self, message: str, vars: Vars = None, key: str | None = None, **more: Any) -> None:
        self.instances[more["as"]] = self.host.start_message(message, vars or {}, key)

    def query(self, where: Vars = None, single: bool = False, **more: Any) -> None:
        found = self.select(where or {})
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

    def complete(self, task: str, vars: Vars = None) -> None:
        found = self.pick(task)
        assert found is not None, f"there is no task {task}"
        self.host.complete(found.id, vars or {})

    def message(self, name: str, vars: Vars = None, key: str | None = None) -> None:
        self.host.message(name, vars or {}, key)

    def signal(self, name: str, vars: Vars = None) -> None:
        self.host.signal(name, vars or {})

    def trigger(self, activity: str | None = None, vars: Vars = None) -> None:
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

    def expect_count(self, n: int, where: Vars = None) -> None:
        found = self.select(where or {})
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
