"""Throw and end events: messages, signals, links, terminate; errors and the like live in their own files."""

from typing import Final

from engine.domain import effects
from engine.runtime.contract import text
from engine.runtime.definition import Catch, Ready
from engine.runtime.failures import Incident
from engine.runtime.flow import complete
from engine.runtime.registry import ENTER, THROWS, enters, step, throws
from engine.runtime.run import Run
from engine.runtime.state import Token
from engine.runtime.waits import broadcast

ORDER: Final = {"escalation": 1, "compensation": 2, "link": 3, "error": 3, "cancel": 3, "terminate": 3}


@enters("intermediateThrowEvent", "endEvent")
def throw_event(run: Run, token: Token, node: Ready) -> None:
    """Throw what the event names; with a job type that is work for a connector."""
    if node.kind == "endEvent":
        run.end = node.id
    if node.task.type is not None:
        return ENTER["serviceTask"](run, token, node)
    return throw_from(run, token)


@step
def throw_from(run: Run, token: Token, place: int = 0) -> None:
    """Throw what stands from `place` on, one at a step, in an order in which nothing is lost: first what lets the token
    go on, then compensation (which comes back by `go_on`), last what ends the token (10.5.1, multiple)."""
    node = run.ready(token)
    triggers = sorted(node.triggers, key=_turn)
    if place < len(triggers) and THROWS[triggers[place].kind](run, token, node, triggers[place]):
        return
    if place + 1 < len(triggers):
        run.later("throw_from", token, place + 1)
    elif node.outputs and triggers:
        # A step of its own: a mapping that fails must not throw again when it is retried.
        run.later("complete", token)
    else:
        complete(run, token)


@step
def go_on(run: Run, token: Token) -> None:
    """The event has waited for its compensation: go on with what comes after it."""
    throw_from(run, token, sum(_turn(t) <= ORDER["compensation"] for t in run.ready(token).triggers))


def _turn(trigger: Catch) -> int:
    return ORDER.get(trigger.kind, 0)


@enters("sendTask")
def send_task(run: Run, token: Token, node: Ready) -> None:
    """A job, or the message that it names."""
    if node.task.type is not None:
        return ENTER["serviceTask"](run, token, node)
    for trigger in node.triggers:
        message(run, token, node, trigger)
    return complete(run, token)


@throws("message")
def message(run: Run, token: Token, node: Ready, trigger: Catch) -> bool:
    """To whoever waits for it, with the inputs of the event."""
    name = text(run, trigger.name, token, "the message name")
    key = text(run, trigger.value, token, "the correlation key") if trigger.value else None
    run.effects.append(effects.ThrowMessage(token.id, node.id, name, key, dict(token.vars or {})))
    return False


@throws("signal")
def signal(run: Run, token: Token, node: Ready, trigger: Catch) -> bool:
    """To this case at once, to all others by the host unless it is for this case alone."""
    name = text(run, trigger.name, token, "the signal name")
    values = dict(token.vars or {})
    if not trigger.own_case:
        run.effects.append(effects.ThrowSignal(token.id, node.id, name, values))
    broadcast(run, name, values)
    return False


@throws("link")
def link(run: Run, token: Token, node: Ready, trigger: Catch) -> bool:
    """Go on at the catching link of the same name in the same scope."""
    name = trigger.name.text if trigger.name else ""
    target = run.definition.links.get((node.scope, name))
    if target is None:
        raise Incident("no-link-target", f"there is no catching link {name!r} beside {node.id}")
    run.note("left", token)
    scope = run.remove(token)
    if scope is not None:
        run.go(target, scope)
    return True


@throws("terminate")
def terminate(run: Run, token: Token, node: Ready, trigger: Catch) -> bool:
    """End everything in the nearest scope (13.5.6); when the model says so in the whole process, or in all instances of
    the nearest multi-instance or loop."""
    if trigger.whole_repetition:
        at: Token | None = token
        while at is not None and not run.is_instance(at):
            at = run.up(at)
        if at is not None:
            run.later("repetition_over", run.above(at))
            return True
    scope = run.state.root if trigger.whole_process else run.above(token)
    run.clear(scope)
    run.settle(scope)
    return True
