"""Complex gateways: open once when the activation condition is true, then wait for the rest and reset (13.4.5)."""

from engine.runtime.contract import boolean
from engine.runtime.definition import Ready
from engine.runtime.flow import is_open, leave_by, open_ways
from engine.runtime.joins import absorb, pend
from engine.runtime.registry import enters, step
from engine.runtime.run import Run
from engine.runtime.state import Token

OPENED = "!"


@enters("complexGateway")
def complex_gateway(run: Run, token: Token, node: Ready) -> None:
    """`activationCount` is the number of flows with a token."""
    if len(node.incoming) < 2:
        return leave_by(run, token, open_ways(run, token, node, {"waitingForStart": True, "activationCount": 1}))
    before = (run.above(token).joins or {}).get(node.id, {})
    count = len({*before, token.via} - {OPENED})
    local: dict[str, object] = {"activationCount": count, "waitingForStart": True}
    fires = OPENED not in before and _activates(run, token, node, local)
    ways = open_ways(run, token, node, local) if fires else ()
    scope, arrived = absorb(run, token, node)
    pend(run, scope, node)
    if fires:
        scope.live += 1 - sum(arrived.values())
        arrived.clear()
        arrived[OPENED] = 1
        leave_by(run, run.spawn(node.id, scope), ways)
    return None


def _activates(run: Run, token: Token, node: Ready, local: dict[str, object]) -> bool:
    return node.condition is not None and boolean(run, node.condition, token, "the activation condition", local)


@step
def complex_reset(run: Run, scope: Token, id: str) -> None:
    """Nothing can come any more: go on by the flows that are open at the reset, if any."""
    node, joins = run.nodes[id], scope.joins or {}
    arrived = joins[id]
    opened = OPENED in arrived
    local: dict[str, object] = {"activationCount": len(arrived) - opened, "waitingForStart": False}
    ways = tuple(w for w in node.outgoing if opened and w.condition is not None and is_open(run, w, scope, local))
    del joins[id]
    scope.joins = joins or None
    scope.live -= sum(arrived.values())
    if not opened:
        run.later("leave", run.spawn(id, scope))
    elif ways:
        leave_by(run, run.spawn(id, scope), ways)
    else:
        run.settle(scope)
