"""What a page shows of a form now: visible components with names, texts as typed, options and texts filled in."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from bpmn import feel
from bpmn.forms.incoming import Fields, raw_answers
from bpmn.forms.rules import Asker
from bpmn.forms.schema import CHOICES, MANY, Form, FormField, Option
from bpmn.forms.texts import merge, shown
from bpmn.forms.types import convert
from bpmn.forms.validate import options_of, validate

NOTHING_TYPED: Mapping[str, str] = MappingProxyType({})
PARTS = ("dag", "maand", "jaar", "tijd")


@dataclass(frozen=True, slots=True)
class Shown:
    """One component on the page. `name`: HTML name; `value`: JSON-like, None when empty; `text`: Markdown.

    `typed`: what stands in the boxes: under `""` the text of the field itself, under dag, maand, jaar and tijd those of
    a date; `selected`: keys of the chosen options; `closed`: shown but not editable; `hidden`: left out now (a page
    with scripts may show it later); `rows`: the components of each row of a list."""

    field: FormField
    name: str
    value: object = None
    typed: Mapping[str, str] = dataclasses.field(default_factory=lambda: NOTHING_TYPED)
    options: tuple[Option, ...] = ()
    selected: frozenset[str] = frozenset()
    text: str = ""
    closed: bool = False
    hidden: bool = False
    children: tuple["Shown", ...] = ()
    rows: tuple[tuple["Shown", ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Page:
    """One level of a page: the form itself, or a row of a list (`prefix` is then `regels.0.`). `asker` decides what is
    shown, `teller` says what stands in it."""

    asker: Asker
    teller: Asker
    posted: Fields | None
    prefix: str = ""


def present(
    form: Form,
    values: Mapping[str, object],
    scope: Callable[[str], object],
    evaluation: feel.Evaluation,
    posted: Fields | None = None,
    seen: Callable[[str], object] | None = None,
) -> tuple[Shown, ...]:
    """The form with `values` (nested by path) over the case's variables and the defaults.

    `posted`: HTML fields that were refused; then these are shown again just as they were typed. `seen`: the part of
    `scope` that the reader may see; values, texts and options come from there, only conditions know everything."""
    told = seen or scope
    page = _Page(Asker(scope, evaluation), Asker(told, evaluation), posted)
    if posted is None:
        return _level(form.fields, values, values, page)
    raw = raw_answers(form.fields, posted)
    known = validate(form, raw, scope, evaluation).values
    # What is computed, or kept beside an answer of the same name, is taken from the case.
    shown = known if seen is None else validate(form, raw, seen, evaluation).values
    return _level(form.fields, shown, known, page)


def _level(fields: tuple[FormField, ...], shown: object, known: object, page: _Page) -> tuple[Shown, ...]:
    inner = _Page(_over(page.asker, known), _over(page.teller, shown), page.posted, page.prefix)
    return tuple(_one(f, inner, False) for f in fields)


def _over(around: Asker, values: object) -> Asker:
    answers = values if isinstance(values, Mapping) else {}
    return Asker(lambda name: answers[name] if name in answers else around.scope(name), around.evaluation)


def _one(one: FormField, page: _Page, above: bool) -> Shown:
    asker, teller, name = page.asker, page.teller, page.prefix + one.name
    closed = above or one.closed or (one.closed_when is not None and asker.ask(one.closed_when) is True)
    hidden = one.hide is not None and asker.ask(one.hide) is True
    if one.kind == "group":
        children = tuple(_one(c, page, closed) for c in one.children)
        return Shown(one, name, closed=closed, hidden=hidden, children=children)
    if one.kind == "text":
        return Shown(one, name, text=_text(one.text, teller), hidden=hidden)
    if one.compute is not None:
        return Shown(one, name, teller.ask(one.compute), closed=True, hidden=True)
    if not one.path or one.kind in {"separator", "spacer", "button"}:
        return Shown(one, name, hidden=hidden)
    value = _value(one, teller)
    if one.kind == "dynamiclist":
        given = value if isinstance(value, list) else [{}]
        rows = (_Page(asker, teller, page.posted, f"{name}.{number}.") for number in range(len(given)))
        made = tuple(_level(one.children, row, row, inner) for row, inner in zip(given, rows, strict=True))
        return Shown(one, name, closed=closed, hidden=hidden, rows=made)
    options = options_of(one, teller) if one.kind in CHOICES | MANY else ()
    typed = _posted(one, page.posted, name) if page.posted is not None and not closed else _typed(one, value)
    return Shown(one, name, value, typed, options, _selected(one, value, options), closed=closed, hidden=hidden)


def _value(one: FormField, asker: Asker) -> object:
    found: object = asker.scope(one.path[0])
    if found is feel.MISSING:
        return one.default
    found = feel.to_json(found)
    for part in one.path[1:]:
        if not isinstance(found, Mapping) or part not in found:
            return one.default
        found = found[part]
    return found


def _typed(one: FormField, value: object) -> dict[str, str]:
    """The texts of the boxes for a value: numbers in the Dutch way, a date in three parts."""
    if value is None or isinstance(value, bool | list | Mapping):
        return {"": ""}
    if one.kind == "number" and isinstance(value, int | Decimal):
        return {"": shown(Decimal(value))}
    if one.kind != "datetime" or one.subtype == "time":
        return {"": str(value)}
    day, _, time = str(value).partition("T")
    year, month, date = (*day.split("-"), "", "", "")[:3]
    return {"": str(value), "dag": date.lstrip("0"), "maand": month.lstrip("0"), "jaar": year, "tijd": time[:5]}


def _posted(one: FormField, posted: Fields, name: str) -> dict[str, str]:
    names = {"": name} | ({p: f"{name}.{p}" for p in PARTS} if one.kind == "datetime" else {})
    return {part: (posted.get(full) or ("",))[0] for part, full in names.items()}


def _selected(one: FormField, value: object, options: tuple[Option, ...]) -> frozenset[str]:
    if one.kind not in CHOICES | MANY:
        return frozenset()
    chosen = value if isinstance(value, list) else [value]
    kept = [convert(one, [c] if one.kind in MANY else c, options) for c in chosen if c is not None]
    values = [v for k in kept for v in (k if isinstance(k, list) else [k])]
    return frozenset(o.key for o in options if any(type(o.value) is type(v) and o.value == v for v in values))


def _text(text: str, asker: Asker) -> str:
    if text.startswith("="):
        program = feel.compile(text[1:], dialect="camunda8")
        return shown(feel.to_json(program(asker.scope, asker.evaluation)))
    return merge(text, asker.scope, asker.evaluation)
