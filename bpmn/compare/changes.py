"""A difference for people, how much it weighs for others, and the version number that follows from it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bpmn.compare.words import Words, listed

_RANK = ("none", "patch", "minor", "major")
MAX_IN_SENTENCE = 80
_VERSION = re.compile(r"(\d{1,9})\.(\d{1,9})\.(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Detail:
    """One attribute that changed: its name (`nl`, `en`) and its value before and after, in Dutch and in English."""

    nl: str
    en: str
    before: str
    after: str
    before_en: str
    after_en: str


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `kind`: added, removed, changed or moved (drawn elsewhere); `subject`: step, event, gateway,
    flow, lane, process, parameter, role, point, constraint, visibility, statutory, four-eyes, package, form, field,
    decision, input, output, rule, logic, text, scenario, note, file, other or layout; `id`: of the element, field,
    rule or file; `nl` and `en`: a whole sentence; `impact`: major, minor or patch; `details`: per attribute."""

    kind: str
    subject: str
    id: str
    nl: str
    en: str
    path: str
    impact: str
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences of two packages; `impact` is the greatest of theirs, "none" without any."""

    changes: tuple[Change, ...]
    impact: str


def greatest(impacts: Iterable[str]) -> str:
    """The heaviest of some impacts; "none" when there are none."""
    return max(impacts, key=_RANK.index, default="none")


def next_version(current: str | None, impact: str) -> str:
    """The number after `current` (major.minor.patch) for changes of this impact; 1.0.0 for the first version.

    Impact "none" counts as patch, for a version is never published twice. Raises ValueError for another form."""
    if current is None:
        return "1.0.0"
    found = _VERSION.fullmatch(current)
    if found is None:
        raise ValueError(f"no version number: {current[:40]}")
    major, minor, patch = (int(part) for part in found.groups())
    if impact == "major":
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if impact == "minor" else f"{major}.{minor}.{patch + 1}"


@dataclass(frozen=True, slots=True)
class About:
    """What a change is about: `called` begins its sentence."""

    subject: str
    id: str
    called: Words
    path: str


def added(about: About, impact: str, details: tuple[Detail, ...] = ()) -> Change:
    """Something that was not there before."""
    nl, en = f"{about.called.nl} is toegevoegd.", f"{about.called.en} has been added."
    return Change("added", about.subject, about.id, nl, en, about.path, impact, details)


def removed(about: About, impact: str, details: tuple[Detail, ...] = ()) -> Change:
    """Something that is there no more."""
    nl, en = f"{about.called.nl} is verwijderd.", f"{about.called.en} has been removed."
    return Change("removed", about.subject, about.id, nl, en, about.path, impact, details)


def changed(about: About, impact: str, details: tuple[Detail, ...]) -> Change:
    """Something of which attributes changed; the sentence names them, and for one of them its values."""
    names = listed(list(dict.fromkeys(d.nl for d in details)), "en")
    english = listed(list(dict.fromkeys(d.en for d in details)), "and")
    nl, en = f"{about.called.nl} is veranderd: {names}.", f"{about.called.en} has changed: {english}."
    if len(details) == 1 and _short(details[0]):
        one = details[0]
        nl = f"{about.called.nl} is veranderd: {one.nl} van '{one.before}' naar '{one.after}'."
        en = f"{about.called.en} has changed: {one.en} from '{one.before_en}' to '{one.after_en}'."
        if one.en == "name":
            nl, en = f"{about.called.nl} heet nu '{one.after}'.", f"{about.called.en} is now called '{one.after_en}'."
    return Change("changed", about.subject, about.id, nl, en, about.path, impact, details)


def _short(detail: Detail) -> bool:
    """Whether both values fit in a sentence, and say something there."""
    texts = (detail.before, detail.after)
    return texts[0] != texts[1] and all(t and len(t) <= MAX_IN_SENTENCE and "\n" not in t for t in texts)
