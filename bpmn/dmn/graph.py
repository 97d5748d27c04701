"""The requirement graph: inputs, decisions, knowledge models and services, and one evaluation over them."""

from collections.abc import Callable
from dataclasses import dataclass

from bpmn.feel.budget import Evaluation
from bpmn.feel.compiler import Compiler
from bpmn.feel.paths import author_function, bind
from bpmn.feel.scope import Closure, Frame, Source, from_json
from bpmn.feel.types import Type, coerce
from bpmn.feel.values import MISSING, Function

Path = tuple[str, ...]


class Unit:
    """One element of the graph. `names`: under which others know it; `reads`: what its logic takes from outside,
    `sure` those names of it that cannot be members of filtered items."""

    def __init__(self, identity: str, names: tuple[str, ...], compiler: Compiler, is_open: bool) -> None:
        self.id = identity
        self.names = names
        self.compiler = compiler
        self.is_open = is_open
        self.kind: Type | None = None
        self.requirements: list[Requirement] = []
        self.reads: frozenset[str] = frozenset()
        self.sure: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The name of its variable."""
        return self.names[0]

    def evaluate(self, deciding: "Deciding", path: Path) -> object:
        """The value in one evaluation, reached through the imports in `path`."""
        raise NotImplementedError

    def fitted(self, value: object, run: Evaluation) -> object:
        """A value as the variable's type takes it."""
        return coerce(value, self.kind, self.compiler.types, run)

    def frame(self, deciding: "Deciding", path: Path) -> Frame:
        """Where its logic reads: what it requires, evaluated when read; else, when open, the caller's scope."""
        own = {name: need.unit for need in self.requirements if not need.alias for name in need.unit.names}
        imported: dict[str, list[Unit]] = {}
        for need in self.requirements:
            if need.alias:
                imported.setdefault(need.alias, []).append(need.unit)

        def source(name: str) -> object:
            if name in own:
                return deciding.value(own[name], path)
            if name in imported:
                return {unit.name: deciding.value(unit, (*path, name)) for unit in imported[name]}
            value = deciding.scope(name) if self.is_open else MISSING
            return value if value is MISSING else from_json(value, deciding.run)

        return Frame({}, None, deciding.run, source)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A unit that another needs, and the alias of the import it comes from, if any."""

    unit: Unit
    alias: str = ""


class InputData(Unit):
    """A value of the caller."""

    def evaluate(self, deciding: "Deciding", path: Path) -> object:
        """The caller's value, under the alias of the import first."""
        value = self._read(deciding, path)
        value = None if value is MISSING else from_json(value, deciding.run)
        return self.fitted(value, deciding.run)

    def _read(self, deciding: "Deciding", path: Path) -> object:
        if path:
            value = deciding.scope(path[0])
            for name in (*path[1:], self.name):
                value = value.get(name, MISSING) if isinstance(value, dict) else MISSING
            if value is not MISSING:
                return value
            for holder in (path, path[-1:]):
                value = deciding.scope(".".join((*holder, self.name)))
                if value is not MISSING:
                    return value
        return deciding.scope(self.name)


class DecisionUnit(Unit):
    """A decision; without logic it is null."""

    logic: Closure | None = None

    def evaluate(self, deciding: "Deciding", path: Path) -> object:
        """The value of its logic."""
        if self.logic is None:
            return None
        return self.fitted(self.logic(self.frame(deciding, path)), deciding.run)


class Knowledge(Unit):
    """A business knowledge model: a function, which may call itself by its name."""

    params: list[tuple[str, Type | None]] = []
    body: Closure | None = None
    result: Type | None = None

    def evaluate(self, deciding: "Deciding", path: Path) -> object:
        """The function."""
        if self.body is None:
            return None
        frame = self.frame(deciding, path)
        function = author_function(self.params, self.body, frame, self.compiler, self.result)
        frame.values.update(dict.fromkeys(self.names, function))
        return function


