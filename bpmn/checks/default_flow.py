"""What decides by conditions should always have a way out."""

from typing import Final

from bpmn.checks.rule import Code, Known, finding
from bpmn.model import Finding, Process

CODES: Final = (
    Code(
        "no-default-flow",
        "warning",
        (
            "Alle pijlen van een keuze hebben een voorwaarde, en geen ervan is de standaardpijl.",
            "Is geen enkele voorwaarde waar (een leeg veld is genoeg), dan blijft de zaak staan met een storing.",
            "Kies een standaardpijl voor alle andere gevallen.",
        ),
        (
            "All flows of a choice have a condition, and none is the default flow.",
            "When no condition is true (an empty field is enough) the case stops with an incident.",
            "Choose a default flow for all other cases.",
        ),
    ),
)
# Here nobody looks at conditions, which `ignored_conditions` says; a complex gateway may count its arrivals.
BLIND: Final = frozenset({"parallelGateway", "eventBasedGateway", "complexGateway"})


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Warns for a gateway, task or event whose flows all have conditions and that has no default flow."""
    return tuple(
        finding(
            "no-default-flow",
            "warning",
            node.id,
            node.line,
            "Als geen enkele voorwaarde waar is, blijft de zaak hier staan. Kies een standaardpijl.",
            "When no condition is true the case stops here. Choose a default flow.",
        )
        for node in process.nodes.values()
        if node.kind not in BLIND
        and node.outgoing
        and not node.default
        and all(flow.condition for flow in node.outgoing)
    )
