"""Refuses what the runtime cannot run, with element and line: never run silently wrong."""

from collections.abc import Iterator
from typing import Final

from bpmn import feel
from bpmn.checks.rule import Code, Known, finding
from bpmn.model import ACTIVITIES, EVENTS, GATEWAYS, Finding, Node, Process, Trigger

CODES: Final = (
    Code(
        "unsupported",
        "error",
        (
            "Een element of gebeurtenis kan niet worden uitgevoerd, of kan dat niet op deze plek.",
            "Andere engines slaan zoiets vaak over zonder het te zeggen; deze weigert het.",
            "Gebruik een ander element; docs/bpmn-support.md zegt wat waar kan.",
        ),
        (
            "An element or event cannot be run, or not in this place.",
            "Other engines often skip such a thing without saying so; this one refuses.",
            "Use another element; docs/bpmn-support.md says what can stand where.",
        ),
    ),
    Code(
        "always-interrupts",
        "warning",
        (
            "Een foutgebeurtenis is getekend alsof zij niet onderbreekt.",
            "Een fout breekt altijd af wat loopt (BPMN 2.0.2, 10.5.4).",
            "Teken haar onderbrekend, of gebruik een escalatie.",
        ),
        (
            "An error event is drawn as if it did not interrupt.",
            "An error always interrupts what runs (BPMN 2.0.2, 10.5.4).",
            "Draw it as interrupting, or use an escalation.",
        ),
    ),
    Code(
        "starts-no-case",
        "warning",
        (
            "Een ontvangtaak zou zaken moeten starten, maar er loopt een pijl naartoe.",
            "Zij wacht dan gewoon op haar beurt en start niets.",
            "Haal de pijl weg, of zet 'instantiate' uit.",
        ),
        (
            "A receive task should start cases, but a flow leads to it.",
            "Then it waits for its turn like any other and starts nothing.",
            "Remove the flow, or switch 'instantiate' off.",
        ),
    ),
)

