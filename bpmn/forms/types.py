"""A raw answer → a value of its field's kind, or the message that says what was expected."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

from bpmn.forms.incoming import Bad
from bpmn.forms.parts import option_key
from bpmn.forms.schema import CHOICES, MANY, TEXTS, FormField, Option

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"\d\d:\d\d(:\d\d)?")
_DATETIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?")


def convert(field: FormField, raw: object, options: Sequence[Option]) -> object:
    """The value of `raw` for `field` (JSON-like; None when empty), or a `Bad` with the message's kind."""
    if isinstance(raw, Bad):
        return raw
    if field.kind in MANY:
        return _many(raw, options)
    if raw is None or raw == "":
        return {"checkbox": False}.get(field.kind, "" if field.kind in TEXTS else None)
    if field.kind == "checkbox":
        return raw if isinstance(raw, bool) else Bad("boolean")
    if field.kind == "number":
        return _number(raw)
    if field.kind in TEXTS:
        return raw if isinstance(raw, str) else Bad("text")
    if field.kind in CHOICES:
        return _one(raw, options)
    return _moment(field.subtype, raw)


def empty(value: object) -> bool:
    """Whether a person gave no answer; a text of blanks is none."""
    return value is None or value is False or value == [] or (isinstance(value, str) and not value.strip())


def _number(raw: object) -> object:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | float):
        return Bad("number")
    number = Decimal(str(raw)) if isinstance(raw, float) else Decimal(raw)
    return number if number.is_finite() else Bad("number")


def _one(raw: object, options: Sequence[Option]) -> object:
    """The option that equals `raw`, or whose key is the same text (HTML knows only text)."""
    for option in options:
        if _same(option.value, raw) or (isinstance(raw, str) and option.key == raw):
            return option.value
    return Bad("option")


def _many(raw: object, options: Sequence[Option]) -> object:
    if raw is None or raw == "":
        return []
    if not isinstance(raw, list):
        return Bad("list")
    chosen = [_one(v, options) for v in raw[: len(options) + 1]]
    if any(isinstance(c, Bad) for c in chosen) or len(raw) > len(options):
        return Bad("option")
    return [o.value for o in options if any(_same(o.value, c) for c in chosen)]


def _same(a: object, b: object) -> bool:
    # To Python true equals 1; their texts differ.
    return a == b and option_key(a) == option_key(b)


def _moment(subtype: str, raw: object) -> object:
    if not isinstance(raw, str):
        return Bad(subtype)
    pattern = {"date": _DATE, "time": _TIME}.get(subtype, _DATETIME)
    if not pattern.fullmatch(raw):
        return Bad(subtype)
    try:
        if subtype == "date":
            date.fromisoformat(raw)
        elif subtype == "time":
            time.fromisoformat(raw)
        else:
            datetime.fromisoformat(raw)
    except ValueError:
        return Bad(subtype)
    return raw
