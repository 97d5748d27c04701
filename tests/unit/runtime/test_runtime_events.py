"""Messages, signals, timers, conditions, errors, escalations, links; boundary events and event sub-processes."""

from engine.domain import effects, events
from tests.unit.runtime.drawing import (
    CATCH_ALL,
    ESCALATION,
    SIGNAL,
    boundary,
    catch,
    condition,
    end,
    error,
    event_sub,
    extension,
    flows,
    gateway,
    link,
    mapping,
    message,
    start,
    sub,
    throw,
    timer,
    user,
)
from tests.unit.runtime.playing import Play

KS = event_sub("k", start("ks", message()) + user("k1") + end("ke") + flows("ks>k1 k1>ke"))
KS_STAYS = KS.replace('<startEvent id="ks">', '<startEvent id="ks" isInterrupting="false">')


def test_a_message_boundary_brings_its_payload() -> None:
    play = Play(start() + user("a x") + boundary("b", "a", message()) + end() + flows("s>a a>e b>x x>e"))
    assert play.fire("b", v=3).open == "x" and play.variables["v"] == 3
    cancelled = [e.node for e in play.host.log if isinstance(e, effects.Note) and e.kind == "cancelled"]
    assert cancelled == ["a"]


def test_an_output_mapping_filters_a_payload() -> None:
    event = catch("c", extension(mapping(outputs={"kept": "=v"})) + message())
    play = Play(start() + event + user("a") + end() + flows("s>c c>a a>e"))
    assert play.fire("c", v=3, secret=4).variables == {"kept": 3}


def test_a_correlation_key_is_evaluated_when_it_waits() -> None:
    play = Play(start() + catch("c", message("mk")) + end() + flows("s>c c>e"), nr="Z-1")
    assert [wait.key for _, wait in play.case.waits.values()] == ["Z-1"]
    assert Play(start() + catch("c", message("mk")) + end() + flows("s>c c>e")).incidents == {"c": "null-value"}


def test_a_thrown_message_carries_its_inputs_only() -> None:
    event = throw("t", extension(mapping({"sent": "=v + 1"})) + message("mk"))
    play = Play(start() + event + end() + flows("s>t t>e"), v=1, nr=7, secret=2)
    thrown = next(e for e in play.host.log if isinstance(e, effects.ThrowMessage))
    assert (thrown.name, thrown.key, thrown.variables) == ("mk", "7", {"sent": 2}) and play.done


def test_a_timer_cycle_fires_so_often_and_missed_ones_once() -> None:
    content = (
        start() + user("a") + boundary("b", "a", timer("R3/PT10S", "timeCycle"), stays=True) + user("x") + end("e e2"),
        flows("s>a a>e b>x x>e2"),
    )
    play = Play(*content)
    assert play.wait_until(9_999).open == "a" and play.wait_until(10_000).open == "a x"
    assert play.wait_until(20_000).open == "a x x" and play.wait_until(99_000).open == "a x x x"
    assert play.wait_until(999_000).open == "a x x x"
    late = Play(*content).wait_until(25_000)
    missed = [e.data["count"] for e in late.host.log if isinstance(e, effects.Note) and e.kind == "missed"]
    assert late.open == "a x" and missed == [1]


def test_an_endless_cycle_after_an_hour_of_rest_fires_once() -> None:
    play = Play(
        start() + user("a") + boundary("b", "a", timer("R/PT1S", "timeCycle"), stays=True) + user("x") + end("e e2"),
        flows("s>a a>e b>x x>e2"),
    )
    assert play.wait_until(3_600_000).open == "a x"


def test_a_finished_activity_disarms_its_timer() -> None:
    play = Play(start() + user("a x z") + boundary("b", "a", timer("PT1S")) + end() + flows("s>a a>z b>x x>e z>e"))
    assert play.complete("a").wait_until(99_999).open == "z"


def test_a_signal_reaches_waiters_only() -> None:
    play = Play(
        start() + gateway("parallel", "f") + user("a x") + throw("t", SIGNAL) + catch("c c2", SIGNAL) + end("e e2"),
        flows("s>f f>a f>c a>t t>c2 c2>e c>x x>e2"),
    )
    assert play.complete("a").open == "c2 x"
    assert play.do(events.Signal("s1", {"v": 1})).open == "x" and play.variables == {"v": 1}


def test_a_link_is_a_flow() -> None:
    assert (
        Play(start() + throw("t", link()) + catch("c", link()) + user("a") + end() + flows("s>t c>a a>e")).open == "a"
    )


def test_a_signal_reaches_its_own_name_only() -> None:
    play = Play(start() + catch("c", SIGNAL) + end() + flows("s>c c>e"))
    assert play.do(events.Signal("other")).open == "c"
    assert play.do(events.Signal("s1")).done


