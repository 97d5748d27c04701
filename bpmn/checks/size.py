"""A process has a bounded number of elements."""

from typing import Final

from bpmn.checks.rule import Code, Known, finding
from bpmn.model import Finding, Process

CODES: Final = (
    Code(
        "too-many-nodes",
        "error",
        (
            "Het proces heeft meer dan 2.000 elementen.",
            "Niemand kan het nog lezen, en elke stap zou traag worden.",
            "Splits het proces in processen die elkaar aanroepen.",
        ),
        (
            "The process has more than 2,000 elements.",
            "Nobody can read it any more, and each step would be slow.",
            "Split the process into processes that call each other.",
        ),
    ),
    Code(
        "too-many-joins",
        "error",
        (
            "Het proces heeft meer dan 100 inclusieve of complexe poorten die samenvoegen.",
            "Voor elke zulke poort wordt bij elke stap gekeken wat haar nog kan bereiken.",
            "Gebruik exclusieve of parallelle poorten, of splits het proces.",
        ),
        (
            "The process has more than 100 inclusive or complex gateways that join.",
            "For each of them every step looks at what can still reach it.",
            "Use exclusive or parallel gateways, or split the process.",
        ),
    ),
)

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
