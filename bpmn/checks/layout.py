"""What is not drawn cannot be seen in the editor."""

from typing import Final

from bpmn.checks.rule import Code, Known, finding
from bpmn.model import Finding, Process

CODES: Final = (
    Code(
        "not-drawn",
        "info",
        (
            "Een element of een heel proces heeft geen plaats op de tekening.",
            "Het loopt wel, maar wie naar de tekening kijkt, ziet het niet.",
            "Laat de modeller het proces tekenen, of zet het element op de tekening.",
        ),
        (
            "An element or a whole process has no place in the diagram.",
            "It runs, but who looks at the drawing does not see it.",
            "Let the modeller draw the process, or put the element in the diagram.",
        ),
    ),
)


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """One advice for a process without any drawing, else one for each element that is missing from it."""
    drawn = process.drawn
    if drawn is None:
        return ()
    inside = [node for node in process.nodes.values() if node.scope is not None]
    missing = [node for node in inside if node.id not in drawn]
    if inside and len(missing) == len(inside):
        return (
            finding(
                "not-drawn",
                "info",
                process.id,
                process.line,
                "Dit proces heeft geen tekening. Laat de modeller het tekenen.",
                "This process has no drawing. Let the modeller draw it.",
            ),
        )
    return tuple(
        finding(
            "not-drawn",
            "info",
            node.id,
            node.line,
            "Dit element staat niet op de tekening. Zet het erop.",
            "This element is not in the diagram. Put it there.",
        )
        for node in missing
    )
