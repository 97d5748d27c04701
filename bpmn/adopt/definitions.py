"""Messages, signals, errors and escalations that a file names without defining them, or defines without a name."""

from typing import Final

from bpmn.adopt.source import Source
from bpmn.readers.names import BPMN, Element, child, local, ref

_KINDS: Final = ("message", "signal", "error", "escalation")
_LABEL: Final = {"message": "name", "signal": "name", "error": "errorCode", "escalation": "escalationCode"}
_THROWING: Final = frozenset({"intermediateThrowEvent", "endEvent"})


def settle(source: Source) -> None:
    """Every reference leads to a definition with a name; what can only wait for a message names one."""
    known = {e.get("id") or "": e for e in source.root if e.get("id")}
    loose: dict[tuple[str, str], list[Element]] = {}
    for e in source.root.iter(f"{{{BPMN}}}*"):
        for kind in _KINDS:
            name = e.get(f"{kind}Ref")
            if name and local(e) != "operation" and name not in known:
                loose.setdefault((kind, name), []).append(e)
    for (kind, name), elements in loose.items():
        _define(source, elements, kind, name)
    for e in known.values():
        if local(e) in ("message", "signal") and not e.get("name"):
            e.set("name", ref(e.get("id")) or "")
    for e in list(source.root.iter(f"{{{BPMN}}}receiveTask")):
        if not e.get("messageRef"):
            _receive(source, e)


def without_key(source: Source) -> None:
    """A message that a running case waits for should say for which case it is meant."""
    known = {e.get("id") or "": e for e in source.root.findall(f"{{{BPMN}}}message")}
    told: set[str] = set()
    for e in source.root.iter(f"{{{BPMN}}}messageEventDefinition", f"{{{BPMN}}}receiveTask"):
        event = e if local(e) == "receiveTask" else e.getparent()
        name = e.get("messageRef") or ""
        if event is None or name not in known or name in told or not _waits(event):
            continue
        told.add(name)
        source.notes.warning(
            "message-key",
            e,
            f"Het bericht '{known[name].get('name')}' heeft geen sleutel: het gaat naar de zaak die er het langst op"
            " wacht. Geef het een sleutel, zoals =zaaknummer, en laat het andere systeem die meesturen.",
            f"The message '{known[name].get('name')}' has no key: it goes to the case that has waited longest. Give it"
            " a correlation key, such as =zaaknummer, and let the other system send that along.",
            event.get("id") or "",
        )


def _waits(event: Element) -> bool:
    """Whether a running case waits here, so not at the start of a process."""
    if local(event) in ("intermediateThrowEvent", "endEvent"):
        return False
    scope = event.getparent()
    return local(event) != "startEvent" or (scope is not None and local(scope) != "process")


def nothing_sent(source: Source) -> None:
    """A throw event with a message but no name and no work passes at once, as it did."""
    for e in list(source.root.iter(f"{{{BPMN}}}messageEventDefinition")):
        event = e.getparent()
        if event is None or local(event) not in _THROWING or e.get("messageRef") or _works(event):
            continue
        source.notes.warning(
            "nothing-sent",
            e,
            "Deze gebeurtenis noemde geen bericht; er werd niets verstuurd. Zij is nu een gewone gebeurtenis. Kies een"
            " bericht als er wel iets verstuurd moet worden.",
            "This event named no message; nothing was sent. It is a plain event now. Choose a message when something"
            " must be sent.",
            event.get("id") or "",
        )
        source.document.remove(e)


def _works(event: Element) -> bool:
    box = child(event, "extensionElements")
    return box is not None and any(local(e) == "taskDefinition" for e in box)


def _define(source: Source, elements: list[Element], kind: str, name: str) -> None:
    bare = ref(name) or name
    made = source.document.create(source.root, kind, 0, {})
    given = source.document.give_id(made, kind[0].upper() + kind[1:])
    made.set(_LABEL[kind], bare)
    if kind in ("error", "escalation"):
        made.set("name", bare)
    for each in elements:
        each.set(f"{kind}Ref", given)
    source.notes.info(
        "defined",
        elements[0],
        f"'{bare}' had geen definitie; die is gemaakt, met '{bare}' als naam of code.",
        f"'{bare}' had no definition; one was made, with '{bare}' as its name or code.",
    )


def _receive(source: Source, e: Element) -> None:
    name = e.get("name") or e.get("id") or ""
    made = source.document.create(source.root, "message", 0, {"name": name})
    e.set("messageRef", source.document.give_id(made, "Message"))
    source.notes.warning(
        "message-made",
        e,
        f"Deze taak wachtte op een aanroep van een programma. Zij wacht nu op het bericht '{name}'. Laat het andere"
        " systeem dat bericht sturen.",
        f"This task waited for a call by a program. It now waits for the message '{name}'. Let the other system send"
        " that message.",
    )