KINDS: Final = ACTIVITIES | EVENTS | GATEWAYS
# BPMN 2.0.2, table 10.93.
ALLOWED: Final = {
    "process start": frozenset({"message", "timer", "signal", "conditional"}),
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
TOGETHER: Final = frozenset({"message", "signal", "timer", "conditional"})
OUTSIDE: Final = frozenset({"message", "signal"})
THROWING: Final = frozenset({"intermediateThrowEvent", "endEvent"})


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Kinds, events in places where they mean nothing, tasks without work, loops without a number."""
    found: list[Finding] = []
    for node in process.nodes.values():
        for nl, en in _faults(process, node):
            found.append(finding("unsupported", "error", node.id, node.line, nl, en))
        found.extend(_read_otherwise(node))
    return tuple(found)


def _read_otherwise(node: Node) -> Iterator[Finding]:
    """What runs, but not as it is drawn."""
    if node.kind in ("boundaryEvent", "startEvent") and node.trigger("error") and not node.interrupting:
        yield finding(
            "always-interrupts",
            "warning",
            node.id,
            node.line,
            "Een fout breekt altijd af (BPMN 2.0.2, 10.5.4). Teken de gebeurtenis zo, of gebruik een escalatie.",
            "An error always interrupts (BPMN 2.0.2, 10.5.4). Draw the event so, or use an escalation.",
        )
    if node.kind == "receiveTask" and node.instantiate and node.incoming:
        yield finding(
            "starts-no-case",
            "warning",
            node.id,
            node.line,
            "Deze taak start geen zaken, want er loopt een pijl naartoe. Haal de pijl of 'instantiate' weg.",
            "This task starts no cases, since a flow leads to it. Remove the flow or 'instantiate'.",
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
    yield from _position(process, node)
    yield from _several(process, node)
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


def _position(process: Process, node: Node) -> Iterator[tuple[str, str]]:
    place = _place(process, node)
    allowed = ALLOWED.get(place)
    for trigger in node.triggers if allowed is not None else ():
        if trigger.kind == "conditional" and place == "process start" and (unknown := _read(process, trigger)):
            yield (
                f"Een voorwaarde die zaken start, leest alleen parameters en de tijd: zonder zaak zijn er geen andere "
                f"gegevens. Maak van '{unknown}' een parameter, of start met een bericht.",
                f"A condition that starts cases reads only parameters and the time: without a case there is no other "
                f"data. Make a parameter of '{unknown}', or start with a message.",
            )
        elif trigger.kind not in (allowed or ()):
            yield (
                f"De gebeurtenis '{trigger.kind}' kan hier niet staan. Kies een andere soort gebeurtenis.",
                f"The event '{trigger.kind}' cannot stand here. Choose another kind of event.",
            )
        elif trigger.kind in ("message", "signal") and trigger.name is None:
            yield (
                f"De gebeurtenis '{trigger.kind}' heeft geen naam. Kies of maak er een.",
                f"The event '{trigger.kind}' has no name. Choose or make one.",
            )
    if node.trigger("cancel") and node.kind == "endEvent" and not _in_transaction(process, node):
        yield (
            "Annuleren kan alleen binnen een transactie. Maak van het subproces een transactie, of gebruik een fout.",
            "Cancelling is possible only inside a transaction. Make the sub-process one, or use an error.",
        )


def _read(process: Process, trigger: Trigger) -> str:
    """The first name that a condition reads and that is no parameter; nothing for text that cannot be read at all."""
    known = {one.attributes.get("id") for one in process.declared if one.tag == "parameter"}
    if trigger.value is None or not trigger.value.feel:
        return ""
    return next((name for name in sorted(feel.analyse(trigger.value.text).reads) if name not in known), "")


def _in_transaction(process: Process, node: Node) -> bool:
    scope = process.nodes.get(node.scope or "")
    while scope is not None and scope.kind != "transaction":
        scope = process.nodes.get(scope.scope or "")
    return scope is not None


def _several(process: Process, node: Node) -> Iterator[tuple[str, str]]:
    """Events with more than one definition (10.5.1, multiple and parallel multiple)."""
    kinds = [trigger.kind for trigger in node.triggers]
    together = node.parallel_multiple and node.kind in ("startEvent", "intermediateCatchEvent", "boundaryEvent")
    fit = OUTSIDE if _place(process, node) == "process start" else TOGETHER
    unfit = sorted(set(kinds) - fit)
    if together and unfit:
        yield (
            f"Op '{unfit[0]}' kan niet samen met iets anders worden gewacht. Gebruik er een eigen gebeurtenis voor.",
            f"'{unfit[0]}' cannot be waited for together with something else. Use an event of its own for it.",
        )
    if kinds.count("timer") > 1:
        yield (
            "Deze gebeurtenis heeft twee klokken. Geef elke klok een eigen gebeurtenis.",
            "This event has two timers. Give each timer an event of its own.",
        )
    if node.kind in THROWING and node.work.type is not None and len(kinds) > 1:
        yield (
            "Deze gebeurtenis is werk voor een koppeling en doet ook iets anders. Maak er twee gebeurtenissen van.",
            "This event is work for a connector and does something else too. Make two events of it.",
        )
    if "link" in kinds and len(kinds) > 1:
        yield (
            "Een koppelteken staat altijd alleen. Haal de andere aanleidingen weg.",
            "A link always stands alone. Remove the other definitions.",
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
        # An empty slot lets a case pass until a municipality fills it.
        "callActivity": work.called is None and not any(one.tag == "slotPoint" for one in node.declared),
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


def _event_gateway(process: Process, node: Node) -> Iterator[tuple[str, str]]:
    for flow in node.outgoing:
        target = process.nodes.get(flow.target)
        if target is None or target.kind not in AFTER_EVENT_GATEWAY or not target.triggers or target.trigger("link"):
            yield (
                f"Achter een gebeurtenispoort mag alleen een gebeurtenis staan die wacht; '{flow.target}' is dat niet. "
                "Zet er een gebeurtenis voor, of gebruik een exclusieve poort.",
                f"Behind an event-based gateway only events that wait may stand; '{flow.target}' is none. "
                "Put an event before it, or use an exclusive gateway.",
            )
        elif node.instantiate and not all(trigger.kind in OUTSIDE for trigger in target.triggers):
            yield (
                f"Achter een gebeurtenispoort start alleen een bericht of signaal een zaak; '{flow.target}' niet. "
                "Kies een bericht of signaal.",
                f"Behind an event-based gateway only a message or signal starts a case; '{flow.target}' does not. "
                "Choose a message or signal.",
            )
    if node.instantiate and (node.incoming or node.scope != process.id):
        yield (
            "Een gebeurtenispoort die zaken start, staat aan het begin van het proces. Haal de pijl ernaartoe weg, "
            "of haal 'instantiate' weg.",
            "An event-based gateway that starts cases stands at the beginning of the process. Remove the flow to it, "
            "or remove 'instantiate'.",
        )
    if node.parallel_multiple and not node.instantiate:
        yield (
            "Alleen een gebeurtenispoort aan het begin kan op alles wachten. Gebruik hier een parallelle poort.",
            "Only an event-based gateway at the beginning can wait for all events. Use a parallel gateway here.",
        )
