"""Boxed expressions to closures (DMN 1.5 chapter 10.2): everything compiles when the file is read."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bpmn.dmn.elements import Broken, Element, Report, expression_in, kid, kids, local, norm, text_in
from bpmn.dmn.items import Items
from bpmn.dmn.shape import Shape
from bpmn.feel import FeelSyntaxError, Language
from bpmn.feel.nodes import Reading
from bpmn.feel.paths import author_function, invoke
from bpmn.feel.scope import Closure, Frame, Test
from bpmn.feel.types import Type, coerce
from bpmn.feel.values import Function

Params = list[tuple[str, Type | None]]


def nothing(frame: Frame) -> object:
    """What an expression that is not there gives."""
    return None


@dataclass(frozen=True, slots=True)
class Boxes:
    """Compiles the boxed expressions of one decision or knowledge model.

    `names`: all names in scope, `inner`: those made inside the expression; `reads` collects the others, `sure`
    those of them that are no members of filtered items; `made`: the names that other decisions give; `tables`
    collects the shapes of tables, for analysis.
    """

    owner: str
    language: Language
    items: Items
    report: Report
    names: frozenset[str]
    inner: frozenset[str] = frozenset()
    reads: set[str] = field(default_factory=set)
    sure: set[str] = field(default_factory=set)
    made: frozenset[str] = frozenset()
    tables: list[Shape] = field(default_factory=list)

    def within(self, *names: str) -> "Boxes":
        """The same with more names."""
        return replace(self, names=self.names | set(names), inner=self.inner | set(names))

    def feel(self, text: str, element: Element) -> Closure:
        """An expression's closure; raises Broken."""
        if not text:
            return nothing
        self._in_feel(element)
        try:
            closure, reading = self.language.expression(text, self.names)
        except FeelSyntaxError as error:
            self.report.syntax(element, text, error)
            raise Broken from None
        self._read(reading)
        return closure

    def tests(self, text: str, element: Element) -> Test | None:
        """The test of a cell, None when everything passes; raises Broken."""
        if not text or text.strip() == "-":
            return None
        self._in_feel(element)
        try:
            test, reading = self.language.tests(text, self.names)
        except FeelSyntaxError as error:
            self.report.syntax(element, text, error)
            raise Broken from None
        self._read(reading)
        return test

    def _in_feel(self, element: Element) -> None:
        """Refuse a text that says itself, or whose file says, that it is in another language."""
        at: Element | None = element
        while at is not None and not at.get("expressionLanguage"):
            at = at.getparent()
        language = "" if at is None else at.get("expressionLanguage") or ""
        if language and "feel" not in language.lower():
            self.report.add(
                "dmn-language",
                element,
                f"De expressietaal {language} wordt niet ondersteund. Gebruik FEEL.",
                f"The expression language {language} is not supported. Use FEEL.",
            )
            raise Broken

    def _read(self, reading: Reading) -> None:
        self.sure.update(reading.sure - self.inner)
        self.reads.update((reading.sure | reading.maybe) - self.inner)

    def typed(self, closure: Closure, kind: Type | None) -> Closure:
        """A closure whose value is fitted to a type."""
        if kind is None:
            return closure
        types = self.items.types
        return lambda frame: coerce(closure(frame), kind, types, frame.run)

    def build(self, element: Element | None) -> Closure:
        """The closure of a boxed expression; raises Broken."""
        if element is None:
            return nothing
        kind = local(element)
        closure = BUILDERS[kind](self, element)
        return closure if kind == "functionDefinition" else self.typed(closure, self.items.attribute(element))

    def safe(self, element: Element) -> Closure:
        """What stands inside an element; null when that is broken, and its neighbours go on."""
        try:
            return self.build(expression_in(element))
        except Broken:
            return lambda frame: frame.run.fault("this part of the decision has an error in its model")

    def function(self, element: Element) -> tuple[Params, Closure]:
        """Parameters and body of a function definition; raises Broken."""
        params = [(norm(part.get("name")), self.items.attribute(part)) for part in kids(element, "formalParameter")]
        kind = element.get("kind") or "FEEL"
        if kind != "FEEL":
            self.report.add(
                "dmn-external",
                element,
                f"Een functie van de soort {kind} wordt niet ondersteund. Schrijf de functie in FEEL.",
                f"A function of kind {kind} is not supported. Write the function in FEEL.",
            )
            return params, lambda frame: frame.run.note(f"functions of kind {kind} are not supported")
        return params, self.within(*(name for name, _ in params)).build(expression_in(element))


def _literal(boxes: Boxes, element: Element) -> Closure:
    return boxes.feel(text_in(element), element)


def _context(boxes: Boxes, element: Element) -> Closure:
    entries: list[tuple[str, Closure]] = []
    for entry in kids(element, "contextEntry"):
        variable = kid(entry, "variable")
        name = "" if variable is None else norm(variable.get("name"))
        entries.append((name, boxes.typed(boxes.safe(entry), boxes.items.attribute(variable))))
        boxes = boxes.within(name) if name else boxes

    def run(frame: Frame) -> object:
        values: dict[str, object] = {}
        inner = frame.child(values)
        for name, entry in entries:
            value = entry(inner)
            if not name:
                return value
            values[name] = value
        return dict(values)

    return run


def _list(boxes: Boxes, element: Element) -> Closure:
    items = [boxes.build(child) for child in _expressions(element)]
    return lambda frame: [item(frame) for item in items]


def _expressions(element: Element) -> list[Element]:
    return [child for child in element if local(child) in BUILDERS]


def _relation(boxes: Boxes, element: Element) -> Closure:
    columns = [norm(column.get("name")) for column in kids(element, "column")]
    rows = [[boxes.build(cell) for cell in _expressions(row)] for row in kids(element, "row")]

    def run(frame: Frame) -> object:
        return [{name: cell(frame) for name, cell in zip(columns, row, strict=False)} for row in rows]

    return run


def _invocation(boxes: Boxes, element: Element) -> Closure:
    target = boxes.build(expression_in(element))
    names: list[str] = []
    values: list[Closure] = []
    for binding in kids(element, "binding"):
        parameter = kid(binding, "parameter")
        names.append("" if parameter is None else norm(parameter.get("name")))
        values.append(boxes.typed(boxes.safe(binding), boxes.items.attribute(parameter)))
    order = tuple(names) or None

    def run(frame: Frame) -> object:
        function = target(frame)
        if not isinstance(function, Function):
            return frame.run.note("an invocation of something that is no function")
        return invoke(function, [value(frame) for value in values], order, frame.run)

    return run


def _function(boxes: Boxes, element: Element) -> Closure:
    params, body = boxes.function(element)
    result = boxes.items.result(element)
    compiler = boxes.language.compiler(True)
    return lambda frame: author_function(params, body, frame, compiler, result)


def _conditional(boxes: Boxes, element: Element) -> Closure:
    test, yes, no = (boxes.build(expression_in(kid(element, name))) for name in ("if", "then", "else"))

    def run(frame: Frame) -> object:
        value = test(frame)
        if value is True:
            return yes(frame)
        return no(frame) if value is False or value is None else frame.run.note("a condition is no boolean")

    return run


BUILDERS: dict[str, Callable[[Boxes, Element], Closure]] = {
    "literalExpression": _literal,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "invocation": _invocation,
    "functionDefinition": _function,
    "conditional": _conditional,
}
