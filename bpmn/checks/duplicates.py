"""Ids are unique over all processes of a package, since history and overrides name elements by id alone."""

from collections.abc import Sequence
from typing import Final

from bpmn.checks.rule import Code, finding
from bpmn.model import Finding, Process

CODES: Final = (
    Code(
        "duplicate-id",
        "error",
        (
            "Twee elementen of pijlen hebben hetzelfde id, ook als ze in twee processen van een pakket staan.",
            "De geschiedenis en de keuzes van gemeenten noemen elementen bij hun id; die zouden dan iets anders "
            "aanwijzen.",
            "Geef elk element een eigen id.",
        ),
        (
            "Two elements or flows have the same id, also when they stand in two processes of one package.",
            "History and the choices of municipalities name elements by id; those would then point at something else.",
            "Give every element an id of its own.",
        ),
    ),
)


def run(processes: Sequence[Process]) -> tuple[Finding, ...]:
    """An id of an element or flow that occurs again, in the same or another process."""
    seen: set[str] = set()
    found: list[Finding] = []
    for process in processes:
        for node in process.nodes.values():
            for id, line in ((node.id, node.line), *((flow.id, flow.line) for flow in node.outgoing)):
                if id in seen:
                    found.append(
                        finding(
                            "duplicate-id",
                            "error",
                            id,
                            line,
                            f"Het id '{id}' komt vaker voor. Geef elk element een eigen id.",
                            f"The id '{id}' occurs more than once. Give every element an id of its own.",
                        )
                    )
                seen.add(id)
    return tuple(found)
