"""Which variables a package reads, and where: what an override may not take away."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from bpmn import feel
from bpmn.forms import Form, FormField, merge_fields
from bpmn.model import Expression, Node
from bpmn.package import Package


def readers(package: Package) -> dict[str, str]:
    """Variable → one place that reads it (a step's name, a decision, a letter or a form), for the message."""
    return package.once("readers", lambda: _readers(package))


def _readers(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, name in _all(package):
        found.setdefault(name, place)
    return found


def known(package: Package) -> frozenset[str]:
    """Names that a decision may read: parameters, form fields, mapping targets, results, what decisions read now."""
    return package.once("known names", lambda: _known(package))


def written(package: Package) -> frozenset[str]:
    """Names that its processes and forms may fill: form fields, mapping targets, results, start values."""
    names: set[str] = set()
    for form in package.forms.values():
        names |= form.writes()
    for process in package.processes.values():
        names |= set(process.variables)
        for node in process.nodes.values():
            names |= {m.target.split(".", 1)[0] for m in (*node.inputs, *node.outputs)}
            names |= {n for n in (node.work.result, *_loop_names(node)) if n}
    return frozenset(names)


def _known(package: Package) -> frozenset[str]:
    names = {d.attributes.get("id", "") for d in package.declared("parameter")} | written(package)
    for decision_id, model in package.decisions.items():
        names |= model.decisions[decision_id].reads
    return frozenset(names)


def form_reads(form: Form) -> Iterator[str]:
    """The names that a form's own expressions and texts read."""
    for field in _walk(form.fields):
        for text in merge_fields(field.text):
            yield from feel.compile(text, dialect="camunda8").reads
        for expression in _expressions(field):
            yield from feel.compile(expression.text, dialect="camunda8").reads


def _all(package: Package) -> Iterator[tuple[str, str]]:
    for process in package.processes.values():
        for node in process.nodes.values():
            for expression in _expressions(node):
                for name in feel.compile(expression.text, dialect="camunda8").reads:
                    yield node.name or node.id, name
    for decision_id, model in package.decisions.items():
        for name in model.decisions[decision_id].reads:
            yield model.decisions[decision_id].name, name
    for text_id, text in package.texts.items():
        for source in merge_fields(text):
            for name in feel.compile(source, dialect="camunda8").reads:
                yield f"texts/{text_id}.md", name
    for form in package.forms.values():
        for name in form_reads(form):
            yield form.path or form.id, name


def _expressions(value: object) -> Iterator[Expression]:
    """Every FEEL expression inside a value of the model, flows and triggers included."""
    if isinstance(value, Expression):
        if value.feel:
            yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _expressions(item)
    elif is_dataclass(value) and not isinstance(value, Mapping):
        for one in fields(value):
            if one.name != "children":
                yield from _expressions(getattr(value, one.name))


def _walk(all_fields: tuple[FormField, ...]) -> Iterator[FormField]:
    for field in all_fields:
        yield field
        yield from _walk(field.children)


def _loop_names(node: Node) -> tuple[str | None, ...]:
    return (node.loop.element, node.loop.output) if node.loop else ()
