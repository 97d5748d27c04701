"""Processes that call each other in a circle never come back."""

from collections.abc import Mapping, Sequence
from typing import Final

from bpmn.checks import graph
from bpmn.checks.rule import Code, finding
from bpmn.model import Finding, Node, Process

CODES: Final = (
    Code(
        "call-cycle",
        "error",
        (
            "Een proces roept zichzelf aan, zelf of via een ander proces.",
            "Is er geen keuze die eraan voorbij gaat, dan roept elke zaak steeds een nieuwe aan, zonder einde.",
            "Gebruik een lus in het proces, of zet een keuze voor de aanroep.",
        ),
        (
            "A process calls itself, directly or by another process.",
            "Without a choice that passes it by, each case calls another one, without end.",
            "Use a loop in the process, or put a choice before the call.",
        ),
    ),
)
Calls = Mapping[str, Sequence[Node]]


def run(processes: Sequence[Process]) -> tuple[Finding, ...]:
    """An error for calls in a circle that no case can avoid, a warning for those that a choice passes by. Called
    processes that are worked out by an expression are known only at run time."""
    own = {process.id: process for process in processes}
    calls = {process.id: _calls(process, own) for process in processes}
    called = {id: [node.work.called.text for node in nodes if node.work.called] for id, nodes in calls.items()}
    sure = {
        id: [node.work.called.text for node in nodes if node.work.called and not _avoidable(own[id], node)]
        for id, nodes in calls.items()
    }
    found: list[Finding] = []
    for id, nodes in calls.items():
        for node in nodes:
            other = node.work.called.text if node.work.called else ""
            if id in graph.walk([other], called):
                always = other in sure[id] and id in graph.walk([other], sure)
                found.append(_circle(node, other, "error" if always else "warning"))
    return tuple(found)


def _calls(process: Process, own: Mapping[str, Process]) -> list[Node]:
    return [
        node
        for node in process.nodes.values()
        if node.kind == "callActivity" and node.work.called and not node.work.called.feel
        if node.work.called.text in own
    ]


def _avoidable(process: Process, call: Node) -> bool:
    """Whether a case can come to an end past the call: by a choice, or because an event ends what is around it."""
    if call.scope != process.id or call.loop is not None or call.boundary or process.root.events:
        return True
    ahead = graph.ahead(process)
    ahead[call.id] = []
    starts = process.root.starts or [n.id for n in process.nodes.values() if n.kind == "startEvent"]
    reached = graph.walk(starts, ahead)
    return any(
        not process.nodes[id].outgoing for id in reached if id != call.id and process.nodes[id].scope == process.id
    )


def _circle(node: Node, other: str, severity: str) -> Finding:
    return finding(
        "call-cycle",
        severity,
        node.id,
        node.line,
        f"Deze aanroep van '{other}' komt weer bij dit proces uit. Zet er een keuze voor of gebruik een lus.",
        f"This call of '{other}' comes back to this process. Put a choice before it or use a loop.",
    )
