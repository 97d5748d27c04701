"""Connects steps, and says when a flow is taken."""

from typing import Final

from bpmn.edit import drawing
from bpmn.edit.document import XSI, Document
from bpmn.edit.errors import Refused, clean_name, clean_text
from bpmn.model import ACTIVITIES
from bpmn.readers.names import ZEEBE, Element, child, flag, is_plus1, local

_CHOICES: Final = frozenset({"exclusiveGateway", "inclusiveGateway", "complexGateway"})
_CATCHING: Final = frozenset({"intermediateCatchEvent", "receiveTask"})


def connect(source: bytes, begin: str, end: str, condition: str | None = None, name: str = "") -> bytes:
    """The file with a new flow from `begin` to `end`. Raises Refused."""
    document, name, condition = Document(source), clean_name(name), clean_text(condition or "")
    first, last = document.node(begin), document.node(end)
    check_source(first)
    check_target(first, local(last))
    _check_ends(document, first, last)
    if condition:
        _check_condition(first, "")
    picture = drawing.start(document, begin)
    flow = document.new_flow(first, end, name)
    if condition:
        _set_condition(document, flow, condition)
    if picture is not None:
        drawing.draw_flow(picture, flow)
        drawing.finish(picture)
    return document.bytes()


def check_source(begin: Element) -> None:
    """Raises Refused when nothing can follow that step."""
    if local(begin) == "endEvent":
        nl, en = "Na een einde komt niets meer.", "Nothing follows an end."
        nl, en = (
            f"{nl} Begin bij een andere stap, of verwijder het einde.",
            f"{en} Begin at another step, or remove it.",
        )
        raise Refused("from-end", nl, en, begin.get("id") or "")
    if child(begin, "linkEventDefinition") is not None and local(begin) == "intermediateThrowEvent":
        nl, en = (
            "Na een sprong gaat het verder bij de gebeurtenis met dezelfde naam.",
            "A link goes on at its namesake.",
        )
        raise Refused("from-link", f"{nl} Begin daar.", f"{en} Begin there.", begin.get("id") or "")
    if child(begin, "compensateEventDefinition") is not None and local(begin) == "boundaryEvent":
        nl, en = "Terugdraaien wijst een stap aan, zonder pijl.", "Compensation points at a step, without a flow."
        nl, en = f"{nl} Verbind het in het diagram.", f"{en} Connect it in the diagram."
        raise Refused("from-compensation", nl, en, begin.get("id") or "")
    if _aside(begin):
        _refuse_aside(begin)


def check_target(begin: Element, kind: str) -> None:
    """Raises Refused when a step of that kind cannot come behind `begin`."""
    if kind == "startEvent":
        nl, en = "Een pijl kan niet naar een begin lopen.", "A flow cannot lead to a start."
        nl, en = f"{nl} Kies de stap na het begin.", f"{en} Choose the step after it."
        raise Refused("into-start", nl, en, begin.get("id") or "")
    if kind == "boundaryEvent":
        nl, en = "Een pijl kan niet naar een randgebeurtenis lopen.", "A flow cannot lead to a boundary event."
        raise Refused("into-boundary", f"{nl} Kies een stap.", f"{en} Choose a step.", begin.get("id") or "")
    if local(begin) == "eventBasedGateway" and kind not in _CATCHING:
        raise Refused(
            "after-event-gateway",
            "Na 'wat het eerst gebeurt' kan alleen een wachtende gebeurtenis komen. Kies wachten op tijd of bericht.",
            "Only a catching event can follow an event-based gateway. Choose waiting for time or a message.",
            begin.get("id") or "",
        )


