"""FEEL knows no weeks: `duration("P6W")` is null."""

import re
from typing import Final

from bpmn.checks.rule import Code, Known, expressions, finding
from bpmn.model import Finding, Process

CODES: Final = (
    Code(
        "weeks-in-expression",
        "error",
        (
            "Een expressie gebruikt een duur in weken.",
            "FEEL kent geen weken: de uitkomst is leeg (null). In een klok zelf mogen weken wel.",
            "Schrijf de dagen: P42D in plaats van P6W.",
        ),
        (
            "An expression uses a duration in weeks.",
            "FEEL knows no weeks: the result is null. In a timer itself weeks are allowed.",
            "Write the days: P42D instead of P6W.",
        ),
    ),
)

WEEKS: Final = re.compile(r'"[-+]?P(\d+)W"')


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Week durations inside expressions, with the days to write instead."""
    found: list[Finding] = []
    for place in expressions(process):
        for match in WEEKS.finditer(place.expression.text) if place.expression.feel else ():
            days = f'"P{int(match[1]) * 7}D"'
            found.append(
                finding(
                    "weeks-in-expression",
                    "error",
                    place.element,
                    place.expression.line,
                    f"Een expressie kent geen weken: {match[0]} wordt leeg. Schrijf {days}.",
                    f"An expression knows no weeks: {match[0]} becomes null. Write {days}.",
                )
            )
    return tuple(found)
