"""Tokens played without data: joins that wait for what cannot come, and what is done twice."""

from pathlib import Path

import pytest

from bpmn import checks, readers
from bpmn import package as packages
from bpmn.model import Finding, Process

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    ' id="d"><process id="p" isExecutable="true">\n'
)
CODES = {"deadlock", "may-deadlock", "done-twice", "never-ends", "not-all-tried"}


def net(text: str, more: str = "") -> Process:
    """A process from a line of edges such as `s>x x?a x?b a>j b>j j>e`: `?` carries a condition. The first letter of a
    node's name says what it is."""
    kinds = {"s": "startEvent", "e": "endEvent", "x": "exclusiveGateway", "p": "parallelGateway"}
    kinds |= {"i": "inclusiveGateway", "g": "eventBasedGateway", "c": "complexGateway", "u": "userTask"}
    nodes: dict[str, str] = {}
    flows = ""
    for edge in text.split():
        source, target = edge.replace("?", ">").split(">")
        for id in (source, target):
            nodes.setdefault(id, f'<{kinds.get(id[0], "task")} id="{id}"/>' if id[0] != "b" else "")
        inner = f"<conditionExpression>=v = {len(flows)}</conditionExpression>" if "?" in edge else ""
        flows += (
            f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'
        )
    return readers.read(f"{HEAD}{''.join(nodes.values())}{more}{flows}</process></definitions>".encode())[0][0]


def found(process: Process) -> list[Finding]:
    return [one for one in checks.run((process,)) if one.code in CODES]


def codes(process: Process) -> list[tuple[str, str, str]]:
    return [(one.code, one.severity, one.element) for one in found(process)]


FLOW = '<sequenceFlow id="{0}_{1}" sourceRef="{0}" targetRef="{1}"/>'
BOUNDARY = '<boundaryEvent id="b1" attachedToRef="a"{}><timerEventDefinition><timeDuration>PT1H</timeDuration>'
BOUNDARY += "</timerEventDefinition></boundaryEvent>"


