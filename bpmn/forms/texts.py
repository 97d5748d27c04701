"""Markdown texts with `{{ FEEL }}` merge fields: values go in escaped, and there is no other template language."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from bpmn import feel

_FIELD = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])|(?m:^(\s*\d+)\.)")


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Letters of Dutch municipalities are in Dutch; the pages have a catalogue of their own.
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def merge_fields(text: str) -> tuple[str, ...]:
    """The FEEL sources between `{{` and `}}`, in order."""
    return tuple(m.group(1).strip() for m in _FIELD.finditer(text))


def merge(
    text: str,
    scope: Callable[[str], object],
    evaluation: feel.Evaluation,
    escape: Callable[[str], str] | None = None,
) -> str:
    """`text` with its fields filled in; null gives nothing, and the evaluation's notes say why.

    `escape`: how a value becomes safe text, Markdown by default. Raises feel.FeelError."""
    safe = escape or escape_markdown

    def fill(match: re.Match[str]) -> str:
        value = feel.compile(match.group(1).strip(), dialect="camunda8")(scope, evaluation)
        return safe(shown(feel.to_json(value)))

    return _FIELD.sub(fill, text)


def shown(value: object) -> str:
    """A JSON-like value as a Dutch letter says it: 125,50 · 12 juni 2027 · ja; null is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list):
        return ", ".join(shown(v) for v in value)
    if isinstance(value, dict):
        return ", ".join(f"{k}: {shown(v)}" for k, v in value.items())
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, str) and _DAY.fullmatch(value):
        return _day(value)
    return str(value)


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def escape_markdown(text: str) -> str:
    """`text` so that Markdown shows it literally; line breaks stay."""
    return _SPECIAL.sub(lambda m: f"\\{m.group(1)}" if m.group(1) else f"{m.group(2)}\\.", text)
