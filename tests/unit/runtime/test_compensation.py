"""Compensation, newest first and one at a time, and the cancelling of transactions."""

from tests.unit.runtime.drawing import (
    CANCEL,
    boundary,
    compensate,
    end,
    error,
    event_sub,
    flows,
    gateway,
    handled,
    many,
    start,
    sub,
    throw,
    user,
)
from tests.unit.runtime.playing import Play

THROW = throw("t", compensate())


def test_handlers_run_newest_first_one_at_a_time() -> None:
    play = Play(
        start() + user("a b") + handled("a", "ha") + handled("b", "hb") + THROW + user("z") + end(),
        flows("s>a a>b b>t t>z z>e"),
    )
    play.complete("a").complete("b")
    assert play.open == "hb" and play.complete("hb").open == "ha" and play.complete("ha").open == "z"
    assert play.complete("z").done


def test_what_was_compensated_is_not_compensated_again() -> None:
    play = Play(
        start() + user("a") + handled("a", "ha") + throw("t t2", compensate()) + user("z") + end(),
        flows("s>a a>t t>t2 t2>z z>e"),
    )
    assert play.complete("a").complete("ha").open == "z"


def nested(ref: str) -> Play:
    inner = start("s2") + user("a") + handled("a", "ha") + end("e2") + flows("s2>a a>e2")
    play = Play(
        start() + sub("u", inner) + user("b") + handled("b", "hb") + throw("t", compensate(ref)) + user("z") + end(),
        flows("s>u u>b b>t t>z z>e"),
    )
    return play.complete("a").complete("b")


def test_one_activity_can_be_named_also_a_sub_process() -> None:
    play = nested("u")
    assert play.open == "ha" and play.complete("ha").open == "z"


def test_a_finished_sub_process_compensates_its_inside() -> None:
    play = nested("")
    assert play.open == "hb" and play.complete("hb").open == "ha" and play.complete("ha").open == "z"


def test_a_compensation_event_sub_process_takes_over() -> None:
    inner = (
        start("s2") + user("a") + handled("a", "ha") + end("e2") + flows("s2>a a>e2"),
        event_sub(
            "k",
            start("ks", compensate()) + user("k1 k2") + throw("kt", compensate()) + end("ke"),
            flows("ks>k1 k1>kt kt>k2 k2>ke"),
        ),
    )
    play = Play(start() + sub("u", *inner) + THROW + user("z") + end() + flows("s>u u>t t>z z>e"))
    for node in ("a", "k1", "ha", "k2"):
        assert play.open == node
        play.complete(node)
    assert play.open == "z" and play.complete("z").done


def test_every_instance_and_every_round_is_compensated() -> None:
    play = Play(start() + user("a", many("2")) + handled("a", "ha") + end("t", compensate()) + flows("s>a a>t"))
    play.complete("a").complete("a")
    assert play.open == "ha" and play.complete("ha").open == "ha" and play.complete("ha").done


def test_rounds_of_a_loop_are_one_record_with_a_count() -> None:
    play = Play(
        start() + gateway("exclusive", "m x") + user("a") + handled("a", "ha") + end("t", compensate()),
        flows("s>m m>a a>x x>m{=again} x>t{=not(again)}"),
    )
    for _ in range(20):
        play.complete("a", again=True)
    assert len(play.case.state().root.done or []) == 1 and len(play.case.blob) < 250
    play.complete("a", again=False)
    for _ in range(21):
        assert play.open == "ha"
        play.complete("ha")
    assert play.done


def test_a_cancelled_transaction_compensates_and_leaves_by_its_boundary() -> None:
    inner = (
        start("s2") + user("a b q") + handled("a", "ha") + end("ce", CANCEL) + gateway("parallel", "f") + end("e2"),
        flows("s2>a a>f f>b f>q b>ce q>e2"),
    )
    play = Play(
        start() + sub("x", *inner, kind="transaction") + boundary("cx", "x", CANCEL) + user("after ok") + end(),
        flows("s>x x>ok cx>after after>e ok>e"),
    )
    assert play.complete("a").complete("b").open == "ha"
    assert play.complete("ha").open == "after" and play.complete("after").done


def test_cancelling_undoes_what_was_done_inside_a_sub_process_that_is_cut_off() -> None:
    inner = start("us") + user("a") + handled("a", "ha") + end("ce", CANCEL) + flows("us>a a>ce")
    for loop in ("", many("2")):
        content = start("xs") + user("b") + handled("b", "hb") + sub("u", loop, inner) + handled("u", "hu") + end("xe")
        play = Play(
            start() + sub("x", content + flows("xs>b b>u u>xe"), kind="transaction") + boundary("cx", "x", CANCEL),
            user("after") + end() + flows("s>x x>e cx>after after>e"),
        )
        play.complete("b").complete("a")
        assert play.open == "ha" and play.complete("ha").open == "hb" and play.complete("hb").open == "after"
        assert play.complete("after").done


def test_a_handler_interrupted_by_its_own_boundary_counts_as_finished() -> None:
    play = Play(
        start() + user("a") + handled("a", "ha") + boundary("hb", "ha", error()) + user("x z") + end("e e2") + THROW,
        flows("s>a a>t t>z z>e hb>x x>e2"),
    )
    assert play.complete("a").raise_("ha").open == "x z"
    assert play.complete("x").complete("z").done
