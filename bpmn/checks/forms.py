"""A linked form must be in the package."""

from typing import Final

from bpmn.checks.rule import Code, Known, finding
from bpmn.model import Finding, Process

CODES: Final = (
    Code(
        "unknown-form",
        "error",
        (
            "Een taak of start noemt een formulier dat niet in het pakket zit.",
            "De medewerker zou een lege taak zien.",
            "Voeg het formulier toe, of kies een ander.",
        ),
        (
            "A task or start names a form that is not in the package.",
            "The person would see an empty task.",
            "Add the form, or choose another.",
        ),
    ),
)


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
