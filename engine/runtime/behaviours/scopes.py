"""Processes and sub-processes: open the scope, and what happens when it is empty."""

from engine.domain import effects
from engine.runtime.definition import Ready
from engine.runtime.flow import scope_completed
from engine.runtime.registry import STEPS, completes, enters, step
from engine.runtime.run import Run
from engine.runtime.state import Token
from engine.runtime.waits import arm, open_event_subprocess


@enters("process", "subProcess", "transaction", "eventSubProcess")
def open_scope(run: Run, token: Token, node: Ready) -> None:
    """Arm the event sub-processes and begin at the plain starts."""
    arm(run, token, node.events)
    if token.vars is None:
        token.vars = {}
    for start in node.starts:
        run.go(start, token)
    run.settle(token)


@step
def enter_at(run: Run, root: Token, id: str, kind: str | None = None, name: str | None = None) -> None:
    """The case begins at an event: a start event of the process or of an event sub-process, a receive task, or an event
    behind a gateway. A parallel gateway waits for its other events in this case (BPMN 2.0.2, 10.6.6)."""
    node = run.nodes[id]
    arm(run, root, run.definition.root.events)
    run.note("entered", root)
    if node.kind == "startEvent" and node.scope != run.definition.id:
        open_event_subprocess(run, root, node)
        return
    run.later("begin", run.spawn(id, root), kind, name)
    for gateway in run.nodes.values():
        targets = [way.target for way in gateway.outgoing] if gateway.instantiate else []
        if gateway.parallel_multiple and id in targets:
            for other in targets:
                if other != id:
                    run.go(other, root)


@completes("subProcess", "transaction")
def embedded_done(run: Run, scope: Token, node: Ready) -> None:
    """An embedded sub-process goes on like any activity."""
    scope_completed(run, scope)


@completes("eventSubProcess")
def event_subprocess_done(run: Run, scope: Token, node: Ready) -> None:
    """An event sub-process has no flows: its scope may be done now."""
    if scope.by:
        STEPS["handler_done"](run, scope)
        return
    run.note("left", scope)
    run.settle(run.remove(scope))


@completes("process")
def process_done(run: Run, scope: Token, node: Ready) -> None:
    """The case has ended."""
    run.state.status = "completed"
    variables = dict(scope.vars or {})
    run.note("left", scope)
    run.remove(scope)
    run.queue.clear()
    run.effects.append(effects.Completed(variables, run.end))
