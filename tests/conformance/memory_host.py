"""A host in memory: it does with the effects what the store and the worker do, and checks every step."""

from collections import deque
from collections.abc import Callable, Collection, Mapping
from functools import partial

from bpmn import readers
from bpmn.dmn import DecisionModel
from bpmn.model import Process
from bpmn.starts import begins_with
from engine.domain import effects, events
from engine.runtime import Definition, advance, compile_process, dump, load, new_state
from engine.runtime.schedule import first, following, timer_starts
from engine.runtime.state import Row
from tests.conformance.host import OpenTask, Values, conditional, triggered
from tests.conformance.invariants import check, stuck, tasks, waits
from tests.conformance.memory_case import Case

EPOCH = 1_790_000_000_000
BETWEEN = (
    effects.Close,
    effects.Call,
    effects.ThrowMessage,
    effects.ThrowSignal,
    effects.Escape,
    effects.Completed,
    effects.Cancelled,
    effects.GoOn,
)


class MemoryHost:
    """See tests.conformance.host.Host. `strict`: an incident fails the case at once."""

    def __init__(self, strict: bool = True) -> None:
        self.definitions: dict[str, Definition] = {}
        self.processes: dict[str, Process] = {}
        self.cases: dict[int, Case] = {}
        self.schedule: list[Row] = []
        self.now = EPOCH
        self.strict = strict
        self.log: list[effects.Effect] = []
        self._todo: deque[tuple[int, effects.Effect]] = deque()
        self._order = 0

    # --- stepping

    def step(self, case: Case, event: events.Event) -> None:
        """One event: load, advance, check, dump; the effects are booked, what concerns other cases is queued."""
        done = advance(case.definition, case.state() if case.blob else new_state(), event, self.now)
        check(case.definition, done.state)
        blob = dump(done.state)
        again = advance(case.definition, case.state() if case.blob else new_state(), event, self.now)
        assert dump(again.state) == blob and again.effects == done.effects, "the same event gave another state"
        assert dump(load(blob)) == blob, "the codec loses something"
        case.blob, case.over = blob, done.state.over
        if isinstance(event, events.Complete):
            case.tasks.pop(event.token, None)
        elif isinstance(event, events.Retry):
            case.incidents.pop(event.token, None)
        for effect in done.effects:
            self._book(case, effect)
            self.log.append(effect)
        assert waits(done.state) == set(case.waits), f"waits differ: {waits(done.state)} and {set(case.waits)}"
        assert tasks(done.state) == set(case.tasks), f"tasks differ: {tasks(done.state)} and {set(case.tasks)}"
        assert stuck(done.state) == set(case.incidents), f"incidents differ: {set(case.incidents)}"

    def _book(self, case: Case, effect: effects.Effect) -> None:
        self._order += 1
        if isinstance(effect, effects.OpenTask):
            case.tasks[effect.token] = (self._order, effect)
        elif isinstance(effect, effects.OpenJob):
            case.jobs[effect.token] = effect
        elif isinstance(effect, effects.OpenWait):
            case.waits[effect.token, effect.node, effect.kind, effect.name] = (self._order, effect)
        elif isinstance(effect, effects.CloseWait):
            del case.waits[effect.token, effect.node, effect.kind, effect.name]
        elif isinstance(effect, effects.OpenIncident):
            case.incidents[effect.token] = effect
            assert not self.strict, f"incident at {effect.node}: {effect.message}"
        elif isinstance(effect, effects.Close):
            self._close(case, effect)
        if isinstance(effect, BETWEEN):
            self._todo.append((case.id, effect))

    def _close(self, case: Case, effect: effects.Close) -> None:
        case.incidents.pop(effect.token, None)
        case.tasks.pop(effect.token, None)
        case.jobs.pop(effect.token, None)
        for key in [key for key in case.waits if key[0] == effect.token]:
            del case.waits[key]

    def pump(self) -> None:
        """Everything between cases, until nothing is left."""
        while self._todo:
            id, effect = self._todo.popleft()
            self._between(self.cases[id], effect)

    def _between(self, case: Case, effect: effects.Effect) -> None:
        if isinstance(effect, effects.Call):
            if not case.over and effect.token in case.state().tokens:
                self._create(self.definitions[effect.process], effect.variables, (case.id, effect.token))
        elif isinstance(effect, effects.ThrowSignal):
            self._signal(effect.name, effect.variables, case.id)
        elif isinstance(effect, effects.ThrowMessage):
            self._correlate(effect.name, effect.variables, effect.key)
        elif isinstance(effect, effects.GoOn):
            self.step(case, events.Continue())
        elif isinstance(effect, effects.Escape):
            self._to_parent(case, lambda t: events.Raise(t, effect.kind, effect.code, effect.variables))
        elif isinstance(effect, effects.Completed):
            self._to_parent(case, lambda t: events.Called(t, effect.variables))
        if isinstance(effect, effects.Close | effects.Completed | effects.Cancelled):
            token = effect.token if isinstance(effect, effects.Close) else None
            for child in list(self.cases.values()):
                if child.parent and not child.over and child.parent[0] == case.id and token in (None, child.parent[1]):
                    self.step(child, events.Cancel())

    def _to_parent(self, case: Case, event: Callable[[int], events.Event]) -> None:
        parent = self.cases[case.parent[0]] if case.parent else None
        if parent is not None and case.parent and not parent.over:
            token = parent.state().tokens.get(case.parent[1])
            if token is not None and token.flag == "call":
                self.step(parent, event(token.id))

    def _create(
        self,
        definition: Definition,
        variables: Values,
        parent: tuple[int, int] | None = None,
        node: str | None = None,
        kind: str | None = None,
        name: str | None = None,
    ) -> Case:
        case = Case(len(self.cases) + 1, definition, parent)
        self.cases[case.id] = case
        self.step(case, events.Start(dict(variables), node, parent is not None, kind, name))
        return case

    def _live(self) -> list[Case]:
        return [case for case in self.cases.values() if not case.over]

    def know(self, process: Process, decisions: Mapping[str, DecisionModel] | None = None) -> None:
        """Its cases may begin from now on."""
        self.definitions[process.id] = compile_process(process, decisions or {})
        self.processes[process.id] = process

    def _begin_by(
        self, kind: str, name: str, variables: Values, all_of_them: bool = False, but: Collection[str] = ()
    ) -> Case | None:
        """A new case of the first process that this message or signal begins, or of all of them."""
        case = None
        for process in list(self.processes.values()):
            node = begins_with(process, kind, name)
            if node is not None and node.id not in but and (case is None or all_of_them):
                case = self._create(self.definitions[process.id], variables, None, node.id, kind, name)
        return case

    # --- Host

    def deploy(self, path: str, source: bytes) -> None:
        for process in readers.read(source, path)[0]:
            self.know(process)

    def deployed(self) -> None:
        for definition in self.definitions.values():
            rows = [first(definition, node, self.now) for node in timer_starts(definition)]
            self.schedule += [row for row in rows if row]

    def start(self, process: str, variables: Values) -> str:
        case = self._create(self.definitions[process], variables)
        self.pump()
        return str(case.id)

    def start_message(self, name: str, variables: Values, key: str | None) -> str:
        case = self._begin_by("message", name, variables)
        assert case is not None, f"no model starts with {name}"
        self.pump()
        return str(case.id)

    def message(self, name: str, variables: Values, key: str | None) -> None:
        assert self._correlate(name, variables, key), f"nobody waits for message {name!r} with key {key!r}"
        self.pump()

    def _correlate(self, name: str, variables: Values, key: str | None) -> bool:
        found = [
            (order, case, wait)
            for case in self._live()
            for order, wait in case.waits.values()
            if wait.kind == "message" and wait.name == name and wait.key == key
        ]
        if found:
            _, case, wait = min(found, key=lambda entry: entry[0])
            self.step(case, events.Fire(wait.token, wait.node, "message", name, dict(variables)))
            return True
        return self._begin_by("message", name, variables) is not None

    def signal(self, name: str, variables: Values) -> None:
        self._signal(name, variables, None)
        self.pump()

    def _signal(self, name: str, variables: Values, sender: int | None) -> None:
        live = self._live()
        waited_for = {wait.node for case in live for _, wait in case.waits.values() if wait.name == name}
        self._begin_by("signal", name, variables, all_of_them=True, but=waited_for)
        for case in live:
            if case.id != sender:
                self.step(case, events.Signal(name, dict(variables)))

    def trigger(self, activity: str | None, variables: Values) -> None:
        tokens = {case.id: list(case.state().tokens.values()) for case in self._live()}
        for case, there in tokens.items():
            event = triggered(there, activity, variables)
            if event is not None:
                self.step(self.cases[case], event)
                return self.pump()
        assert any(conditional(there, activity) for there in tokens.values()), f"nothing to trigger at {activity}"
        return None

    def activate(self, instance: str, activity: str) -> None:
        case = self.cases[int(instance)]
        token = next(t for t in case.state().tokens.values() if t.flag == "adhoc")
        self.step(case, events.Activate(token.id, activity))
        self.pump()

    def query_tasks(self, instance: str | None) -> list[OpenTask]:
        found = [
            (order, OpenTask(f"{case.id}/{task.token}", task.name, task.node, str(case.id)))
            for case in self._live()
            for order, task in case.tasks.values()
            if instance in (None, str(case.id))
        ]
        return [task for _, task in sorted(found, key=lambda entry: entry[0])]

    def complete(self, task: str, variables: Values) -> None:
        id, token = map(int, task.split("/"))
        case = self.cases[id]
        assert token in case.tasks, "the task is not open"
        self.step(case, events.Complete(token, dict(variables)))
        self.pump()

    def set_time(self, offset_ms: int) -> None:
        self.now = EPOCH + offset_ms

    def _timers(self) -> list[tuple[int, int, Callable[[], None]]]:
        """(due, order, what then) of every timer of a case and of the schedule."""
        found = [
            (wait.due_at or 0, order, partial(self.step, case, events.Fire(wait.token, wait.node, "timer")))
            for case in self._live()
            for order, wait in case.waits.values()
            if wait.kind == "timer"
        ]
        found += [(row[2], 0, partial(self._begin_on_time, row)) for row in self.schedule]
        return sorted(found, key=lambda entry: entry[:2])

    def _begin_on_time(self, row: Row) -> None:
        self.schedule.remove(row)
        definition = next(d for d in self.definitions.values() if row[1] in timer_starts(d))
        self.schedule += [later for later in [following(row, self.now, definition.zone)] if later]
        self._create(definition, {}, None, row[1], "timer")

    def run_jobs(self) -> None:
        for _ in range(100):
            due = [entry for entry in self._timers() if entry[0] <= self.now]
            if not due:
                return
            self._ring(due[0])

    def fire_timer(self) -> None:
        for timer in self._timers()[:1]:
            self.now = max(self.now, timer[0])
            self._ring(timer)

    def _ring(self, timer: tuple[int, int, Callable[[], None]]) -> None:
        timer[2]()
        self.pump()

    def set_var(self, instance: str, name: str, value: object) -> None:
        self.step(self.cases[int(instance)], events.SetVariables({name: value}))
        self.pump()

    def delete(self, instance: str) -> None:
        self.step(self.cases[int(instance)], events.Cancel())
        self.pump()

    def ended(self, instance: str) -> bool:
        return self.cases[int(instance)].over

    def instances(self) -> int:
        return len(self._live())

    def variable(self, name: str, instance: str | None) -> object:
        for case in self._live():
            if instance in (None, str(case.id)):
                for token in case.state().tokens.values():
                    if token.vars and name in token.vars:
                        return token.vars[name]
        return None
