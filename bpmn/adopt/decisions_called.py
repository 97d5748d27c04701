"""Business rule tasks that ask for a decision (DMN)."""

from bpmn.adopt import extend
from bpmn.adopt.source import Source
from bpmn.readers.names import Element


def translate(source: Source, task: Element) -> None:
    """The decision and where its outcome goes; what the outcome looks like differs, and is told."""
    decision = source.take(task, "decisionRef")
    if not decision:
        return
    for name in ("decisionRefBinding", "decisionRefVersion", "decisionRefVersionTag", "decisionRefTenantId"):
        source.take(task, name)
    result, shape = source.take(task, "resultVariable"), source.get(task, "mapDecisionResult")
    value = source.value(decision, task, "decisionRef")
    extend.put(source, task, "calledDecision", decisionId=value, resultVariable=result or "decisionResult")
    source.take(task, "mapDecisionResult")
    if shape == "singleEntry":
        return
    source.left_open(task, "mapDecisionResult")
    source.notes.warning(
        "decision-outcome",
        task,
        f"De uitkomst van de beslissing heeft hier een andere vorm ({shape or 'resultList'} in de andere engine): bij"
        " één uitkomst de waarde zelf, bij meer uitkomsten een context, en alleen bij COLLECT, RULE ORDER of OUTPUT"
        " ORDER een lijst. Kijk na waar de uitkomst wordt gelezen.",
        f"The outcome of the decision has another shape here ({shape or 'resultList'} in the other engine): the value"
        " itself for one output, a context for more, and a list only for COLLECT, RULE ORDER or OUTPUT ORDER. Look at"
        " where the outcome is read.",
    )
