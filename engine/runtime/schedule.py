"""When the clock begins cases: the timer start events of a process, worked out outside of any case (10.5.2)."""

from bpmn import feel
from engine.runtime import timer
from engine.runtime.definition import Definition
from engine.runtime.failures import Incident
from engine.runtime.run import Run
from engine.runtime.state import Row, Token, new_state


def timer_starts(definition: Definition) -> tuple[str, ...]:
    """The start events of the process itself that have a timer."""
    nodes = definition.nodes.values()
    return tuple(n.id for n in nodes if n.kind == "startEvent" and n.scope == definition.id and n.trigger("timer"))


def first(definition: Definition, node: str, now: int) -> Row | None:
    """The row [kind, node, due, …] of the first firing from `now` (epoch ms) on; None when all firings lie in the past:
    what was over before the model came into force begins nothing. Raises Incident when the value is no timer."""
    trigger = definition.nodes[node].trigger("timer")
    if trigger is None or trigger.value is None:
        raise Incident("null-value", f"timer {node} has no value")
    run = Run(definition, new_state(), now)
    try:
        value = run.json(trigger.value, Token(0, node, 0))
    except feel.FeelError as error:
        raise Incident("feel", str(error)) from error
    row: Row = ["timer", node, *timer.first(trigger.timer, value, now, definition.zone)]
    return row if row[2] >= now else following(row, now, definition.zone)


def following(row: Row, now: int, zone: str) -> Row | None:
    """The row of the next firing after `now`; firings that were missed meanwhile are passed over. None when the timer
    is over."""
    moved = list(row)
    return None if timer.again(moved, now, zone) is None else moved
