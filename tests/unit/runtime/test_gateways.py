"""Splits and joins, also in loops; each case against the section of the standard that decides it."""

from tests.unit.runtime.drawing import boundary, catch, element, end, flows, gateway, message, start, sub, timer, user
from tests.unit.runtime.playing import Play

OPENS_AT = "<activationCondition>={}</activationCondition>"


def test_an_inclusive_join_in_a_loop_fires_each_round() -> None:
    play = Play(
        start() + gateway("inclusive", "o j") + user("a b c") + gateway("exclusive", "x") + end(),
        flows("s>o o>a{=x>0} o>b{=x>1} a>j b>j j>c c>x x>o{=again} x>e{=not(again)}"),
        x=2,
        again=True,
    )
    assert play.complete("b").open == "a" and play.complete("a").open == "c"
    assert play.complete("c", x=1).open == "a" and play.complete("a").open == "c"
    assert play.complete("c", x=2, again=False).done


def test_a_branch_that_may_loop_upstream_holds_the_inclusive_join() -> None:
    play = Play(
        start() + gateway("inclusive", "o j") + user("a b c") + gateway("exclusive", "x m") + end(),
        flows("s>o o>a o>m m>b b>x x>m{=again} x>j{=not(again)} a>j j>c c>e"),
        again=True,
    )
    assert play.complete("a").open == "b"
    assert play.complete("b", again=True).open == "b"
    assert play.complete("b", again=False).open == "c"


def test_an_inclusive_join_goes_on_when_the_other_token_dies() -> None:
    play = Play(
        start() + gateway("parallel", "f") + user("a b c") + gateway("exclusive", "x") + gateway("inclusive", "j"),
        end("e e2") + flows("s>f f>a f>b a>j b>x x>j{=go} x>e2{=not(go)} j>c c>e"),
        go=False,
    )
    assert play.complete("a").open == "b" and play.complete("b").open == "c"


def test_a_token_that_reaches_only_a_filled_flow_does_not_block() -> None:
    play = Play(
        start() + gateway("parallel", "f") + user("a b c") + gateway("exclusive", "m") + gateway("inclusive", "j"),
        user("z") + end() + flows("s>f f>a f>b a>m b>m m>j z>j j>c c>e"),
    )
    assert play.complete("a").open == "b c"


def test_a_boundary_event_counts_as_upstream() -> None:
    play = Play(
        start() + gateway("parallel", "f") + user("a b c") + boundary("bd", "b", message()) + gateway("inclusive", "j"),
        end("e e2") + flows("s>f f>a f>b a>j b>e2 bd>j j>c c>e"),
    )
    assert play.complete("a").open == "b" and play.fire("bd").open == "c"


def test_a_parallel_join_needs_each_flow_not_so_many_arrivals() -> None:
    play = Play(
        start() + gateway("parallel", "f j") + user("a b c d") + gateway("exclusive", "m") + end(),
        flows("s>f f>a f>b f>c a>m b>m m>j c>j j>d d>e"),
    )
    assert play.complete("a").complete("b").open == "c"
    assert play.complete("c").open == "d"
    assert not play.complete("d").done


def test_a_parallel_join_in_a_loop_in_any_order() -> None:
    play = Play(
        start() + gateway("exclusive", "m x") + gateway("parallel", "f j") + user("a b") + end(),
        flows("s>m m>f f>a f>b a>j b>j j>x x>m{=n<=3} x>e{=n>3}"),
        n=0,
    )
    for number, order in enumerate(("ab", "ba", "ba", "ab"), 1):
        assert play.open == "a b"
        play.complete(order[0], n=number).complete(order[1])
    assert play.done


def test_a_complex_gateway_opens_once_and_resets() -> None:
    play = Play(
        start() + gateway("parallel", "f") + user("a b c d") + end(),
        gateway("complex", "j", OPENS_AT.format("activationCount &gt;= 2")),
        flows("s>f f>a f>b f>c a>j b>j c>j j>d d>e"),
    )
    assert play.complete("a").open == "b c" and play.complete("b").open == "c d"
    assert not play.complete("d").done and play.complete("c").done


def test_a_complex_gateway_in_a_loop() -> None:
    play = Play(
        start() + gateway("exclusive", "m x") + gateway("parallel", "f") + user("a b d") + end(),
        gateway("complex", "j", OPENS_AT.format("activationCount &gt;= 1")),
        flows("s>m m>f f>a f>b a>j b>j j>d d>x x>m{=again} x>e{=not(again)}"),
        again=True,
    )
    assert play.complete("a").open == "b d" and play.complete("b").open == "d"
    assert play.complete("d").open == "a b" and play.complete("b").open == "a d"
    assert play.complete("a").complete("d", again=False).done


def test_a_reset_that_cannot_decide_is_an_incident_of_the_scope() -> None:
    play = Play(
        start() + gateway("parallel", "f") + user("a b d") + end(),
        gateway("complex", "j", OPENS_AT.format("activationCount &gt;= 1")),
        flows("s>f f>a f>b a>j b>j j>d{=waitingForStart or late} d>e"),
    )
    play.complete("a").complete("b")
    assert play.open == "d" and play.incidents == {"p": "condition-not-boolean"}
    assert play.set(late=False).retry().complete("d").done


def test_an_event_gateway_takes_the_first_event_only() -> None:
    play = Play(
        start() + gateway("eventBased", "g") + element("receiveTask", "r", messageRef="m1") + user("x y") + end(),
        catch("t", timer("PT5S")) + flows("s>g g>r g>t r>x t>y x>e y>e"),
    )
    assert play.fire("r", v=1).open == "x" and play.variables["v"] == 1
    assert play.wait_until(99_999).open == "x"


def test_an_event_gateway_waits_for_each_of_its_events() -> None:
    content = (
        start() + gateway("eventBased", "g") + catch("m", message()) + user("x y") + end(),
        catch("t", timer("PT5S")) + flows("s>g g>m g>t m>x t>y x>e y>e"),
    )
    assert Play(*content).fire("m").open == "x"
    assert Play(*content).wait_until(5_000).open == "y"


def test_an_implicit_split_takes_every_open_flow() -> None:
    play = Play(start() + user("a b c d") + flows("s>a a>b{=v=1} a>c a>d"), v=0)
    assert play.complete("a").open == "c d" and play.complete("c").complete("d").done


def test_the_default_flow_is_taken_only_without_another() -> None:
    content = (
        start() + gateway("inclusive", "x", default="x__c") + user("a b c"),
        end() + flows("s>x x>a{=v>0} x>b{=v>1} x>c a>e b>e c>e"),
    )
    assert [Play(*content, v=v).open for v in (0, 1, 2)] == ["c", "a", "a b"]


def test_a_terminate_end_event_ends_its_own_scope() -> None:
    play = Play(
        start()
        + sub(
            "u",
            start("s2") + gateway("parallel", "f") + user("a b") + end("t", "<terminateEventDefinition/>") + end("e2"),
            flows("s2>f f>a f>b a>t b>e2"),
        ),
        user("z") + end() + flows("s>u u>z z>e"),
    )
    assert play.complete("a").open == "z"
