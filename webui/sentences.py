"""The history of a case in sentences: what a person would say happened, and nothing about gateways and flows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from engine.queries.cases import HistoryEntry

CATCHES = ("intermediateCatchEvent", "boundaryEvent")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, with its moment and who did it (empty: the system)."""

    at: datetime
    text: str
    who: str = ""


def sentences(entries: Sequence[HistoryEntry]) -> list[Line]:
    """The newest first; entries that say nothing to a person are left out, and what happened at once several times is
    said once."""
    found: list[tuple[Line, int]] = []
    for entry in entries:
        say = SAYINGS.get(entry.kind)
        text = say(entry) if say else None
        if not text:
            continue
        # A repeated activity is entered once as a whole, before its repetitions: that one is no event for people.
        whole = entry.repeated and entry.kind == "entered"
        line = Line(entry.at, text, _who(entry))
        if found and found[-1][0] == line:
            found[-1] = (line, found[-1][1] + 1)
        else:
            found.append((line, 0 if whole else 1))
    return [_times(line, count) for line, count in found[::-1]]


def _times(line: Line, count: int) -> Line:
    return replace(line, text=f"{line.text} ({count}×)") if count > 1 else line


def _who(entry: HistoryEntry) -> str:
    by = entry.data.get("by")
    return str(by) if by and not entry.actor.startswith("system:") else ""


def _entered(entry: HistoryEntry) -> str | None:
    name = entry.node_name
    if entry.node_kind == "userTask":
        return str(_("De taak ‘%(name)s’ staat klaar.", name=name))
    if entry.node_kind == "receiveTask" or (entry.node_kind == "intermediateCatchEvent" and entry.node_name):
        return str(_("De zaak wacht op: %(name)s.", name=name))
    if entry.node_kind == "boundaryEvent":
        return str(_("Gebeurd: %(name)s.", name=name))
    return None


def _left(entry: HistoryEntry) -> str | None:
    if entry.node_kind == "intermediateCatchEvent":
        return str(_("Gebeurd: %(name)s.", name=entry.node_name))
    return None


def _cancelled(entry: HistoryEntry) -> str | None:
    if entry.node_kind == "userTask":
        return str(_("De taak ‘%(name)s’ is vervallen.", name=entry.node_name))
    return None if entry.node else str(_("De zaak is beëindigd."))


def _job(entry: HistoryEntry) -> str:
    documents = entry.data.get("documents") or []
    if documents:
        return str(_("Brief gemaakt: %(titles)s.", titles=", ".join(map(str, documents))))
    return str(_("Uitgevoerd: %(name)s.", name=entry.node_name))


def _decision(entry: HistoryEntry) -> str:
    fired = entry.data.get("rules") or []
    count = sum(len(one[1]) for one in fired if isinstance(one, list) and len(one) > 1 and isinstance(one[1], list))
    rules = ngettext("%(num)s regel", "%(num)s regels", count) if count else ""
    value = _value(entry.data.get("value"))
    text = _("‘%(name)s’ gaf: %(value)s", name=entry.node_name, value=value)
    return f"{text} ({rules})." if rules else f"{text}."


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_value(one)}" for name, one in value.items())
    return "–" if value is None else str(value)


def _completed(entry: HistoryEntry) -> str:
    return str(_("De zaak is afgerond: %(name)s.", name=entry.node_name or "–"))


SAYINGS: dict[str, Callable[[HistoryEntry], str | None]] = {
    "started": lambda entry: _("De zaak is gestart."),
    "entered": _entered,
    "left": _left,
    "cancelled": _cancelled,
    "task-completed": lambda entry: _("De taak ‘%(name)s’ is afgerond.", name=entry.node_name),
    "job-done": _job,
    "decision": _decision,
    "message-received": lambda entry: _("Bericht ontvangen: %(name)s.", name=entry.data.get("name", "")),
    "picked": lambda entry: _("De stap ‘%(name)s’ is gekozen.", name=entry.node_name),
    "variables": lambda entry: _("Gegevens zijn gecorrigeerd."),
    "missed": lambda entry: _("Een herhaalde tijdklok is ingehaald: %(name)s.", name=entry.node_name),
    "retried": lambda entry: _("Opnieuw geprobeerd: %(reason)s", reason=entry.data.get("reason", "")),
    "ended-by-hand": lambda entry: _(
        "De zaak is met de hand beëindigd: %(reason)s", reason=entry.data.get("reason", "")
    ),
    "completed": _completed,
}
