"""Every event at every position that the standard allows (BPMN 2.0.2, table 10.93): one small model per cell."""

from collections.abc import Callable

import pytest

from engine.domain import effects
from tests.unit.runtime.drawing import (
    CANCEL,
    ESCALATION,
    SIGNAL,
    boundary,
    catch,
    condition,
    end,
    error,
    event_sub,
    flows,
    gateway,
    handled,
    link,
    message,
    process,
    start,
    sub,
    throw,
    timer,
    user,
)
from tests.unit.runtime.playing import Play

Happen = Callable[[Play], Play]

CYCLE = timer("R/PT10S", "timeCycle")
BOTH = message() + message("m2")


def msg(play: Play) -> Play:
    play.host.message("m1", {"v": 1}, None)
    return play


def both(play: Play) -> Play:
    play.host.message("m2", {"w": 2}, None)
    return msg(play)


def sig(play: Play) -> Play:
    play.host.signal("s1", {"v": 1})
    return play


def clock(play: Play) -> Play:
    return play.wait_until(play.host.now - 1_790_000_000_000 + 10_000)


def true(play: Play) -> Play:
    return play.set(v=0).set(v=1)


def err(play: Play) -> Play:
    return play.raise_("a", v=1)


def esc(play: Play) -> Play:
    return play.raise_("a", "X", "escalation", v=1)


CAUGHT: dict[str, tuple[str, Happen]] = {
    "message": (message(), msg),
    "signal": (SIGNAL, sig),
    "timer": (CYCLE, clock),
    "conditional": (condition("=v = 1"), true),
    "error": (error(), err),
    "escalation": (ESCALATION, esc),
    "multiple: the first": (message() + SIGNAL, msg),
    "multiple: another": (message() + SIGNAL + ESCALATION, sig),
    "multiple: one that is raised": (message() + ESCALATION, esc),
    "parallel multiple": (BOTH, both),
}
NOT_ERROR = {name: cell for name, cell in CAUGHT.items() if name != "error"}
WAITED = {name: cell for name, cell in NOT_ERROR.items() if "escalation" not in cell[0]}


def cells(table: dict[str, tuple[str, Happen]]) -> pytest.MarkDecorator:
    rows = [pytest.param(*cell, "true" if "parallel" in name else "false", id=name) for name, cell in table.items()]
    return pytest.mark.parametrize(("definition", "happen", "parallel"), rows)


# --- catching


@cells({name: cell for name, cell in CAUGHT.items() if name in ("message", "signal", "multiple: the first")})
def test_a_start_event_of_the_process(definition: str, happen: Happen, parallel: str) -> None:
    other = process(start("s", definition) + user("x") + end() + flows("s>x x>e"), id="q")
    play = Play(start() + user("a") + end() + flows("s>a a>e"), also=other)
    happen(play)
    case = play.host.cases[2]
    assert case.state().root.vars == {"v": 1} and [t.node for t in case.state().tokens.values()] == ["q", "x"]


def test_a_parallel_multiple_start_needs_all() -> None:
    other = process(start("s", BOTH, parallelMultiple="true") + user("x") + end() + flows("s>x x>e"), id="q")
    play = Play(start() + user("a") + end() + flows("s>a a>e"), also=other)
    play.host.message("m2", {"w": 2}, None)
    assert [t.node for t in play.host.cases[2].state().tokens.values()] == ["q", "s"]
    msg(play)
    assert [t.node for t in play.host.cases[2].state().tokens.values()] == ["q", "x"]
    assert play.host.cases[2].state().root.vars == {"v": 1, "w": 2} and len(play.host.cases) == 2


def test_a_start_that_needs_a_signal_too_begins_one_case_whichever_comes_first() -> None:
    other = process(
        start("s", message() + SIGNAL, parallelMultiple="true") + user("x") + end() + flows("s>x x>e"), id="q"
    )
    for first, then in ((msg, sig), (sig, msg)):
        play = then(first(Play(start() + user("a") + end() + flows("s>a a>e"), also=other)))
        assert len(play.host.cases) == 2 and [t.key for t in play.host.query_tasks("2")] == ["x"]


@cells(WAITED)
def test_an_intermediate_catch_event(definition: str, happen: Happen, parallel: str) -> None:
    play = Play(start() + catch("c", definition, parallelMultiple=parallel) + user("x") + end() + flows("s>c c>x x>e"))
    assert happen(play).open == "x" and not play.case.waits


@cells(WAITED)
def test_an_event_behind_an_event_based_gateway(definition: str, happen: Happen, parallel: str) -> None:
    play = Play(
        start() + gateway("eventBased", "g") + catch("c", definition, parallelMultiple=parallel),
        catch("d", timer("PT1H")) + user("x y") + end() + flows("s>g g>c g>d c>x d>y x>e y>e"),
    )
    assert happen(play).open == "x" and not play.case.waits


