"""When the clock begins cases: the timer and conditional start events of a process, outside of any case (10.5.2)."""

from typing import Final

from bpmn import feel
from engine.runtime import timer
from engine.runtime.definition import Definition
from engine.runtime.failures import Incident
from engine.runtime.run import Run
from engine.runtime.state import Row, Token, new_state

WATCH: Final = 5 * 60_000  # ms between two looks at a condition that begins cases


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


def condition_starts(definition: Definition) -> tuple[str, ...]:
    """The start events of the process itself that have a condition."""
    nodes = definition.nodes.values()
    return tuple(
        n.id for n in nodes if n.kind == "startEvent" and n.scope == definition.id and n.trigger("conditional")
    )


def watched(node: str, due: int, was: bool) -> Row:
    """The row of the next look at the condition of a start event; `was`: whether it held at the last one."""
    return ["conditional", node, due, was]


def holds(definition: Definition, node: str, now: int) -> bool:
    """Whether the condition of a start event is true. It reads the parameters that `definition` is bound to and the
    clock, for there is no case yet (BPMN 2.0.2, 10.5.2); what is neither true nor false is not true."""
    trigger = definition.nodes[node].trigger("conditional")
    if trigger is None or trigger.value is None:
        return False
    try:
        return Run(definition, new_state(), now).json(trigger.value, Token(0, node, 0)) is True
    except feel.FeelError:
        return False


def following(row: Row, now: int, zone: str) -> Row | None:
    """The row of the next firing after `now`; firings that were missed meanwhile are passed over. None when the timer
    is over."""
    moved = list(row)
    return None if timer.again(moved, now, zone) is None else moved
