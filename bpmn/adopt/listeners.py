"""Listeners of other engines become steps: drawn, in the flow, where people see them."""

from typing import Final

from bpmn.adopt import code, loops, people, scripts, work
from bpmn.adopt.insert import Steps
from bpmn.adopt.source import Source
from bpmn.model import ACTIVITIES
from bpmn.readers.names import BPMN, Element, child, flag, local, space

_LISTENERS: Final = ("executionListener", "taskListener")
# More than this and the drawing is no drawing any more.
_MOST: Final = 200
_BEFORE: Final = frozenset({"start", "create"})
_BEHIND: Final = frozenset({"end", "complete"})
_JOINS: Final = frozenset({"parallelGateway", "inclusiveGateway"})


def translate(source: Source, steps: Steps) -> None:
    """Every listener, in file order; several in one place keep their order."""
    made = 0
    for element in [e for e in source.root.iter(f"{{{BPMN}}}*") if source.own(e, *_LISTENERS)]:
        listeners = source.own(element, *_LISTENERS)
        # The step put directly behind something comes before those put there earlier.
        behind = [e for e in listeners if (e.get("event") or "start") in _BEHIND]
        for listener in [*(e for e in listeners if e not in behind), *reversed(behind)]:
            made += 1
            reason = (
                ("te veel luisteraars", "too many listeners") if made > _MOST else _refusal(source, element, listener)
            )
            if local(element) == "userTask" and people.arranged(source, element, listener):
                source.drop(listener)
            elif reason is not None:
                _open(source, element, listener, reason)
            else:
                _step(source, steps, element, listener)


def _refusal(source: Source, element: Element, listener: Element) -> tuple[str, str] | None:
    """Why no step can stand for the listener; None when one can."""
    event, tag = listener.get("event") or ("take" if local(element) == "sequenceFlow" else "start"), local(element)
    nowhere = ("zo'n moment is er hier niet", "there is no such moment here")
    if tag == "sequenceFlow":
        ends = [source.document.has(element.get(end) or "") for end in ("sourceRef", "targetRef")]
        return None if event == "take" and all(ends) else nowhere
    if event not in _BEFORE | _BEHIND:
        return nowhere
    if tag in ("process", "participant", "lane"):
        return (
            None
            if _edge(source, element, event) is not None
            else ("het proces heeft meer dan één begin of einde", "the process has more than one start or end")
        )
    if loops.is_multiple(element):
        return ("de stap wordt meer keren gedaan", "the step is done several times")
    if flag(element, "isForCompensation") or flag(element, "triggeredByEvent"):
        return ("de stap staat buiten de stroom", "the step stands beside the flow")
    before = event in _BEFORE and tag not in ("startEvent", "boundaryEvent")
    if tag not in ACTIVITIES and not tag.endswith(("Event", "Gateway")):
        return nowhere
    return _unfit(source, element, before)


def _unfit(source: Source, element: Element, before: bool) -> tuple[str, str] | None:
    """Why no step can stand before or behind this element."""
    tag, id_ = local(element), element.get("id") or ""
    jump = child(element, "linkEventDefinition") is not None
    undo = tag == "boundaryEvent" and child(element, "compensateEventDefinition") is not None
    if jump or undo or ((before or tag == "endEvent") and not source.document.flows("targetRef", id_)):
        return ("er gaat op deze plek geen pijl in of uit", "no flow comes in or goes out at this place")
    if before and tag == "complexGateway" and _joins(source, element):
        return ("hier komen wegen samen", "ways come together here")
    if before and _after_event_gateway(source, element):
        return ("de gebeurtenis staat achter een gebeurtenispoort", "the event stands behind an event-based gateway")
    ways = source.document.flows("sourceRef", id_)
    if not before and tag.endswith("Gateway") and (len(ways) > 1 or tag == "eventBasedGateway"):
        return (
            "achter een keuze moet de stap op de gekozen pijl staan",
            "behind a choice it must stand on the way taken",
        )
    return None


