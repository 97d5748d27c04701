"""A process that is marked as not executable is a drawing only."""

from bpmn.checks.rule import Known, finding
from bpmn.model import Finding, Process


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
