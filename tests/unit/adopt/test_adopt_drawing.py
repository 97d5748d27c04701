"""Steps that come into a model with pools, lanes and sub-processes are drawn as the modeller would draw them."""

import pytest
from lxml import etree

from tests.unit.adopt.adopting import VENDORS, adopted, codes
from tests.unit.edit.checker import Picture
from tests.unit.edit.conftest import NESTED, PERMIT, SMALL

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
FEW, MANY = ("userTask",), ("userTask", "serviceTask", "exclusiveGateway", "parallelGateway", "endEvent", "startEvent")


def with_listeners(source: bytes, event: str, tags: tuple[str, ...]) -> tuple[bytes, int]:
    """The file with a listener of Camunda 7 at every element of those kinds, and how many that are."""
    root = etree.fromstring(source)
    elements = [e for tag in tags for e in root.iter(f"{BPMN}{tag}")]
    for number, e in enumerate(elements):
        box = e.find(f"{BPMN}extensionElements")
        if box is None:
            box = etree.Element(f"{BPMN}extensionElements")
            e.insert(len(e.findall(f"{BPMN}documentation")), box)
        etree.SubElement(box, f"{{{VENDORS[0]}}}executionListener", {"event": event, "class": f"a.Stap{number}"})
    return etree.tostring(root), len(elements)


@pytest.mark.parametrize("tags", [FEW, MANY], ids=["tasks", "everything"])
@pytest.mark.parametrize("event", ["start", "end"])
@pytest.mark.parametrize("model", [PERMIT, NESTED, SMALL], ids=["permit", "nested", "small"])
def test_listeners_become_steps_without_harm_to_the_drawing(model: bytes, event: str, tags: tuple[str, ...]) -> None:
    source, number = with_listeners(model, event, tags)
    found = adopted(source)
    assert codes(found).count("implement-me") + codes(found).count("listener-left") == number
    assert codes(found).count("implement-me") > number / 2
    assert Picture(found.content).faults() == {}
