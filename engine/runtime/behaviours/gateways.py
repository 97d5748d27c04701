"""Exclusive, parallel and event-based gateways. A token waiting at a join is a counter in its scope."""

from engine.runtime.contract import boolean
from engine.runtime.definition import Ready
from engine.runtime.failures import Incident
from engine.runtime.flow import leave_by
from engine.runtime.joins import absorb, consume
from engine.runtime.registry import enters
from engine.runtime.run import Run
from engine.runtime.state import Token
from engine.runtime.waits import arm


@enters("exclusiveGateway")
def exclusive(run: Run, token: Token, node: Ready) -> None:
    """The first flow whose condition is true, else the default flow."""
    for way in node.outgoing:
        if way.id == node.default:
            continue
        if way.condition is None or boolean(run, way.condition, token, f"the condition of flow {way.id}"):
            return leave_by(run, token, (way,))
    ways = tuple(way for way in node.outgoing if way.id == node.default)
    if not ways and node.outgoing:
        raise Incident("no-open-flow", f"no condition of {node.name or node.id} is true and there is no default flow")
    return leave_by(run, token, ways)


@enters("parallelGateway")
def parallel(run: Run, token: Token, node: Ready) -> None:
    """Wait for one token per incoming flow, then go on by every outgoing flow (BPMN 2.0.2, 13.4.1)."""
    if len(node.incoming) < 2:
        return leave_by(run, token, node.outgoing)
    scope, arrived = absorb(run, token, node)
    if len(arrived) == len(node.incoming):
        leave_by(run, consume(run, scope, node, node.incoming), node.outgoing)
    return None


@enters("eventBasedGateway")
def event_based(run: Run, token: Token, node: Ready) -> None:
    """Wait for whichever of the events behind it comes first."""
    arm(run, token, [way.target for way in node.outgoing])
    token.flag = "wait"