class Service(Unit):
    """A decision service: a function that evaluates its decisions for the inputs given."""

    inputs: list[Unit] = []
    outputs: list[Requirement] = []
    result: Type | None = None

    def evaluate(self, deciding: "Deciding", path: Path) -> object:
        """The function."""
        params = tuple(unit.name for unit in self.inputs)

        def call(run: Evaluation, values: list[object], names: Path | None) -> object:
            given = bind(params, values, names)
            if given is None:
                return run.note(f"{self.name}: the arguments do not fit")
            return self.answer(given, run)

        return Function(params, call, self.name)

    def answer(self, values: list[object], run: Evaluation) -> object:
        """The value of its one output decision, or a context of all."""
        fixed = {unit: unit.fitted(value, run) for unit, value in zip(self.inputs, values, strict=True)}
        inside = Deciding(nowhere, run, fixed)
        results = {
            need.unit.name: inside.value(need.unit, (need.alias,) if need.alias else ()) for need in self.outputs
        }
        value = next(iter(results.values())) if len(results) == 1 else dict(results)
        return coerce(value, self.result, self.compiler.types, run)


def nowhere(name: str) -> object:
    """A scope without names."""
    return MISSING


class Deciding:
    """One evaluation of a graph: each unit at most once. `fixed` values stand for units, in a service."""

    def __init__(self, scope: Source, run: Evaluation, fixed: dict[Unit, object]) -> None:
        self.scope = scope
        self.run = run
        self._fixed = fixed
        self._known: dict[tuple[Path, Unit], object] = {}

    def value(self, unit: Unit, path: Path) -> object:
        """The value of a unit; in a circle, null."""
        if unit in self._fixed:
            return self._fixed[unit]
        key = (path, unit)
        if key not in self._known:
            self._known[key] = None
            self.run.charge(1)
            self._known[key] = unit.evaluate(self, path)
        return self._known[key]


def outside(unit: Unit, sure: bool, path: Path = (), seen: set[Unit] | None = None) -> frozenset[str]:
    """The names that a unit, with all it requires, takes from the caller: all, or only the sure ones."""
    seen = set() if seen is None else seen
    if unit in seen:
        return frozenset()
    seen.add(unit)
    if isinstance(unit, InputData):
        # An open unit says itself what it reads: in Camunda 8 an input is a drawing, its name a label.
        return frozenset() if unit.is_open else frozenset({path[0] if path else unit.name})
    names = set(unit.sure if sure else unit.reads)
    for need in unit.requirements:
        if not isinstance(need.unit, Service):
            names |= outside(need.unit, sure, (*path, need.alias) if need.alias else path, seen)
    return frozenset(names)


def circles(units: list[Unit]) -> list[Unit]:
    """The units that require themselves, directly or through others."""
    return [unit for unit in _tangled(units) if _reaches(unit, unit)]


def _tangled(units: list[Unit]) -> list[Unit]:
    """What is left when units that require nothing more are taken away, again and again: most often nothing."""
    needs = {unit: {need.unit for need in unit.requirements} for unit in units}
    users: dict[Unit, list[Unit]] = {}
    for unit, needed in needs.items():
        for one in needed:
            users.setdefault(one, []).append(unit)
    free = [unit for unit in {*users, *needs} if not needs.get(unit)]
    while free:
        done = free.pop()
        for user in users.get(done, ()):
            needs[user].discard(done)
            if not needs[user]:
                free.append(user)
    return [unit for unit in units if needs[unit]]


def _reaches(start: Unit, goal: Unit) -> bool:
    todo, seen = list(start.requirements), set[Unit]()
    while todo:
        unit = todo.pop().unit
        if unit is goal:
            return True
        if unit not in seen:
            seen.add(unit)
            todo.extend(unit.requirements)
    return False


Make = Callable[[str, tuple[str, ...], Compiler, bool], Unit]
KINDS: dict[str, Make] = {
    "inputData": InputData,
    "decision": DecisionUnit,
    "businessKnowledgeModel": Knowledge,
    "decisionService": Service,
}
