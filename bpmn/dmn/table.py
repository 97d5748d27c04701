"""Decision tables to closures."""

from collections.abc import Callable
from dataclasses import dataclass

from bpmn.dmn.boxed import BUILDERS, Boxes
from bpmn.dmn.elements import Broken, Element, kid, kids, norm, text_in
from bpmn.dmn.hits import AGGREGATIONS, COLLECT, FIRST, POLICIES, UNIQUE, Output, Outputs
from bpmn.feel.scope import Closure, Frame, Test
from bpmn.feel.texts import parse_date, parse_datetime, parse_duration, parse_time
from bpmn.feel.types import Named, Type, coerce

_READERS: dict[str, Callable[[str], object]] = {
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_datetime,
    "days and time duration": parse_duration,
    "dayTimeDuration": parse_duration,
    "years and months duration": parse_duration,
    "yearMonthDuration": parse_duration,
}


@dataclass(frozen=True, slots=True)
class Input:
    """One input column: its expression, its type, how a text of that type is read, and the values allowed."""

    value: Closure
    type: Type | None
    read: Callable[[str], object] | None
    allowed: Test | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: the tests that can fail, by column, and the outputs."""

    id: str
    tests: list[tuple[int, Test]]
    outputs: list[Closure]


class _Columns:
    """Compiles cell by cell, so that every broken one is reported before the table is given up."""

    def __init__(self, boxes: Boxes, element: Element) -> None:
        self.boxes, self.element = boxes, element
        self.broken = False

    def feel(self, text: str, element: Element) -> Closure:
        try:
            return self.boxes.feel(text, element)
        except Broken:
            self.broken = True
            return lambda frame: None

    def tests(self, text: str, element: Element) -> Test | None:
        try:
            return self.boxes.tests(text, element)
        except Broken:
            self.broken = True
            return None

    def inputs(self) -> list[Input]:
        columns = []
        for column in kids(self.element, "input"):
            expression = kid(column, "inputExpression")
            allowed = text_in(kid(column, "inputValues"))
            kind = self.boxes.items.attribute(expression)
            # Variables are JSON, where a date is a text: a column that says it holds dates may read it.
            read = _READERS.get(kind.name) if isinstance(kind, Named) and not self.boxes.language.spaced else None
            test = self.tests(allowed, column) if allowed else None
            columns.append(Input(self.feel(text_in(expression), column), kind, read, test))
        return columns

    def outputs(self) -> list[Output]:
        columns = []
        for column in kids(self.element, "output"):
            allowed = text_in(kid(column, "outputValues"))
            default = text_in(kid(column, "defaultOutputEntry"))
            columns.append(
                Output(
                    norm(column.get("name")),
                    self.boxes.items.attribute(column),
                    self.feel(f"[{allowed}]", column) if allowed else None,
                    self.tests(allowed, column) if allowed else None,
                    self.feel(default, column) if default else None,
                )
            )
        return columns

    def rules(self, inputs: int, outputs: int) -> list[Rule]:
        rules = []
        for number, row in enumerate(kids(self.element, "rule"), 1):
            cells, results = kids(row, "inputEntry"), kids(row, "outputEntry")
            if len(cells) != inputs or len(results) != outputs:
                self._report_cells(row, number)
            tests = [(at, self.tests(text_in(cell), cell)) for at, cell in enumerate(cells)]
            needed = [(at, test) for at, test in tests if test is not None]
            closures = [self.feel(text_in(cell), cell) for cell in results]
            rules.append(Rule(row.get("id") or str(number), needed, closures))
        return rules

    def _report_cells(self, row: Element, number: int) -> None:
        self.broken = True
        self.boxes.report.add(
            "dmn-cells",
            row,
            f"Regel {number} heeft niet evenveel cellen als de tabel kolommen heeft. Vul de regel aan.",
            f"Rule {number} does not have as many cells as the table has columns. Complete the rule.",
        )

    def policy(self) -> tuple[str, str]:
        policy = self.element.get("hitPolicy") or UNIQUE
        aggregation = self.element.get("aggregation") or ""
        if policy not in POLICIES or (aggregation and aggregation not in AGGREGATIONS):
            self.broken = True
            self.boxes.report.add(
                "dmn-hit-policy",
                self.element,
                f"De trefregel {policy} {aggregation} bestaat niet. Kies een andere.",
                f"There is no hit policy {policy} {aggregation}. Choose another.",
            )
        return policy, aggregation if policy == COLLECT else ""


def decision_table(boxes: Boxes, element: Element) -> Closure:
    """The closure of a table; raises Broken when one of its cells is."""
    columns = _Columns(boxes, element)
    inputs = columns.inputs()
    outputs = Outputs(columns.outputs(), *columns.policy())
    rules = columns.rules(len(inputs), len(outputs.columns))
    if columns.broken:
        raise Broken
    owner, types = boxes.owner, boxes.items.types

    def run(frame: Frame) -> object:
        values = []
        for column in inputs:
            value = column.value(frame)
            if column.read is not None and isinstance(value, str):
                value = column.read(value)
            value = coerce(value, column.type, types, frame.run)
            if column.allowed and value is not None and column.allowed(frame, value) is not True:
                return frame.run.note(f"{owner}: an input value is not allowed")
            values.append(value)
        hits = _matching(rules, values, frame, outputs.policy == FIRST)
        frame.run.trail.append((owner, tuple(rule.id for rule in hits)))
        if not hits:
            return _default(outputs, boxes, frame)
        if outputs.policy == UNIQUE and len(hits) > 1:
            return frame.run.note(f"{owner}: hit policy UNIQUE, but several rules match")
        return outputs.choose([_row(outputs, rule, boxes, frame) for rule in hits], frame)

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


def _row(outputs: Outputs, rule: Rule, boxes: Boxes, frame: Frame) -> list[object]:
    row = []
    for column, closure in zip(outputs.columns, rule.outputs, strict=True):
        value = coerce(closure(frame), column.type, boxes.items.types, frame.run)
        if column.test and value is not None and column.test(frame, value) is not True:
            value = frame.run.note(f"{boxes.owner}: an output value is not allowed")
        row.append(value)
    return row


def _default(outputs: Outputs, boxes: Boxes, frame: Frame) -> object:
    if not any(column.default for column in outputs.columns):
        return frame.run.note(f"{boxes.owner}: no rule matches")
    return outputs.value(
        [
            coerce(column.default(frame), column.type, boxes.items.types, frame.run) if column.default else None
            for column in outputs.columns
        ]
    )


BUILDERS["decisionTable"] = decision_table