def _check_ends(document: Document, first: Element, last: Element) -> None:
    begin, end = first.get("id") or "", last.get("id") or ""
    if first is last:
        nl, en = "Een stap kan niet naar zichzelf lopen.", "A step cannot lead to itself."
        raise Refused("to-itself", f"{nl} Gebruik een keuze om te herhalen.", f"{en} Use a choice to repeat it.", begin)
    if first.getparent() is not last.getparent():
        raise Refused(
            "across-border",
            "Een pijl kan een deelproces niet in of uit lopen. Kies twee stappen binnen hetzelfde deelproces.",
            "A flow cannot cross the border of a sub-process. Choose two steps in the same one.",
            begin,
        )
    if _aside(last):
        _refuse_aside(last)
    same = [f for f in document.flows("sourceRef", begin) if f.get("targetRef") == end]
    if same and local(first) not in _CHOICES:
        nl, en = "Deze twee stappen zijn al verbonden.", "These two steps are connected already."
        raise Refused("connected", f"{nl} Wijzig die pijl.", f"{en} Change that flow.", same[0].get("id") or "")


def _aside(element: Element) -> bool:
    """Whether it stands beside the flow: a sub-process of an event, or work that undoes."""
    return flag(element, "triggeredByEvent") or flag(element, "isForCompensation")


def _refuse_aside(element: Element) -> None:
    raise Refused(
        "beside-flow",
        "Deze stap begint door een gebeurtenis, niet door een pijl. Kies een andere stap.",
        "This step begins by an event, not by a flow. Choose another step.",
        element.get("id") or "",
    )


def set_condition(source: bytes, flow: str, condition: str | None) -> bytes:
    """The file with another condition on a flow; None takes it away. Raises Refused."""
    document, condition = Document(source), clean_text(condition or "")
    element = document.flow(flow)
    if condition:
        _check_condition(document.node(element.get("sourceRef") or ""), flow)
    _set_condition(document, element, condition)
    return document.bytes()


def _check_condition(begin: Element, flow: str) -> None:
    if local(begin) not in _CHOICES | ACTIVITIES:
        raise Refused(
            "no-condition",
            "Een voorwaarde kan alleen op een pijl uit een keuze of een taak. Voeg eerst een keuze (XOR) toe.",
            "Only a flow out of a choice or a task can have a condition. Add an exclusive gateway first.",
            flow or begin.get("id") or "",
        )
    if flow and begin.get("default") == flow:
        raise Refused(
            "condition-on-default",
            "Dit is de standaardpijl; die geldt als geen andere geldt. Kies eerst een andere standaardpijl.",
            "This is the default flow, taken when no other is. Choose another default first.",
            flow,
        )


def _set_condition(document: Document, flow: Element, condition: str) -> None:
    found = child(flow, "conditionExpression")
    if not condition:
        if found is not None:
            document.remove(found)
        return
    if found is None:
        found = document.create(flow, "conditionExpression", len(flow))
        found.set(f"{{{XSI}}}type", f"{document.bpmn_prefix()}tFormalExpression")
    spaces = document.root.nsmap.values()
    feel = any(uri == ZEEBE or is_plus1(f"{{{uri}}}x") for uri in spaces)
    # Without the sign it would be a text, which is no condition.
    found.text = f"={condition}" if feel and not condition.startswith("=") else condition


def set_default(source: bytes, step: str, flow: str | None) -> bytes:
    """The file with another default flow out of a gateway or task; a default has no condition. Raises Refused."""
    document = Document(source)
    element = document.node(step)
    if local(element) not in _CHOICES | ACTIVITIES:
        nl, en = "Alleen een keuze of een taak heeft een standaardpijl.", "Only a choice or a task has a default flow."
        raise Refused("no-default", f"{nl} Kies zo'n stap.", f"{en} Choose such a step.", step)
    if flow is None:
        element.attrib.pop("default", "")
        return document.bytes()
    chosen = document.flow(flow)
    if chosen.get("sourceRef") != step:
        nl, en = f"De pijl '{flow}' begint niet bij deze stap.", f"The flow '{flow}' does not begin at this step."
        raise Refused("other-flow", f"{nl} Kies een pijl die daar begint.", f"{en} Choose one that begins there.", flow)
    element.set("default", flow)
    _set_condition(document, chosen, "")
    return document.bytes()
