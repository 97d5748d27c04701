"""Events that a token reaches: start events, catching events, boundary events."""

from engine.runtime.definition import Ready
from engine.runtime.flow import complete
from engine.runtime.registry import enters, step
from engine.runtime.run import Run
from engine.runtime.state import Token
from engine.runtime.waits import WAITING, arm, rows, wait_for


@enters("startEvent", "boundaryEvent")
def happened(run: Run, token: Token, node: Ready) -> None:
    """The event has happened already; its payload waits in the token when it has an output mapping."""
    complete(run, token)


@step
def begin(run: Run, token: Token, kind: str | None = None, name: str | None = None) -> None:
    """The event that started the case: its node is behind us already. A start event that needs several has had one: the
    case waits there for the rest (parallel multiple, BPMN 2.0.2, 10.5.2)."""
    run.note("entered", token)
    node = run.ready(token)
    if node.parallel_multiple:
        left = rows(run, token, node)
        came = next((row for row in left if row[0] == kind and name in (None, row[2])), None)
        left = [row for row in left if row is not came]
        if left:
            token.flag = "wait"
            wait_for(run, token, left)
            return
    complete(run, token)


@enters("intermediateCatchEvent")
def catch(run: Run, token: Token, node: Ready) -> None:
    """Wait for what the event catches; a link target goes on at once."""
    if any(trigger.kind in WAITING for trigger in node.triggers):
        arm(run, token, (node.id,))
        token.flag = "wait"
    else:
        complete(run, token)
