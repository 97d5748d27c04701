"""The one-step wizard: the BPMN of a process of one task, with its form, made from a name, a role and answers."""

import re
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from tenants.slot_contract import Contract

_TEXT = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
  xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:plus1="http://plus-1.nl/schema/bpmn/1.0"
  id="{id}_Definities" targetNamespace="http://plus-1.nl/processen">
  <process id={key} name={name} isExecutable="true">
    <laneSet id="{id}_Banen"><lane id="{id}_Baan" name={role}>
      <extensionElements><plus1:role id={role}/></extensionElements>
{inside}    </lane></laneSet>
    <startEvent id="{id}_Start" name="Begonnen"/>
    <userTask id="{id}_Taak" name={name}>
      <extensionElements><zeebe:userTask/><zeebe:formDefinition formId={form}/></extensionElements>
    </userTask>
{rest}    <sequenceFlow id="{id}_Begin" sourceRef="{id}_Start" targetRef="{id}_Taak"/>
  </process>
  <bpmndi:BPMNDiagram id="{id}_Diagram"><bpmndi:BPMNPlane id="{id}_Vlak" bpmnElement={key}>
{drawn}  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</definitions>
"""
_EVENT, _TASK, _GATE, _MIDDLE = (36, 36), (100, 80), (50, 50), 120


def key(point: str) -> str:
    """The id of the process that fills a point."""
    return "slot-" + re.sub(r"[^A-Za-z0-9_.-]", "-", point)


def process(point: str, step: Mapping[str, object], contract: Contract) -> str:
    """The BPMN of a step: one task; with several answers a way for each, to an end with the name of its result."""
    id_, name, role = key(point), str(step["name"]), str(step["role"])
    results = [str(one["result"]) for one in _list(step, "answers")] or [""]
    nodes, flows, rest = _ends(id_, contract.variable, results)
    drawn = [(f"{id_}_Start", 160, _EVENT), (f"{id_}_Taak", 260, _TASK), *nodes]
    return _TEXT.format(
        id=id_,
        key=quoteattr(id_),
        name=quoteattr(name),
        role=quoteattr(role),
        form=quoteattr(id_),
        inside="".join(f"      <flowNodeRef>{one[0]}</flowNodeRef>\n" for one in drawn),
        rest=rest,
        drawn=_drawing(drawn, [(f"{id_}_Begin", f"{id_}_Start", f"{id_}_Taak"), *flows]),
    )


def form(point: str, step: Mapping[str, object], contract: Contract) -> dict[str, object]:
    """The form of a step: its own fields, and the answers as a question that must be answered."""
    components = [dict(one) for one in _list(step, "form")]
    answers = _list(step, "answers")
    if answers and contract.variable:
        components.append(
            {
                "type": "radio",
                "key": contract.variable,
                "label": str(step["name"]),
                "validate": {"required": True},
                "values": [{"label": str(one["label"]), "value": str(one["result"])} for one in answers],
            }
        )
    return {"type": "default", "id": key(point), "schemaVersion": 16, "components": components}


def _list(step: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    given = step.get(name, [])
    return [one for one in given if isinstance(one, Mapping)] if isinstance(given, list) else []


Shape = tuple[str, int, tuple[int, int]]
Way = tuple[str, str, str]


def _ends(id_: str, variable: str, results: Sequence[str]) -> tuple[list[Shape], list[Way], str]:
    """What comes after the task: its shapes, its flows, and their BPMN."""
    ends = [f"{id_}_Einde{number}" for number in range(1, len(results) + 1)]
    lines = [f'    <endEvent id="{end}" name={quoteattr(r or "Klaar")}/>' for end, r in zip(ends, results, strict=True)]
    if len(results) == 1:
        lines.append(f'    <sequenceFlow id="{id_}_Klaar" sourceRef="{id_}_Taak" targetRef="{ends[0]}"/>')
        return [(ends[0], 420, _EVENT)], [(f"{id_}_Klaar", f"{id_}_Taak", ends[0])], "\n".join(lines) + "\n"
    gate = f"{id_}_Poort"
    ways = [(f"{id_}_Weg{number}", gate, end) for number, end in enumerate(ends, 1)]
    lines.append(f'    <exclusiveGateway id="{gate}" name="Uitkomst?" default="{ways[-1][0]}"/>')
    lines.append(f'    <sequenceFlow id="{id_}_Klaar" sourceRef="{id_}_Taak" targetRef="{gate}"/>')
    for (way, _, end), result in zip(ways, results, strict=True):
        open_ = f'<sequenceFlow id="{way}" name={quoteattr(result)} sourceRef="{gate}" targetRef="{end}"'
        text = escape(f'={variable} = "{_quoted(result)}"')
        condition = f"><conditionExpression>{text}</conditionExpression></sequenceFlow>" if way != ways[-1][0] else "/>"
        lines.append(f"    {open_}{condition}")
    shapes: list[Shape] = [(gate, 420, _GATE), *((end, 540, _EVENT) for end in ends)]
    return shapes, [(f"{id_}_Klaar", f"{id_}_Taak", gate), *ways], "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _drawing(shapes: Sequence[Shape], flows: Sequence[Way]) -> str:
    """Everything on one line, the ends below each other."""
    boxes: dict[str, tuple[int, int, int, int]] = {}
    below = 0
    for id_, left, (width, height) in shapes:
        down = 0
        if "_Einde" in id_:
            down, below = below * 90, below + 1
        boxes[id_] = (left, _MIDDLE - height // 2 + down, width, height)
    lines = [
        f'    <bpmndi:BPMNShape id="{id_}_di" bpmnElement="{id_}">'
        f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/></bpmndi:BPMNShape>'
        for id_, (x, y, width, height) in boxes.items()
    ]
    for flow, source, target in flows:
        (x, y, width, height), (right, top, _, tall) = boxes[source], boxes[target]
        begin, end = (x + width, y + height // 2), (right, top + tall // 2)
        turn = [] if begin[1] == end[1] else [(x + width // 2, end[1])]
        points = [(x + width // 2, y + height), *turn, end] if turn else [begin, end]
        way = "".join(f'<di:waypoint x="{px}" y="{py}"/>' for px, py in points)
        lines.append(f'    <bpmndi:BPMNEdge id="{flow}_di" bpmnElement="{flow}">{way}</bpmndi:BPMNEdge>')
    return "\n".join(lines) + "\n"
