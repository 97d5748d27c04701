"""Random models × random paths, saved and reloaded after every step: the same as the run that never leaves memory.

`python -m tests.unit.runtime.reloading --models 2000 --paths 5` for the long run; prints what was played."""

import argparse
from collections import Counter
from random import Random

from bpmn import readers
from engine.domain import events
from engine.runtime import Definition, Rejected, advance, compile_process, dump, load, new_state
from tests.conformance.invariants import check
from tests.unit.runtime.drawing import process
from tests.unit.runtime.wild_events import draw
from tests.unit.runtime.wild_models import Wild

NOW = 1_790_000_000_000
STEPS = 40


def path(definition: Definition, random: Random, seen: Counter[str]) -> None:
    """One path, played twice side by side; an AssertionError tells where they part."""
    kept, blob = new_state(), b""
    event: events.Event = events.Start({"k": random.randint(0, 50)}, child=random.random() < 0.2)
    for step in range(STEPS):
        now = NOW + step * 1_000
        fresh = load(blob) if blob else new_state()
        try:
            there = advance(definition, fresh, event, now)
        except Rejected:
            # The event did not fit: nothing happened, in memory neither.
            seen["rejected"] += 1
            kept = load(blob)
            event = draw(definition, load(blob), random)
            continue
        here = advance(definition, kept, event, now)
        assert here.effects == there.effects, f"step {step} ({event}): other effects after a reload"
        blob, kept = dump(there.state), here.state
        assert dump(kept) == blob, (
            f"step {step} ({event}): after a reload {blob.decode()}, in memory {dump(kept).decode()}"
        )
        check(definition, there.state)
        seen["steps"] += 1
        seen.update(type(effect).__name__ for effect in there.effects)
        if there.state.over:
            seen["over"] += 1
            return
        event = draw(definition, load(blob), random)


def play(models: range, paths: int) -> Counter[str]:
    """So many paths through each model; counts of what came by."""
    seen: Counter[str] = Counter()
    for seed in models:
        (model,), _ = readers.read(process(Wild(seed).content).encode())
        definition = compile_process(model, {})
        before = repr(definition)
        seen["models"] += 1
        seen.update({f"kind {node.kind}" for node in definition.nodes.values()})
        for number in range(paths):
            try:
                path(definition, Random(f"{seed}/{number}"), seen)
            except AssertionError as error:
                raise AssertionError(f"model {seed}, path {number}: {error}") from error
            seen["paths"] += 1
        assert repr(definition) == before, f"model {seed}: the definition was changed"
    return seen


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=2000)
    parser.add_argument("--paths", type=int, default=5)
    parser.add_argument("--first", type=int, default=0, help="the seed of the first model")
    asked = parser.parse_args()
    for name, number in sorted(play(range(asked.first, asked.first + asked.models), asked.paths).items()):
        print(f"{name:<32} {number:>9,}")
