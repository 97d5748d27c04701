"""Reads BPMN files of several dialects into the one process model, with findings; nothing is dropped silently."""

from bpmn import xml
from bpmn.model import Finding, Process
from bpmn.readers import pools
from bpmn.readers.camunda7 import CAMUNDA
from bpmn.readers.dialect import Dialect, Reading
from bpmn.readers.flowable import FLOWABLE_DIALECT
from bpmn.readers.names import BPMN, CAMUNDA7, FLOWABLE, KINDS, ZEEBE, Element, attributes, is_plus1, local, space
from bpmn.readers.notes import Notes
from bpmn.readers.process import read_process
from bpmn.readers.strangers import not_bpmn, not_included
from bpmn.readers.vendor import Vendor
from bpmn.readers.zeebe import Zeebe

__all__ = ["read"]

MAXIMUM = 10_000
UNUSED = (
    "extensionElements documentation extension dataStore interface endPoint relationship resource partnerEntity"
    " partnerRole correlationProperty"
)
_TOP = ("process", "collaboration", "message", "signal", "error", "escalation", "itemDefinition", "category", "import")


def read(source: bytes, path: str = "") -> tuple[tuple[Process, ...], tuple[Finding, ...]]:
    """The processes of a BPMN file and the findings; no processes when it cannot be read.

    The dialect follows from the namespaces in use: zeebe (Camunda 8), camunda or operaton, flowable or activiti.
    A file without any of them is read as Camunda 8 when it uses our own vocabulary, else leniently."""
    notes = Notes(path)
    try:
        root = xml.parse(source, path)
    except xml.Unreadable as unreadable:
        return (), unreadable.findings
    if root.tag != f"{{{BPMN}}}definitions":
        not_bpmn(notes, root)
        return (), tuple(notes.found)
    number = sum(local(e) in KINDS for e in root.iter())
    if number > MAXIMUM:
        notes.error(
            "too-many-nodes",
            root,
            f"Het bestand heeft {number} elementen; het maximum is {MAXIMUM}. Splits het proces.",
            f"The file has {number} elements; the maximum is {MAXIMUM}. Split the process.",
        )
        return (), tuple(notes.found)
    reading = Reading(root, notes, _dialect(root, notes))
    reading.definitions = {e.get("id") or "": e for e in root if e.get("id")}
    for e in root:
        _top(reading, e)
    pools.check(reading)
    processes = tuple(read_process(reading, e) for e in root if e.tag == f"{{{BPMN}}}process")
    if not processes:
        notes.error(
            "no-process",
            root,
            "Het bestand bevat geen proces. Teken een proces en sla het bestand opnieuw op.",
            "The file contains no process. Draw one and save the file again.",
        )
    return processes, tuple(notes.found)


def _top(reading: Reading, e: Element) -> None:
    tag = local(e)
    not_included(reading.notes, e)
    if space(e.tag) != BPMN or tag == "process":
        return
    if tag in _TOP or tag.endswith("EventDefinition"):
        reading.dialect.unread(reading, e)
    elif tag not in UNUSED.split():
        reading.notes.error(
            "unsupported-element",
            e,
            f"'{tag}' kan niet worden uitgevoerd. Haal het element weg of gebruik een ander.",
            f"'{tag}' cannot be run. Remove the element or use another.",
        )


def _dialect(root: Element, notes: Notes) -> Dialect:
    used: set[str] = set()
    for e in root.iter():
        used.add(space(e.tag))
        used.update(space(name) for name, _ in attributes(e))
    declared = used | set(root.nsmap.values())
    if ZEEBE in declared or any(is_plus1(f"{{{u}}}x") for u in declared):
        return Zeebe()
    # A file that was converted once still declares the engine that it came from: what is written counts first.
    for names in (used, declared):
        families = [dialect for dialect in (FLOWABLE_DIALECT, CAMUNDA) if names & set(dialect.namespaces)]
        if families:
            return families[0] if len(families) == 1 else Vendor((*CAMUNDA7, *FLOWABLE))
    notes.info(
        "no-dialect",
        root,
        "Het bestand noemt geen engine; het is ruim gelezen, als Camunda 7.",
        "The file names no engine; it was read leniently, as Camunda 7.",
    )
    return CAMUNDA
