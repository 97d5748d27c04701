"""A process has a bounded number of elements."""

from typing import Final

from bpmn.checks.rule import Known, finding
from bpmn.model import Finding, Process

MAXIMUM: Final = 2000
# Each needs a table over all nodes, worked out when the process is compiled.
MAXIMUM_JOINS: Final = 100


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """At most 2,000 nodes and 100 joining inclusive or complex gateways."""
    joins = sum(
        n.kind in ("inclusiveGateway", "complexGateway") and len(n.incoming) > 1 for n in process.nodes.values()
    )
    if joins > MAXIMUM_JOINS:
        return (
            finding(
                "too-many-joins",
                "error",
                process.id,
                process.line,
                f"Het proces heeft {joins} poorten die wachten; het maximum is {MAXIMUM_JOINS}. Splits het proces.",
                f"The process has {joins} gateways that wait; the maximum is {MAXIMUM_JOINS}. Split the process.",
            ),
        )
    number = len(process.nodes) - 1  # the process is one of its own nodes
    if number <= MAXIMUM:
        return ()
    return (
        finding(
            "too-many-nodes",
            "error",
            process.id,
            process.line,
            f"Het proces heeft {number} elementen; het maximum is {MAXIMUM}. Splits het proces.",
            f"The process has {number} elements; the maximum is {MAXIMUM}. Split the process.",
        ),
    )
