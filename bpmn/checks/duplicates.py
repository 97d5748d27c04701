"""Ids are unique over all processes of a package, since history and overrides name elements by id alone."""

from collections.abc import Sequence

from bpmn.checks.rule import finding
from bpmn.model import Finding, Process


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
