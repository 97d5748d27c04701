"""A linked form must be in the package."""

from bpmn.checks.rule import Known, finding
from bpmn.model import Finding, Process


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Forms of user tasks and start events."""
    return tuple(
        finding(
            "unknown-form",
            "error",
            node.id,
            node.line,
            f"Het formulier '{node.work.form}' zit niet in het pakket. Voeg het toe of kies een ander.",
            f"The form '{node.work.form}' is not in the package. Add it or choose another.",
        )
        for node in process.nodes.values()
        if node.work.form and known.forms is not None and node.work.form not in known.forms
    )
