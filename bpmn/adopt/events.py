"""Timers, names with expressions, and what a catcher writes down."""

from typing import Final

from lxml import etree

from bpmn.adopt import extend
from bpmn.adopt.source import TEXT, Source
from bpmn.readers.juel import marked
from bpmn.readers.names import BPMN, Element, attributes, is_plus1, local, ref

PLUS1: Final = "http://plus-1.nl/schema/bpmn/1.0"
# What a time begins with that is no expression: an ISO date, a duration, a repetition.
_TIMES: Final = {"timeDate": tuple("0123456789"), "timeDuration": ("P", "-P", "+P"), "timeCycle": ("R",)}
_NAMES: Final = (("message", "name"), ("signal", "name"), ("error", "errorCode"), ("escalation", "escalationCode"))


def translate(source: Source) -> None:
    """Everything of events that is not work."""
    for tag in _TIMES:
        for e in source.root.iter(f"{{{BPMN}}}{tag}"):
            if e.text and e.text.strip():
                _time(source, e)
    for tag, name in _NAMES:
        for e in source.root.findall(f"{{{BPMN}}}{tag}"):
            if e.get(name):
                e.set(name, source.value(e.get(name) or "", e, name))
    for kind in ("error", "escalation"):
        for e in source.root.iter(f"{{{BPMN}}}{kind}EventDefinition"):
            _caught(source, e, kind)
    for e in source.root.iter(f"{{{BPMN}}}terminateEventDefinition"):
        if source.take(e, "terminateAll") == "true":
            e.set(_plus1(source, "endsAll"), "true")
        if source.take(e, "terminateMultiInstance") == "true":
            e.set(_plus1(source, "endsRepetition"), "true")
    own = {s.get("id") for s in source.root.iter(f"{{{BPMN}}}signal") if source.take(s, "scope") == "processInstance"}
    for e in list(source.root.iter(f"{{{BPMN}}}signalEventDefinition")):
        _signal(source, e)
        if ref(e.get("signalRef")) in own:
            e.set(_plus1(source, "ownCase"), "true")
    for e in source.root.findall(f"{{{BPMN}}}error"):
        _thrown(source, e)
    for e in list(source.root.iter(f"{{{BPMN}}}dataObject")):
        _initial(source, e)


def title(source: Source, task: Element) -> None:
    """A user task whose name has an expression in it keeps its text, and gets a title that is worked out."""
    name = task.get("name") or ""
    found = source.value(name, task, "name")
    if found.startswith("=") and not name.strip().startswith("="):
        task.set(_plus1(source, "title"), found)


def _time(source: Source, e: Element) -> None:
    text = (e.text or "").strip()
    e.text = source.value(text, e, TEXT)
    if not e.text.startswith((*_TIMES[local(e)], "=")) and not marked(e.text):
        source.notes.error(
            "timer-form",
            e,
            f"'{text}' is geen tijd die hier bekend is. Schrijf een herhaling zoals R/PT1H, een duur zoals P14D of een"
            " datum zoals 2027-01-31T09:00:00.",
            f"'{text}' is no time that is known here. Write a repetition such as R/PT1H, a duration such as P14D or a"
            " date such as 2027-01-31T09:00:00.",
            _event(e),
        )


def _event(e: Element) -> str:
    return next((a.get("id") or "" for a in e.iterancestors() if local(a).endswith("Event")), "")


def _caught(source: Source, e: Element, kind: str) -> None:
    for theirs, ours in ((f"{kind}CodeVariable", "codeVariable"), (f"{kind}MessageVariable", "messageVariable")):
        name = source.take(e, theirs)
        if name:
            e.set(_plus1(source, ours), name)


def _signal(source: Source, e: Element) -> None:
    given = source.take(e, "signalExpression")
    if given and not e.get("signalRef"):
        made = source.document.create(source.root, "signal", 0, {})
        made.set("name", source.value(given, e, "signalExpression"))
        e.set("signalRef", source.document.give_id(made, "Signal"))

    event = e.getparent()
    for line in source.own(e, "in"):
        if event is not None and line.get("target") and line.get("variables") is None:
            text = line.get("sourceExpression") or line.get("source") or ""
            extend.mapping(source, event, "input", source.condition(text, line, "#element"), line.get("target") or "")
            source.drop(line)


def _thrown(source: Source, error: Element) -> None:
    """The message of an error goes along as a value of the events that throw it."""
    text = source.take(error, "errorMessage")
    for e in list(source.root.iter(f"{{{BPMN}}}errorEventDefinition")) if text else ():
        event = e.getparent()
        if event is not None and local(event) == "endEvent" and e.get("errorRef") == error.get("id"):
            extend.mapping(source, event, "input", source.value(text or "", error, "errorMessage", event), "message")


def _initial(source: Source, e: Element) -> None:
    for value in source.own(e, "value"):
        e.set(_plus1(source, "value"), (value.text or "").strip())
        source.drop(value)


def _plus1(source: Source, name: str) -> str:
    """The attribute's name in our namespace, in the version that the file uses."""
    used = (uri for uri in source.root.nsmap.values() if is_plus1(f"{{{uri}}}x"))
    return str(etree.QName(next(used, PLUS1), name).text)


def declares(root: Element) -> bool:
    """Whether something of our own vocabulary stands in the file."""
    return any(is_plus1(str(e.tag)) or any(is_plus1(k) for k, _ in attributes(e)) for e in root.iter("*"))