def test_the_payload_of_a_boundary_event_leaves_by_its_mapping_only() -> None:
    caught = boundary("t", "a", message()).replace(
        "<messageEvent", extension(mapping(None, {"x": "=got"})) + "<messageEvent"
    )
    play = Play(start() + user("a b") + caught + end("e e2") + flows("s>a a>e t>b b>e2"))
    assert play.fire("t", got=1, other=2).open == "b"
    assert play.variables == {"x": 1}


def test_a_link_is_found_in_its_own_scope() -> None:
    ways = flows("us>ut uc>b b>ue")
    inner = sub("u", start("us"), throw("ut", link()), catch("uc", link()), user("b"), end("ue"), ways)
    outer = start() + inner + throw("t", link()) + catch("c", link()) + user("a") + end() + flows("s>u u>t c>a a>e")
    assert Play(outer).open == "b"
    assert Play(outer).complete("b").open == "a"


def test_a_condition_fires_on_its_edge() -> None:
    play = Play(
        start() + user("a") + boundary("b", "a", condition("=v > 3"), stays=True) + user("x") + end("e e2"),
        flows("s>a a>e b>x x>e2"),
    )
    assert play.set(v=1).open == "a" and play.set(v=4).open == "a x"
    assert play.set(v=5).open == "a x" and play.set(v=1).set(v=9).open == "a x x"


def test_a_condition_may_be_true_when_it_is_armed() -> None:
    assert Play(start() + catch("c", condition("=v = 1")) + user("a") + end() + flows("s>c c>a a>e"), v=1).open == "a"


def test_a_multiple_event_takes_any_a_parallel_one_needs_all() -> None:
    content = start() + "{}" + user("a") + end() + flows("s>c c>a a>e")
    any_ = Play(content.format(catch("c", message() + message("m2"))))
    assert any_.fire("c", "message", "m2").open == "a"
    both = Play(content.format(catch("c", message() + message("m2"), parallelMultiple="true")))
    assert both.fire("c", "message", "m2").open == "c" and both.fire("c", "message", "m1").open == "a"


def test_a_non_interrupting_event_sub_process_runs_many_times() -> None:
    play = Play(start() + user("a") + end() + flows("s>a a>e") + KS_STAYS)
    assert play.fire("ks").fire("ks").open == "a k1 k1"
    assert not play.complete("a").done
    play.fire("ks").complete("k1").complete("k1")
    assert not play.done and play.complete("k1").done


def test_an_interrupting_one_disarms_the_others_and_clears_joins() -> None:
    other = event_sub("q", start("qs", message("m2")) + user("q1") + end("qe") + flows("qs>q1 q1>qe"))
    play = Play(
        start() + gateway("parallel", "f j") + user("a b") + end() + flows("s>f f>a f>b a>j b>j j>e") + KS + other
    )
    play.complete("a").fire("ks")
    assert play.open == "k1" and not play.case.waits and play.complete("k1").done


def test_a_specific_code_beats_catch_all() -> None:
    content = (
        start() + user("a x y") + boundary("b1", "a", CATCH_ALL) + boundary("b2", "a", error("err2")) + end(),
        flows("s>a a>e b1>x b2>y x>e y>e"),
    )
    assert Play(*content).raise_("a", "E2").open == "y" and Play(*content).raise_("a", "E9").open == "x"


def test_an_error_inside_an_event_sub_process_goes_up() -> None:
    inner = (
        start("s2") + user("a") + end("e2") + flows("s2>a a>e2"),
        event_sub("k", start("ks", error()) + user("k1") + end("ke", error()) + flows("ks>k1 k1>ke")),
    )
    play = Play(start() + sub("u", *inner) + boundary("b", "u", error()) + user("z") + end() + flows("s>u u>e b>z z>e"))
    assert play.raise_("a").open == "k1" and play.complete("k1").open == "z"


def test_an_uncaught_error_is_an_incident_at_its_token() -> None:
    play = Play(start() + user("a") + end() + flows("s>a a>e")).raise_("a", "Q")
    assert play.incidents == {"a": "uncaught-error"} and not play.open
    assert play.retry().open == "a" and play.complete("a").done


def test_an_escalation_need_not_interrupt() -> None:
    inner = start("s2") + throw("t", ESCALATION) + user("a") + end("e2") + flows("s2>t t>a a>e2")
    play = Play(
        start() + sub("u", inner) + boundary("b", "u", ESCALATION, stays=True) + user("x") + end("e e3"),
        flows("s>u u>e b>x x>e3"),
    )
    assert play.open == "a x"
    assert Play(start() + throw("t", ESCALATION) + end() + flows("s>t t>e")).done


def test_a_case_can_begin_at_a_message() -> None:
    content = start("s", message()) + user("a") + end() + flows("s>a a>e")
    assert Play(content, node="s", v=1).open == "a"
