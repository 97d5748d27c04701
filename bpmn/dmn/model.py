"""A DMN file as it is used: its decisions, and the outcome of one with the rules that fired."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bpmn.dmn.graph import Deciding, Service, Unit
from bpmn.dmn.shape import Shape
from bpmn.feel import Evaluation, FeelBudgetError
from bpmn.feel.scope import Source, from_json
from bpmn.feel.types import Type
from bpmn.feel.values import MISSING


@dataclass(frozen=True, slots=True)
class Decision:
    """`reads`: the caller's variables it may read, also through others; `maybe`: those of them that stand only in
    filters, where they can be members of the items; `outputs`: the columns of its table, or its variable; `table`:
    whether it is one; `line`: where it stands in the file."""

    id: str
    name: str
    reads: frozenset[str]
    outputs: tuple[str, ...]
    table: bool = False
    line: int = 0
    maybe: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """`value` as FEEL; `rules`: per table evaluated its decision's id and the ids (or numbers) of the rules that
    fired; `inputs`: the caller's values that were read; `notes`: why something became null; `faults`: those of them
    that no case should pass over: several rules under UNIQUE, outputs that differ under ANY, a value that is not
    allowed, a part with an error."""

    value: object
    rules: tuple[tuple[str, tuple[str, ...]], ...]
    inputs: Mapping[str, object]
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionModel:
    """A readable DMN file. `decisions` by id; `services`: ids of its decision services by name; `tables`: its decision
    tables as written, for analysis; the rest is for models that import this one."""

    id: str
    name: str
    namespace: str
    decisions: Mapping[str, Decision]
    services: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict, repr=False)
    types: Mapping[str, Type] = field(default_factory=dict, repr=False)
    members: frozenset[str] = frozenset()
    tables: tuple[Shape, ...] = field(default=(), repr=False)

    def evaluate(self, decision_id: str, scope: Source, evaluation: Evaluation) -> Outcome:
        """The outcome of a decision, or of a decision service, whose arguments are then read by name.

        `scope` gives a JSON-like or FEEL value for a name, or MISSING. Raises KeyError for an unknown id, and
        FeelBudgetError or FeelAssertionError; every other failure is null with a note.
        """
        unit = self.units[decision_id]
        inputs: dict[str, object] = {}

        def reading(name: str) -> object:
            value = scope(name)
            if value is not MISSING:
                inputs[name] = value
            return value

        fired, noted, failed = len(evaluation.trail), len(evaluation.notes), len(evaluation.faults)
        try:
            value = _value(unit, Deciding(reading, evaluation, {}))
        except RecursionError:
            raise FeelBudgetError("The decision nests too deeply.", "De beslissing gaat te diep.") from None
        return Outcome(
            value,
            tuple(evaluation.trail[fired:]),
            MappingProxyType(inputs),
            tuple(evaluation.notes[noted:]),
            tuple(evaluation.faults[failed:]),
        )


def _value(unit: Unit, deciding: Deciding) -> object:
    if not isinstance(unit, Service):
        return deciding.value(unit, ())
    given = [deciding.scope(needed.name) for needed in unit.inputs]
    values = [None if value is MISSING else from_json(value, deciding.run) for value in given]
    return unit.answer(values, deciding.run)
