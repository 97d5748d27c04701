"""Call activities, terminate, errors and escalations in scopes within scopes: variants of what other suites look at."""

from bpmn import readers
from tests.unit.runtime.drawing import (
    CATCH_ALL,
    ESCALATION,
    SIGNAL,
    TERMINATE,
    boundary,
    catch,
    compensate,
    element,
    end,
    error,
    event_sub,
    extension,
    flows,
    gateway,
    handled,
    many,
    mapping,
    message,
    process,
    start,
    sub,
    throw,
    timer,
    user,
)
from tests.unit.runtime.playing import Play

Q = process(start("qs") + user("q1") + end("qe") + flows("qs>q1 q1>qe"), id="q")


def call(*inner: str, to: str = "q", all_out: str = "true", all_in: str = "true") -> str:
    wish = f'processId="{to}" propagateAllChildVariables="{all_out}" propagateAllParentVariables="{all_in}"'
    return element("callActivity", "c", extension(f"<zeebe:calledElement {wish}/>", *inner))


def all_open(play: Play) -> list[str]:
    return sorted(task.key for task in play.host.query_tasks(None))


def done(play: Play, key: str, **values: object) -> Play:
    task = next(task for task in play.host.query_tasks(None) if task.key == key)
    play.host.complete(task.id, values)
    return play


CALLING = start() + "{}" + user("z") + end() + flows("s>c c>z z>e")


# --- call activity (10.3.6, 13.3.4)


def test_the_process_that_is_called_may_be_computed() -> None:
    play = Play(CALLING.format(call(to="=which")), also=Q, which="q")
    assert all_open(play) == ["q1"] and all_open(done(play, "q1", found=3)) == ["z"]
    assert play.variables == {"which": "q", "found": 3}


def test_only_what_is_mapped_goes_in_and_out() -> None:
    io = mapping({"n": "=a + 1"}, {"b": "=m * 2"})
    play = Play(CALLING.format(call(io, all_out="false", all_in="false")), also=Q, a=1, secret=9)
    assert play.host.cases[2].state().root.vars == {"n": 2}
    assert done(play, "q1", m=5).variables == {"a": 1, "secret": 9, "b": 10}


def test_every_instance_of_a_called_process_brings_its_result() -> None:
    loop = many(inputCollection="=[1,2]", inputElement="i", outputCollection="all", outputElement="=r")
    called = call(mapping({"i": "=i"}, {"r": "=i * 10"}), all_out="false", all_in="false")
    play = Play(CALLING.format(called.replace("</callActivity>", loop + "</callActivity>")), also=Q)
    assert all_open(play) == ["q1", "q1"]
    assert all_open(done(done(play, "q1"), "q1")) == ["z"] and play.variables["all"] == [10, 20]


def several(*texts: str) -> Play:
    """A case of `p`, among other processes."""
    play = Play(start() + end() + flows("s>e"))
    for text in texts:
        for each in readers.read(text.encode())[0]:
            play.host.know(each)
    play.case = play.host.cases[int(play.host.start("p", {}))]
    return play


def test_an_interrupted_call_ends_what_it_called_however_deep() -> None:
    deep = process(start("rs") + user("r1") + end("re") + flows("rs>r1 r1>re"), id="r")
    middle = process(start("ms") + call(to="r") + end("me") + flows("ms>c c>me"), id="q")
    play = several(deep, middle, process(CALLING.format(call()) + boundary("b", "c", message()) + flows("b>z")))
    assert all_open(play) == ["r1"]
    play.host.message("m1", {}, None)
    assert all_open(play) == ["z"] and play.host.instances() == 1


def test_an_error_of_the_called_process_is_caught_at_the_call_or_further_up() -> None:
    thrower = process(start("qs") + user("q1") + end("qe", error()) + flows("qs>q1 q1>qe"), id="q")
    play = Play(CALLING.format(call()) + boundary("b", "c", error()) + user("x") + flows("b>x x>e"), also=thrower)
    assert all_open(done(play, "q1", why=1)) == ["x"] and play.variables == {"why": 1} and play.host.instances() == 1
    outer = sub("u", start("us") + call() + end("ue") + flows("us>c c>ue"))
    play = Play(
        start() + outer + boundary("b", "u", CATCH_ALL) + user("x") + end() + flows("s>u u>e b>x x>e"), also=thrower
    )
    assert all_open(done(play, "q1")) == ["x"]


