"""Loops and multi-instances of every kind of activity, and what ad-hoc sub-processes do: variants of other suites."""

import pytest

from engine.domain import events
from engine.runtime import Rejected
from tests.unit.runtime.drawing import (
    ESCALATION,
    boundary,
    catch,
    compensate,
    element,
    end,
    error,
    extension,
    flows,
    gateway,
    handled,
    many,
    message,
    process,
    start,
    sub,
    throw,
    timer,
    user,
)
from tests.unit.runtime.playing import Play

LOOP = '<standardLoopCharacteristics loopMaximum="2"><loopCondition>=true</loopCondition></standardLoopCharacteristics>'
Q = process(start("qs") + user("q1") + end("qe") + flows("qs>q1 q1>qe"), id="q")
INSIDE = start("us") + user("b") + end("ue") + flows("us>b b>ue")
DECIDE = '<zeebe:script expression="=(if r = null then 0 else r) + 1" resultVariable="r"/>'
JOB = '<zeebe:taskDefinition type="t"/>'


def activity(kind: str, loop: str) -> str:
    """One activity `a` of each kind, repeated."""
    return {
        "userTask": user("a", loop),
        "task": element("task", "a", loop),
        "manualTask": element("manualTask", "a", loop),
        "serviceTask": element("serviceTask", "a", extension(JOB), loop),
        "sendTask": element("sendTask", "a", loop, messageRef="m2"),
        "receiveTask": element("receiveTask", "a", loop, messageRef="m1"),
        "scriptTask": element("scriptTask", "a", extension(DECIDE), loop),
        "callActivity": element("callActivity", "a", extension('<zeebe:calledElement processId="q"/>'), loop),
        "subProcess": sub("a", INSIDE, loop),
        "transaction": sub("a", INSIDE, loop, kind="transaction"),
        "adHocSubProcess": sub(
            "a",
            extension('<zeebe:adHoc activeElementsCollection="=[&quot;b&quot;]"/>') + user("b"),
            loop,
            kind="adHocSubProcess",
        ),
    }[kind]


def finish_one(play: Play) -> None:
    """Finish whatever is open, one of it."""
    task = next(iter(play.host.query_tasks(None)), None)
    if task is not None:
        play.host.complete(task.id, {})
    elif play.case.jobs:
        play.do(events.Complete(next(iter(play.case.jobs))))
        play.case.jobs.pop(next(iter(play.case.jobs)), None)
    else:
        play.host.message("m1", {}, None)


KINDS = {
    "userTask": 2,
    "task": 0,
    "manualTask": 0,
    "serviceTask": 2,
    "sendTask": 0,
    "receiveTask": 2,
    "scriptTask": 0,
    "callActivity": 2,
    "subProcess": 2,
    "transaction": 2,
    "adHocSubProcess": 2,
}


