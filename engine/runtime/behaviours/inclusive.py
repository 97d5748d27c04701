"""Inclusive gateways: a join fires when no other token can still reach one of its empty flows (BPMN 2.0.2, 13.4.3)."""

from engine.runtime.definition import Ready
from engine.runtime.flow import leave_by, open_ways
from engine.runtime.joins import absorb, consume, pend
from engine.runtime.registry import at_rest, enters
from engine.runtime.run import Run
from engine.runtime.state import Token


@enters("inclusiveGateway")
def inclusive(run: Run, token: Token, node: Ready) -> None:
    """Split by every open flow; with several incoming flows, wait first."""
    if len(node.incoming) < 2:
        return leave_by(run, token, open_ways(run, token, node))
    scope, _ = absorb(run, token, node)
    pend(run, scope, node)
    return None


@at_rest
def release(run: Run) -> bool:
    """Fire one join that nothing can reach any more; true when one fired."""
    for entry in list(run.state.pending):
        scope, node = run.tokens.get(entry[0]), run.nodes[entry[1]]
        if scope is None or node.id not in (scope.joins or {}):
            run.state.pending.remove(entry)
        elif scope.flag != "incident" and not _blocked(run, scope, node):
            if node.kind == "complexGateway":
                run.later("complex_reset", scope, node.id)
            else:
                run.later("leave", consume(run, scope, node, list((scope.joins or {})[node.id])))
            return True
    return False


def _blocked(run: Run, scope: Token, node: Ready) -> bool:
    joins = scope.joins or {}
    reach, filled = run.definition.reach[node.id], joins[node.id].keys()
    # Who watches over compensation aside has gone on already, with another token.
    places = {child.node for child in run.children(scope) if child.flag != "aside"}
    places |= {gateway for gateway in joins if gateway != node.id}
    return any(reach[place] and filled.isdisjoint(reach[place]) for place in places if place in reach)
