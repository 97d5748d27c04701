"""Hit policies: from the rules that matched to the value of a table (DMN 1.5 section 8.2.10)."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from bpmn.feel.budget import Evaluation
from bpmn.feel.comparing import equal
from bpmn.feel.functions import STANDARD
from bpmn.feel.paths import invoke
from bpmn.feel.scope import Closure, Frame, Test
from bpmn.feel.types import Type

UNIQUE, FIRST, ANY, PRIORITY = "UNIQUE", "FIRST", "ANY", "PRIORITY"
OUTPUT_ORDER, RULE_ORDER, COLLECT = "OUTPUT ORDER", "RULE ORDER", "COLLECT"
POLICIES = frozenset({UNIQUE, FIRST, ANY, PRIORITY, OUTPUT_ORDER, RULE_ORDER, COLLECT})
AGGREGATIONS = {"SUM": "sum", "MIN": "min", "MAX": "max", "COUNT": "count"}
Rows = list[list[object]]
Fit = Callable[[object, Evaluation], object]


@dataclass(frozen=True, slots=True)
class Output:
    """One output column: `fit` makes its values fit its type, `order` gives its allowed values by priority, `test`
    says whether a value is one."""

    name: str
    type: Type | None
    fit: Fit
    order: Closure | None
    test: Test | None
    default: Closure | None


@dataclass(frozen=True, slots=True)
class Outputs:
    """The output columns of a table, with its policy and aggregation."""

    columns: list[Output]
    policy: str
    aggregation: str

    def value(self, row: list[object]) -> object:
        """One column gives its value, more give a context."""
        if len(self.columns) == 1:
            return row[0]
        return {column.name: value for column, value in zip(self.columns, row, strict=True)}

    def _rank(self, frame: Frame) -> Callable[[list[object]], list[int]]:
        orders = [column.order(frame) if column.order else [] for column in self.columns]

        def rank(row: list[object]) -> list[int]:
            ranks = []
            for order, value in zip(orders, row, strict=True):
                known = order if isinstance(order, list) else []
                places = (at for at, allowed in enumerate(known) if equal(allowed, value, frame.run) is True)
                ranks.append(next(places, len(known)))
            return ranks

        return rank

    def choose(self, rows: Rows, frame: Frame) -> object:
        """The value of a table for the outputs of the rules that matched; there is at least one."""
        if self.policy in (UNIQUE, FIRST):
            return self.value(rows[0])
        if self.policy == ANY:
            if all(equal(row, rows[0], frame.run) is True for row in rows):
                return self.value(rows[0])
            return frame.run.fault("hit policy ANY: the rules that match do not agree")
        if self.policy in (PRIORITY, OUTPUT_ORDER):
            rows = sorted(rows, key=self._rank(frame))
            return self.value(rows[0]) if self.policy == PRIORITY else [self.value(row) for row in rows]
        return self._collect(rows, frame) if self.aggregation else [self.value(row) for row in rows]

    def _collect(self, rows: Rows, frame: Frame) -> object:
        if self.aggregation == "COUNT":
            return Decimal(len(rows))
        function = STANDARD[AGGREGATIONS[self.aggregation]]
        totals = [invoke(function, [[row[at] for row in rows]], None, frame.run) for at in range(len(self.columns))]
        return self.value(totals)
