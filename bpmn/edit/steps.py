"""Adds, renames and equips steps."""

from typing import Final

from lxml import etree

from bpmn.edit import drawing
from bpmn.edit.document import XSI, Document
from bpmn.edit.errors import Refused, clean_name, clean_text
from bpmn.edit.flows import check_source, check_target
from bpmn.readers.names import BPMN, CAMUNDA7, FLOWABLE, KINDS, ZEEBE, Element, extension, local

# What one may add: the BPMN element, and what an event waits for.
KINDS_TO_ADD: Final = {
    "userTask": ("userTask", ""),
    "serviceTask": ("serviceTask", ""),
    "businessRuleTask": ("businessRuleTask", ""),
    "manualTask": ("manualTask", ""),
    "exclusiveGateway": ("exclusiveGateway", ""),
    "parallelGateway": ("parallelGateway", ""),
    "endEvent": ("endEvent", ""),
    "timerCatchEvent": ("intermediateCatchEvent", "timerEventDefinition"),
    "messageCatchEvent": ("intermediateCatchEvent", "messageEventDefinition"),
}
_NAMED: Final = KINDS | {"sequenceFlow", "lane", "participant", "process"}
_MOST_FORM: Final = 200


def add_step(source: bytes, after: str, kind: str, name: str, flow: str | None = None) -> bytes:
    """The file with a new step behind `after`: in `flow`, one of its ways out; else in its only way out; as a new
    branch when it is a gateway; as its first way out when it has none. `kind`: one of KINDS_TO_ADD. Raises Refused."""
    if kind not in KINDS_TO_ADD:
        choices = ", ".join(KINDS_TO_ADD)
        nl, en = f"De soort '{kind[:40]}' is onbekend. Kies uit: {choices}.", f"Unknown kind. Choose from: {choices}."
        raise Refused("unknown-kind", nl, en)
    document, name = Document(source), clean_name(name)
    before = document.node(after)
    way = _way(document, before, flow)
    tag, trigger = KINDS_TO_ADD[kind]
    if way is not None and tag == "endEvent":
        raise Refused(
            "end-in-flow",
            "Een einde kan niet midden in een pijl staan: er komt nog een stap na. Voeg het toe na een keuze of aan het"
            " eind van een weg.",
            "An end cannot stand in a flow: a step follows. Add it after a choice, or where a way ends.",
            after,
        )
    check_source(before)
    check_target(before, tag)
    picture = drawing.start(document, after)
    step = _make(document, before, tag, trigger, name, (after, kind, flow or ""))
    if way is not None:
        behind = way.get("targetRef") or ""
        document.turn(way, step.get("id") or "")
        changed = [way, document.new_flow(step, behind, "")]
    else:
        changed = [document.new_flow(before, step.get("id") or "", "")]
    lane = _same_lane(document, before, step)
    if picture is not None:
        drawing.add_step(picture, step, after, (way.get("id") or "") if way is not None else "", lane)
        for each in changed:
            drawing.draw_flow(picture, each)
        drawing.finish(picture)
    return document.bytes()


def _way(document: Document, before: Element, flow: str | None) -> Element | None:
    """The flow that the new step comes into; None for a new branch or a first way out."""
    id_ = before.get("id") or ""
    ways = document.flows("sourceRef", id_)
    if flow is not None:
        chosen = document.flow(flow)
        if chosen not in ways:
            raise Refused(
                "other-flow",
                f"De pijl '{flow}' begint niet bij '{before.get('name') or id_}'. Kies een pijl die daar begint.",
                f"The flow '{flow}' does not begin at '{before.get('name') or id_}'. Choose one that begins there.",
                flow,
            )
        return chosen
    if local(before).endswith("Gateway") and len(ways) != 1:
        return None
    if local(before).endswith("Gateway"):
        joins = len(document.flows("targetRef", id_)) > 1
        return ways[0] if joins else None
    if len(ways) > 1:
        raise Refused(
            "which-flow",
            f"Uit '{before.get('name') or id_}' gaan {len(ways)} pijlen. Kies in welke pijl de stap komt.",
            f"{len(ways)} flows leave '{before.get('name') or id_}'. Choose the one for the step.",
            id_,
        )
    return ways[0] if ways else None


