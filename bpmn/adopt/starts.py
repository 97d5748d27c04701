"""Where a process or sub-process begins, when the file did not draw it; and that it may be run."""

from typing import Final

from bpmn.adopt.insert import Steps
from bpmn.adopt.source import Source
from bpmn.readers.names import BPMN, KINDS, Element, child, flag, local

# More beginnings than this are no drawing of anybody; the checks then say that there is no start.
_MOST: Final = 200
_SCOPES: Final = ("process", "subProcess", "transaction")


def settle(source: Source, steps: Steps) -> None:
    """isExecutable, and a drawn start event wherever the other engine began without one."""
    entered = {f.get("targetRef") for f in source.root.iter(f"{{{BPMN}}}sequenceFlow")}
    for process in source.root.findall(f"{{{BPMN}}}process"):
        if process.get("isExecutable") is None:
            process.set("isExecutable", "true")
            source.notes.info(
                "no-is-executable",
                process,
                "isExecutable ontbrak; het proces is nu uitvoerbaar.",
                "isExecutable was missing; the process can be run now.",
            )
    for tag in _SCOPES:
        for scope in list(source.root.iter(f"{{{BPMN}}}{tag}")):
            if not flag(scope, "triggeredByEvent"):
                _scope(source, steps, scope, entered)


def _scope(source: Source, steps: Steps, scope: Element, entered: set[str | None]) -> None:
    starts = [e for e in scope if local(e) == "startEvent"]
    plain = [e for e in starts if not _triggered(e)]
    if not starts:
        begin = [e for e in scope if local(e) in KINDS and e.get("id") not in entered and _may_begin(e)]
        if 0 < len(begin) <= _MOST:
            steps.start(scope, begin)
            source.notes.info(
                "implicit-start",
                scope,
                "Er was geen startgebeurtenis; die is getekend.",
                "There was no start event; it is drawn now.",
            )
    elif not plain and len(starts) == 1:
        ways = source.document.flows("sourceRef", starts[0].get("id") or "")
        targets = [e for e in scope if e.get("id") in {way.get("targetRef") for way in ways}]
        if targets:
            steps.start(scope, targets)
            source.notes.info(
                "started-by-hand",
                starts[0],
                "De andere engine liet dit proces ook met de hand starten. Daarvoor is een gewone start getekend; haal"
                " die weg als dat niet moet kunnen.",
                "The other engine let people start this process by hand too. A plain start is drawn for that; remove it"
                " when that must not be possible.",
            )


def _triggered(event: Element) -> bool:
    return any(local(e).endswith(("EventDefinition", "eventDefinitionRef")) for e in event)


def _may_begin(e: Element) -> bool:
    if e.get("attachedToRef") or flag(e, "isForCompensation") or flag(e, "triggeredByEvent"):
        return False
    return not (local(e) == "intermediateCatchEvent" and child(e, "linkEventDefinition") is not None)
