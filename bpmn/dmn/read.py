"""Reading a DMN file: everything compiles here, and what cannot be is a finding."""

from collections.abc import Mapping
from dataclasses import replace

from bpmn import xml
from bpmn.dmn import iterators, table
from bpmn.dmn.boxed import Boxes
from bpmn.dmn.elements import Broken, Element, Report, all_elements, expression_in, kid, kids, line, local, norm
from bpmn.dmn.graph import KINDS, DecisionUnit, InputData, Knowledge, Requirement, Service, Unit, circles, outside
from bpmn.dmn.items import Items, qualified
from bpmn.dmn.model import Decision, DecisionModel
from bpmn.dmn.shape import Shape
from bpmn.feel import Language
from bpmn.feel.scope import Closure, Frame
from bpmn.feel.types import Type
from bpmn.model import Finding

_MAX_TEXTS = 10_000
NO_IMPORTS: Mapping[str, DecisionModel] = {}
_NAMED = frozenset(
    ("itemComponent", "itemDefinition", "variable", "column", "output", "decision", "inputData")
    + ("businessKnowledgeModel", "decisionService", "parameter", "import")
)


def read(
    source: bytes, *, path: str = "", dialect: str = "camunda8", imports: Mapping[str, DecisionModel] = NO_IMPORTS
) -> tuple[DecisionModel | None, tuple[Finding, ...]]:
    """The model of a DMN file (1.1 to 1.5) and what is wrong with it; None when it cannot be read at all.

    `imports`: other models by namespace. A part with a finding of severity error evaluates to null.
    """
    try:
        root = xml.parse(source, path)
    except xml.Unreadable as unreadable:
        return None, unreadable.findings
    report = Report(path)
    if local(root) != "definitions" or "DMN" not in root.tag:
        report.add(
            "dmn-root",
            root,
            "Dit is geen DMN-bestand: het hoofdelement is geen `definitions` van DMN.",
            "This is no DMN file: the root element is no `definitions` of DMN.",
        )
        return None, tuple(report.findings)
    if sum(1 for part in all_elements(root) if local(part) == "text") > _MAX_TEXTS:
        report.add(
            "dmn-too-large",
            root,
            f"Het bestand heeft meer dan {_MAX_TEXTS} cellen en expressies. Verdeel het over meer bestanden.",
            f"The file has more than {_MAX_TEXTS} cells and expressions. Divide it over more files.",
        )
        return None, tuple(report.findings)
    try:
        model = _Reader(root, report, dialect, imports).model()
    except RecursionError:
        report.add(
            "dmn-too-deep",
            root,
            "De beslissingen zijn te diep genest, of hangen in een te lange keten. Verdeel ze.",
            "The decisions are nested too deeply, or hang in too long a chain. Divide them.",
        )
        return None, tuple(report.findings)
    return model, tuple(report.findings)


