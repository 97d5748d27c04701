"""Moves a step to another lane."""

from bpmn.edit import drawing
from bpmn.edit.document import Document
from bpmn.edit.errors import Refused
from bpmn.readers.names import BPMN, Element, local


def move_to_lane(source: bytes, id_: str, lane: str) -> bytes:
    """The file with that step, and what hangs on it, in the lane. Raises Refused."""
    document = Document(source)
    step, target = document.node(id_), document.element(lane)
    if local(target) != "lane" or _process(target) is not _process(step):
        nl, en = f"'{lane}' is geen baan van dit proces.", f"'{lane}' is no lane of this process."
        raise Refused("no-lane", f"{nl} Kies een baan uit de lijst.", f"{en} Choose a lane from the list.", lane)
    if local(step) == "boundaryEvent":
        nl, en = "Een randgebeurtenis staat in de baan van haar stap.", "A boundary event is in the lane of its step."
        raise Refused("boundary-lane", f"{nl} Verplaats die stap.", f"{en} Move that step.", id_)
    picture = drawing.start(document, id_)
    if picture is not None and any(e.get("id") in picture.canvas.shapes for e in step):
        nl, en = "Dit deelproces staat open in het diagram.", "This sub-process is open in the diagram."
        raise Refused("open-sub-process", f"{nl} Verplaats het daar.", f"{en} Move it there.", id_)
    for each in (step, *document.attached(id_)):
        for reference in document.lane_references(each.get("id") or ""):
            document.remove(reference)
        place = [
            n + 1 for n, e in enumerate(target) if local(e) in ("extensionElements", "documentation", "flowNodeRef")
        ]
        document.create(target, "flowNodeRef", max(place, default=0)).text = each.get("id")
    if picture is not None:
        if not drawing.move_to_lane(picture, id_, lane):
            raise Refused(
                "lane-outside",
                "Het deelproces van deze stap loopt niet door die baan. Maak het deelproces groter in het diagram.",
                "The sub-process of this step does not run through that lane. Enlarge it in the diagram.",
                id_,
            )
        drawing.finish(picture)
    return document.bytes()


def _process(element: Element) -> Element | None:
    return next(element.iterancestors(f"{{{BPMN}}}process"), None)
