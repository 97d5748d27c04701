"""Multi-instance and standard loops."""

import pytest

from tests.unit.runtime.drawing import (
    boundary,
    end,
    event_sub,
    extension,
    flows,
    gateway,
    many,
    mapping,
    message,
    start,
    sub,
    throw,
    timer,
    user,
)
from tests.unit.runtime.playing import Play

LOOP = "<standardLoopCharacteristics {}><loopCondition>=go</loopCondition></standardLoopCharacteristics>"


def test_a_standard_loop_tests_after_and_stops_at_its_maximum() -> None:
    play = Play(start() + user("a", LOOP.format('loopMaximum="3"')) + end() + flows("s>a a>e"), go=True)
    assert play.complete("a").complete("a").open == "a"
    assert play.complete("a").done


def test_a_standard_loop_that_tests_before_may_have_no_round() -> None:
    assert Play(start() + user("a", LOOP.format('testBefore="true"')) + end() + flows("s>a a>e"), go=False).done


def test_outputs_are_collected_in_the_order_of_the_items() -> None:
    loop = many(inputCollection="=items", inputElement="it", outputCollection="out", outputElement="=it * 10")
    play = Play(start() + user("a", loop) + user("z") + end() + flows("s>a a>z z>e"), items=[3, 1, 2])
    play.complete("a", 1).complete("a", 0).complete("a")
    assert play.open == "z" and play.variables["out"] == [30, 10, 20]


def test_the_completion_condition_ends_the_others() -> None:
    loop = many("5", "=nrOfCompletedInstances >= 2")
    play = Play(start() + user("a", loop) + user("z") + end() + flows("s>a a>z z>e"))
    assert play.complete("a").open == "a a a a"
    assert play.complete("a").open == "z" and not play.case.tasks.keys() - {play.token("z")}


def test_counters_are_right_while_it_runs() -> None:
    play = Play(start() + user("a", many("3")) + end() + flows("s>a a>e"))
    play.complete("a")
    body = next(token for token in play.tokens if token.flag == "body")
    assert body.vars is not None
    counters = [body.vars[f"nrOf{name}Instances"] for name in ("", "Active", "Completed")]
    assert counters == [3, 2, 1]
    assert [token.vars for token in play.tokens if token.flag == "task"] == [{"loopCounter": 2}, {"loopCounter": 3}]


def test_one_after_another_keeps_the_items_of_the_start() -> None:
    loop = many(sequential=True, inputCollection="=items", inputElement="it")
    play = Play(start() + user("a", loop) + end() + flows("s>a a>e"), items=["x", "y"])
    seen = []
    while not play.done:
        task = next(token for token in play.tokens if token.flag == "task")
        seen.append((task.vars or {})["it"])
        play.complete("a", items=[])
    assert seen == ["x", "y"]


def test_a_boundary_event_ends_all_instances_and_none_is_none() -> None:
    content = (
        start() + sub("u", many("=n"), start("s2") + user("a") + end("e2") + flows("s2>a a>e2")),
        boundary("b", "u", message()) + user("x y") + end() + flows("s>u u>y b>x x>e y>e"),
    )
    play = Play(*content, n=3)
    assert play.open == "a a a" and play.complete("a").fire("b").open == "x"
    assert Play(*content, n=0).open == "y"


def test_terminate_ends_its_own_instance_only() -> None:
    inner = (
        start("s2") + gateway("parallel", "f") + user("a b") + end("e2", "<terminateEventDefinition/>") + end("e3"),
        flows("s2>f f>a f>b a>e2 b>e3"),
    )
    play = Play(start() + sub("u", many("2"), *inner) + user("y") + end() + flows("s>u u>y y>e"))
    assert play.complete("a").open == "a b"
    assert play.complete("b").open == "a" and play.complete("a").open == "y"


def test_each_instance_has_its_own_event_sub_process() -> None:
    inner = (
        start("s2") + user("a") + end("e2") + flows("s2>a a>e2"),
        event_sub("k", start("ks", message()) + user("k1") + end("ke") + flows("ks>k1 k1>ke")),
    )
    play = Play(start() + sub("u", many("2"), *inner) + user("y") + end() + flows("s>u u>y y>e"))
    assert play.fire("ks").open == "a k1"
    assert play.complete("k1").complete("a").open == "y"


@pytest.mark.parametrize(
    ("number", "code"), [("=null", "null-value"), ("=1001", "too-many-instances"), ("=1.5", "wrong-type")]
)
def test_a_wrong_number_is_an_incident_and_can_be_mended(number: str, code: str) -> None:
    loop = many(f"=if n = null then {number[1:]} else n")
    play = Play(start() + user("a", loop) + boundary("b", "a", timer("PT1S")) + end() + flows("s>a a>e b>e"))
    assert play.incidents == {"a": code} and not play.open
    assert play.set(n=2).retry().open == "a a" and play.incidents == {}
    assert sum(len(token.waits or []) for token in play.tokens) == 1


def test_output_mappings_of_instances_leave_nothing_else() -> None:
    io = extension(mapping(outputs={"res": "=r"}))
    play = Play(
        start() + user("a", io.replace("</extensionElements>", "</extensionElements>" + many("2"))),
        end() + flows("s>a a>e"),
    )
    play.complete("a", r=1, other=2).complete("a", r=2, other=3)
    assert play.variables == {"res": 2}


def test_a_throw_event_in_an_instance_reaches_the_boundary_of_the_body() -> None:
    from tests.unit.runtime.drawing import ESCALATION

    inner = start("s2") + throw("t", ESCALATION) + user("a") + end("e2") + flows("s2>t t>a a>e2")
    play = Play(
        start() + sub("u", many("2"), inner) + boundary("b", "u", ESCALATION, stays=True) + user("x") + end("e e3"),
        flows("s>u u>e b>x x>e3"),
    )
    assert play.open == "a a x x"
