"""Every FEEL expression must parse, and a condition must be an expression."""

from collections.abc import Iterator
from typing import Final

from bpmn import feel
from bpmn.checks.rule import Code, Known, Place, expressions, finding
from bpmn.model import Finding, Process

CODES: Final = (
    Code(
        "feel-syntax",
        "error",
        (
            "Een expressie is geen geldige FEEL.",
            "Zij kan niet worden uitgerekend.",
            "Verbeter de expressie; de melding noemt de plek. Zie docs/feel.md.",
        ),
        (
            "An expression is no valid FEEL.",
            "It cannot be worked out.",
            "Correct the expression; the finding names the place. See docs/feel.md.",
        ),
    ),
    Code(
        "feel-unknown-function",
        "warning",
        (
            "Een expressie gebruikt een functie die niet bestaat.",
            "De uitkomst is leeg (null).",
            "Verbeter de naam van de functie. Zie docs/feel.md.",
        ),
        (
            "An expression uses a function that does not exist.",
            "The result is null.",
            "Correct the name of the function. See docs/feel.md.",
        ),
    ),
    Code(
        "feel-unknown-member",
        "warning",
        (
            "Een expressie vraagt een onderdeel dat de waarde niet heeft.",
            "De uitkomst is leeg (null).",
            "Verbeter de naam achter de punt.",
        ),
        (
            "An expression asks for a member that the value does not have.",
            "The result is null.",
            "Correct the name behind the dot.",
        ),
    ),
    Code(
        "feel-arguments",
        "warning",
        (
            "Een functie krijgt te veel, te weinig of verkeerde gegevens.",
            "De uitkomst is leeg (null).",
            "Geef de functie wat zij vraagt. Zie docs/feel.md.",
        ),
        (
            "A function is given too much, too little or the wrong values.",
            "The result is null.",
            "Give the function what it asks for. See docs/feel.md.",
        ),
    ),
    Code(
        "condition-no-boolean",
        "warning",
        (
            "Een voorwaarde geeft iets anders dan ja of nee (true of false).",
            "De zaak stopt daar met een storing.",
            "Maak er een vergelijking van, zoals bedrag > 100.",
        ),
        (
            "A condition gives something else than true or false.",
            "The case stops there with an incident.",
            "Make it a comparison, such as amount > 100.",
        ),
    ),
    Code(
        "condition-no-expression",
        "error",
        (
            "Een voorwaarde is gewone tekst.",
            "Een tekst is nooit waar.",
            "Zet er '=' voor, dan wordt het een expressie.",
        ),
        (
            "A condition is plain text.",
            "A text is never true.",
            "Put '=' in front to make it an expression.",
        ),
    ),
)

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
