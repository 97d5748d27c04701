"""One wait has happened: a catch event, a boundary event, an arm of an event gateway or an event sub-process."""

from collections.abc import Mapping
from typing import Any

from engine.domain import effects
from engine.runtime import timer
from engine.runtime.definition import Ready
from engine.runtime.registry import step
from engine.runtime.run import Run
from engine.runtime.state import Row, Token
from engine.runtime.waits import arm, awaited, closed, deliver, disarm, interrupt, open_event_subprocess, opened


@step
def fire(
    run: Run,
    token: Token,
    id: str,
    values: Mapping[str, Any] | None = None,
    kind: str | None = None,
    name: str | int | None = None,
) -> None:
    """The wait of `token` at node `id`; nothing happens when it is gone already."""
    row = find(token, id, kind, name)
    if row is None:
        return
    node = run.nodes[id]
    if node.parallel_multiple:
        values = _gathered(run, token, row, values)
        if values is None:
            return
    if node.kind == "boundaryEvent":
        if node.interrupting:
            interrupt(run, token, id, values)
        else:
            _rearm(run, token, row)
            deliver(run, run.go(id, run.above(token)), values)
    elif node.kind == "startEvent" and token.node != id:
        if not node.interrupting:
            _rearm(run, token, row)
        open_event_subprocess(run, token, node, values)
    else:
        _caught(run, token, node, values)


def find(token: Token, id: str, kind: str | None, name: str | int | None) -> Row | None:
    """The row of the token that fits."""
    for row in token.waits or ():
        if row[1] == id and awaited(row, kind) and _named(row, name):
            return row
    return None


def _named(row: Row, name: str | int | None) -> bool:
    if name is None or row[0] == "timer":
        return True
    return (row[3:] == [name]) if row[0] == "conditional" else bool(row[2] == name)


def _gathered(run: Run, token: Token, row: Row, values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Parallel multiple: None while others are still to come, else what all of them brought (10.5.1)."""
    closed(run, token, row)
    row[:] = ["arrived", row[1], dict(values or {})]
    of_event = [other for other in token.waits or () if other[1] == row[1]]
    if any(other[0] != "arrived" for other in of_event):
        return None
    token.waits = [other for other in token.waits or () if other[1] != row[1]] or None
    return {name: value for _, _, brought in of_event for name, value in brought.items()}


def _caught(run: Run, token: Token, node: Ready, values: Mapping[str, Any] | None) -> None:
    disarm(run, token, lambda other: run.nodes[other[1]].kind == "boundaryEvent")
    if token.node != node.id:
        # Behind an event-based gateway: the token goes on as that event.
        run.note("left", token)
        token.node = node.id
        run.note("entered", token)
    if token.retry:
        # What failed here is overtaken by the event; the work behind it is done.
        run.effects.append(effects.Close(token.id, token.node, token.retry[2] or "wait"))
        token.retry = None
    # A step of its own: its mappings may fail, and the event must not be lost then.
    token.flag = None
    run.later("complete", token, dict(values or {}))


def _rearm(run: Run, token: Token, row: Row) -> None:
    """After a non-interrupting firing messages, signals and conditions stay; a timer stays when it is a cycle. What
    needs several waits for all of them anew."""
    if row[0] == "arrived":
        arm(run, token, (row[1],))
        return
    if row[0] != "timer":
        return
    closed(run, token, row)
    missed = timer.again(row, run.now, run.definition.zone)
    if missed is None:
        token.waits = [other for other in token.waits or () if other is not row] or None
    else:
        if missed:
            run.note("missed", token, {"node": row[1], "count": missed})
        opened(run, token, row)
