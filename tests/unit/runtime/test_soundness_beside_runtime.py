"""The check that plays tokens without data beside the runtime itself, on random processes with inclusive gateways."""

import random
from collections import Counter
from dataclasses import replace

from bpmn import readers
from bpmn.checks import Known, soundness
from bpmn.model import Process
from engine.domain import effects, events
from tests.conformance.memory_host import MemoryHost

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    '><process id="p" isExecutable="true">'
)
KINDS = ("userTask", "userTask", "exclusiveGateway", "parallelGateway", "inclusiveGateway", "inclusiveGateway")
CASES = 8


def drawn(dice: random.Random) -> Process:
    """Without circles, so that every case comes to rest. Read as of another engine, so that the runtime takes it with
    its faults."""
    size = dice.randrange(4, 13)
    ids = ["s", *(f"n{number}" for number in range(size)), "e"]
    kinds = {id: dice.choice(KINDS) for id in ids} | {"s": "startEvent", "e": "endEvent"}
    edges = {(ids[dice.randrange(max(0, at - 3), at)], id) for at, id in enumerate(ids) if at}
    for at, id in enumerate(ids[:-1]):
        if not any(source == id for source, _ in edges):
            edges.add((id, ids[dice.randrange(at + 1, min(len(ids), at + 4))]))
    for _ in range(dice.randrange(size // 2 + 1)):
        source, target = sorted(dice.sample(range(1, len(ids)), 2))
        edges.add((ids[source], ids[target]))
    text = "".join(f'<{kinds[id]} id="{id}"/>' for id in ids)
    for source, target in sorted(edges):
        others = sorted(other for one, other in edges if one == source)
        place = others.index(target)
        asked = {"exclusiveGateway": f"={source} = {place}", "inclusiveGateway": f"={source}[{place + 1}]"}
        condition = asked.get(kinds[source], "") if len(others) > 1 else ""
        inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        text += f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'
    return replace(readers.read(f"{HEAD}{text}</process></definitions>".encode())[0][0], lenient=True)


def choices(process: Process, dice: random.Random) -> dict[str, object]:
    chosen: dict[str, object] = {}
    for node in process.nodes.values():
        ways = len(node.outgoing)
        if node.kind == "exclusiveGateway":
            chosen[node.id] = dice.randrange(ways)
        elif node.kind == "inclusiveGateway":
            taken = [dice.random() < 0.5 for _ in range(ways)]
            chosen[node.id] = taken if any(taken) else [True] * ways
    return chosen


def played(process: Process, dice: random.Random) -> tuple[set[str], set[str]]:
    """The joins that wait for ever in one case, and all that was left."""
    host = MemoryHost(strict=False)
    host.know(process, None)
    case = host._create(host.definitions["p"], choices(process, dice), None, None)
    host.pump()
    while tasks := [token.id for token in case.state().tokens.values() if token.flag == "task"]:
        host.step(case, events.Complete(dice.choice(tasks), {}))
        host.pump()
    state = case.state()
    left = {note.node for note in host.log if isinstance(note, effects.Note) and note.kind == "left"}
    return set() if state.status == "completed" else set(state.root.joins or {}), left


def test_what_the_check_says_is_what_happens() -> None:
    seen: Counter[str] = Counter()
    for seed in range(120):
        dice = random.Random(seed)
        process = drawn(dice)
        told: dict[str, set[str]] = {}
        for one in soundness.run(process, Known()):
            told.setdefault(one.code, set()).add(one.element)
        waiting: set[str] = set()
        for _ in range(CASES):
            stuck, left = played(process, dice)
            waiting |= stuck
            assert not told.get("deadlock", set()) & left, f"{seed}: it went on"
        assert told or not waiting, f"{seed}: {waiting} waits for ever, and nothing was said"
        seen["waits"] += bool(waiting)
        seen["sound"] += not told
    assert seen["waits"] > 20 and seen["sound"] > 30, seen
