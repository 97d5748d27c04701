"""Events that are thrown, in the middle and at the end, one definition or several (BPMN 2.0.2, table 10.93)."""

import pytest

from tests.unit.runtime.drawing import (
    ESCALATION,
    SIGNAL,
    TERMINATE,
    boundary,
    catch,
    compensate,
    end,
    error,
    flows,
    gateway,
    handled,
    message,
    start,
    sub,
    throw,
    user,
)
from tests.unit.runtime.playing import Play

THROWN = {
    "none": ("", "x"),
    "message": (message(), "got x"),
    "signal": (SIGNAL, "got x"),
    "escalation": (ESCALATION, "esc x"),
    "compensation": (compensate(), "h"),
    "multiple": (ESCALATION + SIGNAL, "esc got x"),
    "multiple with compensation": (compensate() + SIGNAL, "got h"),
}


def thrower(event: str) -> Play:
    """A sub-process that can be compensated throws; beside it a signal and a message are awaited."""
    inner = start("s2") + user("d") + handled("d", "h") + event
    return Play(
        start() + gateway("parallel", "f") + sub("u", inner) + boundary("b", "u", ESCALATION, stays=True),
        catch("c", SIGNAL + message()) + user("esc got") + end("e e2 e3"),
        flows("s>f f>u f>c u>e b>esc esc>e2 c>got got>e3"),
    ).complete("d")


@pytest.mark.parametrize(("definition", "opened"), THROWN.values(), ids=THROWN)
def test_an_intermediate_throw_event(definition: str, opened: str) -> None:
    play = thrower(throw("t", definition) + user("x") + end("e4") + flows("s2>d d>t t>x x>e4"))
    assert play.open.split() == sorted([*opened.split(), *([] if "got" in opened else ["c"])])
    if "h" in opened.split():
        assert "x" in play.complete("h").open.split()


@pytest.mark.parametrize(("definition", "opened"), THROWN.values(), ids=THROWN)
def test_an_end_event(definition: str, opened: str) -> None:
    play = thrower(end("e4", definition) + flows("s2>d d>e4"))
    found = [node for node in opened.split() if node != "x"]
    assert play.open.split() == sorted([*found, *([] if "got" in opened else ["c"])])
    for node in found:
        play.complete(node)
    assert play.done or play.open == "c"


@pytest.mark.parametrize(
    ("definition", "opened"),
    [(error(), "c x"), (TERMINATE, "c"), (SIGNAL + error(), "got x"), (TERMINATE + SIGNAL, "got")],
    ids=["error", "terminate", "signal and error", "signal and terminate"],
)
def test_an_end_event_that_ends_what_is_around_it(definition: str, opened: str) -> None:
    inner = start("s2") + gateway("parallel", "f2") + user("a") + end("e4", definition) + end("e5")
    play = Play(
        start() + gateway("parallel", "f") + sub("u", inner + flows("s2>f2 f2>a f2>e4 a>e5")),
        boundary("b", "u", error()) + catch("c", SIGNAL) + user("x got") + end("e e2 e3"),
        flows("s>f f>u f>c u>e b>x x>e2 c>got got>e3"),
    )
    assert play.open == opened


def test_compensation_is_waited_for_before_an_error_ends_the_scope() -> None:
    inner = start("s2") + user("d") + handled("d", "h") + end("e4", error() + compensate()) + flows("s2>d d>e4")
    play = Play(start() + sub("u", inner) + boundary("b", "u", error()) + user("x") + end() + flows("s>u u>e b>x x>e"))
    assert play.complete("d").open == "h" and play.complete("h").open == "x"


def test_compensation_need_not_be_waited_for() -> None:
    aside = '<compensateEventDefinition waitForCompletion="false"/>'
    content = start() + user("d") + handled("d", "h") + "{}" + user("x") + end() + flows("s>d d>t t>x x>e")
    play = Play(content.format(throw("t", aside))).complete("d")
    assert play.open == "h x" and not play.complete("x").done and play.complete("h").done
    play = Play(content.format(throw("t", aside))).complete("d").complete("h")
    assert play.open == "x" and play.complete("x").done
    two = start() + user("d d2") + handled("d", "h") + handled("d2", "h2") + throw("t", aside) + user("x") + end()
    play = Play(two + flows("s>d d>d2 d2>t t>x x>e")).complete("d").complete("d2")
    assert play.open == "h2 x" and play.complete("h2").open == "h x" and play.complete("x").complete("h").done
    ending = Play(start() + user("d") + handled("d", "h") + end("e", aside) + flows("s>d d>e")).complete("d")
    assert ending.open == "h" and ending.complete("h").done


def test_compensation_aside_of_an_outer_scope_holds_neither_the_inner_scope_nor_a_join() -> None:
    aside = '<compensateEventDefinition activityRef="d" waitForCompletion="false"/>'
    inner = start("us") + throw("t", aside) + end("ue") + flows("us>t t>ue")
    play = Play(
        start() + user("d") + handled("d", "h") + gateway("inclusive", "f j") + sub("u", inner) + user("a x") + end(),
        flows("s>d d>f f>u f>a u>j a>j j>x x>e"),
    )
    assert play.complete("d").open == "a h" and play.complete("a").open == "h x"
    beside = Play(
        start() + user("d") + handled("d", "h") + gateway("inclusive", "f j") + throw("t", aside) + user("a x") + end(),
        flows("s>d d>f f>t f>a t>j a>j j>x x>e"),
    )
    assert beside.complete("d").complete("a").open == "h x" and not beside.complete("x").done
    assert beside.complete("h").done


def test_two_activities_are_compensated_by_one_event_newest_first() -> None:
    event = throw("t", compensate("d1") + compensate("d2"))
    play = Play(
        start() + user("d1 d2 d3") + handled("d1", "h1") + handled("d2", "h2") + handled("d3", "h3") + event,
        user("x") + end() + flows("s>d1 d1>d2 d2>d3 d3>t t>x x>e"),
    )
    play.complete("d1").complete("d2").complete("d3")
    assert play.open == "h2" and play.complete("h2").open == "h1" and play.complete("h1").open == "x"


def test_a_throw_event_whose_mapping_fails_throws_once() -> None:
    mapped = '<extensionElements><zeebe:ioMapping><zeebe:output source="=[1][item = q.z].a + 1" target="o"/>'
    mapped += "</zeebe:ioMapping></extensionElements>"
    play = Play(
        start() + sub("u", start("s2") + throw("t", mapped + ESCALATION) + end("e4") + flows("s2>t t>e4")),
        boundary("b", "u", ESCALATION, stays=True) + user("x") + end("e e2") + flows("s>u u>e b>x x>e2"),
    )
    assert play.count("b") == 1
