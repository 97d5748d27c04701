"""One choice of a municipality ↔ the fields of its page: what was typed is read with every fault at once."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flask_babel import gettext as _

from bpmn.package import Package
from engine.domain.errors import Invalid
from tenants import apply, durations, limits, variation
from tenants.override import Choice, Override
from tenants.variation import VariationPoint
from webui import choice_forms, choice_slots
from webui.choice_fields import FILL, READ, Open, Read, day_of, items_of, rows, three_parts, unit_of
from webui.choice_forms import Fields, first
from webui.forms import Fault, dutch

CONTENT = {
    "value": "value",
    "list": "items",
    "rule": "dmn",
    "form": "form",
    "step": "on",
    "text": "text",
    "alternative": "option",
    "slot": "process",
    "mapping": "map",
}
ANCHORS = {"list": "items.0", "rule": "bestand", "form": "", "mapping": ""}
MAX_FILE = 300_000  # bytes; a refused table goes back to the browser in a field, where Flask takes half a megabyte
TERM = re.compile(r"\bP[0-9][0-9YMWDTH]*\b")


def find(base: Package, id_: str, groups: Mapping[str, str]) -> Open | None:
    """The point of the base, when a municipality can change it on a page; None otherwise."""
    point = next((one for one in variation.points(base) if one.id == id_), None)
    if point is None or not changeable(point):
        return None
    return Open(base, point, variation.parameters(base).get(point.target), groups)


def changeable(point: VariationPoint) -> bool:
    """Can a municipality choose here, on a page?"""
    return point.kind in CONTENT and point.owner == "municipality"


def read(opened: Open, sent: Fields, present: Choice | None, on: date) -> Read:
    """What was sent; `present`: the choice that is changed, whose table stays when no file came."""
    found = Read()
    found.chosen = READ[_family(opened)](opened, sent, present, found)
    found.reason, found.decision = first(sent, "reden").strip(), first(sent, "besluit").strip()
    if not found.reason:
        found.fault("reden", _("Geef een reden."))
    for key, text in (("reden", found.reason), ("besluit", found.decision)):
        if len(text) > 2000:
            found.fault(key, _("Gebruik niet meer dan 2000 tekens."))
    found.since = day_of(sent, "vanaf", found) or on
    found.until = day_of(sent, "tot", found)
    if found.until and found.until < found.since and not {"vanaf", "tot"} & {f.key for f in found.faults}:
        found.fault("tot", _("De laatste dag ligt voor de eerste."))
    return found


def fill(opened: Open, present: Choice | None, on: date) -> dict[str, list[str]]:
    """The fields as they stand when the page is opened: the present choice, or the base's own value. A change of what
    counts already wants a reason and a decision of its own; a choice that has yet to begin brings its own."""
    chosen = present.chosen if present else opened.default
    sent = FILL[_family(opened)](opened, chosen)
    future = present is not None and (present.valid_from or on) > on
    sent |= three_parts("vanaf", present.valid_from if future and present else on)
    sent |= three_parts("tot", present.valid_until if present else None)
    told = (present.decision, present.reason) if future and present else ("", "")
    return sent | {"besluit": [told[0]], "reden": [told[1]]}


def rearranged(opened: Open, sent: Mapping[str, list[str]], action: str) -> dict[str, list[str]]:
    """The fields after a button of a row: `erbij`, `weg.2`, `omhoog.2`, `omlaag.2`. Nothing is stored."""
    if opened.point.kind in {"form", "slot"}:
        return choice_forms.rearranged(sent, action)
    verb, __, place = action.partition(".")
    items = rows(sent)
    at = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else -1
    if verb == "erbij" and len(items) < limits.MAX_ITEMS:
        items.append("")
    elif verb == "weg" and 0 <= at < len(items):
        del items[at]
    elif verb == "omhoog" and 0 < at < len(items):
        items[at - 1], items[at] = items[at], items[at - 1]
    elif verb == "omlaag" and 0 <= at < len(items) - 1:
        items[at + 1], items[at] = items[at], items[at + 1]
    return {name: values for name, values in sent.items() if not name.startswith("items.")} | items_of(items)


def _family(opened: Open) -> str:
    shape = opened.shape
    return shape if shape in READ else "text"


def choice(opened: Open, found: Read, author: str, present: Choice | None = None) -> Choice:
    """What was read, as a choice, for the versions for which `present` counts."""
    point = opened.point
    return Choice(
        point=point.id,
        content=CONTENT[point.kind],
        chosen=found.chosen,
        reason=found.reason,
        author=author,
        decision=found.decision,
        valid_from=found.since,
        valid_until=found.until,
        from_version=present.from_version if present else None,
        before_version=present.before_version if present else None,
    )


def beyond(opened: Open, made: Choice, sent: Fields) -> list[Fault]:
    """Where the content goes beyond its point: told together with what is wrong with the rest of the page."""
    always = replace(made, reason="-", valid_from=None, valid_until=None)
    found = apply.apply(opened.base, Override(opened.base.key, (always,)), date.min)
    mine = [f for f in found.findings if f.severity == "error" and f.element == opened.point.id]
    return [_fault(opened, sent, f.element, f.code, f.nl if dutch() else f.en) for f in mine]


def refusals(opened: Open, sent: Fields, error: Invalid) -> list[Fault]:
    """The faults of a refused change, each with the field that it belongs to; those of other points without one."""
    return [_fault(opened, sent, p.at, p.code, p.nl if dutch() else p.en) for p in error.problems]


def _fault(opened: Open, sent: Fields, at: str, code: str, text: str) -> Fault:
    point = opened.point
    if code == "constraint":
        return Fault(ANCHORS.get(point.kind, "waarde"), text)
    if code == "scenario-failed":
        return Fault("", _("Met deze keuze loopt een proefzaak vast. %(text)s", text=text))
    if at != point.id:
        return Fault("", text)
    if code == "choice-overlap":
        text = _("Er is al een keuze die op een van deze dagen geldt. Wijzig die keuze, of kies andere dagen.")
        return Fault("vanaf", text)
    plain = TERM.sub(_in_words, text.removeprefix(f"{point.id}: "))
    return Fault(_anchor(opened, sent, text), plain[:1].upper() + plain[1:])


def _anchor(opened: Open, sent: Fields, text: str) -> str:
    """The field that a fault of the content is about."""
    if opened.point.kind == "slot":
        return choice_slots.FILE if first(sent, "soort") == choice_slots.FILE else "stap.naam"
    if opened.point.kind != "form":
        return ANCHORS.get(opened.point.kind, "waarde")
    for one in choice_forms.own_fields(sent):
        if f"'{one.key or choice_forms.key_of(one.label)}'" in text:
            return f"eigen.{one.number}.naam"
    form = opened.base.forms.get(opened.point.target)
    for known in choice_forms.base_fields(form, opened.point) if form else ():
        if f"'{known.name}'" in text:
            return f"veld.{known.name}.label"
    return ""


def _in_words(found: re.Match[str]) -> str:
    term = durations.parse(found[0])
    return term.words(english=not dutch()) if term else found[0]


def units(opened: Open, present: Choice | None) -> list[tuple[str, str]]:
    """The units of a term: weeks and days, and what the base or the present choice has."""
    names = {"W": _("weken"), "D": _("dagen"), "M": _("maanden"), "Y": _("jaar"), "H": _("uur")}
    if opened.shape != "duration":
        return []
    used = {"W", "D", unit_of(opened.default)[1], unit_of(present.chosen)[1] if present else "W"}
    return [(unit, str(text)) for unit, text in names.items() if unit in used]


def readable(content: bytes) -> str | None:
    """An uploaded table as text; None when it is too large or no text."""
    if len(content) > MAX_FILE or b"\0" in content:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def file_fault(content: bytes) -> str:
    """Why an uploaded file cannot be used."""
    if len(content) > MAX_FILE:
        return str(_("Dit bestand is te groot: hoogstens 300 kB."))
    return str(_("Dit bestand is geen tekst. Kies een ander bestand."))


def field_kinds(sent: Fields) -> list[tuple[str, str]]:
    """The kinds of field that can be added, and those of fields that were added in another way."""
    names = {
        "textfield": _("Korte tekst"),
        "textarea": _("Lange tekst"),
        "number": _("Getal"),
        "checkbox": _("Ja of nee (vinkje)"),
        "datetime": _("Datum"),
    }
    used = {one.kind for one in choice_forms.own_fields(sent)} - names.keys()
    return [*((kind, str(text)) for kind, text in names.items()), *((kind, kind) for kind in sorted(used) if kind)]
