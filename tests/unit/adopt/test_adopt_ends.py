"""What Flowable adds to ends and signals keeps its meaning."""

import pytest

from bpmn import readers
from tests.unit.adopt.adopting import adopted, file, line, node


@pytest.mark.parametrize(
    ("theirs", "ours"), [("terminateAll", "whole_process"), ("terminateMultiInstance", "whole_repetition")]
)
def test_what_terminate_ends(theirs: str, ours: str) -> None:
    def source(value: str) -> bytes:
        definition = f'<terminateEventDefinition flowable:{theirs}="{value}"/>'
        flow = '<sequenceFlow id="f" sourceRef="s" targetRef="e"/>'
        return file(f'<startEvent id="s"/>{flow}<endEvent id="e">{definition}</endEvent>')

    for value in ("true", "false"):
        (read,) = readers.read(source(value))[0]
        for found in (node(source(value), "e"), read.nodes["e"]):
            assert getattr(found.triggers[0], ours) == (value == "true")
    assert not [f for f in adopted(source("true")).findings if f.severity != "info"]


@pytest.mark.parametrize(("scope", "own"), [("processInstance", True), ("global", False)])
def test_a_signal_for_one_case(scope: str, own: bool) -> None:
    event = '<intermediateThrowEvent id="t"><signalEventDefinition signalRef="sg"/></intermediateThrowEvent>'
    source = file(line(event), f'<signal id="sg" name="alarm" flowable:scope="{scope}"/>')
    (read,) = readers.read(source)[0]
    assert [found.triggers[0].own_case for found in (node(source, "t"), read.nodes["t"])] == [own, own]
