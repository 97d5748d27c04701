"""Business rule and script tasks: FEEL and decision tables, worked out inside the step."""

from bpmn import feel
from engine.runtime.contract import text
from engine.runtime.definition import Ready
from engine.runtime.failures import Incident
from engine.runtime.flow import complete
from engine.runtime.registry import ENTER, enters
from engine.runtime.run import Run
from engine.runtime.state import Token

DECISION_STEPS = 200_000


@enters("businessRuleTask", "scriptTask")
def compute(run: Run, token: Token, node: Ready) -> None:
    """A decision or a script gives a value; with a job type it is work for a connector."""
    task = node.task
    if task.type is not None:
        return ENTER["serviceTask"](run, token, node)
    if task.decision is not None:
        value = _decide(run, token, text(run, task.decision, token, "the called decision"))
    elif task.script is not None:
        value = run.json(task.script, token)
    else:
        raise Incident("no-work", f"{node.id} has no decision, script or job type")
    complete(run, token, {task.result: value} if task.result else None)
    return None


def _decide(run: Run, token: Token, id: str) -> object:
    model = run.definition.decisions.get(id)
    if model is None:
        raise Incident("unknown-decision", f"there is no decision {id!r}")
    evaluation = run.evaluation(token, DECISION_STEPS)
    outcome = model.evaluate(id, run.lookup(token), evaluation)
    if outcome.faults:
        raise Incident("decision-failed", f"decision {id}: {'; '.join(outcome.faults)}")
    value = feel.to_json(outcome.value)
    rules = [[decision, list(fired)] for decision, fired in outcome.rules]
    inputs = {name: feel.to_json(found) for name, found in outcome.inputs.items()}
    data = {"decision": id, "value": value, "rules": rules, "inputs": inputs, "notes": list(outcome.notes)}
    run.note("decision", token, data)
    return value
