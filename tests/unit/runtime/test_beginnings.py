"""Cases that begin with an event, at a gateway, a task or another pool; and events refused where they stand."""

import pytest

from bpmn import readers
from engine.runtime import Refused, compile_process
from tests.unit.runtime.drawing import (
    CANCEL,
    SIGNAL,
    boundary,
    catch,
    condition,
    end,
    error,
    flows,
    gateway,
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

CYCLE = timer("R/PT10S", "timeCycle")


# --- beginning a case by a gateway or a task (10.6.6, 10.3.3)


def begun(first: str, gateway_type: str) -> Play:
    entry = gateway("eventBased", "g", instantiate="true", eventGatewayType=gateway_type)
    other = process(
        entry + catch("c", message()) + element_receive("r") + user("x y") + end() + flows("g>c g>r c>x r>y x>e y>e"),
        id="q",
    )
    play = Play(start() + user("a") + end() + flows("s>a a>e"), also=other)
    play.host.message(first, {"v": 1}, None)
    play.case = play.host.cases[2]
    return play


def element_receive(id: str) -> str:
    return f'<receiveTask id="{id}" messageRef="m2"/>'


@pytest.mark.parametrize(("first", "opened"), [("m1", "x"), ("m2", "y")])
def test_an_event_based_gateway_begins_a_case_at_its_first_event(first: str, opened: str) -> None:
    play = begun(first, "Exclusive")
    assert play.open == opened and play.variables == {"v": 1} and not play.case.waits
    play.host.message("m1", {}, None)
    assert len(play.host.cases) == 3


def test_a_parallel_one_waits_in_the_case_for_the_others() -> None:
    play = begun("m2", "Parallel")
    assert play.open == "c y" and not play.complete("y").done
    play.host.message("m1", {}, None)
    assert play.open == "x" and len(play.host.cases) == 2 and play.complete("x").done


def test_a_receive_task_begins_a_case() -> None:
    task = '<receiveTask id="r" messageRef="m1" instantiate="true"/>'
    play = Play(
        start() + user("a") + end() + flows("s>a a>e"),
        also=process(task + user("x") + end() + flows("r>x x>e"), id="q"),
    )
    play.host.message("m1", {"v": 1}, None)
    assert [t.node for t in play.host.cases[2].state().tokens.values()] == ["q", "x"]


def test_a_message_between_pools_reaches_a_case_or_begins_one() -> None:
    other = process(
        start("s", message()) + user("x") + throw("t", message("m2")) + end() + flows("s>x x>t t>e"), id="q"
    )
    play = Play(
        start() + throw("t1", message()) + catch("c", message("m2")) + user("a") + end() + flows("s>t1 t1>c c>a a>e"),
        also=other,
    )
    assert play.open == "c" and len(play.host.cases) == 2
    task = next(t for t in play.host.query_tasks(None) if t.key == "x")
    play.host.complete(task.id, {})
    assert play.open == "a"


# --- refused

ONE = user("a") + end() + flows("s>a a>e")
REFUSED = {
    "a condition starts no case": start("s", condition("=v = 1")) + ONE,
    "an error starts no case": start("s", error()) + ONE,
    "an event in the start of a sub-process": start()
    + sub("a", start("s2", message()) + end("e2") + flows("s2>e2"))
    + end()
    + flows("s>a a>e"),
    "two plain starts": start("s s2") + ONE + flows("s2>a"),
    "a timer with something else before the case": start("s", message() + timer("PT1S"), parallelMultiple="true") + ONE,
    "an error with something else": start()
    + boundary("b", "a", message() + error()).replace("<boundaryEvent", '<boundaryEvent parallelMultiple="true"')
    + flows("b>e")
    + ONE,
    "two timers in one event": start() + boundary("b", "a", CYCLE + CYCLE) + flows("b>e") + ONE,
    "a cancel outside a transaction": start() + user("a") + end("e", CANCEL) + flows("s>a a>e"),
    "a cancel on a task": start() + boundary("b", "a", CANCEL) + flows("b>e") + ONE,
    "a timer thrown": start() + throw("a", timer("PT1S")) + end() + flows("s>a a>e"),
    "a link and more": start() + throw("a", link() + SIGNAL) + catch("c", link()) + end() + flows("s>a c>e"),
    "a parallel event gateway in the middle": start()
    + gateway("eventBased", "g", eventGatewayType="Parallel")
    + catch("c c2", message())
    + end()
    + flows("s>g g>c g>c2 c>e c2>e"),
    "an instantiating gateway in the middle": start()
    + gateway("eventBased", "g", instantiate="true")
    + catch("c c2", message())
    + end()
    + flows("s>g g>c g>c2 c>e c2>e"),
    "an instantiating gateway to a timer": gateway("eventBased", "g", instantiate="true")
    + catch("c", message())
    + catch("c2", timer("PT1S"))
    + end()
    + flows("g>c g>c2 c>e c2>e"),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_what_has_no_meaning_is_refused_with_place_and_remedy(content: str) -> None:
    (found,), _ = readers.read(process(content).encode())
    with pytest.raises(Refused) as refused:
        compile_process(found, {})
    assert all(f.element and f.nl and f.en for f in refused.value.findings)
    assert {"unsupported", "several-starts"} & {f.code for f in refused.value.findings}
