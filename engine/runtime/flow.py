"""The way of a token: enter a node, perform it, complete it, leave by its flows; and the end of a scope."""

from collections.abc import Mapping
from typing import Any

from bpmn import feel
from engine.runtime.contract import boolean
from engine.runtime.definition import Ready, Way
from engine.runtime.failures import Incident
from engine.runtime.registry import COMPLETED, ENTER, STEPS, step
from engine.runtime.run import Run
from engine.runtime.state import Token
from engine.runtime.waits import arm, disarm


@step
def enter(run: Run, token: Token) -> None:
    """A token arrives: loop bodies are opened, boundary events armed, then the node is performed."""
    node = run.ready(token)
    instance = run.is_instance(token)
    run.note("entered", token)
    if node.loop and not instance:
        ENTER["loop"](run, token, node)
    elif node.boundary and not instance:
        arm(run, token, node.boundary)
        # A step of its own: the boundary events stay armed while an incident waits here.
        run.later("perform", token)
    else:
        perform(run, token)


@step
def perform(run: Run, token: Token) -> None:
    """Map the inputs and do what the kind of node does."""
    node = run.ready(token)
    if node.inputs:
        found = run.mapped(node.inputs, token, {}, _nothing)
        token.vars = {**(token.vars or {}), **found}
    ENTER[node.kind](run, token, node)


@step
def complete(run: Run, token: Token, values: Mapping[str, Any] | None = None) -> None:
    """Map the outputs of what has finished, remember it for compensation, go on."""
    node = run.ready(token)
    up = run.above(token)
    if node.outputs and node.kind != "callActivity":
        local = {**(token.vars or {}), **(values or {})}
        run.set(up, run.mapped(node.outputs, token, local, run.lookup(up)))
    else:
        run.set(token, values)
    token.flag = None
    if node.compensable:
        _record(run, token, node)
    if run.is_instance(token):
        run.later("instance_done", token)
    elif token.by:
        run.later("handler_done", token)
    elif node.plain:
        leave_by(run, token, node.outgoing)
    else:
        # What leaving evaluates may fail; the boundary events of a finished activity must not fire meanwhile.
        disarm(run, token, lambda row: False)
        run.later("leave", token)


@step
def leave(run: Run, token: Token) -> None:
    """Take every open flow (an implicit split when there are several)."""
    node = run.ready(token)
    leave_by(run, token, node.outgoing if node.plain else open_ways(run, token, node))


def leave_by(run: Run, token: Token, ways: tuple[Way, ...]) -> None:
    """Consume the token and put a fresh one at the end of each way."""
    run.note("left", token)
    scope = run.remove(token)
    if scope is None:
        return
    for way in ways:
        fresh = run.go(way.target, scope)
        if way.joins:
            fresh.via = way.id
    if not ways:
        run.settle(scope)


def open_ways(run: Run, token: Token, node: Ready, local: dict[str, object] | None = None) -> tuple[Way, ...]:
    """The flows whose condition is true, else the default flow; none of both is an incident."""
    ways = tuple(w for w in node.outgoing if w.id != node.default and is_open(run, w, token, local))
    if not ways:
        ways = tuple(w for w in node.outgoing if w.id == node.default)
    if not ways and node.outgoing:
        raise Incident("no-open-flow", f"no condition of {node.name or node.id} is true and there is no default flow")
    return ways


def is_open(run: Run, way: Way, token: Token, local: dict[str, object] | None = None) -> bool:
    """Whether the flow may be taken."""
    return way.condition is None or boolean(run, way.condition, token, f"the condition of flow {way.id}", local)


@step
def scope_done(run: Run, scope: Token) -> None:
    """Nothing moves inside the scope any more."""
    node = run.ready(scope)
    if (scope.live == 0 or node.kind == "adHocSubProcess") and not scope.todo:
        if node.loop and not run.is_instance(scope):
            return
        COMPLETED[node.kind](run, scope, node)


def scope_completed(run: Run, scope: Token) -> None:
    """An embedded scope has ended; a revived one goes back to the compensation that asked for it."""
    if scope.flag == "compensated":
        STEPS["handler_done"](run, scope)
    else:
        complete(run, scope)


def _record(run: Run, token: Token, node: Ready) -> None:
    event = any(run.nodes[start].trigger("compensation") for start in node.events)
    if node.handler or token.done or event:
        scope, record = run.scope_of(token), [node.id, token.vars or None, token.done]
        last = scope.done[-1] if scope.done else None
        if last is not None and last[:3] == record:
            # Rounds of a loop that left nothing of their own are one record with a count.
            last[3] += 1
        else:
            scope.done = [*(scope.done or []), [*record, 1]]


def _nothing(_: str) -> object:
    return feel.MISSING
