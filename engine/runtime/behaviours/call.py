"""Call activities: the called process is a case of its own, linked by effects and events."""

from collections.abc import Mapping
from typing import Any

from engine.domain import effects
from engine.runtime.contract import text
from engine.runtime.definition import Ready
from engine.runtime.flow import complete
from engine.runtime.registry import enters, step
from engine.runtime.run import Run
from engine.runtime.state import Token


@enters("callActivity")
def call(run: Run, token: Token, node: Ready) -> None:
    """Ask for the called process, with the inputs or with everything that is visible here; an empty slot passes on."""
    if node.task.called is None:
        map_out(run, token, {})
        complete(run, token)
        return
    process = text(run, node.task.called, token, "the called process")
    values: dict[str, object] = {}
    if node.task.all_in:
        at: Token | None = token
        while at is not None:
            values = {**(at.vars or {}), **values}
            at = run.up(at)
    values.update(token.vars or {})
    token.flag = "call"
    run.effects.append(effects.Call(token.id, node.id, process, values))


@step
def call_done(run: Run, token: Token, values: Mapping[str, Any]) -> None:
    """The called case has completed."""
    map_out(run, token, values)
    complete(run, token)


@step
def raised_by_call(run: Run, token: Token, kind: str, code: str, values: Mapping[str, Any]) -> None:
    """The called case ends with an error or escalation: its outputs are mapped as they are, then it climbs here."""
    map_out(run, token, values)
    run.later("climb", token, kind, code, {name: value for name, value in values.items() if name == "message"})


def map_out(run: Run, token: Token, values: Mapping[str, Any]) -> None:
    """The outputs of a call activity, from the variables of the called case."""
    node, up = run.ready(token), run.above(token)
    local = {**(token.vars or {}), **values}
    found = run.mapped(node.outputs, token, local, run.lookup(up)) if node.outputs else {}
    run.set(up, {**values, **found} if node.task.all_out else found)
