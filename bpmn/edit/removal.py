"""Deletes steps and flows, and joins what they stood between."""

from bpmn.edit import drawing
from bpmn.edit.document import Document
from bpmn.edit.errors import Refused
from bpmn.edit.flows import check_target
from bpmn.readers.names import BPMN, Element, flag, local

_JOINS_ALL = frozenset({"parallelGateway", "inclusiveGateway", "complexGateway"})
_LINKS = ("messageFlow", "association")


def delete(source: bytes, id_: str) -> bytes:
    """The file without that step or flow. What came before a step with one way out goes on to what came after; its
    boundary events and their flows go along, and so does what stands in a sub-process. Raises Refused."""
    document = Document(source)
    element = document.element(id_)
    if local(element) == "sequenceFlow":
        _drop_flow(document, element)
        return document.bytes()
    document.node(id_)
    _check_start(document, element)
    healed = _heal(document, element)
    gone = _drop_step(document, element)
    drawing.erase(document, gone)
    picture = drawing.start(document, healed[0].get("sourceRef") or "") if healed else None
    if picture is not None:
        for flow in healed:
            drawing.draw_flow(picture, flow)
        drawing.finish(picture)
    return document.bytes()


def _check_start(document: Document, element: Element) -> None:
    scope = element.getparent()
    if local(element) != "startEvent" or scope is None:
        return
    if sum(local(e) == "startEvent" for e in scope) == 1:
        raise Refused(
            "only-start",
            "Dit is het enige begin. Zonder begin kan het proces niet starten: voeg eerst een ander begin toe.",
            "This is the only start. Without one the process cannot begin: add another start first.",
            element.get("id") or "",
        )


def _heal(document: Document, element: Element) -> list[Element]:
    """The flows into the step, led to what comes after it; none when that is not one clear thing."""
    id_ = element.get("id") or ""
    into, out = document.flows("targetRef", id_), document.flows("sourceRef", id_)
    if len(out) != 1 or not into or (len(into) > 1 and local(element) in _JOINS_ALL):
        return []
    if not all(
        document.has(each) for each in (out[0].get("targetRef") or "", *(f.get("sourceRef") or "" for f in into))
    ):
        return []
    target = document.node(out[0].get("targetRef") or "")
    if any(not _may_follow(document, flow, target) for flow in into):
        return []
    for flow in into:
        document.turn(flow, target.get("id") or "")
    return into


def _may_follow(document: Document, flow: Element, target: Element) -> bool:
    begin = document.node(flow.get("sourceRef") or "")
    try:
        check_target(begin, local(target))
    except Refused:
        return False
    return begin is not target and not flag(target, "triggeredByEvent")


def _drop_flow(document: Document, flow: Element) -> None:
    id_ = flow.get("id") or ""
    document.unlink(flow)
    links = _links(document, {id_})
    drawing.erase(document, {id_, *(link.get("id") or "" for link in links)})
    for each in (flow, *links):
        document.remove(each)


def _drop_step(document: Document, element: Element) -> set[str]:
    """Takes the step away with what hangs on it; the ids that are gone."""
    going = [element, *document.attached(element.get("id") or "")]
    ids = {inner.get("id") or "" for each in going for inner in each.iter(f"{{{BPMN}}}*") if inner.get("id")}
    ends = ("sourceRef", "targetRef")
    flows = [f for f in document.root.iter(f"{{{BPMN}}}sequenceFlow") if any(f.get(end) in ids for end in ends)]
    ids |= {flow.get("id") or "" for flow in flows}
    for link in _links(document, ids):
        ids.add(link.get("id") or "")
        document.remove(link)
    for flow in flows:
        document.unlink(flow)
        document.remove(flow)
    for reference in [r for r in document.root.iter(f"{{{BPMN}}}flowNodeRef") if (r.text or "").strip() in ids]:
        document.remove(reference)
    for each in going:
        document.remove(each)
    return ids


def _links(document: Document, ids: set[str]) -> list[Element]:
    """Message flows and associations that begin or end at one of those."""
    found = (e for tag in _LINKS for e in document.root.iter(f"{{{BPMN}}}{tag}"))
    return [e for e in found if {e.get("sourceRef"), e.get("targetRef")} & ids]