def test_an_escalation_of_the_called_process_need_not_end_it() -> None:
    thrower = process(start("qs") + throw("t", ESCALATION) + user("q1") + end("qe") + flows("qs>t t>q1 q1>qe"), id="q")
    content = CALLING.format(call()) + user("x") + end("e2") + flows("b>x x>e2")
    stays = Play(content + boundary("b", "c", ESCALATION, stays=True), also=thrower)
    assert all_open(stays) == ["q1", "x"] and all_open(done(stays, "q1")) == ["x", "z"]
    ends = Play(content + boundary("b", "c", ESCALATION), also=thrower)
    assert all_open(ends) == ["x"] and ends.host.instances() == 1


def test_terminate_in_the_called_process_ends_that_one_only() -> None:
    inner = gateway("parallel", "f") + user("q1 q2") + end("qe", TERMINATE) + end("qe2")
    called = process(start("qs") + inner + flows("qs>f f>q1 f>q2 q1>qe q2>qe2"), id="q")
    play = Play(CALLING.format(call()), also=called)
    assert all_open(done(play, "q1")) == ["z"] and play.host.instances() == 1


def test_a_call_activity_is_compensated_by_its_handler() -> None:
    play = Play(
        start() + call() + handled("c", "h") + throw("t", compensate()) + user("z") + end(),
        flows("s>c c>t t>z z>e"),
        also=Q,
    )
    assert all_open(done(play, "q1")) == ["h"] and all_open(done(play, "h")) == ["z"]


# --- terminate (13.5.6)


def test_terminate_in_an_event_sub_process_ends_that_one_only() -> None:
    inner = event_sub(
        "k",
        start("ks", message(), isInterrupting="false") + gateway("parallel", "f") + user("k1 k2"),
        end("ke", TERMINATE) + end("ke2") + flows("ks>f f>k1 f>k2 k1>ke k2>ke2"),
    )
    play = Play(start() + user("a") + end() + flows("s>a a>e") + inner).fire("ks")
    assert play.open == "a k1 k2" and play.complete("k1").open == "a" and play.complete("a").done


def test_terminate_leaves_a_nested_scope_by_its_normal_flow() -> None:
    deep = sub("v", start("vs") + user("v1") + end("ve") + flows("vs>v1 v1>ve"))
    inner = start("us") + gateway("parallel", "f") + deep + user("a") + end("ue", TERMINATE) + end("ue2")
    play = Play(start() + sub("u", inner + flows("us>f f>v f>a a>ue v>ue2")) + user("z") + end() + flows("s>u u>z z>e"))
    assert play.open == "a v1" and play.complete("a").open == "z"


OURS = 'xmlns:plus1="http://plus-1.nl/schema/bpmn/1.0" plus1:'


def test_terminate_may_end_the_whole_repetition_or_the_whole_process() -> None:
    def play(more: str) -> Play:
        definition = f"<terminateEventDefinition {OURS}{more}/>"
        inner = sub("v", start("vs") + user("a") + end("ve", definition) + flows("vs>a a>ve"))
        content = sub("u", many("3") + start("us") + inner + end("ue") + flows("us>v v>ue"))
        return Play(start() + content + user("z") + end() + flows("s>u u>z z>e"))

    assert play('endsRepetition="true"').complete("a", 1).open == "z"
    assert play('endsRepetition="false"').complete("a", 1).open == "a a"
    assert play('endsAll="true"').complete("a", 1).done


def test_a_signal_may_be_for_its_own_case_alone() -> None:
    def play(more: str) -> Play:
        event = throw("t", f'<signalEventDefinition signalRef="s1" {OURS}ownCase="{more}"/>')
        other = process(start("s", SIGNAL) + user("x") + end() + flows("s>x x>e"), id="q")
        content = start() + gateway("parallel", "f") + catch("c", SIGNAL) + event + end("e e2") + user("z")
        return Play(content + flows("s>f f>c f>t t>e c>z z>e2"), also=other)

    assert all_open(play("false")) == ["x", "z"] and all_open(play("true")) == ["z"]


# --- errors and escalations that are thrown again (10.5.1)


def test_an_error_thrown_again_behind_a_boundary_event_goes_further_up() -> None:
    inner = start("us") + user("a") + boundary("b", "a", error()) + end("ue") + end("ue2", error())
    play = Play(
        start() + sub("u", inner + flows("us>a a>ue b>ue2")) + boundary("b2", "u", error()) + user("x") + end(),
        flows("s>u u>e b2>x x>e"),
    )
    assert play.raise_("a").open == "x"


