"""Every FEEL expression must parse, and a condition must be an expression."""

from bpmn import feel
from bpmn.checks.rule import Known, Place, expressions, finding
from bpmn.model import Finding, Process


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Syntax errors with their place in the text."""
    return tuple(f for place in expressions(process) if (f := _one(place)) is not None)


def _one(place: Place) -> Finding | None:
    expression = place.expression
    if not expression.feel:
        if not place.condition:
            return None
        return finding(
            "condition-no-expression",
            "error",
            place.element,
            expression.line,
            f"De voorwaarde '{expression.text}' is gewone tekst. Zet er '=' voor, dan wordt het een expressie.",
            f"The condition '{expression.text}' is plain text. Put '=' in front to make it a FEEL expression.",
        )
    try:
        feel.compile(expression.text)
    except feel.FeelSyntaxError as error:
        return finding(
            "feel-syntax",
            "error",
            place.element,
            expression.line,
            f"De expressie '{expression.text}' klopt niet: {error.nl.rstrip('.')}. Verbeter haar.",
            f"The expression '{expression.text}' ({place.what}) is wrong: {error.en.rstrip('.')}. Correct it.",
        )
    return None
