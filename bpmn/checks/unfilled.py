"""What an expression reads is filled by something, and with the type that the form gives it."""

from collections.abc import Iterator
from typing import Final

from bpmn import feel
from bpmn.checks import names
from bpmn.checks.rule import Code, Known, Place, expressions, finding
from bpmn.model import Finding, Node, Process

CODES: Final = (
    Code(
        "feel-unfilled-name",
        "info",
        (
            "Een expressie leest een naam die geen formulier, berekening of bericht van dit proces vult.",
            "Geeft wie de zaak start de waarde niet mee, dan is zij leeg (null) en gaat een keuze anders dan gedacht.",
            "Zet het veld op een formulier, bereken de waarde, of verbeter de naam.",
        ),
        (
            "An expression reads a name that no form, mapping or message of this process fills.",
            "When whoever starts the case does not give it, it is null, and a choice goes otherwise than thought.",
            "Put the field on a form, work the value out, or correct the name.",
        ),
    ),
    Code(
        "feel-type",
        "warning",
        (
            "Een expressie gebruikt een veld als iets anders dan het formulier geeft, zoals een getal als tekst.",
            "De uitkomst is dan altijd leeg (null): een voorwaarde is nooit waar.",
            "Vergelijk met de goede soort waarde, of zet de waarde om.",
        ),
        (
            "An expression uses a field as something else than the form gives, such as a number as a text.",
            "Then the result is always null: a condition is never true.",
            "Compare with the right kind of value, or convert the value.",
        ),
    ),
)
_RUNTIME: Final = frozenset(
    {"nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances", "activationCount", "waitingForStart"}
    | {"zaaknummer"}
)


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Types from forms, where only forms fill the name; unfilled names, where everything that can fill one is known."""
    if known.fields is None:
        return ()
    filled = names.written(process, ())
    types = {name: kind for name, kind in known.types.items() if name not in filled}
    complete = not any(_gives_anything(process, node) for node in process.nodes.values())
    everything = filled | known.fields | _RUNTIME
    found: dict[str, Finding] = {}
    mistyped: list[Finding] = []
    for place in expressions(process):
        if not place.expression.feel:
            continue
        analysis = feel.analyse(place.expression.text)
        mistyped.extend(_mistyped(place, analysis, types))
        for name in sorted(analysis.reads - analysis.maybe - everything) if complete else ():
            found.setdefault(name, _unfilled(place, name))
    return (*mistyped, *found.values())


def _gives_anything(process: Process, node: Node) -> bool:
    """Whether values of unknown names may come in here."""
    if node.outputs:
        return False
    if node.kind == "startEvent" and node.scope == process.id:
        return node.work.form is None or bool(node.triggers)
    if any(trigger.kind in ("message", "signal", "error", "escalation") for trigger in node.triggers):
        return node.kind != "endEvent" and node.kind != "intermediateThrowEvent"
    return node.work.type is not None or (node.kind == "callActivity" and node.work.all_out)


def _unfilled(place: Place, name: str) -> Finding:
    return finding(
        "feel-unfilled-name",
        "info",
        place.element,
        place.expression.line,
        f"Niets in dit proces vult `{name}`. Geef de waarde bij de start, vraag haar in een formulier of bereken haar.",
        f"Nothing in this process fills `{name}`. Give it at the start, ask for it in a form or work it out.",
    )


def _mistyped(place: Place, analysis: feel.Analysis, types: dict[str, str]) -> Iterator[Finding]:
    used = {name: kind for name, kind in types.items() if name in analysis.reads}
    if not used or analysis.errors:
        return
    text = place.expression.text
    typed = feel.analyse(text, used, names=analysis.reads - used.keys())
    before = {(hint.code, hint.offset) for hint in analysis.hints}
    for hint in typed.hints:
        if hint.code == "type" and (hint.code, hint.offset) not in before:
            yield finding(
                "feel-type",
                "warning",
                place.element,
                place.expression.line,
                f"In de expressie '{text}', bij teken {hint.offset + 1}: {hint.nl} Verbeter haar.",
                f"In the expression '{text}' ({place.what}): {hint.en} Correct it.",
            )
