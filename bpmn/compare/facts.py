"""Things taken apart into named facts, so that two of them can be compared fact by fact."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from bpmn.compare.changes import About, Change, Detail, changed, greatest
from bpmn.compare.content import content
from bpmn.compare.words import Words, said

Grade = Callable[[object, object], str]
T = TypeVar("T")


def patch(before: object, after: object) -> str:
    """Wording: nobody's work or data changes."""
    return "patch"


def minor(before: object, after: object) -> str:
    """Behaviour changes, and what others rely on stays."""
    return "minor"


def major(before: object, after: object) -> str:
    """Others rely on this."""
    return "major"


@dataclass(frozen=True, slots=True)
class Fact:
    """One attribute: its name, its value as compared (None: not there), how a change of it weighs, and its words."""

    nl: str
    en: str
    value: object
    grade: Grade = minor
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """The name of an attribute of a dataclass, and how a change of it weighs."""

    nl: str
    en: str
    grade: Grade = minor


Facts = Mapping[str, Fact]


def of(value: object, labels: Mapping[str, Label], prefix: str = "") -> Iterator[tuple[str, Fact]]:
    """The facts of a dataclass that `labels` names."""
    for name, label in labels.items():
        yield prefix + name, Fact(label.nl, label.en, getattr(value, name), label.grade)


def differences(before: Facts, after: Facts) -> tuple[tuple[Detail, ...], str]:
    """What differs, in the order of the facts, and the greatest impact. A fact of one side only counts as None at the
    other; then a value of False is no difference."""
    details: list[Detail] = []
    impacts: list[str] = []
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        values = (old.value if old else None, new.value if new else None)
        if content(values[0]) == content(values[1]) or ((old is None or new is None) and all(map(_nothing, values))):
            continue
        label = new or old
        if label is not None:
            shown, shown_after = _words(old), _words(new)
            details.append(Detail(label.nl, label.en, shown.nl, shown_after.nl, shown.en, shown_after.en))
            impacts.append(label.grade(*values))
    return tuple(details), greatest(impacts)


def _nothing(value: object) -> bool:
    return value is None or value is False or value == ()


def _words(fact: Fact | None) -> Words:
    if fact is None or fact.value is None:
        return said(None)
    return fact.words or said(fact.value)


def compared(about: About, before: Facts, after: Facts, former: About | None = None) -> Iterator[Change]:
    """One change when the facts differ, else none. `former`: how people know what has only another name now."""
    details, impact = differences(before, after)
    if details:
        renamed = [d.en for d in details] == ["name"]
        yield changed(former if renamed and former else about, impact, details)


def paired(old: Mapping[str, T], new: Mapping[str, T]) -> tuple[Iterable[str], Iterable[str], Iterable[str]]:
    """Keys that are gone, that came, and that stayed, each in the order of its mapping."""
    return [k for k in old if k not in new], [k for k in new if k not in old], [k for k in new if k in old]


def order(keys: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    """The keys that the other side has too: these differ only when their order does."""
    known = set(other)
    return tuple(k for k in keys if k in known)
