"""Choices of one tenant for one shared model, as data: read with every fault at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bpmn import semver
from bpmn.model import Finding
from tenants import shapes

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
_ABOUT = frozenset(
    {"point", "reason", "author", "decision", "validFrom", "validUntil", "fromVersion", "beforeVersion", "scope"}
)
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "on": bool,
    "items": list,
    "dmn": str,
    "form": dict,
    "text": str,
    "option": str,
    "process": (str, dict),
    "map": dict,
    "answers": list,
}
_SHAPES: Mapping[str, Callable[[object], bool]] = {"process": shapes.process, "map": shapes.mapping}
MAX_CHOICES = 500
LOWEST = "0.0.0"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice. `content`: value, on, items, dmn, form …; `chosen`: what was chosen (JSON-like).

    `valid_from` and `valid_until` are the first and last day on which it counts; None: always. `from_version` is the
    first version of the model for which it counts, `before_version` the first for which it no longer does."""

    point: str
    content: str
    chosen: object
    reason: str
    author: str = ""
    decision: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    from_version: str | None = None
    before_version: str | None = None

    def holds(self, on: date) -> bool:
        """Whether it counts on that day."""
        return (self.valid_from or on) <= on <= (self.valid_until or on)

    def over(self, on: date) -> bool:
        """Whether it has ended before that day."""
        return self.valid_until is not None and self.valid_until < on

    def counts_for(self, version: str) -> bool:
        """Whether it counts for cases on that version of the model."""
        number = semver.order(version)
        begun = self.from_version is None or semver.order(self.from_version) <= number
        return begun and (self.before_version is None or number < semver.order(self.before_version))


@dataclass(frozen=True, slots=True)
class Override:
    """All choices of one tenant for the package `key`; their order means nothing."""

    key: str
    choices: tuple[Choice, ...] = ()

    def on(self, day: date) -> tuple[Choice, ...]:
        """The choices that count on a day, by point."""
        return tuple(sorted((c for c in self.choices if c.holds(day)), key=lambda c: c.point))

    def for_version(self, version: str) -> "Override":
        """The choices that count for cases on that version of the model; whatever looks at a version takes these."""
        return Override(self.key, tuple(c for c in self.choices if c.counts_for(version)))


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
    since, before = _number(raw, "fromVersion", point, reading), _number(raw, "beforeVersion", point, reading)
    if not _below(since, before):
        nl = f"De keuze bij '{point}' geldt voor geen enkele versie: 'fromVersion' moet lager zijn dan 'beforeVersion'."
        en = f"The choice at '{point}' counts for no version: 'fromVersion' must be lower than 'beforeVersion'."
        reading.fault("choice-versions", nl, en, point)
    content = _content(raw, point, reading)
    author, decision = _text(raw, "author", point, reading), _text(raw, "decision", point, reading)
    if content is None:
        return None
    return Choice(point, content, raw[content], reason.strip(), author, decision, first, last, since, before)


def _content(raw: Mapping[str, object], point: str, reading: _Reading) -> str | None:
    found = sorted(set(raw) & set(CONTENTS))
    if len(found) != 1:
        names = ", ".join(sorted(CONTENTS))
        nl = f"Geef bij '{point}' precies één van: {names}."
        reading.fault("choice-content", nl, f"Give exactly one of these for '{point}': {names}.", point)
        return None
    content = found[0]
    wanted = _TYPES.get(content)
    shaped = _SHAPES.get(content)
    odd = wanted is not None and not isinstance(raw[content], wanted)
    if odd or (shaped is not None and not shaped(raw[content])):
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


def _number(raw: Mapping[str, object], name: str, point: str, reading: _Reading) -> str | None:
    value = raw.get(name)
    if value is None or (isinstance(value, str) and semver.well_formed(value)):
        return value
    nl = f"Bij '{point}' is '{name}' geen versie, bijvoorbeeld 1.1.0."
    reading.fault("choice-versions", nl, f"'{name}' of '{point}' is no version, such as 1.1.0.", point)
    return None


def _overlaps(choices: list[Choice], reading: _Reading) -> None:
    """Two choices for one point must not count on the same day for one version, so that their order never matters."""
    for index, one in enumerate(choices):
        for other in choices[index + 1 :]:
            if one.point == other.point and _share_a_day(one, other) and _share_a_version(one, other):
                nl = f"Voor '{one.point}' zijn er twee keuzes die op dezelfde dag gelden."
                en = f"Two choices for '{one.point}' count on the same day."
                reading.fault("choice-overlap", nl, en, one.point)


def _share_a_day(one: Choice, other: Choice) -> bool:
    first, last = max(one.valid_from or date.min, other.valid_from or date.min), (one.valid_until, other.valid_until)
    return all(first <= (day or date.max) for day in last)


def _share_a_version(one: Choice, other: Choice) -> bool:
    return _below(one.from_version, other.before_version) and _below(other.from_version, one.before_version)


def _below(first: str | None, end: str | None) -> bool:
    """Whether versions from `first` on begin below `end`; None: from the lowest, without an end."""
    return end is None or semver.order(first or LOWEST) < semver.order(end)
