"""The columns and rules of a decision table, compiled, with what is wrong with them."""

from collections.abc import Callable
from dataclasses import dataclass

from bpmn.dmn.boxed import Boxes
from bpmn.dmn.elements import Broken, Element, kid, kids, line, norm, text_in
from bpmn.dmn.hits import AGGREGATIONS, COLLECT, POLICIES, UNIQUE, Fit, Output, Outputs
from bpmn.dmn.shape import Column, Row, Shape
from bpmn.feel import Evaluation, FeelError
from bpmn.feel.scope import Closure, Frame, Test
from bpmn.feel.texts import parse_date, parse_datetime, parse_duration, parse_time
from bpmn.feel.types import Named, Type, coerce

_CHECK_STEPS = 1_000
_READERS: dict[str, Callable[[str], object]] = {
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_datetime,
    "days and time duration": parse_duration,
    "dayTimeDuration": parse_duration,
    "years and months duration": parse_duration,
    "yearMonthDuration": parse_duration,
}


def fitting(kind: Type | None, boxes: Boxes, reads_texts: bool = False) -> Fit:
    """How the values of a column of that type are taken.

    DMN makes null of what does not fit. Camunda 8 does not look at the type of a column, and its modeler writes
    `string` where the author chose none, so there a value that does not fit stays, with a note. Variables are JSON,
    where a date is a text: an input column of dates may read it there.
    """
    if kind is None:
        return lambda value, run: value
    types, strict = boxes.items.types, boxes.language.spaced
    read = _READERS.get(kind.name) if reads_texts and not strict and isinstance(kind, Named) else None

    def fit(value: object, run: Evaluation) -> object:
        if read is not None and isinstance(value, str):
            found = read(value)
            value = value if found is None else found
        fitted = coerce(value, kind, types, run)
        return value if fitted is None and not strict else fitted

    return fit


@dataclass(frozen=True, slots=True)
class Input:
    """One input column: its expression, how its values fit its type, and the values allowed."""

    value: Closure
    fit: Fit
    allowed: Test | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: the tests that can fail, by column, and the outputs."""

    id: str
    tests: list[tuple[int, Test]]
    outputs: list[Closure]


class Columns:
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
            fit = fitting(self.boxes.items.attribute(expression), self.boxes, reads_texts=True)
            test = self.tests(allowed, column) if allowed else None
            value = self.feel(text_in(expression), column if expression is None else expression)
            columns.append(Input(value, fit, test))
        return columns

    def outputs(self) -> list[Output]:
        columns = []
        for column in kids(self.element, "output"):
            allowed = text_in(kid(column, "outputValues"))
            default = text_in(kid(column, "defaultOutputEntry"))
            kind = self.boxes.items.attribute(column)
            columns.append(
                Output(
                    norm(column.get("name")),
                    kind,
                    fitting(kind, self.boxes),
                    self.feel(f"[{allowed}]", column) if allowed else None,
                    self.tests(allowed, column) if allowed else None,
                    self.feel(default, column) if default else None,
                )
            )
        return columns

    def rules(self, inputs: int, outputs: list[Output]) -> list[Rule]:
        rules = []
        for number, row in enumerate(kids(self.element, "rule"), 1):
            cells, results = kids(row, "inputEntry"), kids(row, "outputEntry")
            if len(cells) != inputs or len(results) != len(outputs):
                self._report_cells(row, number)
            tests = [(at, self.tests(text_in(cell), cell)) for at, cell in enumerate(cells)]
            needed = [(at, test) for at, test in tests if test is not None]
            closures = [self.feel(text_in(cell), cell) for cell in results]
            for cell, column in zip(results, outputs, strict=False):
                self._check_type(cell, column)
            rules.append(Rule(row.get("id") or str(number), needed, closures))
        return rules

    def _check_type(self, cell: Element, column: Output) -> None:
        """Warn about a constant that does not fit its column's type."""
        text = text_in(cell)
        if column.type is None or not text or self.broken:
            return
        closure, reading = self.boxes.language.expression(text, self.boxes.names)
        if reading.sure or reading.maybe:
            return
        run = Evaluation(0, steps=_CHECK_STEPS)
        try:
            value = closure(Frame({}, None, run, None))
            if value is None or coerce(value, column.type, self.boxes.items.types, run) is not None:
                return
        except (FeelError, RecursionError):
            return
        self.boxes.report.add(
            "dmn-type",
            cell,
            f"`{text.strip()[:80]}` past niet bij het type van kolom {column.name}. Verander de cel of het type.",
            f"`{text.strip()[:80]}` does not fit the type of column {column.name}. Change the cell or the type.",
            "warning",
        )

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

    def shape(self, outputs: Outputs) -> Shape:
        """The table as its author wrote it."""
        inputs = []
        for column in kids(self.element, "input"):
            expression = kid(column, "inputExpression")
            text, kind = text_in(expression).strip(), self.boxes.items.attribute(expression)
            label = norm(column.get("label")) or text
            inputs.append(Column(label, text, kind, text_in(kid(column, "inputValues"))))
        parent = self.element.getparent()
        return Shape(
            self.element.get("id") or self.boxes.owner,
            norm(None if parent is None else parent.get("name")) or self.boxes.owner,
            self.boxes.report.path,
            line(self.element),
            outputs.policy,
            tuple(inputs),
            tuple(_row(row, number) for number, row in enumerate(kids(self.element, "rule"), 1)),
            tuple(text_in(kid(column, "outputValues")) for column in kids(self.element, "output")),
            any(column.default for column in outputs.columns),
            self.boxes.language,
            self.boxes.names,
            self.boxes.made | self.boxes.inner,
        )


def _row(row: Element, number: int) -> Row:
    cells = tuple(text_in(cell) for cell in kids(row, "inputEntry"))
    results = tuple(text_in(cell).strip() for cell in kids(row, "outputEntry"))
    return Row(row.get("id") or str(number), number, line(row), cells, results)
