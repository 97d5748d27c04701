"""SpiffWorkflow's opinion: it agrees where both are right, sees what differs, and is not asked where it is unsound."""

from dataclasses import replace

import pytest

from engine.runtime.second_opinion import Given, Record, outside, second_opinion
from tests.conformance.memory_host import EPOCH
from tests.unit.runtime.differing import CALLED, Recorded, differ, read
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
    start,
    sub,
    timer,
    user,
)

MODELS = 400


def script(id: str, text: str, result: str) -> str:
    """A script task."""
    return element("scriptTask", id, extension(f'<zeebe:script expression="{text}" resultVariable="{result}"/>'))


def test_a_sequence_with_scripts_and_mappings() -> None:
    work = user("a", extension(mapping({"half": "=x / 2"}, {"y": "=half + got", "deep.z": "=y"})))
    play = Recorded(start(), work, script("b", "=y * 2", "x"), end(), flows("s>a a>b b>e"), x=10, deep={"w": 1})
    play.complete("a", got=3)
    assert play.record.variables == {"x": 16, "y": 8, "deep": {"w": 1, "z": 8}}
    assert play.opinion() == []


@pytest.mark.parametrize("all_out", ["true", "false"])
def test_a_called_process_comes_back_with_its_variables(all_out: str) -> None:
    asked = extension(
        f'<zeebe:calledElement processId="q" propagateAllChildVariables="{all_out}"/>',
        mapping({"n": "=x * 2"}, {"y": "=got + n", "deep.z": "=got"}),
    )
    play = Recorded(start(), element("callActivity", "a", asked), end(), flows("s>a a>e"), also=CALLED, x=1, deep={})
    play.complete("a", got=3)
    assert play.record.variables["y"] == 5 and ("got" in play.record.variables) == (all_out == "true")
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


def test_both_paths_are_told_by_name() -> None:
    play = Recorded(
        start(name="Begin"), user("a", name="Beoordelen"), gateway("exclusive", "g", default="g__e"), end("e f"),
        flows("s>a a>g g>e g>f{=no}"),
    ).complete("a", no=False)  # fmt: skip
    verdict = play.verdict()
    assert verdict.outcome == "agrees" and verdict.ours == verdict.theirs == ("Begin", "Beoordelen", "e")
    other = play.verdict(replace(play.record, left=["s", "a", "g", "f", "p"]))
    assert other.outcome == "disagrees" and other.ours == ("Begin", "Beoordelen", "f")
    assert other.theirs == ("Begin", "Beoordelen", "e") and {f.element for f in other.findings} == {"e", "f"}


def test_a_condition_without_a_truth_is_told() -> None:
    play = Recorded(start(), gateway("exclusive", "g"), end("e f"), flows("s>g g>e{=x < 3} g>f{=x > 3}"), x=1)
    found = second_opinion(play.process, {}, {}, replace(play.record, started=Given("", {"x": "z"}, EPOCH))).findings
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
        ("a", element("callActivity", "a", extension('<zeebe:calledElement processId="=which"/>')), "s>a a>e"),
        ("g", gateway("eventBased", "g") + catch("c", message()) + user("d"), "s>g g>c c>d d>c d>e"),
        ("a", script("a", "=random number()", "x"), "s>a a>e"),
    ],
)
def test_where_it_has_no_say(element_id: str, content: str, ways: str) -> None:
    model = read(start(), content, end(), flows(ways))
    found = outside(model)
    assert found is not None and found.element == element_id
    verdict = second_opinion(model, {}, {}, Record(Given("", {}, EPOCH), (), (), {}))
    (finding,) = verdict.findings
    assert verdict.outcome == "outside" and verdict.ours == verdict.theirs == ()
    assert (finding.code, finding.severity) == ("no-second-opinion", "info")
    assert f"because of '{found.element}'" in finding.en


def test_a_long_case_is_left_out() -> None:
    play = Recorded(
        start(), user("a"), gateway("exclusive", "g", default="g__e"), end(), flows("s>a a>g g>a{=again} g>e")
    )
    for number in range(210):
        play.complete("a", again=number < 209)
    assert play.opinion() == [("no-second-opinion", "p")]


def test_random_models_agree() -> None:
    seen = differ(range(MODELS))
    assert seen["disagree"] == 0
    assert seen["replayed"] >= 0.8 * seen["inside its subset"] > 0.8 * 250, dict(seen)
    assert seen["with an interruption"] > 10 and seen["with a called process"] > 30
    assert seen["with an event-based gateway"] > 30
