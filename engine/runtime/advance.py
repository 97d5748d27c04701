"""`advance`: one event in, a new state and effects out. Pure: no clock, no I/O; the state passed in is consumed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.domain import effects, events
from engine.runtime import behaviours
from engine.runtime.definition import Definition
from engine.runtime.failures import Rejected
from engine.runtime.run import Run
from engine.runtime.state import State, Token
from engine.runtime.waits import awaited, broadcast

__all__ = ["Step", "advance", "behaviours"]

DOABLE = frozenset({"task", "job", "receive"})


@dataclass(frozen=True, slots=True)
class Step:
    """The state after the event, and what the host must do, in order."""

    state: State
    effects: tuple[effects.Effect, ...]


def advance(definition: Definition, state: State, event: events.Event, now: int) -> Step:
    """Work off `event` at `now` (epoch ms). Raises Rejected when the event does not fit; the state is void then."""
    if (state.status == "new") != isinstance(event, events.Start):
        raise Rejected("the case has already begun" if state.status != "new" else "the case has not begun")
    if state.over:
        raise Rejected(f"the case is {state.status}")
    run = Run(definition, state, now)
    if not isinstance(event, events.Continue) and not state.queue:
        state.rounds = 0
    HANDLERS[type(event)](run, event)
    run.drain()
    return Step(state, tuple(run.effects))


def _token(run: Run, id: int) -> Token:
    token = run.tokens.get(id)
    if token is None:
        raise Rejected(f"there is no token {id}")
    return token


def _start(run: Run, event: events.Start) -> None:
    state = run.state
    if event.node is None and not run.definition.root.starts:
        raise Rejected("this process begins only with an event")
    state.status = "child" if event.child else "active"
    root = run.spawn(run.definition.id, None)
    root.vars = {**run.definition.variables, **event.variables}
    if event.node is None:
        run.later("enter", root)
        return
    target = run.nodes.get(event.node)
    if target is None:
        raise Rejected(f"there is no element {event.node!r}")
    run.later("enter_at", root, target.id, event.kind, event.name)


def _complete(run: Run, event: events.Complete) -> None:
    token = _token(run, event.token)
    if token.flag not in DOABLE:
        raise Rejected(f"token {token.id} is no open task or job")
    token.flag = None
    run.later("complete", token, dict(event.variables))


def _fire(run: Run, event: events.Fire) -> None:
    token = _token(run, event.token)
    if not any(row[1] == event.node and awaited(row, event.kind) for row in token.waits or ()):
        raise Rejected(f"nobody waits at {event.node}")
    run.later("fire", token, event.node, dict(event.variables), event.kind, event.name)


def _signal(run: Run, event: events.Signal) -> None:
    broadcast(run, event.name, event.variables)


def _raise(run: Run, event: events.Raise) -> None:
    token = _token(run, event.token)
    if token.flag not in DOABLE | {"call"}:
        raise Rejected(f"token {token.id} is no open task, job or call")
    name = "raised_by_call" if token.flag == "call" else "climb"
    run.later(name, token, event.kind, event.code, dict(event.variables))


def _called(run: Run, event: events.Called) -> None:
    token = _token(run, event.token)
    if token.flag != "call":
        raise Rejected(f"token {token.id} calls nobody")
    token.flag = None
    run.later("call_done", token, dict(event.variables))


def _set(run: Run, event: events.SetVariables) -> None:
    token = _token(run, event.token)
    run.note("variables", token, dict(event.variables))
    run.set(token, event.variables)


def _retry(run: Run, event: events.Retry) -> None:
    token = _token(run, event.token)
    if token.flag != "incident" or token.retry is None:
        raise Rejected(f"token {token.id} has no incident")
    name, arguments, flag = token.retry
    token.retry, token.flag = None, flag
    if name not in ("climb", "raised_by_call") or flag not in DOABLE | {"call"}:
        run.later(name, token, *arguments)
    elif flag in ("task", "receive"):
        # Still open with whoever does it: the error is forgotten, nothing is opened anew.
        return
    elif flag == "job":
        # What raised the error is over; the work itself is done again.
        token.flag = None
        run.later("perform", token)
    else:
        # The called case hangs on this token: a fresh token calls anew, and the old case ends with the old token.
        fresh = run.spawn(token.node, run.above(token))
        fresh.vars, fresh.by, fresh.via = token.vars, token.by, token.via
        run.later("enter", fresh)
        run.cancel(token)


def _activate(run: Run, event: events.Activate) -> None:
    token = _token(run, event.token)
    node = run.ready(token)
    if token.flag != "adhoc" or event.node not in node.starts:
        raise Rejected(f"{event.node} cannot be picked here")
    if node.sequential and token.live:
        raise Rejected("in this sub-process one thing is done at a time")
    run.go(event.node, token)


def _continue(run: Run, event: events.Continue) -> None:
    """The queue kept in the state is worked on."""


def _cancel(run: Run, event: events.Cancel) -> None:
    run.queue.clear()
    run.cancel(run.state.root)
    run.state.status = "cancelled"
    run.effects.append(effects.Cancelled())


HANDLERS: dict[type, Callable[[Run, Any], None]] = {
    events.Start: _start,
    events.Complete: _complete,
    events.Fire: _fire,
    events.Signal: _signal,
    events.Raise: _raise,
    events.Called: _called,
    events.SetVariables: _set,
    events.Retry: _retry,
    events.Activate: _activate,
    events.Continue: _continue,
    events.Cancel: _cancel,
}
