"""Errors and escalations climb: event sub-processes of each scope first, then the boundary events of its token."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.domain import effects
from engine.runtime.contract import optional_text
from engine.runtime.definition import Catch, Ready
from engine.runtime.failures import Incident
from engine.runtime.registry import step, throws
from engine.runtime.run import Run
from engine.runtime.state import Token
from engine.runtime.waits import deliver, interrupt, open_event_subprocess

Values = Mapping[str, Any]


@throws("error")
def error(run: Run, token: Token, node: Ready, trigger: Catch) -> bool:
    """The token never goes on after an error."""
    climb(run, token, "error", optional_text(run, trigger.name, token, "the error code") or "", token.vars or {})
    return True


@throws("escalation")
def escalation(run: Run, token: Token, node: Ready, trigger: Catch) -> bool:
    """Goes on when nobody catches it, or when the catcher does not interrupt."""
    code = optional_text(run, trigger.name, token, "the escalation code") or ""
    climb(run, token, "escalation", code, token.vars or {})
    return token.id not in run.tokens


@step
def climb(run: Run, token: Token, kind: str, code: str, values: Values) -> None:
    """Find the nearest catcher and start it; without one it goes to the calling case, or is an incident (error)."""
    found = _catcher(run, token, kind, code)
    if found is None:
        _uncaught(run, token, kind, code, values)
        return
    host, node = found
    payload = _payload(node, kind, code, values)
    # An error always interrupts (BPMN 2.0.2, tables 10.86 and 10.90), also where the drawing says that it does not.
    if node.kind == "startEvent":
        open_event_subprocess(run, host, node, payload, kind == "error")
    elif node.interrupting or kind == "error":
        interrupt(run, host, node.id, payload)
    else:
        deliver(run, run.go(node.id, run.above(host)), payload)


def _uncaught(run: Run, token: Token, kind: str, code: str, values: Values) -> None:
    if run.state.status == "child":
        everything = {**(run.state.root.vars or {}), **values}
        run.effects.append(effects.Escape(token.id, token.node, kind, code, everything))
        if kind == "error":
            token.flag = "escaped"
    elif kind == "error":
        raise Incident("uncaught-error", f"nobody catches the error {code!r}")


def _payload(node: Ready, kind: str, code: str, values: Values) -> dict[str, Any]:
    trigger, found = node.trigger(kind), dict(values)
    if trigger is not None and trigger.code_variable:
        found[trigger.code_variable] = code
    if trigger is not None and trigger.message_variable and "message" in found:
        found[trigger.message_variable] = found.pop("message")
    return found


def _catcher(run: Run, token: Token, kind: str, code: str) -> tuple[Token, Ready] | None:
    child: Token | None = None
    at: Token | None = token
    while at is not None:
        node = run.ready(at)
        if child is not None:
            # An event sub-process never catches what was thrown inside itself.
            below = run.ready(child)
            own = below.id if below.kind == "eventSubProcess" else None
            hit = _best(run, token, kind, code, (s for s in node.events if run.nodes[s].scope != own))
            if hit is not None:
                return at, hit
        if not run.is_instance(at):
            hit = _best(run, token, kind, code, node.boundary)
            if hit is not None:
                return at, hit
        child, at = at, run.up(at)
    return None


def _best(run: Run, token: Token, kind: str, code: str, ids: Iterable[str]) -> Ready | None:
    """A catcher of this very code before one that catches all."""
    any_code: Ready | None = None
    for id in ids:
        trigger = run.nodes[id].trigger(kind)
        if trigger is None:
            continue
        if trigger.name is None:
            any_code = any_code or run.nodes[id]
        elif optional_text(run, trigger.name, token, f"the {kind} code") == code:
            return run.nodes[id]
    return any_code
