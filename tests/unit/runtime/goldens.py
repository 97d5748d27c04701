"""States as a release wrote them, with the model and what happens next: each later release must bring them to that end.

`python -m tests.unit.runtime.goldens` writes those of the format of today, once, when a release is made."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bpmn import readers
from engine.domain import effects, events
from engine.runtime import State, advance, compile_process, dump, load, new_state
from engine.runtime.state import FORMAT
from tests.conformance.invariants import check
from tests.unit.runtime.drawing import (
    boundary,
    catch,
    compensate,
    element,
    end,
    event_sub,
    extension,
    flows,
    gateway,
    handled,
    many,
    mapping,
    message,
    process,
    start,
    sub,
    throw,
    timer,
    user,
)  # fmt: skip

FOLDER = Path(__file__).parent / "golden"
NOW = 1_790_000_000_000
Act = tuple[str, str, dict[str, Any]]


def done(node: str, **variables: Any) -> Act:
    """What is open at a node is completed."""
    return "complete", node, variables


def fired(node: str, **variables: Any) -> Act:
    """What is waited for at a node has happened."""
    return "fire", node, variables


def retried(node: str, **variables: Any) -> Act:
    """Variables are mended, and the incident at a node is retried."""
    return "retry", node, variables


@dataclass
class Golden:
    """A drawing, what is done before the state is kept, and after."""

    name: str
    content: tuple[str, ...]
    before: list[Act] = field(default_factory=list)
    after: list[Act] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)


class Bare:
    """A case on `advance` alone, through the codec at every step. `paused`: stop where the step budget stops."""

    def __init__(self, model: str, blob: bytes, paused: bool = False) -> None:
        self.definition = compile_process(readers.read(model.encode())[0][0], {})
        self.blob, self.paused = blob, paused
        self.left: list[str] = []
        self.end: dict[str, Any] = {}

    def do(self, event: events.Event) -> None:
        """One event, and what the step budget left over."""
        state = load(self.blob) if self.blob else new_state()
        found = advance(self.definition, state, event, NOW)
        check(self.definition, found.state)
        self.blob = dump(found.state)
        for effect in found.effects:
            if isinstance(effect, effects.Note) and effect.kind == "left":
                self.left.append(effect.node)
            elif isinstance(effect, effects.Completed):
                self.end = {"end": effect.end, "variables": dict(effect.variables)}
            elif isinstance(effect, effects.GoOn) and not self.paused:
                self.do(events.Continue())

    def act(self, act: Act) -> None:
        """Find the token that the act is meant for, and do it."""
        kind, node, variables = act
        state: State = load(self.blob)
        if kind == "complete":
            token = next(t.id for t in state.tokens.values() if t.node == node and t.flag in ("task", "job"))
            self.do(events.Complete(token, variables))
        elif kind == "fire":
            token = next(t.id for t in state.tokens.values() for row in t.waits or () if row[1] == node)
            self.do(events.Fire(token, node, None, None, variables))
        elif kind == "retry":
            token = next(t.id for t in state.tokens.values() if t.node == node and t.flag == "incident")
            self.do(events.SetVariables(variables))
            self.do(events.Retry(token))
        else:
            self.do(events.Continue())


def plain(found: object) -> str:
    """As JSON; numbers that are no whole ones are written as text, which keeps their digits."""
    return json.dumps(found, ensure_ascii=False, indent=1, default=str)


def resumed(model: str, blob: bytes, acts: list[Act]) -> dict[str, Any]:
    """How a case ends that goes on from these bytes; `left`: the nodes that it still left, and how often."""
    bare = Bare(model, blob)
    for act in acts:
        bare.act(act)
    return {**bare.end, "left": Counter(bare.left)}


SCRIPT = extension('<zeebe:script expression="=n + 1" resultVariable="n"/>')
ROUND = gateway("exclusive", "m") + element("scriptTask", "t", SCRIPT) + gateway("exclusive", "x", default="x__e")
UNDONE = sub("u", start("us"), user("a"), handled("a", "undo"), end("ue"), flows("us>a a>ue"))
INSIDE = sub(
    "u", start("us"), user("a b"), end("ue"), flows("us>a a>b b>ue"),
    event_sub("k", start("km", message("m2"), isInterrupting="false"), user("c"), end("ke"), flows("km>c c>ke")),
)  # fmt: skip
JOB = extension('<zeebe:taskDefinition type="post"/>', mapping({"to": "=who"}, {"sent.at": "=time"}))

GOLDENS = (
    Golden("a task", (start(), user("a"), end(), flows("s>a a>e")), [], [done("a", y=2)], {"x": 1, "who": "Sanne é"}),
    Golden(
        "half of a parallel join",
        (start(), gateway("parallel", "f j"), user("a b"), end(), flows("s>f f>a f>b a>j b>j j>e")),
        [done("a", x=1)],
        [done("b", y=2)],
    ),
    Golden(
        "an inclusive join that waits",
        (
            start(), gateway("inclusive", "o", default="o__c"), gateway("inclusive", "k"), user("a b c"), end(),
            flows("s>o o>a{=n > 1} o>b{=n > 2} o>c a>k b>k c>k k>e"),
        ),
        [done("a")], [done("b")], {"n": 3},
    ),
    Golden(
        "boundary events armed, an event sub-process begun",
        (
            start(), INSIDE, boundary("t", "u", timer("P1D")), boundary("r", "u", timer("R3/PT1H", "timeCycle"), True),
            user("late"), end("e e2 e3"), flows("s>u u>e t>late late>e2 r>e3"),
        ),
        [done("a", x=1), fired("km", y=1)], [fired("r"), done("c"), fired("t"), done("late")],
    ),
    Golden(
        "a wide multi-instance",
        (
            start(),
            user("a", many(inputCollection="=all", inputElement="it", outputCollection="out", outputElement="=it * f")),
            end(), flows("s>a a>e"),
        ),
        [done("a", f=2)] * 3, [done("a", f=3)] * 27, {"all": list(range(30)), "f": 1},
    ),
    Golden(
        "a sequential multi-instance",
        (start(), user("a", many("3", sequential=True)), end(), flows("s>a a>e")),
        [done("a")], [done("a"), done("a", y=2)],
    ),
    Golden(
        "compensation to be done",
        (start(), UNDONE, user("b"), throw("c", compensate()), end(), flows("s>u u>b b>c c>e")),
        [done("a", x=1)], [done("b"), done("undo", z=1)],
    ),
    Golden(
        "compensation at work",
        (start(), UNDONE, throw("c", compensate()), end(), flows("s>u u>c c>e")),
        [done("a", x=1)], [done("undo", z=1)],
    ),
    Golden(
        "an incident behind a condition",
        (start(), user("a"), gateway("exclusive", "x"), end("e e2"), flows("s>a a>x x>e{=n > 1} x>e2{=n < 2}")),
        [done("a", y=1)], [retried("x", n=5)],
    ),
    Golden("a job with mappings", (start(), element("serviceTask", "a", JOB), end(), flows("s>a a>e")), [],
           [done("a", time="nu")], {"who": "Jan", "sent": {"by": "post"}}),
    Golden(
        "an event-based gateway",
        (start(), gateway("eventBased", "g"), catch("c", message()), catch("d", timer("P1D")), end(),
         flows("s>g g>c g>d c>e d>e")),
        [], [fired("c", x=1)],
    ),
    Golden("a queue that the budget stopped", (start(), ROUND, end(), flows("s>m m>t t>x x>m{=n < 400} x>e")), [],
           [("continue", "", {})], {"n": 0}),
)  # fmt: skip


def written() -> list[dict[str, Any]]:
    """Every golden case as it is kept in a file."""
    found = []
    for golden in GOLDENS:
        model = process(*golden.content)
        bare = Bare(model, b"", paused=True)
        bare.do(events.Start(golden.variables))
        for act in golden.before:
            bare.act(act)
        state, then = bare.blob.decode(), golden.after
        ends = resumed(model, bare.blob, then)
        found.append({"name": golden.name, "model": model, "state": state, "then": then, "ends": ends})
    return found


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"format-{FORMAT}.json").write_text(plain(written()) + "\n")
