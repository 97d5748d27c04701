"""What can go wrong: with the model (Refused), with the data of a case (Incident), with an event (Rejected)."""

from bpmn.model import Finding


class Refused(Exception):
    """The model cannot be run; `findings` name element and line."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(f"{f.element} (line {f.line}): {f.en}" for f in findings))
        self.findings = findings


class Incident(Exception):
    """Model or data cannot go on here: the token stays and the step can be retried. `code` is stable."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Rejected(Exception):
    """The event does not fit the state: no such task, nobody waits, already done."""


class Unreadable(Exception):
    """The bytes are no state, or of a format that this version does not know."""
