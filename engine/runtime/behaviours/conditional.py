"""Conditional events: on the edge from false to true, at any change of a variable and at arming."""

from bpmn import feel
from bpmn.feel.errors import FeelTimeError
from engine.runtime.registry import at_rest
from engine.runtime.run import Run
from engine.runtime.state import Row, Token, waiting


@at_rest
def conditions(run: Run) -> bool:
    """Fire the conditions that became true; true when one did."""
    if not run.definition.conditional or not run.changed:
        return False
    run.changed, fired = False, False
    for token in waiting(run.tokens):
        for row in token.waits or ():
            if row[0] == "conditional" and _became_true(run, token, row):
                run.later("fire", token, row[1], None, "conditional", row[3] if len(row) > 3 else None)
                fired = True
    return fired


def _became_true(run: Run, token: Token, row: Row) -> bool:
    node = run.nodes[row[1]]
    trigger = node.triggers[row[3]] if len(row) > 3 else node.trigger("conditional")
    if trigger is None or trigger.value is None:
        return False
    try:
        value = run.value(trigger.value, token)
    except FeelTimeError:
        raise
    except feel.FeelError as error:
        value = None
        run.note("warning", token, {"node": row[1], "message": str(error)})
    was, row[2] = row[2], value is True
    return row[2] and not was
