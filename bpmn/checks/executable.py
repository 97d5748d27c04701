"""A process that is marked as not executable is a drawing only."""

from typing import Final

from bpmn.checks.rule import Code, Known, finding
from bpmn.model import Finding, Process

CODES: Final = (
    Code(
        "not-executable",
        "warning",
        (
            "Het proces staat op niet-uitvoerbaar.",
            "Het is dan een tekening: er kunnen geen zaken op lopen.",
            "Zet 'uitvoerbaar' aan (isExecutable), als er zaken op moeten lopen.",
        ),
        (
            "The process is marked as not executable.",
            "Then it is a drawing: no cases can run on it.",
            "Switch 'executable' on (isExecutable) if cases are to run on it.",
        ),
    ),
)


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Warns when `isExecutable` is not true."""
    if process.executable:
        return ()
    return (
        finding(
            "not-executable",
            "warning",
            process.id,
            process.line,
            "Dit proces staat op niet-uitvoerbaar. Zet 'uitvoerbaar' aan als er zaken op moeten lopen.",
            "This process is marked as not executable. Switch 'executable' on if cases are to run on it.",
        ),
    )
