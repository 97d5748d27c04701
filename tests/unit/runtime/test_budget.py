"""The step budget may stop a case anywhere: what follows is the same as without a stop."""

import pytest

from bpmn import readers
from engine.domain import effects, events
from engine.runtime import Definition, advance, compile_process, dump, load, new_state
from engine.runtime import run as core
from tests.conformance.invariants import check
from tests.unit.runtime.drawing import (
    compensate,
    condition,
    element,
    end,
    event_sub,
    extension,
    flows,
    gateway,
    handled,
    many,
    process,
    start,
    sub,
    throw,
    user,
)  # fmt: skip

SCRIPT = extension('<zeebe:script expression="=n + 1" resultVariable="n"/>')
ROUNDS = (
    gateway("exclusive", "m") + element("scriptTask", "t", SCRIPT) + gateway("exclusive", "x", default="x__f"),
    "s>m m>t t>x x>m{=n < 6} x>f",
)
SPLITS = (
    gateway("parallel", "f j") + gateway("inclusive", "o", default="o__b") + gateway("inclusive", "k")
    + element("task", "a b c d i", ) + element("task", "w", many("4")),
    "f>o f>w f>u o>a{=n > 1} o>d{=n > 2} o>b a>k b>k d>k k>j w>j u>i i>j j>c c>z",
)  # fmt: skip
INSIDE = sub(
    "u", start("us"), element("task", "v"), handled("v", "undo").replace("userTask", "task"), end("ue"),
    flows("us>v v>ue"),
)  # fmt: skip
# A loop, splits, a multi-instance, compensation, a condition that becomes true on the way, then a task to stop at.
CASE = (
    start(), ROUNDS[0], SPLITS[0], INSIDE, throw("z", compensate()), user("q"), end(),
    flows(f"{ROUNDS[1]} {SPLITS[1]} z>q q>e"),
    event_sub("g", start("gs", condition("=n > 3"), isInterrupting="false"), element("task", "gt"), end("ge"),
              flows("gs>gt gt>ge")),
)  # fmt: skip


def definition() -> Definition:
    return compile_process(readers.read(process(*CASE).encode())[0][0], {})


def played(shared: Definition, budget: int, later: int, monkeypatch: pytest.MonkeyPatch) -> tuple[list[object], bytes]:
    """Effects and state of start and task, where the first part has `budget` steps and each further one `later`."""
    told: list[object] = []
    blob, todo = dump(new_state()), [events.Start({"n": 0}), None]
    monkeypatch.setattr(core, "ROUNDS", 1_000)
    monkeypatch.setattr(core, "BUDGET", budget)
    for event in todo:
        if event is None:
            token = next(t.id for t in load(blob).tokens.values() if t.flag == "task")
            event = events.Complete(token, {"n": 200})
        going: events.Event | None = event
        while going is not None:
            step = advance(shared, load(blob), going, 0)
            check(shared, step.state)
            blob, going = dump(step.state), None
            for effect in step.effects:
                if isinstance(effect, effects.GoOn):
                    going = events.Continue()
                else:
                    told.append(effect)
            monkeypatch.setattr(core, "BUDGET", later)
        if load(blob).over:
            break
    return told, blob


def test_the_budget_may_stop_at_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = definition()
    whole, state = played(shared, 500, 500, monkeypatch)
    assert {"gt", "undo", "q"} <= {e.node for e in whole if isinstance(e, effects.Note)}
    assert isinstance(whole[-1], effects.Completed) and whole[-1].end is not None
    steps = stops = 1
    while stops:
        found, last = played(shared, steps, 500, monkeypatch)
        assert (found, last) == (whole, state), f"stopped after {steps} steps"
        monkeypatch.setattr(core, "BUDGET", steps)
        first = advance(shared, new_state(), events.Start({"n": 0}), 0)
        stops = len(first.state.queue)
        steps += 1
    assert steps > 50
    assert played(shared, 1, 1, monkeypatch) == (whole, state)
    assert played(shared, 3, 2, monkeypatch) == (whole, state)
