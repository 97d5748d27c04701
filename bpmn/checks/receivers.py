"""A receive task waits for a message, so it must name one."""

from typing import Final

from bpmn.checks.rule import Code, Known, finding
from bpmn.model import Finding, Process

CODES: Final = (
    Code(
        "receives-nothing",
        "error",
        (
            "Een ontvangtaak wacht op een bericht, maar noemt er geen.",
            "Niemand kan de taak ooit klaar maken.",
            "Kies een bericht.",
        ),
        (
            "A receive task waits for a message but names none.",
            "Nobody can ever complete it.",
            "Choose a message.",
        ),
    ),
)


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """A receive task without a message: nobody can ever complete it. Other engines have calls that do, so that files of
    theirs are left alone; a task that starts cases is the subject of `supported`."""
    if process.lenient:
        return ()
    return tuple(
        finding(
            "receives-nothing",
            "error",
            node.id,
            node.line,
            "Deze taak wacht op een bericht, maar noemt er geen, zodat zij nooit klaar is. Kies een bericht.",
            "This task waits for a message but names none, so that it never completes. Choose a message.",
        )
        for node in process.nodes.values()
        if node.kind == "receiveTask" and not node.instantiate and not any(t.name for t in node.triggers)
    )
