"""The core alone, beside SpiffWorkflow in the same run: steps, wide states, long runs, reading and compiling.

`python -m tests.bench.cores`. CPU time, the least of many rounds, which other work on the machine disturbs least."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bpmn import readers
from bpmn.model import Process
from engine.domain import effects, events
from engine.runtime import Definition, advance, compile_process, dump, load, new_state
from engine.runtime.second_opinion import FeelEngine, FeelEnvironment, Given
from engine.runtime.spiff_model import build
from tests.bench.timing import rounds
from tests.unit.runtime.drawing import (
    boundary,
    condition,
    element,
    end,
    extension,
    flows,
    gateway,
    many,
    process,
    start,
    sub,
    user,
)

NOW = 1_790_000_000_000
ROUNDS = 15
# A task in a loop; the way back hangs on a condition in FEEL.
LOOP = (
    start(), gateway("exclusive", "m"), user("a"), gateway("exclusive", "x", default="x__e"), end(),
    flows("s>m m>a a>x x>m{=again and n >= 0} x>e"),
)  # fmt: skip
SCRIPT = extension('<zeebe:script expression="=again" resultVariable="again"/>')
Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in its unit, and what it should be."""

    name: str
    value: str
    remark: str = ""

    def line(self) -> tuple[str, str, str]:
        """Name, value and remark for the report."""
        return self.name, self.value, self.remark


def least(act: Callable[[], object], times: int, number: int = ROUNDS) -> float:
    """Microseconds of CPU per call."""
    return min(rounds(act, times, number))


def read(source: str) -> Process:
    """The one process of a drawing."""
    (found,), _ = readers.read(source.encode())
    return found


def compiled(*content: str) -> Definition:
    """A drawing, ready to run."""
    return compile_process(read(process(*content)), {})


class Case:
    """A case on the core, through the codec at every step. `tasks`: open tasks, oldest first."""

    def __init__(self, definition: Definition, variables: Values) -> None:
        self.definition, self.blob, self.tasks = definition, b"", dict[int, None]()
        self.step(events.Start(variables))

    def step(self, event: events.Event) -> None:
        """One event, and what the step budget left over."""
        found = advance(self.definition, load(self.blob) if self.blob else new_state(), event, NOW)
        self.blob = dump(found.state)
        for effect in found.effects:
            if isinstance(effect, effects.OpenTask):
                self.tasks[effect.token] = None
            elif isinstance(effect, effects.GoOn):
                self.step(events.Continue())

    def complete(self, values: Values) -> None:
        """The oldest open task is done."""
        token = next(iter(self.tasks))
        del self.tasks[token]
        self.step(events.Complete(token, values))

    def again(self, values: Values) -> Callable[[], object]:
        """The next completion, to be measured as often as one likes: the same bytes each time."""
        blob, event = self.blob, events.Complete(next(iter(self.tasks)), values)
        return lambda: dump(advance(self.definition, load(blob), event, NOW).state)


def after(trips: int) -> Case:
    """The case of the loop after so many rounds through its task."""
    case = Case(compiled(*LOOP), {"again": True, "n": 0})
    for number in range(trips):
        case.complete({"again": True, "n": number})
    return case


class Spiff:
    """The same loop on SpiffWorkflow, with our FEEL as its script engine and its own JSON as the state."""

    def __init__(self) -> None:
        self.process = read(process(*LOOP))
        self.engine = FeelEngine(FeelEnvironment(self.process, {}, {}, Given("", {"again": True, "n": 0}, NOW)))
        self.codec = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        main, inner = build(self.process)
        workflow = BpmnWorkflow(main, inner, script_engine=self.engine)
        workflow.do_engine_steps()
        self.blob: str = self.codec.serialize_json(workflow)

    def step(self) -> str:
        """One round: load, complete the task, dump."""
        workflow: Any = self.codec.deserialize_json(self.blob)
        workflow.script_engine = self.engine
        workflow.get_next_task(state=TaskState.READY).run()
        workflow.do_engine_steps()
        found: str = self.codec.serialize_json(workflow)
        return found

    def after(self, trips: int) -> "Spiff":
        """This case after so many more rounds."""
        for _ in range(trips):
            self.blob = self.step()
        return self