def _make(document: Document, before: Element, tag: str, trigger: str, name: str, content: tuple[str, ...]) -> Element:
    prefix = "Event" if tag.endswith("Event") else "Gateway" if tag.endswith("Gateway") else "Activity"
    parent = before.getparent()
    if parent is None:
        raise AssertionError("a step stands in a process")
    id_ = document.new_id(prefix, name, *content)
    step = document.create(parent, tag, parent.index(before) + 1, {"id": id_})
    if name:
        step.set("name", name)
    if tag == "userTask" and ZEEBE in document.root.nsmap.values():
        box = document.extensions(step)
        document.create(box, f"{{{ZEEBE}}}userTask", 0)
    if trigger:
        stem = trigger[0].upper() + trigger[1:]
        definition = document.create(step, trigger, len(step), {"id": document.new_id(stem, id_)})
        if trigger == "timerEventDefinition":
            duration = document.create(definition, "timeDuration", 0)
            duration.set(f"{{{XSI}}}type", f"{document.bpmn_prefix()}tFormalExpression")
    return step


def _same_lane(document: Document, before: Element, step: Element) -> str:
    """Puts the step in the lane of the one before it, and tells which that is."""
    references = document.lane_references(before.get("id") or "")
    inner = ""
    for reference in references:
        lane = reference.getparent()
        if lane is not None:
            document.create(lane, "flowNodeRef", lane.index(reference) + 1).text = step.get("id")
            inner = lane.get("id") or ""
    return inner


def rename(source: bytes, id_: str, name: str) -> bytes:
    """The file with another name for a step, flow, lane, pool or process; "" takes the name away. Raises Refused."""
    document, name = Document(source), clean_name(name)
    element = document.element(id_)
    if local(element) not in _NAMED:
        nl, en = "Dit element heeft geen naam die u kunt wijzigen.", "This element has no name that you can change."
        raise Refused("no-name", f"{nl} Kies een stap, pijl of baan.", f"{en} Choose a step, flow or lane.", id_)
    picture = drawing.start(document, id_)
    if name:
        element.set("name", name)
    elif "name" in element.attrib:
        del element.attrib["name"]
    if picture is not None:
        drawing.rename(picture, id_, name)
        drawing.finish(picture)
    return document.bytes()


def set_form(source: bytes, id_: str, form: str | None) -> bytes:
    """The file with a form (its id) for a user task or a start event; None takes it away. Raises Refused."""
    document = Document(source)
    element = document.node(id_)
    if local(element) not in ("userTask", "startEvent"):
        nl, en = (
            "Een formulier hoort bij een taak voor een persoon of een begin.",
            "A form is for a user task or a start.",
        )
        raise Refused("no-form", f"{nl} Kies zo'n stap.", f"{en} Choose such a step.", id_)
    if set(document.root.nsmap.values()) & {*CAMUNDA7, *FLOWABLE}:
        nl, en = "Dit bestand is voor een andere engine.", "This file is for another engine."
        raise Refused("other-engine", f"{nl} Zet het eerst om.", f"{en} Convert it first.", id_)
    old = extension(element, ZEEBE, "formDefinition")
    form = clean_text(form or "")
    if len(form) > _MOST_FORM:
        nl, en = "Dit id van een formulier is te lang. Kies een formulier uit de lijst.", "This form id is too long."
        raise Refused("form-too-long", nl, f"{en} Choose a form from the list.", id_)
    if form and old is not None:
        for name in list(old.attrib):
            del old.attrib[name]
        old.set("formId", form)
    elif form:
        box = document.extensions(element)
        behind = extension(element, ZEEBE, "userTask")
        place = box.index(behind) + 1 if behind is not None else 0
        document.create(box, etree.QName(ZEEBE, "formDefinition").text, place, {"formId": form})
    elif old is not None:
        document.remove(old)
        _drop_empty(document, element)
    return document.bytes()


def _drop_empty(document: Document, element: Element) -> None:
    box = element.find(f"{{{BPMN}}}extensionElements")
    if box is not None and len(box) == 0:
        document.remove(box)