def test_an_escalation_goes_from_scope_to_scope_when_it_is_thrown_again() -> None:
    again = event_sub("k", start("ks", ESCALATION) + user("k1") + end("ke", ESCALATION) + flows("ks>k1 k1>ke"))
    inner = start("us") + user("a") + end("ue", ESCALATION) + flows("us>a a>ue") + again
    play = Play(
        start() + sub("u", inner) + boundary("b", "u", ESCALATION) + user("x") + end() + flows("s>u u>e b>x x>e")
    )
    assert play.complete("a").open == "k1" and play.complete("k1").open == "x"


def test_an_escalation_at_the_end_takes_the_normal_flow_too_when_nothing_interrupts() -> None:
    inner = start("us") + user("a") + end("ue", ESCALATION) + flows("us>a a>ue")
    play = Play(
        start() + sub("u", inner) + boundary("b", "u", ESCALATION, stays=True) + user("x z") + end("e e2"),
        flows("s>u u>z z>e b>x x>e2"),
    )
    assert play.complete("a").open == "x z"


def test_an_error_without_a_code_in_its_catcher_catches_any_also_from_deep() -> None:
    deep = sub("v", start("vs") + user("a") + end("ve", error("err2")) + flows("vs>a a>ve"))
    play = Play(
        start() + sub("u", start("us") + deep + end("ue") + flows("us>v v>ue")) + boundary("b", "u", CATCH_ALL),
        user("x") + end() + flows("s>u u>e b>x x>e"),
    )
    assert play.complete("a").open == "x"


def test_an_error_in_a_multi_instance_ends_all_instances() -> None:
    inner = start("us") + user("a") + end("ue", error()) + flows("us>a a>ue")
    play = Play(
        start() + sub("u", many("3") + inner) + boundary("b", "u", error()) + user("x") + end(),
        flows("s>u u>e b>x x>e"),
    )
    assert play.complete("a", 1).open == "x" and not play.case.waits


# --- event sub-processes within event sub-processes, timers, signals (10.3.5)


def test_an_event_sub_process_inside_an_event_sub_process() -> None:
    deep = event_sub("d", start("ds", message("m2")) + user("d1") + end("de") + flows("ds>d1 d1>de"))
    outer = event_sub("k", start("ks", message()) + user("k1") + end("ke") + flows("ks>k1 k1>ke") + deep)
    play = Play(start() + user("a") + end() + flows("s>a a>e") + outer)
    assert {wait.name for _, wait in play.case.waits.values()} == {"m1"}
    assert play.fire("ks").open == "k1" and {wait.name for _, wait in play.case.waits.values()} == {"m2"}
    assert play.fire("ds").open == "d1" and play.complete("d1").done


def test_a_timer_in_an_event_sub_process_ends_with_its_scope() -> None:
    inner = event_sub("k", start("ks", timer("PT10S")) + user("k1") + end("ke") + flows("ks>k1 k1>ke"))
    content = start() + sub("u", start("us") + user("a") + end("ue") + flows("us>a a>ue") + inner) + user("z") + end()
    play = Play(content + flows("s>u u>z z>e"))
    assert play.complete("a").wait_until(99_999).open == "z"
    late = Play(content + flows("s>u u>z z>e")).wait_until(10_000)
    assert late.open == "k1" and late.complete("k1").open == "z"


def test_a_signal_wakes_every_scope_that_waits_for_it_once() -> None:
    inner = start("us") + catch("c", SIGNAL) + end("ue") + flows("us>c c>ue")
    play = Play(
        start() + sub("u", many("3") + inner) + boundary("b", "u", SIGNAL, stays=True) + user("x z") + end("e e2"),
        flows("s>u u>z z>e b>x x>e2"),
    )
    play.host.signal("s1", {})
    assert play.open == "x z"


def test_an_interrupting_event_sub_process_of_one_instance_leaves_the_others() -> None:
    inner = start("us") + user("a") + end("ue") + flows("us>a a>ue")
    inner += event_sub("k", start("ks", error()) + user("k1") + end("ke") + flows("ks>k1 k1>ke"))
    play = Play(start() + sub("u", many("2") + inner) + user("z") + end() + flows("s>u u>z z>e"))
    assert play.raise_("a").open == "a k1" and play.complete("k1").complete("a").open == "z"
