"""Scenarios at publishing: what goes as written passes, everything else is a finding that names scenario and step."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bpmn.model import Finding
from engine.usecases.check_package import check_package
from tests.unit.runtime.drawing import (
    HEAD,
    boundary,
    catch,
    element,
    end,
    extension,
    flows,
    gateway,
    mapping,
    message,
    process,
    start,
    throw,
    timer,
    user,
)

NOW = 1_780_300_800_000  # noon on 1 June 2026 in Amsterdam
DAY = 86_400_000
FORM = {
    "type": "default",
    "id": "f",
    "components": [{"type": "number", "key": "n", "label": "Aantal", "validate": {"required": True, "min": 1}}],
}
ASK = user("a", extension("<zeebe:userTask/>", '<zeebe:formDefinition formId="f"/>'))
SIMPLE = (start(), ASK, end(), flows("s>a a>e"))


def job(id: str, type: str, *inner: str) -> str:
    """A service task."""
    return element("serviceTask", id, extension(f'<zeebe:taskDefinition type="{type}"/>', *inner))


def letter(id: str) -> str:
    """A service task that writes the letter `brief`."""
    header = '<zeebe:taskHeaders><zeebe:header key="text" value="brief"/></zeebe:taskHeaders>'
    return job(id, "document", header)


def check(
    content: tuple[str, ...], scenario: Mapping[str, Any], also: str = "", text: str = "# Brief\n\nBeste {{ naam }},"
) -> list[Finding]:
    """What is found in a package with one scenario `proef`, warnings about the drawing aside."""
    files = {
        "process.bpmn": process(*content).encode(),
        "forms/f.json": json.dumps(FORM).encode(),
        "texts/brief.md": text.encode(),
        "scenarios/proef.json": json.dumps({"start": {}, "steps": [], "expect": {}, **scenario}).encode(),
    }
    if also:
        files["processes/ander.bpmn"] = also.encode()
    package, findings = check_package(files, NOW)
    assert package is not None
    assert not [f for f in findings if f.severity == "error" and f.code != "scenario-failed"], findings
    return [f for f in findings if f.code in ("scenario-failed", "second-opinion")]


def failure(*given: Any, **more: Any) -> str:
    """The English text of the one failure."""
    (found,) = check(*given, **more)
    assert (found.code, found.severity, found.path) == ("scenario-failed", "error", "scenarios/proef.json")
    assert found.nl.startswith("Scenario 'proef' mislukt bij ")
    return found.en.removeprefix("Scenario 'proef' fails at ")


def done(node: str, **data: Any) -> dict[str, Any]:
    """A step that completes a task."""
    return {"complete": node, "data": data}


def test_a_scenario_that_goes_as_written() -> None:
    steps = [done("a", n=3)]
    assert check(SIMPLE, {"steps": steps, "expect": {"end": "e", "variables": {"n": 3, "zaaknummer": "Z-1"}}}) == []


@pytest.mark.parametrize(
    ("steps", "expect", "told"),
    [
        ([done("a", n=3)], {"end": "f"}, "the end: It reached e, not f."),
        ([done("a", n=3)], {"variables": {"n": 4}}, "the end: n is 3, not 4."),
        ([done("a", n=1)], {"variables": {"n": True}}, "the end: n is 1, not True."),
        ([done("a", n=1)], {"variables": {"weg": "x"}}, "the end: weg is None, not 'x'."),
        ([], {"end": "e"}, "the end: The case still runs. Open: a."),
        ([done("b")], {}, "step 1 (b): This task is not open. Open: a."),
        ([done("a", n=1), done("a", n=1)], {}, "step 2 (a): The case has ended already."),
        ([done("a", n=0)], {}, "step 1 (a): The form refuses this: n: "),
        ([done("a")], {}, "step 1 (a): The form refuses this: n: "),
        ([{"message": "m1", "data": {}}], {}, "step 1 (m1): Nobody waits for the message 'm1'"),
        ([{"timer": "a"}], {}, "step 1 (a): No timer runs at 'a'."),
        (["a"], {}, "step 1: A step has one of"),
        ([{"complete": "a", "timer": "b"}], {}, "step 1: A step has one of"),
        ([{"complete": "a", "data": [1]}], {}, "step 1: A step has one of"),
        ([{"message": "m1", "key": 5}], {}, "step 1: A step has one of"),
        ([done("a", n=1)], {"variables": [1]}, "the end: 'variables' must have values by name."),
    ],
)
def test_what_does_not_go_as_written(steps: list[Any], expect: dict[str, Any], told: str) -> None:
    assert failure(SIMPLE, {"steps": steps, "expect": expect}).startswith(told)


def test_the_finding_names_the_element_of_the_step() -> None:
    (found,) = check(SIMPLE, {"steps": [done("b")]})
    assert found.element == "b"


@pytest.mark.parametrize(
    ("more", "named"),
    [({"jobs": 3}, "jobs"), ({"jobs": {"x": 3}}, "x"), ({"at": "gisteren"}, "at"), ({"at": 20260601}, "at")],
)
def test_a_scenario_with_wrong_settings_fails_at_the_start(more: dict[str, Any], named: str) -> None:
    assert failure(SIMPLE, more).startswith(f"the start: '{named}' ")


def test_the_start_form_counts_too() -> None:
    begin = start("s", extension('<zeebe:formDefinition formId="f"/>'))
    content = (begin, end(), flows("s>e"))
    assert failure(content, {"start": {"n": -1}}).startswith("the start: The form refuses this: n: ")
    assert check(content, {"start": {"n": 2}, "expect": {"end": "e"}}) == []


def test_an_incident_is_a_failure() -> None:
    content = (start(), ASK, gateway("exclusive", "g"), end("e f"), flows("s>a a>g g>e{=n > 5} g>f{=n > 7}"))
    assert failure(content, {"steps": [done("a", n=1)]}).startswith("step 1 (a): The case gets stuck at 'g': ")


def test_a_model_that_runs_in_circles_is_a_failure() -> None:
    jobs = (start(), gateway("exclusive", "x"), job("j", "http"), end(), flows("s>x x>j j>x"))
    assert failure(jobs, {}).startswith("the start: More than 1000 steps")
    alone = (start(), gateway("exclusive", "x"), element("task", "t"), end(), flows("s>x x>t t>x"))
    assert "endless-loop" in failure(alone, {})


def test_jobs_are_done_or_answered() -> None:
    content = (
        start(), job("j", "http", mapping({"url": '="x"'}, {"code": "=result.status"})),
        gateway("exclusive", "g", default="g__f"), end("e f"), flows("s>j j>g g>e{=code = 200} g>f"),
    )  # fmt: skip
    assert check(content, {"jobs": {"j": {"result": {"status": 200}}}, "expect": {"end": "e"}}) == []
    other = {"jobs": {"j": {"result": {"status": 404}}}, "expect": {"end": "e"}}
    assert failure(content, other) == "the end: It reached f, not e."


def test_a_letter_with_a_hole_and_a_decision_without_list_are_failures() -> None:
    content = (start(), letter("l"), end(), flows("s>l l>e"))
    assert check(content, {"start": {"naam": "Jo"}, "expect": {"end": "e"}}) == []
    assert failure(content, {}).startswith("the start: 'l' fails: texts/brief.md: the merge field {{ naam }} is empty")
    decide = (start(), job("d", "decision"), end(), flows("s>d d>e"))
    assert "'d' fails: the job needs `besluiten`" in failure(decide, {})
    assert check(decide, {"start": {"besluiten": [{"onderwerp": "x", "resultaat": "y"}]}, "expect": {"end": "e"}}) == []


def test_timers_move_the_clock_and_messages_have_keys() -> None:
    late = element("scriptTask", "t", extension('<zeebe:script expression="=string(today())" resultVariable="op"/>'))
    content = (
        start(), user("a"), boundary("b", "a", timer("P2D")), late, catch("c", message("mk")), end("e f"),
        flows("s>a a>e b>t t>c c>f"),
    )  # fmt: skip
    expect = {"end": "f", "variables": {"op": "2026-06-03"}}
    steps = [{"timer": "b"}, {"message": "mk", "key": "77"}]
    assert check(content, {"start": {"nr": "77"}, "steps": steps, "expect": expect}) == []
    assert "Nobody waits" in failure(content, {"start": {"nr": "77"}, "steps": [{"timer": "b"}, {"message": "mk"}]})
    later = {"end": "f", "variables": {"op": "2030-01-04"}}
    at = {"start": {"nr": "77"}, "at": "2030-01-02T10:00", "steps": steps, "expect": later}
    assert check(content, at) == []


def called(id: str) -> str:
    """A call activity."""
    return element(
        "callActivity", "c", extension(f'<zeebe:calledElement processId="{id}" propagateAllChildVariables="true"/>')
    )


def test_a_called_process_of_the_package_is_played_and_another_is_done_at_once() -> None:
    content = (start(), called("q"), end(), flows("s>c c>e"))
    inner = process(start("s2"), user("b"), end("e2"), flows("s2>b b>e2"), id="q")
    scenario = {"steps": [done("b", x=5)], "expect": {"end": "e", "variables": {"x": 5}}}
    assert check(content, scenario, also=inner) == []
    assert failure(content, {"expect": {"end": "e"}}, also=inner) == "the end: The case still runs. Open: b."


def test_messages_signals_and_errors_pass_between_the_cases_of_a_play() -> None:
    signal = '<signalEventDefinition signalRef="s1"/>'
    content = (
        start(), gateway("parallel", "f j"), called("q"), boundary("x", "c", '<errorEventDefinition errorRef="err"/>'),
        catch("m", message()), catch("w", signal), user("u"), end("e g"),
        flows("s>f f>c f>m m>w w>j c>j j>e x>u u>g"),
    )  # fmt: skip
    inner = (
        start("s2") + throw("t2", message()) + throw("w2", signal) + user("b")
        + gateway("exclusive", "g2", default="g2__e2") + end("e2")
        + element("endEvent", "e3", '<errorEventDefinition errorRef="err"/>')
        + flows("s2>t2 t2>w2 w2>b b>g2 g2>e3{=bad} g2>e2")
    )  # fmt: skip
    also = HEAD + f'<process id="q" isExecutable="true">{inner}</process></definitions>'
    assert check(content, {"steps": [done("b", bad=False)], "expect": {"end": "e"}}, also=also) == []
    open_ = failure(content, {"steps": [done("b", bad=True)], "expect": {"end": "e"}}, also=also)
    assert open_ == "the end: The case still runs. Open: u."


def test_a_case_that_is_interrupted_ends_the_case_that_it_called() -> None:
    content = (start(), called("q"), boundary("t", "c", timer("P1D")), end("e f"), flows("s>c c>e t>f"))
    inner = process(start("s2"), user("b"), end("e2"), flows("s2>b b>e2"), id="q")
    assert check(content, {"steps": [{"timer": "t"}], "expect": {"end": "f"}}, also=inner) == []
    gone = failure(content, {"steps": [{"timer": "t"}, done("b")]}, also=inner)
    assert gone == "step 2 (b): The case has ended already."


def test_a_process_that_begins_with_a_message() -> None:
    content = (start("s", message()), user("a"), end(), flows("s>a a>e"))
    assert (
        check(content, {"start": {"x": 1}, "steps": [done("a")], "expect": {"end": "e", "variables": {"x": 1}}}) == []
    )


def test_scenarios_wait_until_the_model_has_no_other_error() -> None:
    files = {
        "process.bpmn": process(start(), user("a"), job("j", "fax"), end(), flows("s>a a>j j>e")).encode(),
        "scenarios/proef.json": b'{"start": {}, "steps": [], "expect": {"end": "nergens"}}',
    }
    codes = [finding.code for finding in check_package(files, NOW)[1] if finding.severity == "error"]
    assert codes == ["unknown-job-type"]


def test_the_second_opinion_is_asked_or_excused() -> None:
    files = {
        "process.bpmn": process(
            *SIMPLE[:1], user("a"), boundary("t", "a", message(), stays=True), end("e f"), flows("s>a a>e t>f")
        ).encode(),
        "scenarios/een.json": json.dumps({"start": {}, "steps": [done("a")], "expect": {"end": "e"}}).encode(),
        "scenarios/twee.json": json.dumps({"start": {}, "steps": [done("a")], "expect": {}}).encode(),
    }
    (told,) = [finding for finding in check_package(files, NOW)[1] if finding.code == "no-second-opinion"]
    assert (told.severity, told.element) == ("info", "t")
