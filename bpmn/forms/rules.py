"""What an answer must satisfy once it has the right kind: the same checks as form-js, with bounded patterns."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import regex

from bpmn import feel
from bpmn.forms.messages import error, own
from bpmn.forms.schema import CHOICES, MANY, TEXTS, FieldError, FormField
from bpmn.forms.types import empty
from bpmn.model import Expression

MAX_TEXT = 100_000
PATTERN_SECONDS = 0.1
_SHAPES = {
    "email": r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){0,8}\.[A-Za-z]{2,63}",
    "phone": r"\+?[0-9][0-9 ()-]{6,20}",
}


@dataclass(frozen=True, slots=True)
class Asker:
    """Evaluates the form's expressions for one submission: names come from `scope`."""

    scope: Callable[[str], object]
    evaluation: feel.Evaluation

    def ask(self, expression: Expression) -> object:
        """The JSON-like value of a FEEL expression; null when it fails."""
        program = feel.compile(expression.text, dialect="camunda8")
        return feel.to_json(program(self.scope, self.evaluation))


def broken(field: FormField, value: object, key: str, asker: Asker) -> FieldError | None:
    """The first rule of `field` that `value` breaks."""
    limits, label = field.limits, field.label
    if empty(value):
        if not limits.required:
            return None
        kind = "choose" if field.kind in CHOICES | MANY else "tick" if field.kind == "checkbox" else "required"
        return error(kind, key, label)
    if field.kind in TEXTS and isinstance(value, str):
        return _text(field, value, key)
    if field.kind == "number" and isinstance(value, Decimal):
        return _number(field, value, key, asker)
    if limits.not_past and isinstance(value, str) and field.subtype in {"date", "datetime"}:
        today = asker.ask(Expression("string(today())", feel=True))
        if isinstance(today, str) and value[:10] < today:
            return error("past", key, label)
    return None


def _number(field: FormField, value: Decimal, key: str, asker: Asker) -> FieldError | None:
    limits = field.limits
    exponent = value.normalize().as_tuple().exponent
    if limits.digits is not None and isinstance(exponent, int) and -exponent > limits.digits:
        return error("digits", key, field.label, limits.digits)
    for kind, bound in (("min", limits.min), ("max", limits.max)):
        limit = asker.ask(bound) if bound else None
        if isinstance(limit, Decimal) and (value < limit if kind == "min" else value > limit):
            return error(kind, key, field.label, limit)
    return None


def _text(field: FormField, value: str, key: str) -> FieldError | None:
    limits, label = field.limits, field.label
    longest = min(limits.max_length if limits.max_length is not None else MAX_TEXT, MAX_TEXT)
    if len(value) > longest:
        return error("max_length", key, label, longest)
    if limits.min_length is not None and len(value) < limits.min_length:
        return error("min_length", key, label, limits.min_length)
    try:
        if limits.shape in _SHAPES and not regex.fullmatch(
            _SHAPES[limits.shape], value.strip(), timeout=PATTERN_SECONDS
        ):
            return error(limits.shape, key, label)
        if limits.pattern and not regex.search(limits.pattern, value, timeout=PATTERN_SECONDS):
            return own(limits.pattern_message, key, label) if limits.pattern_message else error("pattern", key, label)
    except TimeoutError:
        return error("slow", key, label)
    return None
