"""Reads event definitions into triggers (BPMN 2.0.2, 10.5)."""

from dataclasses import replace
from typing import Final

from bpmn.model import Expression, Trigger
from bpmn.readers.dialect import Reading
from bpmn.readers.names import Element, child, flag, line, local, ref, text

TIMERS: Final = (("date", "timeDate"), ("duration", "timeDuration"), ("cycle", "timeCycle"))
THROWING: Final = frozenset({"intermediateThrowEvent", "endEvent"})
READ: Final = frozenset(
    {"message", "signal", "timer", "error", "escalation", "conditional", "compensation", "cancel", "terminate", "link"}
)


def triggers(reading: Reading, element: Element) -> tuple[Trigger, ...]:
    """The event definitions inside an event, in file order; also those kept at the top by eventDefinitionRef."""
    found: list[Trigger] = []
    for c in element:
        tag = local(c)
        if tag == "eventDefinitionRef":
            target = reading.definition((c.text or "").strip())
            if target is None:
                _unknown(reading, c, (c.text or "").strip(), element)
            else:
                found.extend(_one(reading, target, element))
        elif tag.endswith("EventDefinition"):
            found.extend(_one(reading, c, element))
    return tuple(found)


def receive(reading: Reading, element: Element) -> tuple[Trigger, ...]:
    """The message that a receive task waits for; none without `messageRef`."""
    return (_named(reading, element, "message", element),) if element.get("messageRef") else ()


def _one(reading: Reading, e: Element, owner: Element) -> tuple[Trigger, ...]:
    kind, at = local(e).removesuffix("EventDefinition").replace("compensate", "compensation"), line(e)
    if kind not in READ:
        reading.notes.error(
            "unsupported-event",
            e,
            f"De gebeurtenis '{local(e)}' kan niet worden uitgevoerd. Gebruik een andere soort gebeurtenis.",
            f"The event '{local(e)}' cannot be run. Use another kind of event.",
            owner.get("id") or "",
        )
        return ()
    if kind in ("message", "signal", "error", "escalation"):
        return _sent(reading, e, kind, owner)
    if kind == "timer":
        return (_timer(reading, e, owner),)
    if kind == "conditional":
        source = text(e, "condition")
        value = reading.dialect.condition(reading, source, e) if source else None
        return (Trigger(kind, value=value, line=at),)
    if kind == "compensation":
        return (_compensation(e),)
    if kind == "link":
        return (Trigger(kind, name=Expression((e.get("name") or "").strip(), False, at), line=at),)
    return (reading.dialect.trigger(reading, e, None, Trigger(kind, line=at)),)


def _sent(reading: Reading, e: Element, kind: str, owner: Element) -> tuple[Trigger, ...]:
    found = _named(reading, e, kind, owner)
    if kind != "message" or found.name is not None or not reading.dialect.lenient or local(owner) not in THROWING:
        return (found,)
    reading.notes.warning(
        "nothing-sent",
        e,
        "Deze gebeurtenis noemt geen bericht; er wordt niets verstuurd. Kies een bericht.",
        "This event names no message; nothing is sent. Choose a message.",
        owner.get("id") or "",
    )
    return ()


def _compensation(e: Element) -> Trigger:
    return Trigger(
        "compensation", ref=ref(e.get("activityRef")), waits=flag(e, "waitForCompletion", True), line=line(e)
    )


def _timer(reading: Reading, e: Element, owner: Element) -> Trigger:
    for timer, tag in TIMERS:
        source = text(e, tag)
        if source:
            inner = child(e, tag)
            value = reading.dialect.value(reading, source, inner if inner is not None else e)
            return Trigger("timer", timer=timer, value=value, line=line(e))
    reading.notes.error(
        "timer-empty",
        e,
        "Deze klok heeft geen datum, duur of herhaling. Vul er een in.",
        "This timer has no date, duration or cycle. Fill one in.",
        owner.get("id") or "",
    )
    return Trigger("timer", line=line(e))


def _named(reading: Reading, e: Element, kind: str, owner: Element) -> Trigger:
    name = e.get(f"{kind}Ref")
    target = reading.definition(name)
    trigger = Trigger(kind, line=line(e))
    if name and target is None:
        if not reading.dialect.lenient:
            _unknown(reading, e, name, owner)
        else:
            reading.notes.info(
                "bare-name",
                e,
                f"'{name}' is gelezen als naam of code, want er is geen definitie met dat id.",
                f"'{name}' was read as a name or code, since no definition has that id.",
                owner.get("id") or "",
            )
    if kind in ("message", "signal"):
        label = target.get("name") if target is not None else None
        label = label or (ref(name) if reading.dialect.lenient else None)
        trigger = replace(trigger, name=reading.dialect.value(reading, label, e) if label else None)
    else:
        code = target.get(f"{kind}Code") if target is not None else ref(name)
        # An <error> without a code is told apart by its id, as the suites of Operaton and Flowable do.
        code = code or (ref(name) if kind == "error" else None)
        trigger = replace(trigger, name=reading.dialect.value(reading, code, e) if code else None)
    return reading.dialect.trigger(reading, e, target, trigger)


def _unknown(reading: Reading, e: Element, name: str, owner: Element) -> None:
    reading.notes.error(
        "unknown-reference",
        e,
        f"'{name}' bestaat niet in dit bestand. Kies een bestaande naam of voeg de definitie toe.",
        f"'{name}' does not exist in this file. Choose an existing one or add the definition.",
        owner.get("id") or "",
    )
