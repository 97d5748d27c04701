"""The one validation of a form: HTML and JSON both end here, and all errors come at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bpmn import feel
from bpmn.forms.incoming import Bad, Fields, raw_answers
from bpmn.forms.messages import error
from bpmn.forms.parts import option
from bpmn.forms.rules import Asker, broken
from bpmn.forms.schema import CHOICES, INPUTS, MANY, MAX_ROWS, FieldError, Form, FormField, Option, Validated
from bpmn.forms.types import convert
from bpmn.model import Expression

Scope = Callable[[str], object]
ROUNDS = 10


@dataclass(frozen=True, slots=True)
class _Place:
    """A field with a value, and every condition that hides it, its groups' included."""

    field: FormField
    hides: tuple[Expression, ...]
    closes: tuple[Expression, ...]
    closed: bool


@dataclass(slots=True)
class _Level:
    """The form itself, or one row of a list: its places, the values so far, and what lies around it."""

    places: tuple[_Place, ...]
    around: Scope
    evaluation: feel.Evaluation
    prefix: str = ""
    values: dict[int, object] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()

    def names(self, name: str) -> object:
        """A name for expressions: an answer of this level, else what lies around it."""
        answers = self.answers()
        return answers[name] if name in answers else self.around(name)

    def answers(self) -> dict[str, object]:
        """The visible answers, nested by path, over what the case already has under the same name."""
        nested: dict[str, object] = {}
        for index, value in self.values.items():
            if index in self.hidden or isinstance(value, Bad):
                continue
            path = self.places[index].field.path
            if path[0] not in nested and len(path) > 1:
                before = feel.to_json(self.around(path[0])) if self.around(path[0]) is not feel.MISSING else None
                nested[path[0]] = _copy(before) if isinstance(before, Mapping) else {}
            _put(nested, path, value)
        return nested

    @property
    def asker(self) -> Asker:
        return Asker(self.names, self.evaluation)


def from_html(form: Form, fields: Fields, scope: Scope, evaluation: feel.Evaluation) -> Validated:
    """Posted HTML fields (name → texts); names that the form does not know are left alone (token, button)."""
    return validate(form, raw_answers(form.fields, fields), scope, evaluation)


def from_json(form: Form, data: Mapping[str, object], scope: Scope, evaluation: feel.Evaluation) -> Validated:
    """Decoded JSON; a name that the form does not know is an error. Absent fields take the form's default."""
    result = validate(form, data, scope, evaluation, defaults=True)
    unknown = tuple(error("unknown", name, name) for name in _unknown(form.fields, data, ""))
    return Validated(result.values, unknown + result.errors)


def validate(
    form: Form, raw: Mapping[str, object], scope: Scope, evaluation: feel.Evaluation, *, defaults: bool = False
) -> Validated:
    """Checks raw answers, nested by path. `scope` gives the case's variables and parameters.

    Hidden values are dropped, closed (disabled, read-only) ones never taken. Expressions that use up the evaluation's
    budget, or fail an `assert`, are an error of the form as a whole (key "")."""
    level = _Level(_places(form.fields), scope, evaluation)
    try:
        errors = _check(level, raw, defaults)
        return Validated(level.answers(), tuple(errors))
    except feel.FeelError as failure:
        kind = "heavy" if isinstance(failure, feel.FeelBudgetError) else "rule"
        return Validated({}, (error(kind, "", form.id),))


def options_of(one: FormField, asker: Asker) -> tuple[Option, ...]:
    """The answers that may be chosen now: fixed ones, or those that an expression gives."""
    if one.options_from is None:
        return one.options
    found = asker.ask(one.options_from)
    return tuple(o for v in found if (o := option(v)) is not None) if isinstance(found, list) else ()


def _check(level: _Level, raw: Mapping[str, object], defaults: bool) -> list[FieldError]:
    """Fills `level.values`, settles what is visible, and returns the errors of the visible fields."""
    errors: dict[int, list[FieldError]] = {}
    for index, place in enumerate(level.places):
        if place.field.kind in INPUTS and not _closed(place, level):
            options = options_of(place.field, level.asker) if place.field.kind in CHOICES | MANY else ()
            level.values[index] = convert(place.field, _get(raw, place.field, defaults), options)
    _settle(level)
    for index, place in enumerate(level.places):
        if place.field.kind == "dynamiclist" and index not in level.hidden and not _closed(place, level):
            level.values[index], errors[index] = _rows(place.field, level, raw, defaults)
    _settle(level)
    for index, place in enumerate(level.places):
        if place.field.kind in INPUTS and index in level.values:
            errors[index] = _errors(level, index, place.field)
    return [e for index in sorted(errors) if index not in level.hidden for e in errors[index]]


