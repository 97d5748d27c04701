"""Where an event begins a case: the elements of a process that wait outside of any case."""

from collections.abc import Iterator

from bpmn import feel
from bpmn.model import Node, Process, Trigger


def beginnings(process: Process) -> Iterator[Node]:
    """Start events with a trigger (BPMN 2.0.2, 10.5.2), receive tasks that instantiate (10.3.3), and what stands behind
    an event-based gateway that does (10.6.6); of the process itself, not of its sub-processes. A pool that is drawn to
    show what others do is not executable: nothing begins there."""
    for node in process.nodes.values() if process.executable else ():
        if node.scope == process.id and (
            (node.kind == "startEvent" and node.triggers)
            or (node.kind == "receiveTask" and node.instantiate and not node.incoming)
            or behind(process, node) is not None
        ):
            yield node


def behind(process: Process, node: Node) -> Node | None:
    """The instantiating event-based gateway that `node` stands behind, if it does."""
    for gateway in process.nodes.values():
        instantiates = gateway.kind == "eventBasedGateway" and gateway.instantiate and gateway.scope == process.id
        if instantiates and any(flow.target == node.id for flow in gateway.outgoing):
            return gateway
    return None


def begins_with(process: Process, kind: str, name: str) -> Node | None:
    """The element of the process at which this message or signal (`kind`) begins a case; None when none does."""
    for node in beginnings(process):
        if any(trigger.kind == kind and _name(trigger) == name for trigger in node.triggers):
            return node
    return None


def _name(trigger: Trigger) -> object:
    if trigger.name is None or not trigger.name.feel:
        return trigger.name and trigger.name.text
    return feel.evaluate(trigger.name.text, {})