@pytest.mark.parametrize(
    "text",
    [
        "s>a a>e",
        "s>x1 x1?a x1?c a>x2 c>x2 x2>e",
        "s>p1 p1>a p1>c a>p2 c>p2 p2>e",
        "s>i1 i1?a i1?c a>i2 c>i2 i2>e",
        "s>p1 p1>a p1>c a>e1 c>e2",
        "s>p1 p1>a p1>c a>x c>x x>e",
        "s>a a>c a>d c>p2 d>p2 p2>e",
        "s>x1 x1>a a>x2 x2?x1 x2>e",
        "s>p1 p1>a p1>c a>p2 c>x1 x1>d d>x2 x2?x1 x2?p2 p2>e",
        "s>x1 x1>p1 p1>a p1>c a>p2 c>p2 p2>x2 x2?x1 x2>e",
        "s>i1 i1?a i1?c i1?d a>i2 c>i2 i2>i3 d>i3 i3>e",
        "s>p1 p1>a p1>c p1>d a>c1 c>c1 d>c1 c1>e",
    ],
)
def test_what_runs_to_its_end_gives_no_alarm(text: str) -> None:
    assert codes(net(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("s>x1 x1?a x1?c a>p2 c>p2 p2>e", [("deadlock", "error", "p2")]),
        ("s>g1 g1>a g1>c a>p2 c>p2 p2>e", [("deadlock", "error", "p2")]),
        ("s>i1 i1?a i1?c a>p2 c>p2 p2>e", [("may-deadlock", "warning", "p2")]),
        ("s>p1 p1>a p1>x1 x1?c x1?e1 a>p2 c>p2 p2>e", [("may-deadlock", "warning", "p2")]),
        ("s>x1 x1>p2 p2>a a>x2 x2?p2 x2>e", [("deadlock", "error", "p2")]),
        ("s1>p2 s2>p2 p2>e", []),
        ("s>p1 p1>a p1>c a>x2 c>x2 x2>u u>e", [("done-twice", "warning", "x2")]),
        ("s>p1 p1>a p1>c a>u c>u u>e", [("done-twice", "warning", "u")]),
        ("s>x1 x1>p1 p1>a p1>x1 a>e", [("never-ends", "warning", "x1")]),
        ("s>x1 x1?a x1?e x2>a a>x2", [("never-ends", "warning", "a")]),
        ("s>x1 x1?a x1?c a>p2 c>p2 p2>d d>x3 x3?f x3?h f>p4 h>p4 p4>e", [("deadlock", "error", "p2")]),
    ],
)
def test_what_stops_or_doubles_is_found(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert codes(net(text)) == expected


def test_a_step_left_by_its_boundary_event_counts_as_a_way() -> None:
    late = "s>p1 p1>a p1>c a>p2 b1>{} c>p2 p2>e"
    assert codes(net(late.format("e1"), BOUNDARY.format(""))) == [("may-deadlock", "warning", "p2")]
    assert codes(net(late.format("p2"), BOUNDARY.format(""))) == [("deadlock", "error", "p2")]
    reminder = BOUNDARY.format(' cancelActivity="false"')
    assert codes(net("s>a b1>c a>x1 c>x1 x1>u u>e", reminder)) == []


def test_a_terminating_end_saves_who_would_wait() -> None:
    end = '<endEvent id="t"><terminateEventDefinition/></endEvent>'
    process = net("s>p1 p1>a p1>c", f"{end}{FLOW.format('a', 't')}{FLOW.format('c', 't')}")
    assert codes(process) == []


def test_a_circle_that_an_event_breaks_is_meant() -> None:
    source = HEAD + '<startEvent id="s"/><subProcess id="k"><startEvent id="t"/><task id="a"/><task id="c"/>'
    source += '<endEvent id="never"/>{}</subProcess><endEvent id="e"/>{}'
    edges = [("s", "k"), ("k", "e"), ("t", "a"), ("a", "c"), ("c", "a")]
    flows = [f'<sequenceFlow id="{a}{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in edges]
    event = '<boundaryEvent id="b1" attachedToRef="k"><timerEventDefinition><timeDuration>P1D</timeDuration>'
    event += '</timerEventDefinition></boundaryEvent><sequenceFlow id="be" sourceRef="b1" targetRef="e"/>'
    inner, outer = "".join(flows[2:]), "".join(flows[:2])
    for more, expected in (("", [("never-ends", "warning", "a")]), (event, [])):
        text = f"{source.format(inner, outer + more)}</process></definitions>"
        assert codes(readers.read(text.encode())[0][0]) == expected


def test_the_finding_names_what_is_waited_for_and_the_way_there() -> None:
    (one,) = found(net("s>p1 p1>a p1>x1 x1?c x1?e1 a>p2 c>p2 p2>e"))
    assert "'x1' → 'e1'" in one.nl and "wat na 'c' komt" in one.nl and "'x1' → 'e1'" in one.en


def test_files_of_other_engines_are_warned_about_only() -> None:
    text = "s>x1 x1?a x1?c a>p2 c>p2 p2>e"
    own = net(text)
    source = HEAD.replace("camunda.org/schema/zeebe/1.0", "camunda.org/schema/1.0/bpmn")
    assert own.lenient is False and codes(own)[0][1] == "error"
    body = '<startEvent id="s"/><exclusiveGateway id="x"/><parallelGateway id="p2"/><endEvent id="e"/>'
    for one, other in (("s", "x"), ("x", "p2"), ("p2", "e")):
        body += f'<sequenceFlow id="{one}{other}" sourceRef="{one}" targetRef="{other}"/>'
    body += '<sequenceFlow id="again" sourceRef="x" targetRef="p2"/>'
    foreign = readers.read(f"{source}{body}</process></definitions>".encode())[0][0]
    assert codes(foreign) == [("deadlock", "warning", "p2")]


def test_a_net_too_large_to_try_whole_says_so() -> None:
    branches = "".join(f" p1>x{n} x{n}?a{n} x{n}?c{n} a{n}>y{n} c{n}>z{n} y{n}>e z{n}>e" for n in range(40))
    # A join per branch keeps the choices apart, so that every combination is another marking.
    branches += "".join(f" q{n}>i{n} i{n}>e a{n}>i{n} c{n}>i{n}" for n in range(40))
    process = net(f"s>p1{branches}")
    assert "not-all-tried" in {one.code for one in found(process)}


def test_no_alarm_on_models_that_run_to_their_end(shared: Path) -> None:
    """The one that is told does its task twice on purpose: its suite asserts two tasks behind the merge."""
    told: dict[str, set[str]] = {}
    for path in sorted((shared / "conformance" / "models").rglob("*")):
        if path.is_file():
            processes = readers.read(path.read_bytes(), path.name)[0]
            for one in (one for process in processes for one in found(process)):
                told.setdefault(one.code, set()).add(path.name)
    assert told == {"done-twice": {"bpmn__gateway__ExclusiveGatewayTest.testMergingExclusiveGateway.bpmn20.xml"}}


def test_our_own_process_gives_only_what_is_known_of_it() -> None:
    folder = Path(__file__).parents[3] / "bpmn" / "library" / "evenementenvergunning"
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    package = packages.read(files)[0]
    assert package is not None
    told = checks.run(tuple(package.processes.values()), package.decisions, package.forms)
    assert {one.code for one in told} == {"no-default-flow"}
