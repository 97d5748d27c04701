"""Puts steps into a flow, before or behind another, and draws them when the file has a drawing."""

from dataclasses import dataclass, field
from typing import Final

from bpmn.adopt.source import Source
from bpmn.edit import drawing
from bpmn.edit.drawing import Drawing, canvas
from bpmn.edit.drawing.box import Box
from bpmn.edit.drawing.canvas import Shape
from bpmn.readers.names import BPMN, Element, child, local

_START: Final = 36
_GAP: Final = 50
_ROW: Final = 60


@dataclass(slots=True)
class Steps:
    """The planes of the file, read once: every inserted step changes them, `finish` writes them."""

    source: Source
    _planes: list[Drawing] | None = field(default=None)

    def before(self, node: Element, tag: str, name: str) -> Element:
        """A new step through which every way into `node` goes."""
        document = self.source.document
        ways = document.flows("targetRef", node.get("id") or "")
        first = ways[0] if ways else None
        origin = (first.get("sourceRef") or "") if first is not None else ""
        # Beside the step that comes before it, so in the lane of that one.
        beside = document.element(origin) if document.has(origin) else node
        step = self._made(node, tag, name, beside)
        for way in ways:
            document.turn(way, step.get("id") or "")
        flow = document.new_flow(step, node.get("id") or "", "")
        self._draw(node, step, (origin, first) if first is not None else None, [*ways, flow])
        return step

    def behind(self, node: Element, tag: str, name: str) -> Element:
        """A new step from which every way out of `node` goes on, with its condition and as default."""
        document, id_ = self.source.document, node.get("id") or ""
        ways = document.flows("sourceRef", id_)
        step = self._made(node, tag, name)
        default = node.attrib.pop("default", "") if len(ways) > 1 else ""
        for way in ways:
            document.unlink(way)
            way.set("sourceRef", step.get("id") or "")
            if document.has(way.get("targetRef") or ""):
                document.link(way)
        if default:
            step.set("default", default)
        flow = document.new_flow(node, step.get("id") or "", "")
        self._draw(node, step, (id_, ways[0] if ways else None), [flow, *ways])
        return step

    def on(self, flow: Element, tag: str, name: str) -> Element:
        """A new step in one flow."""
        document = self.source.document
        begin, target = document.node(flow.get("sourceRef") or ""), flow.get("targetRef") or ""
        step = self._made(begin, tag, name)
        document.turn(flow, step.get("id") or "")
        self._draw(begin, step, (begin.get("id") or "", flow), [flow, document.new_flow(step, target, "")])
        return step

    def start(self, scope: Element, nodes: list[Element], name: str = "") -> Element:
        """A start event from which these nodes begin."""
        document = self.source.document
        front = child(scope, "extensionElements")
        step = document.create(scope, "startEvent", scope.index(front) + 1 if front is not None else _front(scope))
        document.give_id(step, "StartEvent")
        if name:
            step.set("name", name)
        flows = [document.new_flow(step, node.get("id") or "", "") for node in nodes]
        self._lane(nodes[0], step)
        picture = self._plane(nodes[0])
        if picture is not None:
            target = picture.canvas.shapes[nodes[0].get("id") or ""]
            id_, box = step.get("id") or "", _left(picture, target)
            picture.canvas.shapes[id_] = Shape(id_, "startEvent", box, scope=target.scope)
            for flow in flows:
                drawing.draw_flow(picture, flow)
        return step

    def draw_missing(self) -> None:
        """Draws the flows that the file had not drawn (those without an id could not be), when both their ends are."""
        root, document = self.source.root, self.source.document
        drawn = {e.get("bpmnElement") for e in root.iter(f"{{{canvas.BPMNDI}}}*")}
        for flow in root.iter(f"{{{BPMN}}}sequenceFlow"):
            ends = [flow.get("sourceRef") or "", flow.get("targetRef") or ""]
            if flow.get("id") in drawn or not all(end in drawn and document.has(end) for end in ends):
                continue
            picture = self._plane(document.element(ends[0]))
            if picture is not None and (flow.get("id") or "") not in picture.canvas.edges:
                drawing.draw_flow(picture, flow)

    def finish(self) -> None:
        """Writes the planes back."""
        for plane in self._planes or ():
            drawing.finish(plane)

    def _made(self, node: Element, tag: str, name: str, beside: Element | None = None) -> Element:
        document, parent = self.source.document, node.getparent()
        if parent is None:
            raise AssertionError("a step stands in a process")
        step = document.create(parent, tag, parent.index(node) + 1)
        document.give_id(step, "Gateway" if tag.endswith("Gateway") else "Activity")
        if name:
            step.set("name", name)
        self._lane(beside if beside is not None else node, step)
        return step

    def _lane(self, node: Element, step: Element) -> None:
        for reference in self.source.document.lane_references(node.get("id") or ""):
            lane = reference.getparent()
            if lane is not None:
                place = lane.index(reference) + 1
                self.source.document.create(lane, "flowNodeRef", place).text = step.get("id")

    def _draw(
        self, node: Element, step: Element, where: tuple[str, Element | None] | None, flows: list[Element]
    ) -> None:
        picture = self._plane(node)
        if picture is None:
            return
        if where is not None and where[0] in picture.canvas.shapes:
            lane = next((r.getparent() for r in self.source.document.lane_references(step.get("id") or "")), None)
            edge = (where[1].get("id") or "") if where[1] is not None else ""
            after = where[0]
            drawing.add_step(picture, step, after, edge, (lane.get("id") or "") if lane is not None else "")
        else:
            target = picture.canvas.shapes[node.get("id") or ""]
            box = Box(target.box.x - 150, target.box.y, 100, 80)
            picture.canvas.shapes[step.get("id") or ""] = Shape(
                step.get("id") or "", local(step), box, scope=target.scope
            )
        for flow in flows:
            drawing.draw_flow(picture, flow)

    def _plane(self, node: Element) -> Drawing | None:
        if self._planes is None:
            self._planes = [drawing.measured(each) for each in canvas.planes(self.source.document)]
        return next((each for each in self._planes if (node.get("id") or "") in each.canvas.shapes), None)


def _front(scope: Element) -> int:
    return sum(local(e) == "documentation" for e in scope)


def _left(picture: Drawing, target: Shape) -> Box:
    """Left of the target, in the first row that is free."""
    x = target.box.x - _GAP - _START
    middle = target.box.y + target.box.height / 2 - _START / 2
    rows = [middle + row * _ROW for step in range(20) for row in ((0,) if not step else (-step, step))]
    found = [Box(x, y, _START, _START) for y in rows]
    solids = list(picture.canvas.solids())
    return next((box for box in found if not any(s.box.overlaps(box.grown(10)) for s in solids)), found[0])
