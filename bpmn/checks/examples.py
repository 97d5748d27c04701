"""Small files with one fault each, that show on the page of checks what reading says of it."""

from collections.abc import Iterator
from typing import Final

from bpmn import readers
from bpmn.model import Finding

_HEAD: Final = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn">'
)
_ERROR: Final = "<errorEventDefinition/>"
# Beside the process, inside it.
_FAULTS: Final = (
    ("", '<task id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="weg"/>'),
    (
        "",
        '<task id="a"/><subProcess id="k"><task id="t"/></subProcess>'
        '<sequenceFlow id="f" sourceRef="a" targetRef="t"/>',
    ),
    ("", f'<boundaryEvent id="b" attachedToRef="weg">{_ERROR}</boundaryEvent>'),
    ("", '<task id="a"/><boundaryEvent id="b" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>'),
    ("", '<task id="a"/><task id="a"/>'),
    ("", "<task/>"),
    ("", '<intermediateCatchEvent id="c"><timerEventDefinition/></intermediateCatchEvent>'),
    ("", '<intermediateCatchEvent id="c"><messageEventDefinition messageRef="weg"/></intermediateCatchEvent>'),
    ("", '<intermediateCatchEvent id="c"><vreemdeEventDefinition/></intermediateCatchEvent>'),
    ("", '<choreographyTask id="c"/>'),
    ("", '<userTask id="t"><extensionElements><zeebe:taskListeners/></extensionElements></userTask>'),
    ("", '<userTask id="t"><extensionElements><zeebe:formDefinition formKey="x"/></extensionElements></userTask>'),
    (
        "",
        '<task id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="a">'
        '<conditionExpression language="groovy">a</conditionExpression></sequenceFlow>',
    ),
    ("", '<task id="a" startQuantity="2"/>'),
    ("", '<task id="a" kleur="rood"/>'),
    ("", '<userTask id="a"><potentialOwner id="o"/></userTask>'),
    ("", '<userTask id="a" camunda:assignee="jan"/>'),
    ('<collaboration id="c"><participant id="g" processRef="weg"/></collaboration>', ""),
    ('<collaboration id="c"><messageFlow id="m" sourceRef="p" targetRef="weg"/></collaboration>', ""),
    ('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="x"/>', ""),
)
_FILES: Final = (
    b"",
    b"<!DOCTYPE a><a/>",
    b"<html/>",
    b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>',
    b'<definitions xmlns="http://www.omg.org/spec/CMMN/20151109/MODEL"/>',
    f"{_HEAD}</definitions>".encode(),
)


def told() -> Iterator[Finding]:
    """What reading says of each, the finding that the file is about first; each code and text once."""
    seen: set[tuple[str, str]] = set()
    for source in (*_FILES, *(_file(*fault) for fault in _FAULTS)):
        for one in readers.read(source)[1]:
            if (one.code, one.nl) not in seen and one.severity != "info":
                seen.add((one.code, one.nl))
                yield one


def _file(beside: str, inside: str) -> bytes:
    return f'{_HEAD}{beside}<process id="p" isExecutable="true">{inside}</process></definitions>'.encode()
