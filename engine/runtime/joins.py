"""Counters of tokens that wait at joins: scope.joins[gateway][flow], each still counted as live."""

from collections.abc import Iterable

from engine.runtime.definition import Ready
from engine.runtime.run import Run
from engine.runtime.state import Token


def absorb(run: Run, token: Token, node: Ready) -> tuple[Token, dict[str, int]]:
    """Turn the token into an arrival of its scope; gives the scope and the arrivals per flow."""
    scope = run.above(token)
    via = token.via or node.incoming[0]
    run.remove(token)
    scope.live += 1
    if scope.joins is None:
        scope.joins = {}
    arrived = scope.joins.setdefault(node.id, {})
    arrived[via] = arrived.get(via, 0) + 1
    return scope, arrived


def consume(run: Run, scope: Token, node: Ready, flows: Iterable[str]) -> Token:
    """Take one arrival of each of the flows and put a token on the gateway in their place."""
    joins = scope.joins or {}
    arrived = joins[node.id]
    for flow in list(flows):
        arrived[flow] -= 1
        scope.live -= 1
        if not arrived[flow]:
            del arrived[flow]
    if not arrived:
        del joins[node.id]
    scope.joins = joins or None
    return run.spawn(node.id, scope)


def pend(run: Run, scope: Token, node: Ready) -> None:
    """Remember that this join must be looked at when nothing moves."""
    entry = [scope.id, node.id]
    if entry not in run.state.pending:
        run.state.pending.append(entry)
