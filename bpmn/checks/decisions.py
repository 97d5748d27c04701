"""A called decision must be in the package."""

from typing import Final

from bpmn.checks.rule import Code, Known, finding
from bpmn.model import Finding, Process

CODES: Final = (
    Code(
        "unknown-decision",
        "error",
        (
            "Een taak roept een beslissing aan die niet in het pakket zit.",
            "De zaak zou bij die taak vastlopen.",
            "Voeg het DMN-bestand toe, of kies een beslissing die er wel is.",
        ),
        (
            "A task calls a decision that is not in the package.",
            "The case would stop at that task.",
            "Add the DMN file, or choose a decision that exists.",
        ),
    ),
)


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
