"""A process has a bounded number of elements."""

from typing import Final

from bpmn.checks.rule import Known, finding
from bpmn.model import Finding, Process

MAXIMUM: Final = 2000


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """At most 2,000 nodes."""
    if len(process.nodes) <= MAXIMUM:
        return ()
    return (
        finding(
            "too-many-nodes",
            "error",
            process.id,
            process.line,
            f"Het proces heeft {len(process.nodes)} elementen; het maximum is {MAXIMUM}. Splits het proces.",
            f"The process has {len(process.nodes)} elements; the maximum is {MAXIMUM}. Split the process.",
        ),
    )
