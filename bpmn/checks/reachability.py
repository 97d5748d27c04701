"""Every element can be reached from a start, an event or a link."""

from typing import Final

from bpmn.checks import graph
from bpmn.checks.rule import Code, Known, finding
from bpmn.model import Finding, Node, Process

CODES: Final = (
    Code(
        "unreachable",
        "warning",
        (
            "Naar dit element leidt geen weg vanaf een start.",
            "Het wordt nooit uitgevoerd, en wie de tekening leest denkt van wel.",
            "Verbind het met een pijl of haal het weg.",
        ),
        (
            "No way leads to this element from a start.",
            "It is never carried out, while who reads the drawing thinks it is.",
            "Connect it with a flow or remove it.",
        ),
    ),
)


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Warns where a part begins that nothing leads to: once for each such part, not for all that stands behind it."""
    ahead = graph.ahead(process)
    for node in process.nodes.values():
        if node.handler:
            ahead[node.id].append(node.handler)
    open_scopes = {node.scope for node in process.nodes.values() if _starts(process, node)}
    begins = [node.id for node in process.nodes.values() if _starts(process, node) or node.scope not in open_scopes]
    reached = graph.walk(begins, ahead)
    left = [node for node in process.nodes.values() if node.id not in reached and node.kind != "boundaryEvent"]
    back = graph.turned(ahead)
    found: list[Node] = []
    seen: set[str] = set()
    # First what nothing at all leads to, then circles that only lead to themselves.
    for node in (*(one for one in left if not back[one.id]), *left):
        if node.id not in seen:
            seen |= graph.walk([node.id], ahead)
            found.append(node)
    return tuple(
        finding(
            "unreachable",
            "warning",
            node.id,
            node.line,
            "Naar dit element leidt geen pijl; het wordt nooit bereikt. Verbind het of haal het weg.",
            "No flow leads to this element; it is never reached. Connect it or remove it.",
        )
        for node in found
    )


def _starts(process: Process, node: Node) -> bool:
    """Whether tokens may begin here. A scope without any such node is the subject of `ends`, which says it once."""
    if node.scope is None or node.kind in ("startEvent", "eventSubProcess") or node.instantiate:
        return True
    scope = process.nodes[node.scope]
    return node.id in scope.starts or node.for_compensation or scope.kind == "adHocSubProcess"
