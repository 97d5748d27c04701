"""Two inclusive joins that lie upstream of each other wait for each other for ever."""

from typing import Final

from bpmn.checks.rule import Code, Known, finding
from bpmn.model import Finding, Process

CODES: Final = (
    Code(
        "joins-wait-for-each-other",
        "warning",
        (
            "Twee inclusieve (of complexe) poorten liggen in een kring en wachten elk op de ander.",
            "De zaak kan daar voor altijd blijven staan.",
            "Laat een van beide niet samenvoegen, of haal een van de twee uit de kring.",
        ),
        (
            "Two inclusive (or complex) gateways lie in a circle and wait for each other.",
            "A case may stay there for ever.",
            "Let one of them not join, or take one of them out of the circle.",
        ),
    ),
)

JOINS = frozenset({"inclusiveGateway", "complexGateway"})


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Warns for each that lies on a cycle with another, and names one other."""
    joins = [n.id for n in process.nodes.values() if n.kind in JOINS and len(n.incoming) > 1]
    ahead = {id: _ahead(process, id) for id in joins}
    found: list[Finding] = []
    for one in joins:
        other = next((o for o in joins if o > one and o in ahead[one] and one in ahead[o]), None)
        if other is not None:
            found.append(
                finding(
                    "joins-wait-for-each-other",
                    "warning",
                    one,
                    process.nodes[one].line,
                    f"Deze poort en '{other}' kunnen op elkaar wachten. Laat een van beide niet samenvoegen.",
                    f"This gateway and '{other}' may wait for each other. Let one of them not join.",
                )
            )
    return tuple(found)


def _ahead(process: Process, start: str) -> set[str]:
    seen: set[str] = set()
    todo = [start]
    while todo:
        node = process.nodes[todo.pop()]
        following = [flow.target for flow in node.outgoing] + [
            flow.target for boundary in node.boundary for flow in process.nodes[boundary].outgoing
        ]
        for id in following:
            if id not in seen:
                seen.add(id)
                todo.append(id)
    return seen
