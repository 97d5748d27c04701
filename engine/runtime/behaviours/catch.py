"""Events that a token reaches: start events, catching events, boundary events."""

from engine.runtime.definition import Ready
from engine.runtime.flow import complete
from engine.runtime.registry import enters, step
from engine.runtime.run import Run
from engine.runtime.state import Token
from engine.runtime.waits import WAITING, arm


@enters("startEvent", "boundaryEvent")
def happened(run: Run, token: Token, node: Ready) -> None:
    """The event has happened already; its payload waits in the token when it has an output mapping."""
    complete(run, token)


@step
def begin(run: Run, token: Token) -> None:
    """The event that started the case: its node is behind us already."""
    run.note("entered", token)
    complete(run, token)


@enters("intermediateCatchEvent")
def catch(run: Run, token: Token, node: Ready) -> None:
    """Wait for what the event catches; a link target goes on at once."""
    if any(trigger.kind in WAITING for trigger in node.triggers):
        arm(run, token, (node.id,))
        token.flag = "wait"
    else:
        complete(run, token)
