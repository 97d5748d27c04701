"""A join behind a non-interrupting event may get the tokens of several firings, and then mixes them."""

from collections.abc import Iterator
from typing import Final

from bpmn.checks.rule import Code, Known, finding
from bpmn.model import Finding, Node, Process

CODES: Final = (
    Code(
        "join-after-repeated-event",
        "warning",
        (
            "Achter een randgebeurtenis die niet onderbreekt en vaker kan gebeuren, staat een poort die samenvoegt.",
            "De poort kan stappen van de ene keer met die van een andere keer samenvoegen.",
            "Zet wat samenhoort in een deelproces, met de poort erin.",
        ),
        (
            "Behind a boundary event that does not interrupt and may happen again stands a gateway that joins.",
            "It may join steps of one time with those of another.",
            "Put what belongs together in a sub-process, with the gateway in it.",
        ),
    ),
)

JOINS = frozenset({"parallelGateway", "inclusiveGateway", "complexGateway"})


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Warns for joins on the path of a non-interrupting boundary event that can fire more than once."""
    return tuple(
        finding(
            "join-after-repeated-event",
            "warning",
            join.id,
            join.line,
            f"'{node.id}' kan vaker optreden; deze poort voegt dan stappen van verschillende keren samen. "
            "Zet wat samenhoort in een subproces.",
            f"'{node.id}' may happen more than once; this gateway then joins steps of different times. "
            "Put what belongs together in a sub-process.",
        )
        for node in process.nodes.values()
        if node.kind == "boundaryEvent" and not node.interrupting and _repeats(node)
        for join in _joins_ahead(process, node)
    )


def _repeats(node: Node) -> bool:
    return any(trigger.kind != "timer" or trigger.timer == "cycle" for trigger in node.triggers)


def _joins_ahead(process: Process, start: Node) -> Iterator[Node]:
    seen: set[str] = set()
    todo = [start]
    while todo:
        node = todo.pop()
        for flow in node.outgoing:
            target = process.nodes[flow.target]
            if target.id in seen:
                continue
            seen.add(target.id)
            todo.append(target)
            if target.kind in JOINS and len(target.incoming) > 1:
                yield target