def _step(source: Source, steps: Steps, element: Element, listener: Element) -> None:
    called = code.found(source, listener, listener.get)
    script = next((e for e in listener if local(e) == "script"), None)
    text = (script.text or "") if script is not None else (called.text if called is not None else "")
    sets = scripts.assignments(text)
    if called is None and script is None:
        _open(source, element, listener, ("hij zegt niet wat hij doet", "it does not say what it does"))
        return
    tag = "scriptTask" if sets is not None or called is None else "serviceTask"
    name = called.label if called is not None and sets is None else "Gegevens zetten" if sets else "Script"
    step = _placed(source, steps, element, listener, tag, name)
    if sets is not None:
        scripts.write(source, step, sets)
        source.drop(listener)
        return
    if called is not None:
        work.give(source, step, called)
        work.tell(source, step, called, listener)
    else:
        _script(source, step, listener, script)
    source.left_open(listener)
    source.drop(listener)


def _placed(source: Source, steps: Steps, element: Element, listener: Element, tag: str, name: str) -> Element:
    event = listener.get("event") or "start"
    if local(element) == "sequenceFlow":
        return steps.on(element, tag, name)
    target = _edge(source, element, event) if local(element) in ("process", "participant", "lane") else element
    if target is None:
        raise AssertionError("a place was looked for before")
    edge = target is not element
    if local(target) == "endEvent" or (
        event in _BEFORE and not edge and local(target) not in ("startEvent", "boundaryEvent")
    ):
        joining = local(target) in _JOINS and _joins(source, target)
        step = steps.before(target, tag, name)
        if joining:
            # The ways come together first, as they did, and then the step is done once.
            steps.before(step, local(target), "")
        return step
    return steps.behind(target, tag, name)


def _edge(source: Source, process: Element, event: str) -> Element | None:
    """The only start event of a process, or its only end."""
    tag = "startEvent" if event in _BEFORE else "endEvent"
    found = [e for e in process if local(e) == tag and space(str(e.tag)) == BPMN]
    return found[0] if len(found) == 1 else None


def _joins(source: Source, element: Element) -> bool:
    return len(source.document.flows("targetRef", element.get("id") or "")) > 1


def _after_event_gateway(source: Source, element: Element) -> bool:
    document = source.document
    ways = {way.get("sourceRef") or "" for way in document.flows("targetRef", element.get("id") or "")}
    return any(document.has(id_) and local(document.element(id_)) == "eventBasedGateway" for id_ in ways)


def _script(source: Source, step: Element, listener: Element, script: Element | None) -> None:
    """The text stays with the step, which cannot run until somebody rewrites it."""
    inner = source.document.create(step, "script", len(step))
    inner.text = (script.text or script.get("resource")) if script is not None else ""
    language = (script.get("scriptFormat") if script is not None else None) or ""
    if language:
        step.set("scriptFormat", language)
    source.notes.error(
        "script-refused",
        listener,
        f"Een luisteraar met een script ({language or 'zonder taal'}) is nu een stap, maar wordt niet uitgevoerd."
        " Schrijf de berekening in FEEL, of haal de stap weg.",
        f"A listener with a script ({language or 'no language'}) is a step now, but scripts are not run. Write the"
        " calculation in FEEL, or remove the step.",
        step.get("id") or "",
    )


def _open(source: Source, element: Element, listener: Element, reason: tuple[str, str]) -> None:
    source.left_open(listener)
    event = listener.get("event") or "start"
    source.notes.warning(
        "listener-left",
        listener,
        f"Een luisteraar ('{event}') kan geen stap worden: {reason[0]}. Teken zelf een stap, of laat hem weg.",
        f"A listener ('{event}') cannot become a step: {reason[1]}. Draw a step yourself, or leave it out.",
        element.get("id") or "",
    )
