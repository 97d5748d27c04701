"""A condition that is never looked at says something else than the process does."""

from typing import Final

from bpmn.checks.rule import Code, Known, finding
from bpmn.model import Finding, Process

CODES: Final = (
    Code(
        "condition-ignored",
        "warning",
        (
            "Een voorwaarde staat achter een parallelle poort of een gebeurtenispoort, of op de standaardpijl.",
            "Daar kijkt niemand naar: de zaak doet iets anders dan de tekening zegt.",
            "Haal de voorwaarde weg, of gebruik een exclusieve of inclusieve poort.",
        ),
        (
            "A condition stands behind a parallel or event-based gateway, or on the default flow.",
            "Nobody looks at it: the case does something else than the drawing says.",
            "Remove the condition, or use an exclusive or inclusive gateway.",
        ),
    ),
    Code(
        "always-taken",
        "warning",
        (
            "Een pijl zonder voorwaarde gaat uit van een keuze, en is niet de standaardpijl.",
            "Zij wordt altijd gekozen; de pijlen die erna staan, nooit.",
            "Maak haar de standaardpijl, of geef haar een voorwaarde.",
        ),
        (
            "A flow without condition leaves a choice and is not the default flow.",
            "It is always chosen; those after it never.",
            "Make it the default flow, or give it a condition.",
        ),
    ),
)

BLIND = frozenset({"parallelGateway", "eventBasedGateway"})


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Warns for conditions behind a parallel or event-based gateway, on a default flow, and for a flow without
    condition beside others at an exclusive gateway, which hides those after it."""
    found: list[Finding] = []
    for node in process.nodes.values():
        for flow in node.outgoing:
            if flow.condition and (node.kind in BLIND or flow.id == node.default):
                found.append(
                    finding(
                        "condition-ignored",
                        "warning",
                        flow.id,
                        flow.condition.line,
                        "Naar deze voorwaarde wordt nooit gekeken. Haal haar weg of gebruik een andere poort.",
                        "This condition is never looked at. Remove it or use another gateway.",
                    )
                )
        if node.kind == "exclusiveGateway" and len(node.outgoing) > 1:
            found.extend(
                finding(
                    "always-taken",
                    "warning",
                    flow.id,
                    flow.line,
                    "Deze pijl heeft geen voorwaarde en wordt dus altijd gekozen. Maak haar de standaardpijl.",
                    "This flow has no condition, so it is always chosen. Make it the default flow.",
                )
                for flow in node.outgoing
                if not flow.condition and flow.id != node.default
            )
    return tuple(found)
