"""Every FEEL expression must parse, and a condition must be an expression."""

from collections.abc import Iterator

from bpmn import feel
from bpmn.checks.rule import Known, Place, expressions, finding
from bpmn.model import Finding, Process

_CONDITIONS = frozenset({"boolean", "Any", "Null"})


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Syntax errors with their place in the text, and warnings about what can only become null."""
    return tuple(found for place in expressions(process) for found in _of(place))


def _of(place: Place) -> Iterator[Finding]:
    expression = place.expression
    if not expression.feel:
        if place.condition:
            yield _plain_text(place)
        return
    analysis = feel.analyse(expression.text)
    for error in analysis.errors:
        yield finding(
            "feel-syntax",
            "error",
            place.element,
            expression.line,
            f"De expressie '{expression.text}' klopt niet: {error.nl.rstrip('.')}. Verbeter haar.",
            f"The expression '{expression.text}' ({place.what}) is wrong: {error.en.rstrip('.')}. Correct it.",
        )
    for hint in analysis.hints:
        if hint.severity == "warning":
            yield _warning(place, f"feel-{hint.code}", f"bij teken {hint.offset + 1}: {hint.nl}", hint.en)
    if place.condition and analysis.type not in _CONDITIONS:
        nl = "een voorwaarde moet true of false geven, en dit geeft iets anders."
        yield _warning(place, "condition-no-boolean", nl, f"a condition must give a boolean, not {analysis.type}.")


def _warning(place: Place, code: str, nl: str, en: str) -> Finding:
    expression = place.expression
    return finding(
        code,
        "warning",
        place.element,
        expression.line,
        f"In de expressie '{expression.text}', {nl} Verbeter haar.",
        f"In the expression '{expression.text}' ({place.what}): {en} Correct it.",
    )


def _plain_text(place: Place) -> Finding:
    text = place.expression.text
    return finding(
        "condition-no-expression",
        "error",
        place.element,
        place.expression.line,
        f"De voorwaarde '{text}' is gewone tekst. Zet er '=' voor, dan wordt het een expressie.",
        f"The condition '{text}' is plain text. Put '=' in front to make it a FEEL expression.",
    )