def _errors(level: _Level, index: int, one: FormField) -> list[FieldError]:
    value, key = level.values[index], level.prefix + one.name
    if isinstance(value, Bad):
        return [error(value.kind, key, one.label)]
    found = broken(one, value, key, level.asker)
    return [found] if found else []


def _rows(
    one: FormField, level: _Level, raw: Mapping[str, object], defaults: bool
) -> tuple[list[object], list[FieldError]]:
    given, key = _get(raw, one, False), level.prefix + one.name
    if given is None:
        return [], []
    if not isinstance(given, list):
        return [], [error("list", key, one.label)]
    if len(given) > MAX_ROWS:
        return [], [error("rows", key, one.label, MAX_ROWS)]
    values: list[object] = []
    errors: list[FieldError] = []
    for number, row in enumerate(given):
        if not isinstance(row, Mapping):
            errors.append(error("record", f"{key}.{number}", one.label))
            continue
        inner = _Level(_places(one.children), level.names, level.evaluation, f"{key}.{number}.")
        errors.extend(_check(inner, row, defaults))
        values.append(inner.answers())
    return values, errors


def _settle(level: _Level) -> None:
    """Computed values and visibility depend on each other: repeated until nothing changes, ten times at most."""
    for _ in range(ROUNDS):
        asker, before = level.asker, (level.hidden, dict(level.values))
        for index, place in enumerate(level.places):
            if place.field.compute is not None:
                level.values[index] = asker.ask(place.field.compute)
        level.hidden = frozenset(i for i, p in enumerate(level.places) if any(asker.ask(h) is True for h in p.hides))
        if before == (level.hidden, level.values):
            return


def _closed(place: _Place, level: _Level) -> bool:
    return place.closed or any(level.asker.ask(c) is True for c in place.closes)


def _places(fields: Sequence[FormField], above: _Place | None = None) -> tuple[_Place, ...]:
    found: list[_Place] = []
    for one in fields:
        hides = (above.hides if above else ()) + ((one.hide,) if one.hide else ())
        closes = (above.closes if above else ()) + ((one.closed_when,) if one.closed_when else ())
        place = _Place(one, hides, closes, one.closed or (above.closed if above else False))
        if one.kind == "group":
            found.extend(_places(one.children, place))
        elif one.path and (one.kind in INPUTS or one.kind in {"dynamiclist", "expression"}):
            found.append(place)
    return tuple(found)


def _get(raw: Mapping[str, object], one: FormField, defaults: bool) -> object:
    found: object = raw
    for part in one.path:
        if not isinstance(found, Mapping) or part not in found:
            return one.default if defaults else None
        found = found[part]
    return found


def _unknown(fields: Sequence[FormField], data: Mapping[str, object], prefix: str) -> list[str]:
    """Dotted names in `data` that are no field and do not lead to one."""
    paths = {p.field.path: p.field for p in _places(fields)}
    found: list[str] = []

    def look(value: Mapping[str, object], at: tuple[str, ...]) -> None:
        for name, inner in value.items():
            path = (*at, name)
            known = paths.get(path)
            if known is None and isinstance(inner, Mapping) and any(p[: len(path)] == path for p in paths):
                look(inner, path)
            elif known is None:
                found.append(prefix + ".".join(path))
            elif known.kind == "dynamiclist" and isinstance(inner, list):
                for number, row in enumerate(inner[:MAX_ROWS]):
                    if isinstance(row, Mapping):
                        found.extend(_unknown(known.children, row, f"{prefix}{known.name}.{number}."))

    look(data, ())
    return found


def _put(nested: dict[str, object], path: tuple[str, ...], value: object) -> None:
    for part in path[:-1]:
        inner = nested.get(part)
        if not isinstance(inner, dict):
            inner = nested[part] = {}
        nested = inner
    nested[path[-1]] = value


def _copy(value: Mapping[str, object]) -> dict[str, object]:
    return {k: _copy(v) if isinstance(v, Mapping) else v for k, v in value.items()}
