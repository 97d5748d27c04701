"""How values read on a page: filters for templates, and files to keep."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask import Flask, Response
from flask_babel import gettext as _
from markupsafe import Markup

from bpmn.forms import Option
from engine.store.gate import DemoPerson
from engine.store.listing import DecisionLine
from webui import dates, markdown
from webui.forms import answer_key
from webui.sentences import Line

DAY = re.compile(r"\d{4}-\d\d-\d\d")
COUNTERS = frozenset({"loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances"})
ENDINGS = {"text/markdown": "md", "application/pdf": "pdf", "application/json": "json", "application/zip": "zip"}


def install(app: Flask) -> None:
    """The filters of the pages."""
    app.jinja_env.filters |= {
        "markdown": _markdown,
        "reading": reading,
        "pairs": pairs,
        "label": label,
        "known_pairs": known_pairs,
        "decision_pairs": decision_pairs,
        "history_items": history_items,
        "answer_key": answer_key,
        "person_work": person_work,
        "incident_kind": incident_kind,
    }


def incident_kind(code: str) -> str:
    """What kind of incident it is, and what usually helps; the technical message stands beside it."""
    kinds = {
        "job-refused": _("Het werk is geweigerd. Opnieuw proberen helpt pas als de oorzaak weg is."),
        "retries-used-up": _("Een ander systeem gaf na alle pogingen geen goed antwoord."),
        "worker-died": _("Het werk is een paar keer begonnen, maar nooit afgemaakt."),
        "endless-loop": _("Het proces loopt in een kring zonder te wachten."),
        "no-open-flow": _("Geen van de voorwaarden is waar en er is geen standaardroute."),
        "not-boolean": _("Een voorwaarde gaf geen ja of nee."),
        "decision-failed": _("De beslistabel gaf geen bruikbare uitkomst."),
    }
    return str(kinds.get(code, _("De stap kan niet verder met deze gegevens.")))


def person_work(person: DemoPerson) -> str:
    """What a demo identity does: its groups, or the municipalities when there are several."""
    if len(person.places) == 1:
        return ", ".join(person.places[0][1])
    groups = {groups for _place, groups in person.places}
    places = ", ".join(place for place, _groups in person.places)
    return f"{', '.join(next(iter(groups)))} – {places}" if len(groups) == 1 else places


def known_pairs(variables: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Variables as (words, value), by name, without the counters that a repeated step keeps for itself."""
    return [(label(name), reading(value)) for name, value in sorted(variables.items()) if name not in COUNTERS]


def decision_pairs(decisions: Iterable[DecisionLine]) -> list[tuple[str, str]]:
    """Decisions as (subject, result and authority)."""
    return [(label(one.subject), f"{one.result} – {one.authority}, {dates.day(one.decided_at)}") for one in decisions]


def history_items(lines: Iterable[Line]) -> list[dict[str, str]]:
    """Sentences as the history component wants them."""
    return [
        {"text": line.text, "when": dates.moment(line.at), "datetime": line.at.isoformat(), "who": line.who}
        for line in lines
    ]


def _markdown(text: str, level: int = 2) -> Markup:
    return markdown.html(text, level)


def reading(value: Any) -> str:
    """A JSON-like value as a person reads it: ja, 125,50, a; b."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(_("ja") if value else _("nee"))
    if isinstance(value, str) and DAY.fullmatch(value):
        return dates.day(_as_day(value)) or value
    if isinstance(value, Decimal | float):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, Mapping):
        return "; ".join(f"{label(str(name))}: {reading(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(reading(one) for one in value if one is not None) or "–"
    return str(value)


def _as_day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def pairs(options: Iterable[Option]) -> list[tuple[str, str]]:
    """Options as (key, text), as the fields want them."""
    return [(option.key, option.label) for option in options]


def label(name: str) -> str:
    """A variable's name as words: `aantalBezoekers` → `Aantal bezoekers`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.replace("_", " ")).lower()
    return words[:1].upper() + words[1:]


def attachment(title: str, media_type: str, content: bytes) -> Response:
    """A file to keep, never to run: the browser saves it."""
    name = re.sub(r"[^A-Za-z0-9 ._-]", "", title).strip()[:80] or "document"
    answer = Response(content, mimetype=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{ENDINGS.get(media_type, "bin")}"'
    return answer
