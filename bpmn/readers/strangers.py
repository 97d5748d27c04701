"""Files and elements of other languages that are given as BPMN: what they are, and where they belong."""

from typing import Final

from bpmn.readers.names import Element, local, space
from bpmn.readers.notes import Notes

_LANGUAGES: Final = (
    (
        "omg.org/spec/DMN/",
        "Dit is een DMN-bestand. Zet het in de map decisions van het pakket.",
        "This is a DMN file. Put it in the folder decisions of the package.",
    ),
    (
        "omg.org/spec/CMMN/",
        "Dit is CMMN, en dat wordt niet ondersteund. Teken de zaak als proces, met een ad-hoc deelproces.",
        "This is CMMN, which is not supported. Draw the case as a process, with an ad-hoc sub-process.",
    ),
    (
        "wfmc.org/",
        "Dit is XPDL. Bewaar het proces in uw editor als BPMN 2.0.",
        "This is XPDL. Save the process as BPMN 2.0 in your editor.",
    ),
)
_XINCLUDE: Final = "http://www.w3.org/2001/XInclude"


def not_bpmn(notes: Notes, root: Element) -> None:
    """Say what a file is whose root is no BPMN 2.0."""
    namespace = space(str(root.tag))
    known = next(((nl, en) for part, nl, en in _LANGUAGES if part in namespace), None)
    if known is None and local(root) == "definitions":
        known = (
            f"Dit is geen BPMN 2.0: de naamruimte is '{namespace}'. Bewaar het in uw editor opnieuw als BPMN 2.0.",
            f"This is no BPMN 2.0: the namespace is '{namespace}'. Save it again as BPMN 2.0 in your editor.",
        )
    nl, en = known or (
        f"Dit is geen BPMN-bestand: het begint met '{local(root)}'. Kies een bestand van een BPMN-editor.",
        f"This is no BPMN file: it begins with '{local(root)}'. Choose a file made by a BPMN editor.",
    )
    notes.error("not-bpmn", root, nl, en)


def not_included(notes: Notes, element: Element) -> None:
    """Say that another file is never read from inside this one."""
    if space(str(element.tag)) == _XINCLUDE:
        notes.warning(
            "not-included",
            element,
            "Een ander bestand invoegen (XInclude) gebeurt niet. Zet de inhoud zelf in dit bestand.",
            "Another file is not included (XInclude). Put its content into this file.",
        )
