"""What goes wrong: conditions that are no boolean, null where a value is needed, endless loops, wrong events."""

import pytest

from bpmn import readers
from engine.domain import effects, events
from engine.runtime import Refused, Rejected, Unreadable, advance, compile_process, dump, load, new_state
from tests.unit.runtime.drawing import (
    CANCEL,
    boundary,
    catch,
    condition,
    element,
    end,
    event_sub,
    extension,
    flows,
    gateway,
    mapping,
    message,
    process,
    start,
    timer,
    user,
)
from tests.unit.runtime.playing import Play

CHOICE = start() + gateway("exclusive", "x") + user("a b") + end() + flows("s>x x>a{=v} x>b{=not(v)} a>e b>e")


@pytest.mark.parametrize("value", ["false", None, 0, 1, [], "true"])
def test_only_a_boolean_opens_or_closes_a_flow(value: object) -> None:
    play = Play(CHOICE, v=value)
    assert play.incidents == {"x": "condition-not-boolean"} and not play.open
    message_ = next(iter(play.case.incidents.values())).message
    assert "x__a" in message_ and "not true or false" in message_
    assert play.set(v=True).retry().open == "a"
    assert play.count("x") == 1


def test_a_missing_name_is_no_answer_either() -> None:
    assert Play(CHOICE).incidents == {"x": "condition-not-boolean"}


def test_no_open_flow_without_default_waits_for_a_person() -> None:
    play = Play(
        start() + gateway("exclusive", "x") + user("a b") + end() + flows("s>x x>a{=v=1} x>b{=v=2} a>e b>e"), v=3
    )
    assert play.incidents == {"x": "no-open-flow"} and play.set(v=2).retry().open == "b"


def test_siblings_go_on_beside_an_incident() -> None:
    play = Play(
        start() + gateway("parallel", "f") + gateway("exclusive", "x") + user("a b") + end("e e2"),
        flows("s>f f>x f>b x>a{=v} a>e b>e2"),
    )
    assert play.open == "b" and play.incidents == {"x": "condition-not-boolean"}
    assert not play.complete("b").done and play.set(v=True).retry().complete("a").done


def test_a_failing_step_leaves_nothing_half_done() -> None:
    io = extension(mapping({"y": "=assert(x, x > 5)"}, {"z": "=assert(q, q > 0)"}))
    play = Play(start() + user("a", io) + boundary("b", "a", timer("PT1H")) + end() + flows("s>a a>e b>e"), x=1)
    assert play.incidents == {"a": "feel"} and len(play.case.waits) == 1
    assert play.set(x=6).retry().open == "a"
    play.complete("a", q=-1)
    assert play.incidents == {"a": "feel"} and play.variables == {"x": 6}


def test_an_event_is_not_lost_when_its_mapping_fails() -> None:
    event = catch("c", extension(mapping(outputs={"kept": "=assert(v, v > limit)"})) + message())
    play = Play(start() + event + user("a") + end() + flows("s>c c>a a>e"), limit=5)
    play.fire("c", v=3)
    assert play.incidents == {"c": "feel"} and not play.case.waits
    assert play.set(limit=1).retry().open == "a" and play.variables["kept"] == 3


def test_what_an_event_interrupted_stays_interrupted_when_its_inside_fails() -> None:
    inner = event_sub("q", start("qs", message("mk")) + user("q1") + flows("qs>q1"))
    outer = event_sub("k", start("ks", message()) + user("k1") + flows("ks>k1") + inner)
    play = Play(start() + user("a") + end() + flows("s>a a>e") + outer).fire("ks", v=1)
    assert play.incidents == {"k": "null-value"} and not play.case.tasks
    assert play.set(nr="7").retry().open == "k1" and play.variables == {"nr": "7", "v": 1}


def test_a_case_that_begins_at_a_message_may_begin_with_an_incident() -> None:
    inner = event_sub("q", start("qs", message("mk")) + user("q1") + flows("qs>q1"))
    play = Play(start("s", message()) + user("a") + end() + flows("s>a a>e") + inner, node="s")
    assert play.incidents == {"p": "null-value"} and play.set(nr="7").retry().open == "a"


def test_the_awaited_message_overtakes_an_incident() -> None:
    received = element("receiveTask", "r", messageRef="m1")
    play = Play(start() + received + user("b") + end() + flows("s>r r>b b>e")).raise_("r")
    assert play.incidents == {"r": "uncaught-error"}
    assert play.fire("r", v=1).open == "b" and not play.incidents
    assert play.complete("b").done


def test_what_a_finished_activity_waited_for_is_over_although_nobody_knows_the_way() -> None:
    content = start() + user("a b") + boundary("t", "a", timer("PT5S")) + end("e e2 e3")
    play = Play(content + flows("s>a a>b{=v} a>e{=not(v)} b>e2 t>e3"), v=None)
    assert play.complete("a").incidents == {"a": "condition-not-boolean"}
    assert play.wait_until(99_999).incidents and not play.done
    assert play.set(v=True).retry().complete("b").done


