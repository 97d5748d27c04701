"""Ad-hoc sub-processes: activities begin when a performer picks them, in any order and any number of times (13.3.5)."""

from engine.runtime.contract import boolean, items
from engine.runtime.definition import Ready
from engine.runtime.failures import Incident
from engine.runtime.registry import completes, enters
from engine.runtime.run import Run
from engine.runtime.state import Token
from engine.runtime.waits import arm


@enters("adHocSubProcess")
def open_adhoc(run: Run, token: Token, node: Ready) -> None:
    """Begin with the elements that the model names, if it names any; then wait for a performer."""
    active = items(run, node.task.active, token, "the active elements") if node.task.active else None
    for id in active or ():
        if id not in node.starts:
            raise Incident("wrong-type", f"{id!r} is no activity that {node.id} can begin with")
    arm(run, token, node.events)
    if token.vars is None:
        token.vars = {}
    token.flag = "adhoc"
    for id in active or ():
        run.go(str(id), token)
    if active is not None:
        run.settle(token)


@completes("adHocSubProcess")
def progress(run: Run, scope: Token, node: Ready) -> None:
    """Something inside has ended: is that enough? Without a condition it is when nothing is open."""
    if scope.flag != "adhoc":
        return
    if node.condition is not None:
        if not boolean(run, node.condition, scope, "the completion condition"):
            return
        if node.cancel_rest:
            run.clear(scope)
    if scope.live == 0:
        scope.flag = None
        run.later("complete", scope)
