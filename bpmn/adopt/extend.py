"""Writes the extension elements of the canonical form."""

from bpmn.adopt.source import Source
from bpmn.readers.names import ZEEBE, Element, extension, local


def put(source: Source, element: Element, tag: str, **attributes: str) -> Element:
    """The `zeebe` element of that name in an element, made when it is not there, with these attributes."""
    found = extension(element, ZEEBE, tag)
    if found is None:
        box = source.document.extensions(element)
        found = source.document.create(box, f"{{{ZEEBE}}}{tag}", len(box))
    for name, value in attributes.items():
        found.set(name, value)
    return found


def mapping(source: Source, element: Element, way: str, value: str, target: str) -> None:
    """A line of the input (`way` is "input") or output mapping."""
    box = put(source, element, "ioMapping")
    # Inputs stand before outputs.
    place = sum(local(e) == "input" for e in box) if way == "input" else len(box)
    source.document.create(box, f"{{{ZEEBE}}}{way}", place, {"source": value, "target": target})


def keep(source: Source, element: Element, name: str, value: str) -> None:
    """What has no place in the canonical form, as a property that editors show and the reader names."""
    box = put(source, element, "properties")
    source.document.create(box, f"{{{ZEEBE}}}property", len(box), {"name": name, "value": value})
