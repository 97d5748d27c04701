"""Timers and terms say what is meant: no texts that fail, no slips of units, no fixed days."""

import re
from collections.abc import Iterator
from typing import Final

from bpmn.checks import spans
from bpmn.checks.rule import Code, Known, expressions, finding
from bpmn.checks.spans import Slip
from bpmn.model import Expression, Finding, Node, Process, Trigger

CODES: Final = (
    Code(
        "timer-wrong",
        "error",
        (
            "De datum, duur of herhaling van een klok is niet te lezen.",
            "De zaak loopt vast zodra de klok moet gaan lopen.",
            "Schrijf een datum als 2027-01-31T09:00:00, een duur als P14D of PT1H, een herhaling als R3/P1D.",
        ),
        (
            "The date, duration or cycle of a timer cannot be read.",
            "The case stops as soon as the timer must be set.",
            "Write a date as 2027-01-31T09:00:00, a duration as P14D or PT1H, a cycle as R3/P1D.",
        ),
    ),
    Code(
        "duration-suspicious",
        "warning",
        (
            "Een duur is goed geschreven, maar waarschijnlijk niet bedoeld: minuten als maanden (P15M), een maand met "
            "dagen (P1M14D), niets (P0D), tientallen jaren.",
            "Een termijn van vijftien maanden in plaats van minuten merkt niemand.",
            "Kijk de eenheid na: voor de T staan jaren, maanden en dagen, na de T uren, minuten en seconden.",
        ),
        (
            "A duration is well written but probably not meant: minutes as months (P15M), a month with days (P1M14D), "
            "nothing (P0D), tens of years.",
            "Nobody notices a term of fifteen months instead of minutes.",
            "Look at the unit: before the T stand years, months and days, after it hours, minutes and seconds.",
        ),
    ),
    Code(
        "fixed-date",
        "warning",
        (
            "Een klok staat op een vaste dag.",
            "Na die dag gaat hij in elke nieuwe zaak meteen af.",
            "Reken de dag uit met een expressie, of gebruik een duur.",
        ),
        (
            "A timer is set to a fixed day.",
            "After that day it goes off at once in every new case.",
            "Work the day out by an expression, or use a duration.",
        ),
    ),
    Code(
        "cycle-too-fast",
        "warning",
        (
            "Een herhaling is korter dan een minuut.",
            "De zaak doet dan om de paar tellen iets, en elke keer staat in de geschiedenis.",
            "Kies een minuut of langer.",
        ),
        (
            "A cycle is shorter than a minute.",
            "Then the case does something every few seconds, and each time stands in its history.",
            "Choose a minute or more.",
        ),
    ),
    Code(
        "cycle-fires-once",
        "warning",
        (
            "Een herhaling staat op een plek waar de klok maar een keer kan gaan.",
            "Na de eerste keer is de stap voorbij, en de andere keren komen niet.",
            "Gebruik een duur, of laat de randgebeurtenis niet onderbreken.",
        ),
        (
            "A cycle stands where the timer can go off only once.",
            "After the first time the step is over, and the other times do not come.",
            "Use a duration, or let the boundary event not interrupt.",
        ),
    ),
)
_QUOTED: Final = re.compile(r'"([-+]?P\d*[^"\s]*|PT[^"\s]*)"')


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Texts of timers and of due dates; durations in quotes inside expressions."""
    found: list[Finding] = []
    for node in process.nodes.values():
        for trigger in node.triggers:
            if trigger.kind == "timer" and trigger.value is not None and not trigger.value.feel:
                found.extend(_timer(process, node, trigger, trigger.value))
        for due in (node.work.due, node.work.follow_up):
            if due is not None and not due.feel:
                found.extend(_suspicious(node.id, due, spans.slips(due.text)))
    for place in expressions(process):
        if place.expression.feel:
            for text in _QUOTED.findall(place.expression.text):
                meant = spans.misplaced(text)
                wrong = [(f"'{text}' is geen duur. Schrijf {meant}.", f"'{text}' is no duration. Write {meant}.")]
                found.extend(_suspicious(place.element, place.expression, wrong if meant else spans.slips(text)))
    return tuple(found)


def _suspicious(element: str, expression: Expression, slips: Iterator[Slip] | list[Slip]) -> Iterator[Finding]:
    for nl, en in slips:
        yield finding("duration-suspicious", "warning", element, expression.line, nl, en)


def _timer(process: Process, node: Node, trigger: Trigger, value: Expression) -> Iterator[Finding]:
    text = value.text.strip()
    wrong = spans.wrong(trigger.timer, text)
    if wrong is not None:
        severity = "warning" if process.lenient else "error"
        yield finding("timer-wrong", severity, node.id, value.line, *wrong)
        return
    repeated = spans.cycle(text)
    if repeated is not None:
        yield from _cycle(node, value, *repeated)
    elif spans.parts(text) is None and (node.kind != "startEvent" or node.scope != process.id):
        # A process may begin once, on a day; what waits inside a case must not.
        yield finding(
            "fixed-date",
            "warning",
            node.id,
            value.line,
            f"Deze klok staat op een vaste dag ({text}) en gaat daarna meteen af. Reken de dag uit.",
            f"This timer is set to a fixed day ({text}) and goes off at once after it. Work the day out.",
        )
    yield from _suspicious(node.id, value, spans.slips(repeated[2] if repeated else text))


def _cycle(node: Node, value: Expression, times: str, start: str, period: str) -> Iterator[Finding]:
    if spans.hasty(period):
        yield finding(
            "cycle-too-fast",
            "warning",
            node.id,
            value.line,
            f"'{period}' is korter dan een minuut: de zaak blijft dan bezig. Kies PT1M of langer.",
            f"'{period}' is shorter than a minute: it keeps the case busy. Choose PT1M or more.",
        )
    once = node.kind == "intermediateCatchEvent" or (node.kind == "boundaryEvent" and node.interrupting)
    if once and times != "1":
        yield finding(
            "cycle-fires-once",
            "warning",
            node.id,
            value.line,
            "Deze klok gaat hier maar een keer, dus de herhaling doet niets. Gebruik een duur.",
            "This timer goes off once here, so the cycle does nothing. Use a duration.",
        )
