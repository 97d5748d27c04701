"""HTML fields → raw answers of the shape that JSON has: nested by dotted path, lists by number."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bpmn.forms.schema import CONTAINERS, MANY, MAX_ROWS, FormField

Fields = Mapping[str, Sequence[str]]

_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")
_MAX_DIGITS = 40


@dataclass(frozen=True, slots=True)
class Bad:
    """Text that cannot be an answer of the field's kind; `kind` is a message of messages.py."""

    kind: str


def raw_answers(fields: tuple[FormField, ...], posted: Fields, prefix: str = "") -> dict[str, object]:
    """What was posted for `fields`, nested by path. An absent text is empty, an absent checkbox is not ticked."""
    raw: dict[str, object] = {}
    for field in fields:
        if field.kind == "group":
            _merge(raw, raw_answers(field.children, posted, prefix))
        elif field.kind == "dynamiclist":
            _put(raw, field.path, _rows(field, posted, prefix + field.name))
        elif field.path and field.kind not in CONTAINERS:
            value = _answer(field, posted, prefix + field.name)
            if value is not None:
                _put(raw, field.path, value)
    return raw


def number(text: str) -> Decimal | Bad:
    """A number as people in the Netherlands write it: 1.500 is fifteen hundred, 12,5 and 12.5 twelve and a half."""
    bare = text.replace(" ", "").replace("\u00a0", "")
    if len(bare) > _MAX_DIGITS:
        return Bad("number")
    if _GROUPED.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(bare):
        return Decimal(bare.replace(",", "."))
    return Bad("number")


def _answer(field: FormField, posted: Fields, name: str) -> object:
    if field.kind == "checkbox":
        return _first(posted, name).lower() in {"on", "true", "ja", "1"}
    if field.kind in MANY:
        return [v for v in posted.get(name, ()) if v]
    if field.kind == "datetime":
        return _moment(field, posted, name)
    text = _first(posted, name)
    if field.kind == "number":
        return number(text.strip()) if text.strip() else None
    # Browsers send CRLF; a length limit counts what the person typed.
    return text.replace("\r\n", "\n")


def _moment(field: FormField, posted: Fields, name: str) -> object:
    whole = _first(posted, name).strip()
    if whole:
        return whole
    parts = [_first(posted, f"{name}.{part}").strip() for part in ("jaar", "maand", "dag")]
    time = _first(posted, f"{name}.tijd").strip()
    if field.subtype == "time":
        return time or None
    if not any(parts):
        return Bad(field.subtype) if time else None
    if not all(p.isascii() and p.isdigit() for p in parts) or len(parts[0]) != 4:
        return Bad(field.subtype)
    day = f"{parts[0]}-{parts[1]:0>2}-{parts[2]:0>2}"
    return f"{day}T{time}" if field.subtype == "datetime" else day


def _rows(field: FormField, posted: Fields, name: str) -> list[object]:
    numbers = set()
    for key in posted:
        if key.startswith(name + "."):
            head = key[len(name) + 1 :].split(".", 1)[0]
            if head.isascii() and head.isdigit() and len(head) < 6:
                numbers.add(int(head))
    kept = sorted(numbers)[: MAX_ROWS + 1]
    return [raw_answers(field.children, posted, f"{name}.{n}.") for n in kept]


def _first(posted: Fields, name: str) -> str:
    values = posted.get(name, ())
    return values[0] if values else ""


def _put(raw: dict[str, object], path: tuple[str, ...], value: object) -> None:
    for part in path[:-1]:
        inner = raw.setdefault(part, {})
        if not isinstance(inner, dict):
            return
        raw = inner
    raw[path[-1]] = value


def _merge(raw: dict[str, object], more: dict[str, object]) -> None:
    for key, value in more.items():
        old = raw.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            _merge(old, value)
        else:
            raw[key] = value
