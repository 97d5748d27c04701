"""What a page shows of a form now: visible components with names, values, options and texts filled in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bpmn import feel
from bpmn.forms.rules import Asker
from bpmn.forms.schema import CHOICES, MANY, Form, FormField, Option
from bpmn.forms.texts import merge, shown
from bpmn.forms.validate import options_of


@dataclass(frozen=True, slots=True)
class Shown:
    """One component on the page. `name`: HTML name; `value`: JSON-like, None when empty; `text`: Markdown.

    `closed`: shown but not editable; `hidden`: left out now (a page with scripts may show it later);
    `rows`: the components of each row of a list."""

    field: FormField
    name: str
    value: object = None
    options: tuple[Option, ...] = ()
    text: str = ""
    closed: bool = False
    hidden: bool = False
    children: tuple["Shown", ...] = ()
    rows: tuple[tuple["Shown", ...], ...] = ()


def present(
    form: Form, values: Mapping[str, object], scope: Callable[[str], object], evaluation: feel.Evaluation
) -> tuple[Shown, ...]:
    """The form with `values` (nested by path; answers so far) over the case's variables and the defaults."""
    return _level(form.fields, values, scope, evaluation, "", False)


def _level(
    fields: tuple[FormField, ...],
    values: Mapping[str, object],
    around: Callable[[str], object],
    evaluation: feel.Evaluation,
    prefix: str,
    closed: bool,
) -> tuple[Shown, ...]:
    def names(name: str) -> object:
        return values[name] if name in values else around(name)

    asker = Asker(names, evaluation)
    return tuple(_one(f, values, asker, prefix, closed) for f in fields)


def _one(field: FormField, values: Mapping[str, object], asker: Asker, prefix: str, above: bool) -> Shown:
    name = prefix + field.name
    closed = above or field.closed or (field.closed_when is not None and asker.ask(field.closed_when) is True)
    hidden = field.hide is not None and asker.ask(field.hide) is True
    if field.kind == "group":
        children = tuple(_one(c, values, asker, prefix, closed) for c in field.children)
        return Shown(field, name, closed=closed, hidden=hidden, children=children)
    if field.kind == "text":
        return Shown(field, name, text=_text(field.text, asker), hidden=hidden)
    if field.compute is not None:
        return Shown(field, name, asker.ask(field.compute), closed=True, hidden=True)
    if not field.path or field.kind in {"separator", "spacer", "button"}:
        return Shown(field, name, hidden=hidden)
    value = _value(field, asker)
    if field.kind == "dynamiclist":
        given = [r if isinstance(r, Mapping) else {} for r in value] if isinstance(value, list) else [{}]
        rows = tuple(
            _level(field.children, row, asker.scope, asker.evaluation, f"{name}.{number}.", closed)
            for number, row in enumerate(given)
        )
        return Shown(field, name, closed=closed, hidden=hidden, rows=rows)
    options = options_of(field, asker) if field.kind in CHOICES | MANY else ()
    return Shown(field, name, value, options, closed=closed, hidden=hidden)


def _value(field: FormField, asker: Asker) -> object:
    found: object = asker.scope(field.path[0])
    if found is feel.MISSING:
        return field.default
    found = feel.to_json(found)
    for part in field.path[1:]:
        if not isinstance(found, Mapping) or part not in found:
            return field.default
        found = found[part]
    return found


def _text(text: str, asker: Asker) -> str:
    if text.startswith("="):
        program = feel.compile(text[1:], dialect="camunda8")
        return shown(feel.to_json(program(asker.scope, asker.evaluation)))
    return merge(text, asker.scope, asker.evaluation)
