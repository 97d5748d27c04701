"""What differs between two versions, as its page shows it: sentences in groups, and marks for both diagrams."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from bpmn.compare import Change, Comparison, Detail
from webui.forms import dutch

SIGNS = {"added": "+", "removed": "−", "changed": "≠", "moved": "↔"}
FLOW = frozenset({"step", "flow", "event", "gateway", "lane", "process"})
OPEN = frozenset({"parameter", "role", "point", "constraint", "visibility", "statutory", "four-eyes", "package"})
WORK = frozenset({"form", "field", "decision", "input", "output", "rule", "logic"})
LAYOUT = "layout"


@dataclass(frozen=True, slots=True)
class Line:
    """One change in words; `element`: its id in the main diagram, "" when it is not drawn there."""

    kind: str
    sign: str
    text: str
    impact: str
    element: str
    details: Sequence[str]


@dataclass(frozen=True, slots=True)
class Group:
    """Changes that belong together."""

    title: str
    changes: Sequence[Line]


@dataclass(frozen=True, slots=True)
class View:
    """`marks`: per side, element → added, removed, changed or moved; `layout`: what only the drawing changed."""

    old_title: str
    new_title: str
    groups: Sequence[Group]
    layout: Sequence[str]
    marks: dict[str, dict[str, str]]
    impact: str


def view(comparison: Comparison | None, old_title: str, new_title: str) -> View:
    """A comparison for people; an empty one without a version to compare with."""
    titles = {"flow": _("Stappen en pijlen"), "open": _("Parameters en open plekken")}
    titles |= {"work": _("Formulieren en beslissingen"), "rest": _("Teksten en overig")}
    found: dict[str, list[Line]] = {name: [] for name in titles}
    marks: dict[str, dict[str, str]] = {"old": {}, "new": {}}
    layout: list[str] = []
    for change in comparison.changes if comparison else ():
        if change.subject == LAYOUT:
            layout.append(change.nl if dutch() else change.en)
        else:
            found[_group(change)].append(_line(change))
        _mark(marks, change)
    groups = [Group(str(title), found[name]) for name, title in titles.items() if found[name]]
    return View(old_title, new_title, groups, layout, marks, comparison.impact if comparison else "none")


def _group(change: Change) -> str:
    subjects = {"flow": FLOW, "open": OPEN, "work": WORK}
    return next((name for name, some in subjects.items() if change.subject in some), "rest")


def _line(change: Change) -> Line:
    drawn = change.id if change.subject in FLOW and change.path in ("", "process.bpmn") else ""
    details = [_detail(one) for one in change.details]
    return Line(change.kind, SIGNS[change.kind], change.nl if dutch() else change.en, change.impact, drawn, details)


def _detail(one: Detail) -> str:
    name, before, after = (one.nl, one.before, one.after) if dutch() else (one.en, one.before_en, one.after_en)
    return f"{name}: {before or '–'} → {after or '–'}"


def _mark(marks: dict[str, dict[str, str]], change: Change) -> None:
    """A removed element is marked where it was, an added one where it is, any other on both sides."""
    if change.kind != "added":
        marks["old"].setdefault(change.id, change.kind)
    if change.kind != "removed":
        marks["new"].setdefault(change.id, change.kind)


def headlines(view: View) -> list[str]:
    """What people should read of a new version: each change in a sentence, without its details."""
    return [line.text for group in view.groups for line in group.changes]
