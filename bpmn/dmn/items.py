"""Item definitions to types (DMN 1.5 section 7.3.3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bpmn.dmn.elements import Element, Report, kid, kids, norm, text_in
from bpmn.feel import Evaluation, FeelSyntaxError, Language
from bpmn.feel.lexer import Names
from bpmn.feel.parser import parse_type
from bpmn.feel.scope import Frame
from bpmn.feel.types import ANY, Allowed, ContextType, FunctionType, ListType, Named, RangeType, Type, base

_SPELLINGS = {
    "any": "Any",
    "Context": "context",
    "List": "list",
    "dateTime": "date and time",
    "date_and_time": "date and time",
    "days_and_time_duration": "days and time duration",
    "years_and_months_duration": "years and months duration",
    # Camunda's modeler writes the names of Java's types.
    "integer": "number",
    "long": "number",
    "double": "number",
}


@dataclass(slots=True)
class Items:
    """The types of one model, by name, and how its `typeRef` texts are read."""

    types: dict[str, Type]
    language: Language
    members: frozenset[str]
    report: Report

    def read(self, root: Element) -> None:
        """Take in all item definitions of a file."""
        for element in kids(root, "itemDefinition"):
            self.types[norm(element.get("name"))] = self._item(element)

    def _item(self, element: Element) -> Type:
        components = kids(element, "itemComponent")
        function = kid(element, "functionItem")
        kind: Type
        if components:
            kind = ContextType({norm(part.get("name")): self._item(part) for part in components})
        elif function is not None:
            params = tuple(self.of(part.get("typeRef"), part) or ANY for part in kids(function, "parameters"))
            kind = FunctionType(params, self.of(function.get("outputTypeRef"), function) or ANY)
        else:
            kind = self.of(text_in(element, "typeRef"), element) or ANY
        allowed = text_in(kid(element, "allowedValues"))
        if allowed:
            kind = Allowed(kind, self._test(allowed, element), allowed)
        if element.get("isCollection") == "true":
            kind = ListType(kind)
        constraint = text_in(kid(element, "typeConstraint"))
        return Allowed(kind, self._test(constraint, element), constraint) if constraint else kind

    def _test(self, text: str, element: Element) -> Callable[[object, Evaluation], object]:
        try:
            test, _ = self.language.tests(text)
        except FeelSyntaxError as error:
            self.report.syntax(element, text, error)
            return lambda value, run: None
        return lambda value, run: test(Frame({}, None, run, None), value)

    def of(self, text: str | None, element: Element) -> Type | None:
        """The type of a `typeRef`, None when there is none; an unreadable one is a finding."""
        name = norm(text)
        if not name:
            return None
        name = name.split(":", 1)[1] if ":" in name and "<" not in name else name
        name = name.removeprefix("feel.")
        if "<" not in name:
            # An own definition wins over another spelling of a built-in type.
            return Named(name if name in self.types else _SPELLINGS.get(name, name))
        try:
            return parse_type(name, Names(self.members))
        except FeelSyntaxError as error:
            self.report.syntax(element, name, error)
            return None

    def attribute(self, element: Element | None) -> Type | None:
        """The type that an element's `typeRef` names."""
        return None if element is None else self.of(element.get("typeRef"), element)

    def result(self, element: Element | None) -> Type | None:
        """The type of what a function gives, when the element's type is that of a function."""
        kind = self.attribute(element)
        ground = None if kind is None else base(kind, self.types)
        return ground.result if isinstance(ground, FunctionType) else kind


def qualified(kind: Type, alias: str, known: Mapping[str, Type]) -> Type:
    """A type of an imported model, its names with the alias of the import."""
    if isinstance(kind, Named):
        return Named(f"{alias}.{kind.name}") if kind.name in known else kind
    if isinstance(kind, ListType):
        return ListType(qualified(kind.item, alias, known))
    if isinstance(kind, RangeType):
        return RangeType(qualified(kind.item, alias, known))
    if isinstance(kind, ContextType):
        return ContextType({name: qualified(part, alias, known) for name, part in kind.fields.items()})
    if isinstance(kind, FunctionType):
        params = tuple(qualified(part, alias, known) for part in kind.params)
        return FunctionType(params, qualified(kind.result, alias, known))
    return Allowed(qualified(kind.base, alias, known), kind.test, kind.text)
