"""What is long, wide or deep works, and a step does not grow with it: counted, never timed (`make bench` measures)."""

from engine.domain import effects, events
from engine.runtime import Definition, advance, compile_process, dump, load, new_state
from engine.runtime.run import BUDGET
from tests.unit.runtime.differing import read
from tests.unit.runtime.drawing import element, end, flows, gateway, many, start, sub, user

NOW = 1_790_000_000_000


def compiled(*content: str) -> Definition:
    return compile_process(read(*content), {})


class Run:
    """A case from bytes to bytes; `told` counts the effects of the last event, `tasks` are open."""

    def __init__(self, definition: Definition, **variables: object) -> None:
        self.definition, self.blob, self.pauses, self.over = definition, dump(new_state()), 0, False
        self.tasks: list[int] = []
        self.told = 0
        self.do(events.Start(variables))

    def do(self, event: events.Event) -> None:
        step = advance(self.definition, load(self.blob), event, NOW)
        self.blob, self.over, self.told = dump(step.state), step.state.over, len(step.effects)
        self.tasks += [effect.token for effect in step.effects if isinstance(effect, effects.OpenTask)]
        if any(isinstance(effect, effects.GoOn) for effect in step.effects):
            self.pauses += 1
            self.do(events.Continue())

    def complete(self, **variables: object) -> None:
        self.do(events.Complete(self.tasks.pop(0), variables))


def test_five_thousand_rounds_through_a_task() -> None:
    gates = gateway("exclusive", "m") + gateway("exclusive", "x", default="x__e")
    run = Run(compiled(start(), gates, user("a"), end(), flows("s>m m>a a>x x>m{=n < 5000} x>e")), n=0)
    sizes, told = set(), set()
    for number in range(1, 5_000):
        run.complete(n=number)
        sizes.add(len(run.blob))
        told.add(run.told)
    # The numbers in it get longer: of the case from 1 to 4 digits, of its tokens to 5 (twice).
    assert max(sizes) - min(sizes) <= 3 + 2 * 4 and max(sizes) < 150
    assert len(told) == 1
    run.complete(n=5_000)
    assert run.over


def test_a_thousand_instances_side_by_side() -> None:
    run = Run(compiled(start(), user("a", many("1000")), end(), flows("s>a a>e")))
    assert len(run.tasks) == 1_000 and run.pauses >= 1_000 // BUDGET
    told, before = set(), len(run.blob)
    for _ in range(999):
        run.complete()
        told.add(run.told)
        assert len(run.blob) <= before
        before = len(run.blob)
    assert len(told) == 1 and len(run.blob) < 400
    run.complete()
    assert run.over


def test_a_thousand_instances_after_each_other() -> None:
    run = Run(compiled(start(), user("a", many("1000", sequential=True)), end(), flows("s>a a>e")))
    sizes = set()
    for _ in range(999):
        run.complete()
        sizes.add(len(run.blob))
    assert max(sizes) - min(sizes) <= 30 and not run.over
    run.complete()
    assert run.over


def test_a_chain_of_two_thousand_nodes() -> None:
    names = [f"t{number}" for number in range(1_998)]
    ways = " ".join(f"{one}>{other}" for one, other in zip(["s", *names], [*names, "e"], strict=True))
    run = Run(compiled(start(), element("task", " ".join(names)), end(), flows(ways)))
    # One step for the process, one for each node and one for its end.
    assert run.over and run.pauses == 2_002 // BUDGET


def test_two_thousand_tasks_after_each_other_leave_no_trace_in_the_state() -> None:
    names = [f"t{number}" for number in range(1_998)]
    ways = " ".join(f"{one}>{other}" for one, other in zip(["s", *names], [*names, "e"], strict=True))
    run = Run(compiled(start(), user(" ".join(names)), end(), flows(ways)))
    sizes = set()
    for _ in names:
        sizes.add(len(run.blob))
        run.complete()
    assert run.over and max(sizes) < 100


def test_nesting_fifty_deep() -> None:
    content = start("s0") + user("a") + end("e0") + flows("s0>a a>e0")
    for level in range(1, 51):
        inner = sub(f"u{level}", content)
        content = start(f"s{level}") + inner + end(f"e{level}") + flows(f"s{level}>u{level} u{level}>e{level}")
    run = Run(compiled(content), n=1)
    assert not run.over and len(load(run.blob).tokens) == 52
    run.complete(n=2)
    assert run.over
