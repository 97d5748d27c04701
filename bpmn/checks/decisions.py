"""A called decision must be in the package."""

from bpmn.checks.rule import Known, finding
from bpmn.model import Finding, Process


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Decisions named by a literal id; those named by an expression are known only at run time."""
    return tuple(
        finding(
            "unknown-decision",
            "error",
            node.id,
            node.line,
            f"De beslissing '{decision.text}' zit niet in het pakket. Voeg de DMN toe of kies een andere.",
            f"The decision '{decision.text}' is not in the package. Add the DMN file or choose another.",
        )
        for node in process.nodes.values()
        if (decision := node.work.decision)
        and not decision.feel
        and known.decisions is not None
        and decision.text not in known.decisions
    )
