"""Every process begins and ends somewhere, and flows stand only where they mean something."""

from collections.abc import Iterator
from typing import Final

from bpmn.checks.rule import Code, Known, finding
from bpmn.model import SCOPES, Finding, Node, Process

CODES: Final = (
    Code(
        "no-start",
        "error",
        (
            "Een proces of deelproces heeft geen startgebeurtenis.",
            "De engine weet niet waar een zaak begint; raden mag zij niet.",
            "Voeg een startgebeurtenis toe en verbind haar met de eerste stap.",
        ),
        (
            "A process or sub-process has no start event.",
            "The engine does not know where a case begins, and must not guess.",
            "Add a start event and connect it with the first step.",
        ),
    ),
    Code(
        "no-end",
        "error",
        (
            "Elk element leidt verder; een einde is er niet.",
            "Een zaak kan nooit klaar zijn.",
            "Voeg een eindgebeurtenis toe.",
        ),
        ("Every element leads on; there is no end.", "A case can never be finished.", "Add an end event."),
    ),
    Code(
        "wrong-flow",
        "error",
        (
            "Een pijl gaat naar of van een element dat daar geen pijl mag hebben.",
            "Starts, randgebeurtenissen, gebeurtenis-deelprocessen en terugdraaitaken beginnen niet door een pijl; na "
            "een einde komt niets.",
            "Teken de pijl opnieuw, of gebruik een ander element.",
        ),
        (
            "A flow leads to or from an element that must not have one there.",
            "Starts, boundary events, event sub-processes and compensation tasks begin by something else than a flow; "
            "nothing comes after an end.",
            "Draw the flow again, or use another element.",
        ),
    ),
    Code(
        "waits-for-nothing",
        "error",
        (
            "Achter een gebeurtenispoort staat geen enkele gebeurtenis.",
            "De zaak wacht daar voor altijd.",
            "Zet er de gebeurtenissen achter waarop gewacht wordt, of haal de poort weg.",
        ),
        (
            "Behind an event-based gateway stands no event at all.",
            "The case waits there for ever.",
            "Put the events behind it that are waited for, or remove the gateway.",
        ),
    ),
)
_NO_WAY_IN: Final = {
    "startEvent": ("Een startgebeurtenis", "A start event"),
    "boundaryEvent": ("Een randgebeurtenis", "A boundary event"),
    "eventSubProcess": ("Een gebeurtenis-deelproces", "An event sub-process"),
}
_NO_WAY_OUT: Final = {
    "endEvent": ("Een eindgebeurtenis", "An end event"),
    "eventSubProcess": ("Een gebeurtenis-deelproces", "An event sub-process"),
}


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """No start, no end, a flow into what begins by itself, a flow out of what ends, a gateway with nothing behind."""
    found: list[Finding] = []
    for node in process.nodes.values():
        if node.kind in SCOPES and node.kind != "adHocSubProcess":
            found.extend(_scope(process, node))
        found.extend(_flows(node))
        if node.for_compensation and (node.incoming or node.outgoing) and not process.lenient:
            nl, en = (
                "Een taak die terugdraait mag geen pijlen hebben.",
                "An activity for compensation must have no flows.",
            )
            found.append(_wrong(node, nl, en))
    return tuple(found)


def _flows(node: Node) -> Iterator[Finding]:
    names = _NO_WAY_IN.get(node.kind) if node.incoming else None
    if names:
        yield _wrong(node, f"{names[0]} mag geen pijl naar binnen hebben.", f"{names[1]} must have no incoming flow.")
    names = _NO_WAY_OUT.get(node.kind) if node.outgoing else None
    if names:
        yield _wrong(node, f"{names[0]} mag geen pijl naar buiten hebben.", f"{names[1]} must have no outgoing flow.")
    if node.kind == "eventBasedGateway" and not node.outgoing:
        yield finding(
            "waits-for-nothing",
            "error",
            node.id,
            node.line,
            "Achter deze gebeurtenispoort staat niets, dus zij wacht voor altijd. Zet er gebeurtenissen achter.",
            "Nothing stands behind this event-based gateway, so it waits for ever. Put events behind it.",
        )


def _scope(process: Process, node: Node) -> list[Finding]:
    inside = [n for n in process.nodes.values() if n.scope == node.id]
    found = []
    begins = node.starts or any(n.kind == "startEvent" or n.instantiate for n in inside)
    if not begins:
        found.append(
            finding(
                "no-start",
                "error",
                node.id,
                node.line,
                "Er is geen startgebeurtenis. Voeg er een toe.",
                "There is no start event. Add one.",
            )
        )
    # An event sub-process may end what is around it.
    if inside and not any(not n.outgoing and n.kind != "boundaryEvent" for n in inside):
        found.append(
            finding(
                "no-end",
                "error",
                node.id,
                node.line,
                "Er is geen einde: elk element leidt verder. Voeg een eindgebeurtenis toe.",
                "There is no end: every element leads on. Add an end event.",
            )
        )
    return found


def _wrong(node: Node, nl: str, en: str) -> Finding:
    return finding("wrong-flow", "error", node.id, node.line, f"{nl} Teken de pijl opnieuw.", f"{en} Draw it again.")
