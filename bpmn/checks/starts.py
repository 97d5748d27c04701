"""A process or sub-process has one plain start: with several nobody can say which one begins."""

from typing import Final

from bpmn.checks.rule import Code, Known, finding
from bpmn.model import Finding, Process

CODES: Final = (
    Code(
        "several-starts",
        "error",
        (
            "Een (deel)proces heeft meer dan een gewone start.",
            "De norm zegt niet welke begint. In een bestand van een andere engine is dit een waarschuwing.",
            "Houd er een over, met een parallelle of exclusieve poort erachter.",
        ),
        (
            "A process or sub-process has more than one plain start.",
            "The standard does not say which begins. In a file of another engine this is a warning: they all begin.",
            "Keep one, with a parallel or exclusive gateway behind it.",
        ),
    ),
)


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """At most one start event without a trigger in each scope."""
    found: list[Finding] = []
    for node in process.nodes.values():
        plain = [id for id in node.starts if process.nodes[id].kind == "startEvent" and not process.nodes[id].triggers]
        if node.kind != "eventSubProcess" and len(plain) > 1:
            names = ", ".join(plain)
            found.append(
                finding(
                    "several-starts",
                    "warning" if process.lenient else "error",
                    node.id,
                    node.line,
                    f"Er zijn meer gewone starts ({names}): welke begint? Houd er een over, met een poort erachter.",
                    f"There are several plain starts ({names}): which one begins? Keep one, with a gateway behind it.",
                )
            )
    return tuple(found)
