"""Refuses what the runtime cannot run, with element and line: never run silently wrong."""

from collections.abc import Iterator
from typing import Final

from bpmn.checks.rule import Known, finding
from bpmn.model import ACTIVITIES, EVENTS, GATEWAYS, Finding, Node, Process

KINDS: Final = ACTIVITIES | EVENTS | GATEWAYS
ALLOWED: Final = {
    "process start": frozenset({"message", "timer", "signal"}),
    "event sub-process start": frozenset(
        {"message", "timer", "signal", "conditional", "error", "escalation", "compensation"}
    ),
    "sub-process start": frozenset[str](),
    "intermediateCatchEvent": frozenset({"message", "timer", "signal", "conditional", "link"}),
    "intermediateThrowEvent": frozenset({"message", "signal", "escalation", "compensation", "link"}),
    "boundaryEvent": frozenset(
        {"message", "timer", "signal", "conditional", "error", "escalation", "compensation", "cancel"}
    ),
    "endEvent": frozenset({"message", "signal", "error", "escalation", "compensation", "cancel", "terminate"}),
}
AFTER_EVENT_GATEWAY: Final = frozenset({"intermediateCatchEvent", "receiveTask"})


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Kinds, events in places where they mean nothing, tasks without work, loops without a number."""
    found: list[Finding] = []
    for node in process.nodes.values():
        for nl, en in _faults(process, node):
            found.append(finding("unsupported", "error", node.id, node.line, nl, en))
        if node.kind == "startEvent" and node.scope == process.id and node.trigger("timer"):
            found.append(_clock(process, node))
    return tuple(found)


def _clock(process: Process, node: Node) -> Finding:
    """No schedule starts cases; that is an error when there is no other way to begin."""
    return finding(
        "timer-start",
        "warning" if process.root.starts else "error",
        node.id,
        node.line,
        "De klok start geen zaken. Laat een ander systeem de zaak starten, of geef het proces een gewone start.",
        "The clock starts no cases. Let another system start the case, or give the process a plain start.",
    )


def _faults(process: Process, node: Node) -> Iterator[tuple[str, str]]:
    if node.kind not in KINDS:
        yield (
            f"'{node.kind}' kan niet worden uitgevoerd. Gebruik een ander element.",
            f"'{node.kind}' cannot be run. Use another element.",
        )
    yield from _events(process, node)
    yield from _work(node)
    if node.kind == "eventBasedGateway":
        yield from _event_gateway(process, node)
    loop = node.loop
    if loop and not loop.standard and not loop.cardinality and not loop.collection:
        yield (
            "De herhaling zegt niet waarover. Geef een lijst of een aantal op.",
            "The multi-instance does not say over what. Give a list or a number.",
        )
    if loop and node.kind not in ACTIVITIES:
        yield "Alleen een taak of subproces kan herhalen.", "Only a task or sub-process can repeat."


def _events(process: Process, node: Node) -> Iterator[tuple[str, str]]:
    allowed = ALLOWED.get(_place(process, node))
    for trigger in node.triggers if allowed is not None else ():
        if trigger.kind not in (allowed or ()):
            yield (
                f"De gebeurtenis '{trigger.kind}' kan hier niet staan. Kies een andere soort gebeurtenis.",
                f"The event '{trigger.kind}' cannot stand here. Choose another kind of event.",
            )
        elif trigger.kind in ("message", "signal") and trigger.name is None:
            yield (
                f"De gebeurtenis '{trigger.kind}' heeft geen naam. Kies of maak er een.",
                f"The event '{trigger.kind}' has no name. Choose or make one.",
            )
    if node.kind == "boundaryEvent" and not node.triggers:
        yield "Deze randgebeurtenis vangt niets. Kies een soort.", "This boundary event catches nothing. Choose a kind."
    if node.kind == "intermediateCatchEvent" and not node.triggers:
        yield "Deze gebeurtenis vangt niets. Kies een soort.", "This event catches nothing. Choose a kind."
    host = process.nodes.get(node.attached or "")
    if host is not None and host.kind not in ACTIVITIES - {"process", "eventSubProcess"}:
        yield (
            "Een randgebeurtenis hoort aan een taak of subproces. Verplaats haar.",
            "A boundary event belongs on a task or sub-process. Move it.",
        )
    if host is not None and node.trigger("cancel") and host.kind != "transaction":
        yield (
            "Een annulering hoort aan een transactie. Verplaats haar of maak er een transactie van.",
            "A cancel event belongs on a transaction. Move it or make a transaction of its host.",
        )
    if node.kind == "eventSubProcess" and not any(
        process.nodes[s].triggers and process.nodes[s].kind == "startEvent" for s in node.starts
    ):
        yield (
            "Dit gebeurtenis-subproces heeft geen startgebeurtenis met een aanleiding. Voeg die toe.",
            "This event sub-process has no start event with a trigger. Add one.",
        )


def _place(process: Process, node: Node) -> str:
    if node.kind != "startEvent":
        return node.kind
    around = process.nodes[node.scope or process.id].kind
    return {"process": "process start", "eventSubProcess": "event sub-process start"}.get(around, "sub-process start")


def _work(node: Node) -> Iterator[tuple[str, str]]:
    work = node.work
    missing = {
        "serviceTask": work.type is None,
        "sendTask": work.type is None and not node.triggers,
        "scriptTask": work.type is None and work.script is None,
        "businessRuleTask": work.type is None and work.decision is None,
        "callActivity": work.called is None,
    }.get(node.kind, False)
    if missing:
        yield (
            f"Deze {node.kind} zegt niet wat er moet gebeuren. Kies een soort werk, beslissing, script of proces.",
            f"This {node.kind} does not say what is to be done. Choose a job type, decision, script or process.",
        )
    if node.kind == "receiveTask" and node.instantiate and not node.triggers:
        yield (
            "Deze taak start zaken, maar noemt geen bericht. Kies een bericht.",
            "This task starts cases but names no message. Choose a message.",
        )
    if node.instantiate and node.kind == "eventBasedGateway":
        yield (
            "Een zaak starten met een gebeurtenispoort kan niet. Gebruik startgebeurtenissen.",
            "Starting a case by an event-based gateway is not supported. Use start events.",
        )


def _event_gateway(process: Process, node: Node) -> Iterator[tuple[str, str]]:
    for flow in node.outgoing:
        target = process.nodes.get(flow.target)
        if target is None or target.kind not in AFTER_EVENT_GATEWAY or not target.triggers or target.trigger("link"):
            yield (
                f"Achter een gebeurtenispoort mag alleen een gebeurtenis staan die wacht; '{flow.target}' is dat niet.",
                f"Behind an event-based gateway only events that wait may stand; '{flow.target}' is none.",
            )
