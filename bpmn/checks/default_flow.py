"""A deciding gateway should always have a way out."""

from bpmn.checks.rule import Known, finding
from bpmn.model import Finding, Process


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Warns for a gateway whose flows all have conditions and that has no default flow."""
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
        if node.kind in ("exclusiveGateway", "inclusiveGateway")
        and node.outgoing
        and not node.default
        and all(flow.condition for flow in node.outgoing)
    )
