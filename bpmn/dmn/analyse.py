"""What is wrong with a decision table as a whole: overlap, gaps, and rules that never get their turn.

A rule is a box: per input a set of pieces of its values. Cells that ask more than a comparison with constants are not
looked into: what they may or may not match is then never said for certain.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bpmn.dmn import coverage
from bpmn.dmn.cells import Cell, Unclear, cell, constant
from bpmn.dmn.coverage import Box, Effort
from bpmn.dmn.domains import Axis, axis
from bpmn.dmn.findings import Findings
from bpmn.dmn.hits import ANY, COLLECT, FIRST, OUTPUT_ORDER, PRIORITY, RULE_ORDER, UNIQUE
from bpmn.dmn.model import DecisionModel
from bpmn.dmn.shape import Column, Row, Shape
from bpmn.feel.budget import Evaluation
from bpmn.feel.comparing import equal
from bpmn.feel.errors import FeelBudgetError
from bpmn.feel.types import Allowed, Named, Type
from bpmn.model import Finding

_PATH = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
_MOST_NAMES = 20
# The clock must not decide what is found: the steps run out long before.
_STEPS, _SECONDS = 1_000_000, 600.0
_LISTS = frozenset({COLLECT, OUTPUT_ORDER, RULE_ORDER})


def analyse(model: DecisionModel) -> tuple[Finding, ...]:
    """Findings on all tables of a model: overlapping rules under UNIQUE (an error when certain) or with other outputs
    under ANY, gaps, rules that can never decide, each with inputs that show it; and what was not looked at."""
    return tuple(finding for shape in model.tables for finding in _Table(shape).findings())


@dataclass(slots=True)
class _Rule:
    """A rule as two boxes: what it surely matches, and what it may match."""

    row: Row
    sure: Box
    maybe: Box


@dataclass(slots=True)
class _Table:
    shape: Shape
    axes: list[Axis] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    mixed: set[int] = field(default_factory=set)
    unclear: list[str] = field(default_factory=list)
    effort: Effort = field(default_factory=Effort)
    run: Evaluation = field(default_factory=lambda: Evaluation(0, steps=_STEPS, seconds=_SECONDS))

    def findings(self) -> Iterator[Finding]:
        report = Findings(self.shape)
        if not self.shape.columns:
            return
        try:
            rules = self._rules()
            for rule in rules:
                if not all(rule.maybe):
                    report.never(rule.row)
            self._look([rule for rule in rules if all(rule.maybe)], report)
        except (coverage.TooMuch, FeelBudgetError):
            report.too_much()
        if self.unclear:
            report.unclear(self.unclear)
        yield from report.done()

    def _look(self, rules: list[_Rule], report: Findings) -> None:
        policy = self.shape.policy
        if policy in (UNIQUE, ANY):
            for one, other in self._overlaps(rules):
                self._overlap(one, other, report)
        if policy == FIRST:
            self._unreachable(rules, report)
        if policy == PRIORITY:
            self._outranked(rules, report)
        if policy not in _LISTS and not self.shape.default:
            left = coverage.without(tuple(axis.whole for axis in self.axes), [r.maybe for r in rules], self.effort)
            report.gaps([self._shown(box) for box in left])

    def _rules(self) -> list[_Rule]:
        """The rules as boxes, over one axis for each different input expression."""
        columns = self.shape.columns
        cells = [[self._cell(row, at) for at in range(len(columns))] for row in self.shape.rows]
        texts = list(dict.fromkeys(column.text for column in columns))
        for text in texts:
            ours = [at for at, column in enumerate(columns) if column.text == text]
            found = [each for row in cells for at in ours if isinstance(each := row[at], Cell)]
            self.axes.append(self._axis([columns[at] for at in ours], found))
        self.places = [texts.index(column.text) for column in columns]
        return [self._rule(row, line) for row, line in zip(self.shape.rows, cells, strict=True)]

    def _cell(self, row: Row, at: int) -> Cell | Unclear | None:
        try:
            return cell(self.shape.language, self.shape.names, row.cells[at])
        except Unclear as unclear:
            self.unclear.append(f"{row.number}: {row.cells[at].strip()}")
            return unclear

    def _axis(self, columns: Sequence[Column], found: list[Cell]) -> Axis:
        first = columns[0]
        boolean = first.type == Named("boolean")
        try:
            return axis(first.label, first.text, found, list(self._allowed(columns)), boolean, self.run)
        except Unclear:
            self.mixed.add(len(self.axes))
            self.unclear.append(first.label)
            return axis(first.label, first.text, (), (), False, self.run)

    def _allowed(self, columns: Sequence[Column]) -> Iterator[Cell]:
        """The values that columns allow: their own, and those of their types."""
        types = self.shape.language.types
        for column in columns:
            texts = [column.allowed]
            kind = _behind(column.type, types)
            while isinstance(kind, Allowed):
                texts.append(kind.text)
                kind = _behind(kind.base, types)
            yield from filter(None, (cell(self.shape.language, (), text) for text in texts))

    def _rule(self, row: Row, cells: list[Cell | Unclear | None]) -> _Rule:
        sure = [axis.whole for axis in self.axes]
        maybe = list(sure)
        for place, asked in zip(self.places, cells, strict=True):
            if isinstance(asked, Unclear) or (asked is not None and place in self.mixed):
                sure[place] = 0
                continue
            met = self.axes[place].met(asked, self.run)
            sure[place] &= met
            maybe[place] &= met
        return _Rule(row, tuple(sure), tuple(maybe))

    def _shown(self, box: Box) -> str:
        return ", ".join(filter(None, (axis.shown(bits) for axis, bits in zip(self.axes, box, strict=True))))

    def _overlaps(self, rules: list[_Rule]) -> Iterator[tuple[_Rule, _Rule]]:
        for at, one in enumerate(rules):
            self.effort.spend(len(rules) - at)
            for other in rules[at + 1 :]:
                if all(map(int.__and__, one.sure, other.sure)):
                    yield one, other

    def _overlap(self, one: _Rule, other: _Rule, report: Findings) -> None:
        both = coverage.common(one.sure, other.sure)
        certain = self._independent() and all(axis.real & bits for axis, bits in zip(self.axes, both, strict=True))
        if self.shape.policy == UNIQUE:
            report.overlap(one.row, other.row, self._shown(both), certain)
        elif self._outputs_equal(one.row, other.row) is False:
            report.conflict(one.row, other.row, self._shown(both), certain)

    def _independent(self) -> bool:
        """Whether the inputs are variables of the caller, so that every combination of values can occur."""
        texts = [axis.text for axis in self.axes]
        return all(
            _PATH.fullmatch(text)
            and text.split(".")[0] not in self.shape.made
            and not any(other.startswith(f"{text}.") for other in texts)
            for text in texts
        )

    def _outputs_equal(self, one: Row, other: Row) -> bool | None:
        if one.outputs == other.outputs:
            return True
        try:
            pairs = [
                (constant(self.shape.language, left), constant(self.shape.language, right))
                for left, right in zip(one.outputs, other.outputs, strict=True)
                if left != right
            ]
        except Unclear:
            return None
        return all(equal(left, right, Evaluation(0)) is True for left, right in pairs)

    def _unreachable(self, rules: list[_Rule], report: Findings) -> None:
        for at, rule in enumerate(rules):
            earlier = [each for each in rules[:at] if all(map(int.__and__, each.sure, rule.maybe))]
            if earlier and not coverage.without(rule.maybe, [each.sure for each in earlier], self.effort):
                report.unreachable(rule.row, [each.row for each in earlier], self._shown(rule.maybe))

    def _outranked(self, rules: list[_Rule], report: Findings) -> None:
        ranks = [self._rank(rule.row) for rule in rules]
        for at, rule in enumerate(rules):
            self.effort.spend(len(rules))
            for place, other in enumerate(rules):
                mine, theirs = ranks[at], ranks[place]
                if place == at or mine is None or theirs is None or (theirs, place) > (mine, at):
                    continue
                if coverage.inside(rule.maybe, other.sure):
                    report.unreachable(rule.row, [other.row], self._shown(rule.maybe))
                    break

    def _rank(self, row: Row) -> list[int] | None:
        """The places of a rule's outputs among the allowed values, None when that cannot be told."""
        try:
            ranks = []
            for text, order in zip(row.outputs, self.shape.order, strict=True):
                values = constant(self.shape.language, f"[{order}]")
                value = constant(self.shape.language, text)
                known = values if isinstance(values, list) else []
                places = (at for at, each in enumerate(known) if equal(each, value, Evaluation(0)) is True)
                ranks.append(next(places, len(known)))
            return ranks
        except Unclear:
            return None


def _behind(kind: Type | None, types: Mapping[str, Type]) -> Type | None:
    """The type that a name stands for, unless the names go round in a circle."""
    for _ in range(_MOST_NAMES):
        if not isinstance(kind, Named) or kind.name not in types:
            return kind
        kind = types[kind.name]
    return None