@pytest.mark.parametrize("loop", [LOOP, many("2"), many("2", sequential=True)], ids=["loop", "parallel", "sequential"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_activity_can_be_repeated(kind: str, loop: str) -> None:
    """Standard loop 10.3.8 and 13.3.6, multi-instance 13.3.7."""
    play = Play(start() + activity(kind, loop) + user("z") + end() + flows("s>a a>z z>e"), also=Q)
    for _ in range(KINDS[kind]):
        assert [task.key for task in play.host.query_tasks(None)] != ["z"]
        finish_one(play)
    assert [task.key for task in play.host.query_tasks(None)] == ["z"] and play.incidents == {}
    assert play.count("a") == 3 and (kind != "scriptTask" or play.variables["r"] == 2)


def test_a_loop_with_a_boundary_event_ends_whichever_round_runs() -> None:
    play = Play(
        start() + user("a", LOOP) + boundary("b", "a", message()) + user("x") + end() + flows("s>a a>e b>x x>e")
    )
    assert play.complete("a").fire("b").open == "x"


def test_a_timer_on_a_sequential_multi_instance_runs_over_all_of_it() -> None:
    play = Play(
        start() + user("a", many("3", sequential=True)) + boundary("b", "a", timer("PT10S")) + user("x") + end(),
        flows("s>a a>e b>x x>e"),
    )
    play.wait_until(6_000).complete("a")
    assert play.open == "a" and play.wait_until(10_000).open == "x"


def test_a_multi_instance_within_a_multi_instance() -> None:
    inner = start("us") + user("a", many("2")) + end("ue") + flows("us>a a>ue")
    play = Play(start() + sub("u", many("2") + inner) + user("z") + end() + flows("s>u u>z z>e"))
    assert play.open == "a a a a"
    for _ in range(4):
        play.complete("a")
    assert play.open == "z"


def test_a_condition_is_looked_at_after_each_instance_with_its_own_result() -> None:
    play = Play(
        start() + user("a", many("5", "=ok", sequential=True)) + user("z") + end() + flows("s>a a>z z>e"), ok=False
    )
    assert play.complete("a", ok=False).open == "a" and play.complete("a", ok=True).open == "z"


def test_the_results_of_an_ended_multi_instance_are_null_where_nothing_came() -> None:
    loop = many(
        until="=nrOfCompletedInstances = 1",
        inputCollection="=[7,8,9]",
        inputElement="i",
        outputCollection="out",
        outputElement="=i",
    )
    play = Play(start() + user("a", loop) + user("z") + end() + flows("s>a a>z z>e"))
    assert play.complete("a", 1).variables["out"] == [None, 8, None]


def test_instances_that_are_compensated_get_their_own_variables_back() -> None:
    loop = many(inputCollection='=["x","y"]', inputElement="i", sequential=True)
    play = Play(start() + user("a", loop) + handled("a", "h") + end("t", compensate()) + flows("s>a a>t"))
    play.complete("a").complete("a")
    seen = []
    while not play.done:
        seen.append(next(t for t in play.tokens if t.node == "h").vars["i"])  # type: ignore[index]
        play.complete("h")
    assert seen == ["y", "x"]


def test_a_sub_process_of_many_instances_is_compensated_instance_by_instance() -> None:
    inner = start("us") + user("a") + handled("a", "h") + end("ue") + flows("us>a a>ue")
    play = Play(
        start() + sub("u", many("2") + inner) + throw("t", compensate()) + user("z") + end(), flows("s>u u>t t>z z>e")
    )
    play.complete("a").complete("a")
    assert play.open == "h" and play.complete("h").open == "h" and play.complete("h").open == "z"


def test_what_still_runs_in_a_scope_is_not_compensated() -> None:
    play = Play(
        start() + gateway("parallel", "f") + user("a b") + handled("a", "ha") + handled("b", "hb") + user("z"),
        throw("t", compensate()) + end("e e2") + flows("s>f f>a f>b a>t t>z z>e b>e2"),
    )
    assert play.complete("a").open == "b ha" and play.complete("ha").open == "b z"
    assert play.complete("b").complete("z").done


def test_an_activity_that_was_interrupted_is_not_compensated() -> None:
    play = Play(
        start() + user("a") + handled("a", "h") + boundary("b", "a", message()) + throw("t", compensate()) + user("z"),
        end() + flows("s>a a>t b>t t>z z>e"),
    )
    assert play.fire("b").open == "z"


def test_compensation_in_an_error_event_sub_process_compensates_what_is_around_it() -> None:
    inner = event_sub_with_compensation()
    play = Play(start() + user("a") + handled("a", "h") + user("b") + end() + flows("s>a a>b b>e") + inner)
    assert play.complete("a").raise_("b").open == "h" and play.complete("h").open == "k1"
    assert play.complete("k1").done


def event_sub_with_compensation() -> str:
    content = start("ks", error()) + throw("kt", compensate()) + user("k1") + end("ke")
    return element("subProcess", "k", content + flows("ks>kt kt>k1 k1>ke"), triggeredByEvent="true")


# --- ad-hoc (10.3.5, 13.3.5)


def adhoc(*content: str, active: str = "", **attributes: str) -> str:
    names = f'<zeebe:adHoc activeElementsCollection="{active}"/>' if active else ""
    inner = user("z") + end() + flows("s>h h>z z>e")
    return start() + sub("h", extension(names), *content, kind="adHocSubProcess", **attributes) + inner


def pick(play: Play, node: str) -> Play:
    token = next(token.id for token in play.tokens if token.flag == "adhoc")
    return play.do(events.Activate(token, node))


UNTIL = "<completionCondition>=n >= 2</completionCondition>"


def test_what_remains_is_cancelled_when_the_condition_holds() -> None:
    play = Play(adhoc(user("a b c"), UNTIL), n=0)
    pick(pick(pick(play, "a"), "b"), "a")
    assert play.open == "a a b" and play.complete("a", n=1).open == "a b" and play.complete("b", n=2).open == "z"


def test_what_remains_may_be_finished_first() -> None:
    play = Play(adhoc(user("a b c"), UNTIL, cancelRemainingInstances="false"), n=0)
    pick(pick(play, "a"), "b")
    assert play.complete("a", n=2).open == "b" and play.complete("b").open == "z"


def test_in_a_sequential_one_a_second_thing_waits_for_the_first() -> None:
    play = Play(adhoc(user("a b"), UNTIL, ordering="Sequential"), n=0)
    pick(play, "a")
    with pytest.raises(Rejected):
        pick(play, "b")
    assert play.complete("a", n=1).open == "" and pick(play, "b").complete("b", n=2).open == "z"


def test_flows_inside_are_followed_and_only_beginnings_can_be_picked() -> None:
    play = Play(adhoc(user("a b") + flows("a>b"), UNTIL), n=0)
    with pytest.raises(Rejected):
        pick(play, "b")
    assert pick(play, "a").complete("a").open == "b" and play.complete("b", n=2).open == "z"


def test_without_a_condition_it_ends_when_all_that_was_begun_has_ended() -> None:
    play = Play(adhoc(user("a b"), active="=[&quot;a&quot;,&quot;b&quot;]"))
    assert play.open == "a b" and play.complete("a").open == "b" and play.complete("b").open == "z"


def test_a_boundary_event_ends_it_all() -> None:
    play = Play(adhoc(user("a b"), UNTIL) + boundary("b1", "h", message()) + user("x") + flows("b1>x x>e"), n=0)
    assert pick(play, "a").fire("b1").open == "x"


def test_an_escalation_from_inside_is_caught_outside() -> None:
    content = adhoc(user("a") + throw("t", ESCALATION) + flows("a>t"), UNTIL)
    play = Play(content + boundary("b1", "h", ESCALATION, stays=True) + user("x") + end("e2") + flows("b1>x x>e2"), n=0)
    assert pick(play, "a").complete("a").open == "x"


# --- inclusive joins in loops (13.4.3)


def test_an_inclusive_join_in_a_loop_opens_each_round() -> None:
    play = Play(
        start() + gateway("exclusive", "m x") + gateway("inclusive", "f j") + user("a b c") + end(),
        flows("s>m m>f f>a{=a} f>b{=b} a>j b>j j>c c>x x>m{=again} x>e{=not(again)}"),
        a=True,
        b=True,
    )
    assert play.open == "a b" and play.complete("a").open == "b" and play.complete("b").open == "c"
    assert play.complete("c", again=True, b=False).open == "a" and play.complete("a").open == "c"
    assert play.complete("c", again=False).done


def test_an_inclusive_join_waits_for_what_comes_through_a_catch_event_and_not_for_what_ended() -> None:
    play = Play(
        start() + gateway("inclusive", "f j") + catch("c", message()) + user("a b") + end("e e2"),
        flows("s>f f>c f>a f>b c>j a>j b>e2 j>e"),
    )
    assert play.complete("a").open == "b c" and play.fire("c").open == "b" and play.complete("b").done