def test_an_interrupting_timer_ends_an_incident() -> None:
    io = extension(mapping({"y": "=assert(x, x > 5)"}))
    play = Play(start() + user("a z", io) + boundary("b", "a", timer("PT1H")) + end() + flows("s>a a>e b>z z>e"), x=1)
    play.set(x=9).wait_until(3_600_000)
    assert play.open == "z" and not play.case.incidents


LOOP = (
    start() + gateway("exclusive", "m x") + element("task", "a") + end() + flows("s>m m>a a>x x>m{=go} x>e{=not(go)}")
)


def test_an_endless_loop_pauses_at_its_budget_and_ends_as_an_incident() -> None:
    play = Play(LOOP, go=True)
    pauses = sum(isinstance(e, effects.GoOn) for e in play.host.log)
    assert pauses == 20 and set(play.incidents.values()) == {"endless-loop"}
    assert play.set(go=False).retry().done


def test_a_long_loop_goes_on_after_its_pauses() -> None:
    content = (
        LOOP.replace('<task id="a">', '<scriptTask id="a">')
        .replace("</task>", "</scriptTask>")
        .replace(
            '<scriptTask id="a">',
            '<scriptTask id="a">' + extension('<zeebe:script expression="=n + 1" resultVariable="n"/>'),
        )
        .replace("=go", "=n &lt; 900")
        .replace("=not(go)", "=n &gt;= 900")
    )
    play = Play(content, n=0)
    assert play.done and play.variables == {"n": 900}
    assert 3 < sum(isinstance(e, effects.GoOn) for e in play.host.log) < 20


def test_work_goes_on_for_others_while_a_step_is_paused() -> None:
    definition = compile_process(readers.read(process(LOOP).encode())[0][0], {})
    step = advance(definition, new_state(), events.Start({"go": True}), 0)
    paused = dump(step.state)
    assert step.effects[-1] == effects.GoOn() and load(paused).queue
    step = advance(definition, load(paused), events.SetVariables({"go": False}), 0)
    assert step.state.status == "completed"


@pytest.mark.parametrize(
    "event",
    [
        events.Complete(99),
        events.Complete(1),
        events.Fire(3, "nowhere"),
        events.Retry(3),
        events.Activate(3, "a"),
        events.Called(3),
        events.Raise(1, "error", "E"),
        events.Start({}),
        events.SetVariables({}, 99),
    ],
)
def test_an_event_that_does_not_fit_is_rejected(event: events.Event) -> None:
    play = Play(start() + user("a") + end() + flows("s>a a>e"))
    with pytest.raises(Rejected):
        advance(play.case.definition, play.case.state(), event, 0)


def test_nothing_happens_to_a_case_that_is_over() -> None:
    play = Play(start() + end() + flows("s>e"))
    for event in (events.Cancel(), events.SetVariables({}), events.Start({})):
        with pytest.raises(Rejected):
            advance(play.case.definition, play.case.state(), event, 0)


def test_a_process_that_begins_with_a_message_cannot_be_started_by_hand() -> None:
    definition = compile_process(readers.read(process(start("s", message()) + end() + flows("s>e")).encode())[0][0], {})
    for event in (events.Start({}), events.Start({}, "gone"), events.Complete(1)):
        with pytest.raises(Rejected):
            advance(definition, new_state(), event, 0)


@pytest.mark.parametrize(
    ("content", "element_", "code"),
    [
        (CHOICE.replace("=v<", "=v +<"), "x__a", "feel-syntax"),
        (CHOICE.replace("=v<", "v<"), "x__a", "condition-no-expression"),
        (start() + element("serviceTask", "a") + end() + flows("s>a a>e"), "a", "unsupported"),
        (start() + boundary("b", "a", CANCEL) + user("a") + end() + flows("s>a a>e b>e"), "b", "unsupported"),
        (start("s", condition("=bedrag = 1")) + end() + flows("s>e"), "s", "unsupported"),
        (start() + catch("c", "<errorEventDefinition/>") + end() + flows("s>c c>e"), "c", "unsupported"),
        (user("a") + end() + flows("a>e"), "p", "no-start"),
    ],
)
def test_what_cannot_run_is_refused_with_element_and_line(content: str, element_: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        compile_process(readers.read(process(content).encode())[0][0], {})
    assert (code, element_, 1) in [(f.code, f.element, f.line) for f in refused.value.findings]


@pytest.mark.parametrize("blob", [b"", b"{}", b"[9,1,2,3,4]", b"[1,2]", b"\xff"])
def test_bytes_that_are_no_state_are_unreadable(blob: bytes) -> None:
    with pytest.raises(Unreadable):
        load(blob)
