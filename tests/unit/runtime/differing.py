"""Random models inside SpiffWorkflow's subset, played on the core and replayed there: do paths and data agree?

`python -m tests.unit.runtime.differing --models 2000` for the long run; prints the numbers and what differs."""

import argparse
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

from bpmn import readers
from bpmn.model import Process
from engine.domain import effects
from engine.runtime.second_opinion import Given, Record, Verdict, outside, second_opinion
from tests.conformance.memory_host import EPOCH
from tests.unit.runtime.drawing import end, flows, process, start, user
from tests.unit.runtime.oracle import Oracle, TooLong
from tests.unit.runtime.playing import Play
from tests.unit.runtime.random_models import Block, generate, scope

STEPS = 120
CALLED = process(start("qs"), user("qu"), end("qe"), flows("qs>qu qu>qe"), id="q")


def read(*content: str) -> Process:
    """The one process of a drawing."""
    (found,), _ = readers.read(process(*content).encode())
    return found


class Recorded(Play):
    """Plays a drawing and keeps what came from outside."""

    def __init__(self, *content: str, also: str = "", **variables: Any) -> None:
        super().__init__(*content, also=also, **variables)
        self.process = read(*content)
        self.started = Given("", variables, EPOCH)
        self.given: list[Given] = []

    def complete(self, node: str, number: int = 0, /, **variables: Any) -> "Recorded":
        token = self.token(node, number)
        called = [case for case in self.host.cases.values() if case.parent == (self.case.id, token)]
        if called:
            mark = len(self.host.log)
            self.host.complete(f"{called[0].id}/{next(iter(called[0].tasks))}", variables)
            back = next(e.variables for e in self.host.log[mark:] if isinstance(e, effects.Completed))
            self.given.append(Given(node, back, self.host.now))
        else:
            self.given.append(Given(node, variables, self.host.now))
            super().complete(node, number, **variables)
        return self

    def fire(self, node: str, kind: str | None = None, name: str | None = None, /, **variables: Any) -> "Recorded":
        self.given.append(Given(node, variables, self.host.now))
        super().fire(node, kind, name, **variables)
        return self

    @property
    def record(self) -> Record:
        """What is compared; the case must have come to its end."""
        assert self.done, self.open
        notes = [note for note in self.host.log if isinstance(note, effects.Note) and note.kind == "left"]
        left = [note.node for note in notes if note.node in self.process.nodes]
        return Record(self.started, self.given, left, self.variables)

    def verdict(self, record: Record | None = None) -> Verdict:
        """What SpiffWorkflow makes of it."""
        return second_opinion(self.process, {}, {}, record or self.record)

    def opinion(self, record: Record | None = None) -> list[tuple[str, str]]:
        """(code, element) of what is found."""
        found = self.verdict(record).findings
        return [(finding.code, finding.element) for finding in found]


def tame(block: Block, random: Random, looping: bool = False) -> Block:
    """The same tree with what SpiffWorkflow is not asked about replaced by what it is; some tasks call a process."""
    if block.kind == "user" and random.random() < 0.2:
        return replace(block, kind="call")
    if block.kind in ("many", "each", "beside", "event"):
        return Block("user", block.id)
    kids = tuple(tame(kid, random, looping or block.kind == "loop") for kid in block.kids)
    kind = "xor" if looping and block.kind in ("and", "or") else block.kind
    if kind == "or" and any(flat(kid) - {"user", "auto", "call", "seq", "sub"} for kid in kids):
        kind = "and"
    return replace(block, kind=kind, kids=kids)


def flat(block: Block) -> set[str]:
    """The kinds in a tree."""
    return {block.kind}.union(*(flat(kid) for kid in block.kids))


def random_step(play: Recorded, oracle: Oracle, random: Random) -> None:
    """A task is completed, or now and then a boundary event interrupts; the oracle says what is open."""
    oracle.clean()
    if oracle.messages and (not oracle.tasks or random.random() < 0.5):
        caught = random.choice(oracle.messages)
        oracle.messages.remove(caught)
        caught.fire()
        play.fire(caught.id)
    else:
        node = random.choice(sorted(task[0] for task in oracle.tasks))
        task = next(task for task in oracle.tasks if task[0] == node)
        oracle.tasks.remove(task)
        oracle.k = random.randint(0, 50)
        task[2]()
        play.complete(node, k=oracle.k)


def play(block: Block, random: Random) -> Recorded | None:
    """One random path to its end; None when it comes to none."""
    try:
        oracle, found = Oracle(block), Recorded(scope(block), also=CALLED, k=0)
        for _ in range(STEPS):
            if oracle.done:
                return found if found.done else None
            random_step(found, oracle, random)
    except (TooLong, RecursionError):
        # A loop without a task inside runs in circles; the oracle says so, or is out of breath.
        return None
    return None


def differ(models: range) -> Counter[str]:
    """Counts: drawn, inside its subset, replayed, agree, disagree, and what came by."""
    seen: Counter[str] = Counter()
    for seed in models:
        random = Random(seed)
        block = tame(generate(random, random.randint(2, 5), []), random)
        seen["drawn"] += 1
        if outside(read(scope(block))) is not None:
            continue
        seen["inside its subset"] += 1
        # A path may run in circles or grow too long to be asked about: the next one is tried.
        found = next((one for _ in range(3) if (one := play(block, random)) is not None), None)
        opinion = [("no-second-opinion", "p")] if found is None else found.opinion()
        if found is None or ("no-second-opinion", "p") in opinion:
            continue
        seen["replayed"] += 1
        seen["with an interruption"] += any(found.process.nodes[given.node].attached for given in found.given)
        kinds = {node.kind for node in found.process.nodes.values()}
        seen["with a called process"] += "callActivity" in kinds
        seen["with an event-based gateway"] += "eventBasedGateway" in kinds
        seen["disagree" if opinion else "agree"] += 1
        if opinion:
            print(f"seed {seed}: {opinion}")
    return seen


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0, help="the seed of the first model")
    asked = parser.parse_args()
    for name, number in differ(range(asked.first, asked.first + asked.models)).items():
        print(f"{name:<24} {number:>7,}")