class _Reader:
    """One file on its way to a model."""

    def __init__(self, root: Element, report: Report, dialect: str, imports: Mapping[str, DecisionModel]) -> None:
        self.root, self.report = root, report
        self.namespace = root.get("namespace") or ""
        self.is_open = dialect == "camunda8"
        self.imports = self._imports(imports)
        members = {norm(part.get("name")) for part in all_elements(root) if local(part) in _NAMED}
        members |= {name for model in self.imports.values() for name in model.members}
        self.members = frozenset(name for name in members if name and not name.isidentifier())
        types: dict[str, Type] = {}
        for alias, imported in self.imports.items():
            for name, kind in imported.types.items():
                types[f"{alias}.{name}"] = qualified(kind, alias, imported.types)
        self.language = Language(dialect, members=self.members, types=types)
        self.items = Items(types, self.language, self.members, report)
        self.items.read(root)
        self.tables: list[Shape] = []
        self.compiler = self.language.compiler(True)
        self.elements = {part.get("id") or norm(part.get("name")): part for part in kids(root, *KINDS)}
        self.units = {identity: self._unit(identity, part) for identity, part in self.elements.items()}

    def _imports(self, known: Mapping[str, DecisionModel]) -> dict[str, DecisionModel]:
        found: dict[str, DecisionModel] = {}
        for part in kids(self.root, "import"):
            namespace = part.get("namespace") or ""
            if namespace in known:
                found[norm(part.get("name"))] = known[namespace]
            else:
                self.report.add(
                    "dmn-import",
                    part,
                    f"Het geïmporteerde model {namespace} is er niet bij. Voeg het toe aan het pakket.",
                    f"The imported model {namespace} is not there. Add it to the package.",
                )
        return found

    def _unit(self, identity: str, element: Element) -> Unit:
        variable = kid(element, "variable")
        name = norm(element.get("name"))
        if variable is not None and variable.get("name") and local(element) != "decisionService":
            name = norm(variable.get("name"))
        names: tuple[str, ...] = (name,)
        if self.is_open and local(element) != "inputData":
            # In Camunda 8 a decision is known by its id too, since names there hold no blanks.
            names = (name, identity, norm(element.get("name")))
        unit = KINDS[local(element)](identity, names, self.compiler, self.is_open)
        unit.kind = self.items.attribute(variable)
        return unit

    def _find(self, reference: Element) -> Requirement | None:
        namespace, _, identity = (reference.get("href") or "").rpartition("#")
        if not namespace or namespace == self.namespace:
            unit = self.units.get(identity)
            if unit is not None:
                return Requirement(unit)
        for alias, model in self.imports.items():
            if model.namespace == namespace and identity in model.units:
                return Requirement(model.units[identity], alias)
        if identity in self.units:
            return Requirement(self.units[identity])
        self.report.add(
            "dmn-reference",
            reference,
            f"De verwijzing {reference.get('href')} komt nergens uit. Herstel de pijl in het model.",
            f"The reference {reference.get('href')} leads nowhere. Repair the arrow in the model.",
        )
        return None

    def _requirements(self, element: Element, *tags: str) -> list[Requirement]:
        references = [part for tag in tags for part in kids(element, tag)]
        return [need for part in references if (need := self._find(part)) is not None]

    def model(self) -> DecisionModel:
        """Link, compile, and look for circles."""
        for identity, unit in self.units.items():
            for tag in ("informationRequirement", "knowledgeRequirement"):
                for part in kids(self.elements[identity], tag):
                    tags = ("requiredInput", "requiredDecision", "requiredKnowledge")
                    unit.requirements += self._requirements(part, *tags)
        for identity, unit in self.units.items():
            self._compile(unit, self.elements[identity])
        for unit in circles(list(self.units.values())):
            self.report.add(
                "dmn-circle",
                self.elements[unit.id],
                f"{unit.name} heeft zichzelf nodig, via een kring van pijlen. Haal een pijl weg.",
                f"{unit.name} requires itself, through a circle of arrows. Remove an arrow.",
            )
        return DecisionModel(
            self.root.get("id") or "",
            norm(self.root.get("name")),
            self.namespace,
            {unit.id: self._decision(unit) for unit in self.units.values() if isinstance(unit, DecisionUnit)},
            {norm(self.elements[unit.id].get("name")): unit.id for unit in self._services()},
            self.units,
            self.items.types,
            self.members,
            tuple(self.tables),
        )

    def _services(self) -> list[Service]:
        return [unit for unit in self.units.values() if isinstance(unit, Service)]

    def _compile(self, unit: Unit, element: Element) -> None:
        names = frozenset(need.alias or name for need in unit.requirements for name in need.unit.names)
        others = [need.unit for need in unit.requirements if not isinstance(need.unit, InputData)]
        made = frozenset(name for other in others for name in other.names)
        boxes = Boxes(unit.id, self.language, self.items, self.report, names, made=made, tables=self.tables)
        variable = kid(element, "variable")
        if isinstance(unit, DecisionUnit):
            unit.logic = self._logic(boxes, element)
        elif isinstance(unit, Knowledge):
            boxes = replace(boxes, names=names | set(unit.names))
            self._knowledge(unit, boxes, element)
        elif isinstance(unit, Service):
            unit.inputs = [need.unit for need in self._requirements(element, "inputData", "inputDecision")]
            unit.outputs = self._requirements(element, "outputDecision")
            unit.result = self.items.result(variable)
        if self.is_open:
            inputs = {need.unit.name for need in unit.requirements if isinstance(need.unit, InputData)}
            known = (boxes.names - inputs) | {*unit.names}
            unit.reads, unit.sure = frozenset(boxes.reads - known), frozenset(boxes.sure - known)

    def _knowledge(self, unit: Knowledge, boxes: Boxes, element: Element) -> None:
        logic = kid(element, "encapsulatedLogic")
        if logic is None:
            self._without_logic(element)
            return
        try:
            unit.params, body = boxes.function(logic)
        except Broken:
            return
        unit.body = boxes.typed(body, self.items.result(logic))
        unit.result = self.items.result(kid(element, "variable"))

    def _logic(self, boxes: Boxes, element: Element) -> Closure | None:
        expression = expression_in(element)
        if expression is None:
            self._without_logic(element)
            return None
        try:
            return boxes.build(expression)
        except Broken:
            return _broken

    def _without_logic(self, element: Element) -> None:
        self.report.add(
            "dmn-no-logic",
            element,
            f"{norm(element.get('name'))} heeft geen inhoud en geeft dus niets. Vul de tabel of expressie in.",
            f"{norm(element.get('name'))} has no logic and so gives nothing. Fill in the table or expression.",
            "warning",
        )

    def _decision(self, unit: DecisionUnit) -> Decision:
        element = self.elements[unit.id]
        found = kid(element, "decisionTable")
        columns = () if found is None else tuple(norm(part.get("name")) for part in kids(found, "output"))
        outputs = columns if len(columns) > 1 else (unit.name,)
        reads = outside(unit, sure=False)
        maybe = reads - outside(unit, sure=True)
        return Decision(unit.id, norm(element.get("name")), reads, outputs, found is not None, line(element), maybe)


def _broken(frame: Frame) -> object:
    return frame.run.fault("this decision has an error in its model")


# Importing them is what registers the builders of tables and loops.
_ROOMS = (table, iterators)