def steps() -> list[Figure]:
    """A step early and late in a case, and the size of a state."""
    values: Values = {"again": True, "n": 7}
    early, late = after(1), after(5_000)
    ours = [least(case.again(values), 500) for case in (early, late)]
    spiff = Spiff().after(1)
    theirs = [least(spiff.step, 3, 5), least(spiff.after(49).step, 1, 5)]
    small = len(Case(compiled(start(), user("a"), end(), flows("s>a a>e")), {"bedrag": 150}).blob)
    return [
        Figure("step with a FEEL condition, history 1", f"{ours[0]:.1f} µs", "goal ≤ 20 µs (load, advance, dump)"),
        Figure("  history 5,000", f"{ours[1]:.1f} µs", f"{ours[1] / ours[0]:.2f} × history 1; goal ≤ 1.10"),
        Figure("  SpiffWorkflow, history 1", f"{theirs[0]:.0f} µs", f"{theirs[0] / ours[0]:.0f} × ours"),
        Figure("  SpiffWorkflow, history 50", f"{theirs[1]:.0f} µs", f"{theirs[1] / ours[0]:.0f} × ours"),
        Figure("state of a waiting simple case", f"{small} bytes", "goal ≤ 150"),
        Figure("  SpiffWorkflow, history 50", f"{len(spiff.blob):,} bytes"),
    ]


def wide() -> list[Figure]:
    """One of 1,000 open parallel instances: from the middle, where nothing is warm."""
    case = Case(compiled(start(), user("a", many("1000")), end(), flows("s>a a>e")), {})
    for _ in range(500):
        case.complete({})
    half = least(case.again({}), 20)
    one = least(Case(case.definition, {}).again({}), 20)
    beside = boundary("b", "a", condition("=x > 3")) + end("f")
    looked = compiled(start(), user("a", many("1000")), beside, end(), flows("s>a a>e b>f"))
    watched = least(Case(looked, {"x": 1}).again({"y": 1}), 20)
    return [
        Figure("one of 1,000 open instances completed", f"{one / 1000:.2f} ms", "goal ≤ 0.3 ms"),
        Figure("  when 500 are left", f"{half / 1000:.2f} ms"),
        Figure("  and a condition is looked at", f"{watched / 1000:.2f} ms"),
    ]


def rows(tasks: int) -> str:
    """A process of so many nodes: tasks with mappings, and now and then a choice with a condition."""
    content, ways, last = start(), "", "s"
    for number in range((tasks - 2) // 5):
        a, x, b, c, j = (f"{letter}{number}" for letter in "axbcj")
        content += user(a) + gateway("exclusive", x, default=f"{x}__{c}") + element("scriptTask", b, SCRIPT)
        content += user(c) + gateway("exclusive", j)
        ways += f" {last}>{a} {a}>{x} {x}>{b}{{=again and n > {number}}} {x}>{c} {b}>{j} {c}>{j}"
        last = j
    return process(content, end(), flows(f"{ways} {last}>e"))


def reading() -> list[Figure]:
    """From bytes to what can run."""
    source = rows(152).encode()
    model = read(source.decode())
    whole = least(lambda: compile_process(readers.read(source)[0][0], {}), 1)
    compiling = least(lambda: compile_process(model, {}), 1)
    remark = "reader, checks, compiler; goal ≤ 20 ms"
    number = len(model.nodes) - 1
    return [
        Figure(f"read and compile {number} nodes", f"{whole / 1000:.1f} ms", remark),
        Figure("  of which checks and compiler", f"{compiling / 1000:.1f} ms"),
    ]


def chain(nodes: int) -> float:
    """Microseconds per node of a chain of tasks that pass at once, continuations and codec included."""
    names = [f"t{number}" for number in range(nodes - 2)]
    ways = " ".join(f"{one}>{other}" for one, other in zip(["s", *names], [*names, "e"], strict=True))
    shared = compiled(start(), element("task", " ".join(names)), end(), flows(ways))
    return least(lambda: Case(shared, {}), 1) / nodes


def nested(depth: int) -> float:
    """Microseconds to complete a task that deep inside sub-processes and to end them all."""
    content = start("s0") + user("a") + end("e0") + flows("s0>a a>e0")
    for level in range(1, depth + 1):
        inner = sub(f"u{level}", content)
        content = start(f"s{level}") + inner + end(f"e{level}") + flows(f"s{level}>u{level} u{level}>e{level}")
    return least(Case(compiled(content), {}).again({}), 20)


def long() -> list[Figure]:
    """What grows must not cost more per step."""
    chains, depths = (chain(200), chain(2_000)), (nested(5) / 5, nested(50) / 50)
    return [
        Figure("chain of 200 nodes, per node", f"{chains[0]:.2f} µs"),
        Figure("  of 2,000 nodes", f"{chains[1]:.2f} µs", f"{chains[1] / chains[0]:.2f} ×; goal ≤ 1.10"),
        Figure("nesting 5 deep, per level", f"{depths[0]:.1f} µs"),
        Figure("  50 deep", f"{depths[1]:.1f} µs", f"{depths[1] / depths[0]:.2f} ×"),
    ]


def figures() -> list[Figure]:
    """All figures of the core."""
    return [*steps(), *wide(), *reading(), *long()]


if __name__ == "__main__":
    for figure in figures():
        print("{:<46} {:>12}  {}".format(*figure.line()))
