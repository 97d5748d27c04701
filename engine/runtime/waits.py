"""Arming and disarming what waits, and what an interruption does; shared by the behaviours.

A row is [kind, node, name, key] for messages and signals, [kind, node, due, left, period, anchor, count] for timers,
[kind, node, was true] for conditions (with the place of the condition in its event, when that has several), and
["arrived", node, values] for what has come to an event that needs several. The node tells what it is: a catch event, a
boundary event, an arm of an event-based gateway, or the start of an event sub-process of the scope with the row."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine.domain import effects
from engine.runtime import timer
from engine.runtime.contract import text
from engine.runtime.definition import Catch, Ready
from engine.runtime.failures import Incident
from engine.runtime.registry import STEPS, step
from engine.runtime.run import Run
from engine.runtime.state import Row, Token, waiting

WAITING = frozenset({"message", "signal", "timer", "conditional"})


def rows(run: Run, token: Token, node: Ready) -> list[Row]:
    """What `node` waits for, evaluated as `token` sees it."""
    found = [_row(run, token, node, trigger) for trigger in node.triggers if trigger.kind in WAITING]
    conditions = [number for number, trigger in enumerate(node.triggers) if trigger.kind == "conditional"]
    if len(conditions) > 1:
        for row, number in zip((row for row in found if row[0] == "conditional"), conditions, strict=True):
            row.append(number)
    return found


def _row(run: Run, token: Token, node: Ready, trigger: Catch) -> Row:
    if trigger.kind == "timer":
        if trigger.value is None:
            raise Incident("null-value", f"timer {node.id} has no value")
        return [
            "timer",
            node.id,
            *timer.first(trigger.timer, run.json(trigger.value, token), run.now, run.definition.zone),
        ]
    if trigger.kind == "conditional":
        run.changed = True
        return ["conditional", node.id, False]
    name = text(run, trigger.name, token, f"the {trigger.kind} name of {node.id}")
    key = text(run, trigger.value, token, f"the correlation key of {node.id}") if trigger.value else None
    return [trigger.kind, node.id, name, key]


def arm(run: Run, token: Token, nodes: Iterable[str]) -> None:
    """Wait at `token` for what these nodes catch."""
    wait_for(run, token, [row for id in nodes for row in rows(run, token, run.nodes[id])])


def wait_for(run: Run, token: Token, found: list[Row]) -> None:
    """Wait at `token` for these rows."""
    if found:
        token.waits = [*(token.waits or []), *found]
        for row in found:
            opened(run, token, row)


def awaited(row: Row, kind: str | None) -> bool:
    """Whether the row waits for something of this kind, of any when None."""
    return row[0] in WAITING and kind in (None, row[0])


def opened(run: Run, token: Token, row: Row) -> None:
    """Tell the host of a wait that it can serve; conditions are looked at by the core itself."""
    if row[0] == "timer":
        run.effects.append(effects.OpenWait(token.id, row[1], "timer", "", None, row[2]))
    elif row[0] in ("message", "signal"):
        run.effects.append(effects.OpenWait(token.id, row[1], row[0], row[2], row[3], None))


def closed(run: Run, token: Token, row: Row) -> None:
    """Tell the host that a wait is over."""
    if row[0] in ("message", "signal", "timer"):
        name = "" if row[0] == "timer" else row[2]
        run.effects.append(effects.CloseWait(token.id, row[1], row[0], name))


def disarm(run: Run, token: Token, keep: Callable[[Row], bool]) -> None:
    """Drop the rows that are not kept."""
    for row in token.waits or ():
        if not keep(row):
            closed(run, token, row)
    token.waits = [row for row in token.waits or () if keep(row)] or None


def deliver(run: Run, token: Token, values: Mapping[str, Any] | None) -> None:
    """Give the payload of an event to a fresh token at it: by its output mapping, else to the scope around it."""
    if run.ready(token).outputs:
        token.vars = dict(values or {})
    else:
        run.set(run.above(token), values)


def interrupt(run: Run, host: Token, boundary: str, values: Mapping[str, Any] | None = None) -> None:
    """The boundary event takes over: its token starts beside the host, and the host is cancelled."""
    fresh = run.go(boundary, run.above(host))
    deliver(run, fresh, values)
    run.cancel(host)
    owner = run.tokens.get(host.by) if host.by else None
    if owner is not None:
        # An interrupted compensation handler counts as finished.
        STEPS["one_handler_less"](run, owner)


def open_event_subprocess(
    run: Run, scope: Token, start: Ready, values: Mapping[str, Any] | None = None, always: bool = False
) -> None:
    """Begin the event sub-process of `start` inside `scope`; `always`: it interrupts, whatever the model says."""
    body = run.nodes[start.scope or ""]
    if start.interrupting or always:
        run.clear(scope)
        disarm(run, scope, lambda row: run.nodes[row[1]].kind == "boundaryEvent")
    token = run.spawn(body.id, scope)
    token.vars = {}
    run.note("entered", token)
    # What stands inside may fail to be armed, and that must not undo what has been interrupted: a step of its own.
    run.later("open_body", token, start.id, dict(values or {}))


@step
def open_body(run: Run, token: Token, start: str, values: dict[str, Any]) -> None:
    """The event sub-process itself: its own event sub-processes, then the event that began it."""
    arm(run, token, run.ready(token).events)
    deliver(run, run.go(start, token), values)


def broadcast(run: Run, name: str, values: Mapping[str, Any] | None = None) -> None:
    """A signal reaches everything that waits for it in this case."""
    found = [(t, row) for t in waiting(run.tokens) for row in t.waits or () if row[0] == "signal"]
    for token, row in found:
        if row[2] == name:
            run.later("fire", token, row[1], dict(values or {}), "signal", name)
