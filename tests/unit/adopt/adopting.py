"""Small files of other engines for tests, and looks at what became of them."""

from lxml import etree

from bpmn import adopt, readers
from bpmn.adopt import Adoption
from bpmn.model import Finding, Node, Process

SPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
    ' xmlns:flowable="http://flowable.org/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
VENDORS = (
    "http://camunda.org/schema/1.0/bpmn",
    "http://operaton.org/schema/1.0/bpmn",
    "http://flowable.org/bpmn",
    "http://activiti.org/bpmn",
)


def file(content: str, top: str = "") -> bytes:
    """A file with one process `p`; `top` stands beside it."""
    return f'<definitions {SPACES}>{top}<process id="p" isExecutable="true">{content}</process></definitions>'.encode()


def line(*steps: str) -> str:
    """Steps in a row, between a start and an end; each has an id."""
    ids = ["start", *(etree.fromstring(_rooted(step)).get("id") or "" for step in steps), "end"]
    flows = (
        f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>'
        for n, (a, b) in enumerate(zip(ids, ids[1:], strict=False))
    )
    return f'<startEvent id="start"/>{"".join(steps)}<endEvent id="end"/>{"".join(flows)}'


def _rooted(step: str) -> str:
    head, rest = step.split(" ", 1)
    return f"{head} {SPACES} {rest}"


def adopted(source: bytes) -> Adoption:
    """The adoption, which must give content without anything of a vendor in it."""
    found = adopt.adopt("oud.bpmn", source)
    assert found.content is not None, found.findings
    root = etree.fromstring(found.content)
    names = [str(e.tag) for e in root.iter("*")] + [str(k) for e in root.iter("*") for k in e.attrib]
    assert not [name for name in names if name[1:].split("}")[0] in VENDORS]
    return found


def process(found: Adoption) -> Process:
    """The process of what came out, by the strict reader."""
    assert found.content is not None
    processes, _ = readers.read(found.content)
    assert not processes[0].lenient
    return processes[0]


def node(source: bytes, id_: str) -> Node:
    """One node of the adopted file."""
    return process(adopted(source)).nodes[id_]


def codes(found: Adoption, severity: str = "") -> list[str]:
    """The codes of the findings of that severity, all without one."""
    return [f.code for f in found.findings if severity in ("", f.severity)]


def finding(found: Adoption, code: str) -> Finding:
    """The only finding with that code."""
    (one,) = [f for f in found.findings if f.code == code]
    return one
