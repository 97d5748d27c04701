"""The rule about tokens beside an oracle that plays every order of every token, on random processes."""

import random
from collections import Counter
from dataclasses import dataclass, field

import pytest

from bpmn import readers
from bpmn.checks import Known, soundness
from bpmn.model import Process

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    '><process id="p" isExecutable="true">'
)
KINDS = ("task", "exclusiveGateway", "parallelGateway", "exclusiveGateway", "parallelGateway")
Marking = tuple[str, ...]


def drawn(dice: random.Random, size: int, loops: bool) -> Process:
    ids = ["s", *(f"n{number}" for number in range(size)), "e"]
    kinds = {id: dice.choice(KINDS) for id in ids} | {"s": "startEvent", "e": "endEvent"}
    edges = {(ids[dice.randrange(max(0, at - 3), at)], id) for at, id in enumerate(ids) if at}
    for at, id in enumerate(ids[:-1]):
        if not any(source == id for source, _ in edges):
            edges.add((id, ids[dice.randrange(at + 1, min(len(ids), at + 4))]))
    for _ in range(dice.randrange(size // 2 + 1)):
        source, target = dice.randrange(len(ids) - 1), dice.randrange(1, len(ids))
        if "Gateway" in kinds[ids[source]] and source != target and (loops or source < target):
            edges.add((ids[source], ids[target]))
    text = "".join(f'<{kinds[id]} id="{id}"/>' for id in ids)
    text += "".join(f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in sorted(edges))
    return readers.read(f"{HEAD}{text}</process></definitions>".encode())[0][0]


@dataclass
class Truth:
    """What every order together shows; `bounded`: no place ever held three tokens."""

    fired: set[str] = field(default_factory=set)
    waiting: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    endless: bool = False
    bounded: bool = True


def truth(process: Process) -> Truth | None:
    """None when there are too many markings."""
    nodes, found = process.nodes, Truth()
    target = {flow.id: flow.target for node in nodes.values() for flow in node.outgoing} | {"": "s"}
    before: dict[Marking, list[Marking]] = {("",): []}
    todo: list[Marking] = [("",)]
    over: list[Marking] = [()]
    while todo:
        marking = todo.pop()
        following = list(moves(process, target, marking, found))
        if not following:
            over.append(marking)
            found.waiting.update(target[place] for place in marking)
        for after in following:
            if after and after not in before:
                todo.append(after)
            before.setdefault(after, []).append(marking)
        if len(before) > 5_000:
            return None
    ending, todo = set(over), over
    while todo:
        fresh = [one for one in before.get(todo.pop(), ()) if one not in ending]
        ending.update(fresh)
        todo.extend(fresh)
    found.endless = any(marking not in ending for marking in before)
    return found


def moves(process: Process, target: dict[str, str], marking: Marking, found: Truth):
    count = Counter(marking)
    if max(count.values()) > 2:
        found.bounded = False
        return
    for place in count:
        node = process.nodes[target[place]]
        used = [place]
        if node.kind == "parallelGateway" and len(node.incoming) > 1:
            if not all(count[flow] for flow in node.incoming):
                continue
            found.fired.add(node.id)
            used = list(node.incoming)
        elif sum(count[flow] for flow in node.incoming) > 1:
            found.doubled.add(node.id)
        rest = list(marking)
        for one in used:
            rest.remove(one)
        out = [flow.id for flow in node.outgoing]
        for chosen in [[id] for id in out] if node.kind == "exclusiveGateway" else [out]:
            yield tuple(sorted([*rest, *chosen]))


@pytest.mark.parametrize("loops", [False, True])
def test_no_false_alarm_and_nothing_missed(loops: bool) -> None:
    kinds: Counter[str] = Counter()
    for seed in range(400):
        dice = random.Random(seed)
        process = drawn(dice, dice.randrange(3, 11), loops)
        real = truth(process)
        if real is None or not real.bounded:
            continue
        told: dict[str, set[str]] = {}
        for one in soundness.run(process, Known()):
            told.setdefault(one.code, set()).add(one.element)
        kinds.update(told.keys())
        dead, may = told.get("deadlock", set()), told.get("may-deadlock", set())
        assert dead <= real.waiting - real.fired, seed
        assert may <= real.waiting & real.fired, seed
        assert told.get("done-twice", set()) <= real.doubled, seed
        assert real.endless or "never-ends" not in told, seed
        if not real.doubled:
            assert dead == real.waiting - real.fired and bool(real.waiting) == bool(dead | may), seed
            assert real.endless == ("never-ends" in told), seed
    assert kinds["deadlock"] > 20 and kinds["may-deadlock"] > 5 and kinds["done-twice"] > 5, kinds
