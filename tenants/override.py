"""Choices of one tenant for one shared model, as data: read with every fault at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bpmn.model import Finding

CONTENTS: Mapping[str, frozenset[str]] = {
    "value": frozenset({"value"}),
    "on": frozenset({"step"}),
    "items": frozenset({"list"}),
    "dmn": frozenset({"rule"}),
    "form": frozenset({"form", "outcome"}),
    "text": frozenset({"text"}),
    "option": frozenset({"alternative"}),
    "process": frozenset({"slot"}),
    "map": frozenset({"mapping"}),
    "answers": frozenset({"outcome"}),
}
_ABOUT = frozenset({"point", "reason", "author", "decision", "validFrom", "validUntil", "scope"})
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "on": bool,
    "items": list,
    "dmn": str,
    "form": dict,
    "text": str,
    "option": str,
    "process": str,
    "map": dict,
    "answers": list,
}
MAX_CHOICES = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice. `content`: value, on, items, dmn, form …; `chosen`: what was chosen (JSON-like).

    `valid_from` and `valid_until` are the first and last day on which it counts; None: always."""

    point: str
    content: str
    chosen: object
    reason: str
    author: str = ""
    decision: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it counts on that day."""
        return (self.valid_from or on) <= on <= (self.valid_until or on)


@dataclass(frozen=True, slots=True)
class Override:
    """All choices of one tenant for the package `key`; their order means nothing."""

    key: str
    choices: tuple[Choice, ...] = ()

    def on(self, day: date) -> tuple[Choice, ...]:
        """The choices that count on a day, by point."""
        return tuple(sorted((c for c in self.choices if c.holds(day)), key=lambda c: c.point))


@dataclass(slots=True)
class _Reading:
    findings: list[Finding] = field(default_factory=list)

    def fault(self, code: str, nl: str, en: str, point: str = "") -> None:
        self.findings.append(Finding(code, "error", nl, en, point))


def read(data: object) -> tuple[Override | None, tuple[Finding, ...]]:
    """An override from decoded JSON `{"key", "choices": […]}`; None when any choice is unreadable.

    Each finding's `element` is the point. Whether the points exist and the limits hold is checked by `apply`."""
    reading = _Reading()
    if not isinstance(data, Mapping) or not isinstance(data.get("key"), str) or not data["key"]:
        reading.fault("override-shape", "Noem bij 'key' het model.", "Name the model under 'key'.")
        return None, tuple(reading.findings)
    given = data.get("choices")
    if not isinstance(given, list) or len(given) > MAX_CHOICES:
        nl = f"'choices' moet een lijst zijn van niet meer dan {MAX_CHOICES} keuzes."
        reading.fault("override-shape", nl, f"'choices' must be a list of at most {MAX_CHOICES} choices.")
        return None, tuple(reading.findings)
    for name in sorted(str(k) for k in set(data) - {"key", "choices"}):
        reading.fault("override-unknown", f"Onbekend gegeven '{name}'.", f"Unknown property '{name}'.")
    choices = [c for n, raw in enumerate(given, 1) if (c := _choice(raw, n, reading)) is not None]
    _overlaps(choices, reading)
    if reading.findings:
        return None, tuple(reading.findings)
    return Override(data["key"], tuple(choices)), ()


def _choice(raw: object, number: int, reading: _Reading) -> Choice | None:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("point"), str) or not raw["point"]:
        nl, en = f"Keuze {number} noemt geen punt ('point').", f"Choice {number} names no point ('point')."
        reading.fault("choice-point", nl, en)
        return None
    point = raw["point"]
    _unknown(raw, point, reading)
    reason = _text(raw, "reason", point, reading)
    if not reason.strip():
        nl, en = f"Geef bij '{point}' een reden ('reason').", f"Give a reason ('reason') for '{point}'."
        reading.fault("choice-reason", nl, en, point)
    first, last = _day(raw, "validFrom", point, reading), _day(raw, "validUntil", point, reading)
    if first and last and last < first:
        nl = f"Bij '{point}' ligt de laatste dag voor de eerste."
        reading.fault("choice-dates", nl, f"The last day of '{point}' is before the first.", point)
    if raw.get("scope"):
        nl = f"Bij '{point}' staat een bereik ('scope'). Dat wordt nog niet ondersteund."
        reading.fault("choice-scope", nl, f"'{point}' has a scope. That is not supported yet.", point)
    content = _content(raw, point, reading)
    author, decision = _text(raw, "author", point, reading), _text(raw, "decision", point, reading)
    if content is None:
        return None
    return Choice(point, content, raw[content], reason.strip(), author, decision, first, last)


def _content(raw: Mapping[str, object], point: str, reading: _Reading) -> str | None:
    found = sorted(set(raw) & set(CONTENTS))
    if len(found) != 1:
        names = ", ".join(sorted(CONTENTS))
        nl = f"Geef bij '{point}' precies één van: {names}."
        reading.fault("choice-content", nl, f"Give exactly one of these for '{point}': {names}.", point)
        return None
    content = found[0]
    wanted = _TYPES.get(content)
    if wanted is not None and not isinstance(raw[content], wanted):
        nl = f"Bij '{point}' heeft '{content}' niet de juiste vorm."
        reading.fault("choice-content", nl, f"'{content}' of '{point}' does not have the right form.", point)
        return None
    return content


def _unknown(raw: Mapping[str, object], point: str, reading: _Reading) -> None:
    for name in sorted(str(k) for k in set(raw) - _ABOUT - set(CONTENTS)):
        nl, en = f"Bij '{point}' staat een onbekend gegeven '{name}'.", f"'{point}' has an unknown property '{name}'."
        reading.fault("choice-unknown", nl, en, point)


def _text(raw: Mapping[str, object], name: str, point: str, reading: _Reading) -> str:
    value = raw.get(name)
    if value is None:
        return ""
    if isinstance(value, str) and len(value) <= 2000:
        return value
    nl = f"Bij '{point}' moet '{name}' een tekst zijn van niet meer dan 2000 tekens."
    reading.fault("choice-text", nl, f"'{name}' of '{point}' must be a text of at most 2000 characters.", point)
    return ""


def _day(raw: Mapping[str, object], name: str, point: str, reading: _Reading) -> date | None:
    value = raw.get(name)
    if value is None:
        return None
    try:
        if isinstance(value, str) and len(value) == 10:
            return date.fromisoformat(value)
    except ValueError:
        pass
    nl = f"Bij '{point}' is '{name}' geen datum, bijvoorbeeld 2027-01-01."
    reading.fault("choice-dates", nl, f"'{name}' of '{point}' is no date, such as 2027-01-01.", point)
    return None


def _overlaps(choices: list[Choice], reading: _Reading) -> None:
    """Two choices for one point must not count on the same day, so that their order never matters."""
    for index, one in enumerate(choices):
        for other in choices[index + 1 :]:
            apart = (one.valid_until or date.max) < (other.valid_from or date.min) or (
                other.valid_until or date.max
            ) < (one.valid_from or date.min)
            if one.point == other.point and not apart:
                nl = f"Voor '{one.point}' zijn er twee keuzes die op dezelfde dag gelden."
                en = f"Two choices for '{one.point}' count on the same day."
                reading.fault("choice-overlap", nl, en, one.point)
