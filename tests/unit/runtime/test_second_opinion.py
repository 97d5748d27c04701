"""SpiffWorkflow's opinion: it agrees where both are right, sees what differs, and is not asked where it is unsound."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from bpmn import readers
from bpmn.model import Process
from engine.domain import effects
from engine.runtime.second_opinion import Given, Record, outside, second_opinion
from tests.conformance.memory_host import EPOCH
from tests.unit.runtime.drawing import (
    TERMINATE,
    boundary,
    catch,
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
    timer,
    user,
)
from tests.unit.runtime.oracle import Oracle, TooLong
from tests.unit.runtime.playing import Play
from tests.unit.runtime.random_models import Block, generate, scope


def read(*content: str) -> Process:
    """The one process of a drawing."""
    (found,), _ = readers.read(process(*content).encode())
    return found


class Recorded(Play):
    """Plays a drawing and keeps what came from outside."""

    def __init__(self, *content: str, **variables: Any) -> None:
        super().__init__(*content, **variables)
        self.process = read(*content)
        self.started = Given("", variables, EPOCH)
        self.given: list[Given] = []

    def complete(self, node: str, number: int = 0, /, **variables: Any) -> "Recorded":
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
        left = [note.node for note in self.host.log if isinstance(note, effects.Note) and note.kind == "left"]
        return Record(self.started, self.given, left, self.variables)

    def opinion(self, record: Record | None = None) -> list[tuple[str, str]]:
        """(code, element) of what is found."""
        found = second_opinion(self.process, {}, {}, record or self.record)
        return [(finding.code, finding.element) for finding in found]


def script(id: str, text: str, result: str) -> str:
    """A script task."""
    return element("scriptTask", id, extension(f'<zeebe:script expression="{text}" resultVariable="{result}"/>'))


def test_a_sequence_with_scripts_and_mappings() -> None:
    work = user("a", extension(mapping({"half": "=x / 2"}, {"y": "=half + got", "deep.z": "=y"})))
    play = Recorded(start(), work, script("b", "=y * 2", "x"), end(), flows("s>a a>b b>e"), x=10, deep={"w": 1})
    play.complete("a", got=3)
    assert play.record.variables == {"x": 16, "y": 8, "deep": {"w": 1, "z": 8}}
    assert play.opinion() == []


@pytest.mark.parametrize(("x", "way"), [(1, "a"), (5, "b"), (9, "c")])
def test_exclusive_ways(x: int, way: str) -> None:
    play = Recorded(
        start(), gateway("exclusive", "g", default="g__c"), user("a b c"), gateway("exclusive", "j"), end(),
        flows("s>g g>a{=x < 3} g>b{=x < 7} g>c a>j b>j c>j j>e"), x=x,
    )  # fmt: skip
    assert play.open == way
    assert play.complete(way, x=x + 1).opinion() == []


def test_a_loop_through_a_task() -> None:
    play = Recorded(
        start(), user("a"), gateway("exclusive", "g", default="g__e"), end(), flows("s>a a>g g>a{=again} g>e")
    )
    for again in (True, True, False):
        play.complete("a", again=again)
    assert [given.node for given in play.given] == ["a", "a", "a"]
    assert play.opinion() == []


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_parallel_branches_in_any_order(order: str) -> None:
    play = Recorded(
        start(), gateway("parallel", "f j"), user("a b c"), end(), flows("s>f f>a f>b a>j b>j j>c c>e"), n=1
    )
    for node in order:
        assert "c" not in play.open
        play.complete(node, **{node: 1})
    assert play.complete("c").opinion() == []


@pytest.mark.parametrize(("n", "ways"), [(0, "q"), (2, "c"), (3, "rc"), (3, "cr")])
def test_inclusive_branches_in_any_order(n: int, ways: str) -> None:
    play = Recorded(
        start(), gateway("inclusive", "o", default="o__q"), user("c q r d"), gateway("inclusive", "k"), end(),
        flows("s>o o>c{=n > 1} o>r{=n > 2} o>q c>k q>k r>k k>d d>e"), n=n,
    )  # fmt: skip
    for node in ways:
        assert "d" not in play.open
        play.complete(node, n=0)
    assert play.complete("d").opinion() == []


def test_a_sub_process_with_an_interrupting_timer() -> None:
    content = (
        start(), sub("u", start("s2"), user("a b"), end("e2"), flows("s2>a a>b b>e2")),
        boundary("t", "u", timer("P1D")), user("late"), end("e e3"), flows("s>u u>e t>late late>e3"),
    )  # fmt: skip
    assert Recorded(*content).complete("a", x=1).complete("b").opinion() == []
    play = Recorded(*content).complete("a", x=1).fire("t", "timer").complete("late", y=2)
    assert "b" not in play.record.left
    assert play.opinion() == []


def test_messages_that_are_waited_for() -> None:
    content = (
        start(), catch("c", message()), element("receiveTask", "r", messageRef="m2"), end(), flows("s>c c>r r>e")
    )  # fmt: skip
    assert Recorded(*content).fire("c", "message", "m1", x=1).fire("r", "message", "m2", y=2).opinion() == []


def test_what_differs_is_told() -> None:
    play = Recorded(
        start(), gateway("exclusive", "g", default="g__b"), user("a b"), end(),
        flows("s>g g>a{=x < 3} g>b a>e b>e"), x=1,
    ).complete("a", y=1)  # fmt: skip
    record = play.record
    other_way = ["b" if node == "a" else node for node in record.left]
    assert play.opinion(replace(record, left=other_way)) == [("second-opinion", "a"), ("second-opinion", "b")]
    assert play.opinion(replace(record, variables={"x": 1, "y": 2})) == [("second-opinion", "p")]
    assert play.opinion(replace(record, started=Given("", {"x": 5}, EPOCH))) == [("second-opinion", "p")]
    assert play.opinion(replace(record, given=[])) == [("second-opinion", "p")]
    assert play.opinion() == []


def test_a_condition_without_a_truth_is_told() -> None:
    play = Recorded(start(), gateway("exclusive", "g"), end("e f"), flows("s>g g>e{=x < 3} g>f{=x > 3}"), x=1)
    found = second_opinion(play.process, {}, {}, replace(play.record, started=Given("", {"x": "z"}, EPOCH)))
    assert [(f.code, f.severity) for f in found] == [("second-opinion", "warning")]
    assert "no boolean" in found[0].en


JOIN_IN_LOOP = (
    gateway("parallel", "f j") + user("a b") + gateway("exclusive", "g", default="g__e"),
    "s>f f>a f>b a>j b>j j>g g>f{=again} g>e",
)


@pytest.mark.parametrize(
    ("element_id", "content", "ways"),
    [
        ("a", user("a", many("2")), "s>a a>e"),
        ("t", user("a") + boundary("t", "a", message(), stays=True), "s>a a>e t>e"),
        ("k", user("a") + event_sub("k", start("m", message()), end("ke"), flows("m>ke")), "s>a a>e"),
        ("f", *JOIN_IN_LOOP),
        (
            "k",
            gateway("inclusive", "o k", default="o__b") + user("a b c") + boundary("t", "a", message()),
            "s>o o>a{=x} o>b a>k b>k t>c c>k k>e",
        ),
        (
            "k",
            gateway("inclusive", "o k", default="o__b") + gateway("exclusive", "m", default="m__k") + user("a b"),
            "s>o o>a{=x} o>b a>m m>a{=y} m>k b>k k>e",
        ),
        ("s", user("a b"), "s>a s>b a>e b>e"),
        ("a", user("a") + handled("a", "undo"), "s>a a>e"),
        ("x", element("endEvent", "x", TERMINATE), "s>x"),
        ("a", element("callActivity", "a", extension('<zeebe:calledElement processId="q"/>')), "s>a a>e"),
        ("g", gateway("eventBased", "g") + catch("c", message()) + catch("d", timer("P1D")), "s>g g>c g>d c>e d>e"),
        ("a", script("a", "=random number()", "x"), "s>a a>e"),
    ],
)
def test_where_it_has_no_say(element_id: str, content: str, ways: str) -> None:
    model = read(start(), content, end(), flows(ways))
    found = outside(model)
    assert found is not None and found.element == element_id
    (finding,) = second_opinion(model, {}, {}, Record(Given("", {}, EPOCH), (), (), {}))
    assert (finding.code, finding.severity) == ("no-second-opinion", "info")
    assert f"element {found.element}" in finding.en


def test_a_long_case_is_left_out() -> None:
    play = Recorded(
        start(), user("a"), gateway("exclusive", "g", default="g__e"), end(), flows("s>a a>g g>a{=again} g>e")
    )
    for number in range(210):
        play.complete("a", again=number < 209)
    assert play.opinion() == [("no-second-opinion", "p")]


def tame(block: Block, looping: bool = False) -> Block:
    """The same tree with what SpiffWorkflow is not asked about replaced by what it is."""
    if block.kind in ("many", "each", "beside", "event"):
        return Block("user", block.id)
    kids = tuple(tame(kid, looping or block.kind == "loop") for kid in block.kids)
    kind = "xor" if looping and block.kind in ("and", "or") else block.kind
    if kind == "or" and any(flat(kid) - {"user", "auto", "seq", "sub"} for kid in kids):
        kind = "and"
    return replace(block, kind=kind, kids=kids)


def flat(block: Block) -> set[str]:
    """The kinds in a tree."""
    return {block.kind}.union(*(flat(kid) for kid in block.kids))


def random_step(play: Recorded, oracle: Oracle, random: Random) -> None:
    """A task is completed, or now and then a boundary event interrupts; the oracle says what is open."""
    oracle.clean()
    if oracle.messages and random.random() < 0.5:
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


def test_random_models_agree() -> None:
    asked = interrupted = 0
    for seed in range(600):
        random = Random(seed)
        block = tame(generate(random, random.randint(2, 5), []))
        try:
            oracle, play = Oracle(block), Recorded(scope(block), k=0)
            if outside(play.process) is not None:
                continue
            for _ in range(60):
                if oracle.done:
                    break
                random_step(play, oracle, random)
        except TooLong:
            continue
        if play.done:
            asked += 1
            interrupted += any(play.process.nodes[given.node].attached for given in play.given)
            assert play.opinion() in ([], [("no-second-opinion", "p")]), f"seed {seed}"
    assert asked > 100 and interrupted > 10
