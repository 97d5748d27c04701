"""Lanes hold elements that exist."""

from typing import Final

from bpmn.checks.rule import Code, Known, finding
from bpmn.model import Finding, Process

CODES: Final = (
    Code(
        "unknown-in-lane",
        "warning",
        (
            "Een baan noemt een element dat niet in het proces staat.",
            "De rol van de baan geldt dan voor minder stappen dan gedacht.",
            "Sleep het element opnieuw in de baan, of haal de verwijzing weg.",
        ),
        (
            "A lane names an element that is not in the process.",
            "Then the role of the lane holds for fewer steps than thought.",
            "Drag the element into the lane again, or remove the reference.",
        ),
    ),
)


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Warns for each unknown element of a lane."""
    return tuple(
        finding(
            "unknown-in-lane",
            "warning",
            lane.id,
            lane.line,
            f"Baan '{lane.name or lane.id}' noemt '{id}', dat hier niet bestaat. Sleep het element opnieuw in de baan.",
            f"Lane '{lane.name or lane.id}' names '{id}', which does not exist here. Drag the element in again.",
        )
        for lane in process.lanes
        for id in lane.nodes
        if id not in process.nodes
    )