@cells(CAUGHT)
def test_an_interrupting_boundary_event(definition: str, happen: Happen, parallel: str) -> None:
    event = boundary("b", "a", definition).replace("<boundaryEvent", f'<boundaryEvent parallelMultiple="{parallel}"')
    play = Play(start() + user("a x") + event + end() + flows("s>a a>e b>x x>e"))
    assert (
        happen(play).open == "x"
        and not play.case.waits
        and play.variables.get("v") == (None if "timer" in definition else 1)
    )


@cells(NOT_ERROR)
def test_a_boundary_event_that_stays_and_comes_again(definition: str, happen: Happen, parallel: str) -> None:
    event = boundary("b", "a", definition, stays=True)
    event = event.replace("<boundaryEvent", f'<boundaryEvent parallelMultiple="{parallel}"')
    play = Play(start() + user("a x") + event + end("e e2") + flows("s>a a>e b>x x>e2"))
    assert happen(play).open == "a x" and happen(play).open == "a x x"
    assert play.complete("a").complete("x").complete("x").done


@cells(CAUGHT)
def test_an_interrupting_event_sub_process(definition: str, happen: Happen, parallel: str) -> None:
    inner = event_sub(
        "k", start("ks", definition, parallelMultiple=parallel) + user("x") + end("ke") + flows("ks>x x>ke")
    )
    for content, after in (
        (start() + user("a") + end() + flows("s>a a>e") + inner, ""),
        (
            start() + sub("u", start("s2") + user("a") + end("e2") + flows("s2>a a>e2") + inner) + user("z") + end(),
            "z",
        ),
    ):
        play = Play(content + (flows("s>u u>z z>e") if after else ""))
        assert happen(play).open == "x" and not play.case.waits
        assert play.complete("x").open == after and play.done == (not after)


@cells(NOT_ERROR)
def test_an_event_sub_process_that_stays_and_comes_again(definition: str, happen: Happen, parallel: str) -> None:
    event = start("ks", definition, isInterrupting="false", parallelMultiple=parallel)
    inner = event_sub("k", event + user("x") + end("ke") + flows("ks>x x>ke"))
    play = Play(start() + user("a") + end() + flows("s>a a>e") + inner)
    assert happen(play).open == "a x" and happen(play).open == "a x x"
    assert play.complete("a").complete("x").complete("x").done


def test_compensation_and_cancel_are_caught_where_only_they_may_be() -> None:
    # Compensation by a boundary event and by an event sub-process; cancel on a transaction: see test_compensation.
    inner = start("s2") + user("a") + handled("a", "h") + end("ce", CANCEL) + flows("s2>a a>ce")
    play = Play(
        start() + sub("t", inner, kind="transaction") + boundary("b", "t", CANCEL) + user("x") + end(),
        flows("s>t t>e b>x x>e"),
    )
    assert play.complete("a").open == "h" and play.complete("h").open == "x"


def test_a_link_is_caught_in_the_middle() -> None:
    assert (
        Play(start() + throw("t", link()) + catch("c", link()) + user("x") + end() + flows("s>t c>x x>e")).open == "x"
    )


def test_an_error_interrupts_also_where_it_is_drawn_otherwise() -> None:
    event = boundary("b", "a", error(), stays=True)
    assert err(Play(start() + user("a x") + event + end() + flows("s>a a>e b>x x>e"))).open == "x"
    inner = event_sub("k", start("ks", error(), isInterrupting="false") + user("x") + end("ke") + flows("ks>x x>ke"))
    assert err(Play(start() + user("a") + end() + flows("s>a a>e") + inner)).open == "x"


def test_what_a_parallel_multiple_event_got_goes_through_its_mapping() -> None:
    mapped = '<extensionElements><zeebe:ioMapping><zeebe:output source="=v + w" target="sum"/></zeebe:ioMapping>'
    event = catch("c", mapped + "</extensionElements>" + BOTH, parallelMultiple="true")
    play = both(Play(start() + event + user("x") + end() + flows("s>c c>x x>e")))
    assert play.variables == {"sum": 3}


def test_of_two_conditions_each_is_looked_at() -> None:
    event = catch("c", condition("=v = 1") + condition("=w = 1"), parallelMultiple="true")
    play = Play(start() + event + user("x") + end() + flows("s>c c>x x>e"), v=0, w=0)
    assert play.set(w=1).open == "c" and play.set(w=0).open == "c" and play.set(v=1).open == "x"


def test_nothing_is_left_behind_by_what_was_caught() -> None:
    play = both(Play(start() + catch("c", BOTH, parallelMultiple="true") + end() + flows("s>c c>e")))
    assert play.done and not any(isinstance(e, effects.OpenIncident) for e in play.host.log)
