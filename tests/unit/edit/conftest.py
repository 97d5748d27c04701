"""The event permit, a small process as a modeller writes it, and nested sub-processes; all with their drawing."""

from pathlib import Path

import pytest
from lxml import etree

from bpmn import readers

PERMIT = (Path(__file__).parents[3] / "bpmn/library/evenementenvergunning/process.bpmn").read_bytes()
NESTED = (Path(__file__).parent / "genest.bpmn").read_bytes()
SMALL = (Path(__file__).parent / "klein.bpmn").read_bytes()
TORN = {"dangling-flow", "flow-crosses-scope", "dangling-boundary", "unsupported-element", "xml-broken", "not-bpmn"}


def read(source):
    """The main process, once it holds together."""
    processes, findings = readers.read(source)
    assert [f for f in findings if f.code in TORN] == []
    return processes[0]


def element(source, id_):
    (found,) = etree.fromstring(source).xpath(f"//*[@id='{id_}']")
    return found


def added(before, after):
    """Ids that are new, steps before flows."""
    ids = [set(etree.fromstring(s).xpath("//@id")) for s in (before, after)]
    return sorted(i for i in ids[1] - ids[0] if not i.endswith("_di"))


@pytest.fixture
def permit():
    return PERMIT


@pytest.fixture
def small():
    return SMALL
