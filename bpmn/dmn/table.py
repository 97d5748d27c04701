"""Decision tables to closures."""

from bpmn.dmn.boxed import BUILDERS, Boxes
from bpmn.dmn.columns import Columns, Rule
from bpmn.dmn.elements import Broken, Element
from bpmn.dmn.hits import FIRST, UNIQUE, Outputs
from bpmn.feel.scope import Closure, Frame


def decision_table(boxes: Boxes, element: Element) -> Closure:
    """The closure of a table; raises Broken when one of its cells is."""
    columns = Columns(boxes, element)
    inputs = columns.inputs()
    outputs = Outputs(columns.outputs(), *columns.policy())
    rules = columns.rules(len(inputs), outputs.columns)
    if columns.broken:
        raise Broken
    boxes.tables.append(columns.shape(outputs))
    owner = boxes.owner

    def run(frame: Frame) -> object:
        values = []
        for column in inputs:
            value = column.fit(column.value(frame), frame.run)
            if column.allowed and value is not None and column.allowed(frame, value) is not True:
                return frame.run.fault(f"{owner}: an input value is not allowed")
            values.append(value)
        hits = _matching(rules, values, frame, outputs.policy == FIRST)
        frame.run.trail.append((owner, tuple(rule.id for rule in hits)))
        if not hits:
            return _default(outputs, owner, frame)
        if outputs.policy == UNIQUE and len(hits) > 1:
            return frame.run.fault(f"{owner}: hit policy UNIQUE, but several rules match")
        return outputs.choose([_row(outputs, rule, owner, frame) for rule in hits], frame)

    return run


def _matching(rules: list[Rule], values: list[object], frame: Frame, first: bool) -> list[Rule]:
    hits = []
    for rule in rules:
        frame.run.charge(1)
        for at, test in rule.tests:
            if test(frame, values[at]) is not True:
                break
        else:
            hits.append(rule)
            if first:
                break
    return hits


def _row(outputs: Outputs, rule: Rule, owner: str, frame: Frame) -> list[object]:
    row = []
    for column, closure in zip(outputs.columns, rule.outputs, strict=True):
        value = column.fit(closure(frame), frame.run)
        if column.test and value is not None and column.test(frame, value) is not True:
            value = frame.run.fault(f"{owner}: an output value is not allowed")
        row.append(value)
    return row


def _default(outputs: Outputs, owner: str, frame: Frame) -> object:
    if not any(column.default for column in outputs.columns):
        return frame.run.note(f"{owner}: no rule matches")
    return outputs.value(
        [column.fit(column.default(frame), frame.run) if column.default else None for column in outputs.columns]
    )


BUILDERS["decisionTable"] = decision_table
