"""The fields of one choice by shape: text, number, list, table, form, step, letter, way, slot; typed texts ↔ JSON."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from bpmn import feel
from bpmn.forms.incoming import Bad, number
from bpmn.package import Package
from tenants import alternatives, durations, letters, limits, slots
from tenants.override import Choice
from tenants.variation import Parameter, VariationPoint
from webui import choice_forms, choice_slots
from webui.choice_forms import Fields, first
from webui.forms import Fault

UNITS = ("W", "D", "M", "Y", "H")


@dataclass(frozen=True, slots=True)
class Open:
    """A point that can be changed, with what its page needs to know: the base, the tenant's groups (id → name)."""

    base: Package
    point: VariationPoint
    parameter: Parameter | None
    groups: Mapping[str, str]

    @property
    def shape(self) -> str:
        """Which fields the page has: number, text, boolean, duration, date, group, list, rule, form, step, letter,
        alternative, slot, mapping."""
        if self.point.kind == "text":
            return "letter"
        if self.point.kind != "value" or self.parameter is None:
            return self.point.kind
        return "allowed" if self.point.allowed else self.parameter.type

    @property
    def options(self) -> list[tuple[str, str]]:
        """The ways of an alternative: flow and what people call it."""
        process = self.base.process
        return [(f.id, alternatives.called(process, f)) for f in alternatives.flows(process, self.point)]

    @property
    def roles(self) -> list[tuple[str, str]]:
        """Who may do a step of the municipality's own."""
        return [(role, role.capitalize()) for role in slots.roles(self.base)]

    @property
    def things(self) -> list[tuple[str, str]]:
        """What a mapping ties to the catalogue, with its name."""
        return choice_slots.things(self.point)

    @property
    def item(self) -> str:
        """What the items of a list are: group or text."""
        return self.parameter.item if self.parameter else "text"

    @property
    def default(self) -> object:
        """The base's own value, state, letter or option, JSON-like; None for tables and forms."""
        if self.point.kind == "step":
            return self.point.default_on
        if self.point.kind == "text":
            return self.base.texts.get(self.point.target, "")
        if self.point.kind == "alternative":
            return alternatives.default(self.base.process, self.point)
        return limits.default(self.parameter, feel.Evaluation(0)) if self.parameter else None


@dataclass(slots=True)
class Read:
    """What was typed. `chosen` is None when the content itself could not be read; `faults` in the order of the page."""

    chosen: object = None
    reason: str = ""
    decision: str = ""
    since: date | None = None
    until: date | None = None
    faults: list[Fault] = field(default_factory=list)

    def fault(self, key: str, text: str) -> None:
        self.faults.append(Fault(key, text))


def rows(sent: Fields) -> list[str]:
    """The items of a list as they were typed, in their order."""
    numbers = sorted(int(n) for name in sent if name.startswith("items.") and (n := name[6:]).isdigit() and len(n) < 4)
    return [first(sent, f"items.{n}") for n in numbers]


def amount(value: object, unit: str = "") -> str:
    """A number as it is typed: 95,00 for money, 12,5 otherwise."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return ""
    exact = Decimal(str(value))
    cents = unit == "EUR" and exact == exact.quantize(Decimal("0.01"))
    return f"{exact:.2f}".replace(".", ",") if cents else f"{exact:f}".replace(".", ",")


def unit_of(value: object) -> tuple[str, str]:
    """A term as (number, unit) for the fields; weeks and days together are told in days."""
    term = durations.parse(value)
    if term is None:
        return "", "W"
    years, months, weeks, days, hours, __ = term.parts
    given = [(years, "Y"), (months, "M"), (weeks, "W"), (days, "D"), (hours, "H")]
    said = [(n, unit) for n, unit in given if n]
    if len(said) == 1:
        return str(said[0][0]), said[0][1]
    return (str(weeks * 7 + days), "D") if not (years or months or hours) else ("", "W")


def _number(opened: Open, sent: Fields, __: Choice | None, found: Read) -> object:
    value = number(first(sent, "waarde").strip())
    if isinstance(value, Bad):
        found.fault("waarde", _("Vul een getal in, bijvoorbeeld 95 of 95,50."))
        return None
    return value


def _duration(opened: Open, sent: Fields, __: Choice | None, found: Read) -> object:
    count, unit = first(sent, "waarde").strip(), first(sent, "eenheid")
    if not (count.isascii() and count.isdigit() and len(count) <= 4) or unit not in UNITS:
        found.fault("waarde", _("Vul een heel getal in, en kies weken of dagen."))
        return None
    return f"PT{int(count)}H" if unit == "H" else f"P{int(count)}{unit}"


def _text(opened: Open, sent: Fields, __: Choice | None, found: Read) -> object:
    text = first(sent, "waarde").replace("\r\n", "\n")
    if len(text) > limits.MAX_TEXT:
        found.fault("waarde", _("Gebruik niet meer dan 2000 tekens."))
        return None
    return text.strip()


def _answer(opened: Open, sent: Fields, __: Choice | None, found: Read) -> object:
    given = {"ja": True, "nee": False}.get(first(sent, "waarde"))
    if given is None:
        found.fault("waarde", _("Maak een keuze."))
    return given


def _group(opened: Open, sent: Fields, __: Choice | None, found: Read) -> object:
    return _one_of(opened.groups, "waarde", first(sent, "waarde"), found)


def _allowed(opened: Open, sent: Fields, __: Choice | None, found: Read) -> object:
    text = _one_of(opened.point.allowed, "waarde", first(sent, "waarde"), found)
    if opened.parameter and opened.parameter.type == "number" and text is not None:
        return Decimal(text)
    return text


def _date(opened: Open, sent: Fields, __: Choice | None, found: Read) -> object:
    before = len(found.faults)
    day = day_of(sent, "waarde", found)
    if day is None and len(found.faults) == before:
        found.fault("waarde", _("Vul een datum in."))
    return day.isoformat() if day else None


def _list(opened: Open, sent: Fields, __: Choice | None, found: Read) -> object:
    items, good = [item.strip() for item in rows(sent)], True
    for n, item in enumerate(items):
        if opened.item == "group":
            good &= _one_of(opened.groups, f"items.{n}", item, found) is not None
        elif not item:
            found.fault(f"items.{n}", _("Vul dit in of haal de regel weg."))
            good = False
        if item and item in items[:n]:
            found.fault(f"items.{n}", _("Dit staat al in de lijst."))
            good = False
    return items if good else None


def _rule(opened: Open, sent: Fields, present: Choice | None, found: Read) -> object:
    kept = first(sent, "tabel") or (str(present.chosen) if present and present.content == "dmn" else "")
    if first(sent, "bestand.fout"):
        found.fault("bestand", first(sent, "bestand.fout"))
        return None
    if not kept:
        found.fault("bestand", _("Kies een bestand met uw beslistabel (.dmn)."))
    return kept or None


def _form(opened: Open, sent: Fields, present: Choice | None, found: Read) -> object:
    known = present.chosen if present and isinstance(present.chosen, Mapping) else {}
    chosen, faults = choice_forms.read(sent, known)
    found.faults += faults
    return None if faults else chosen


def _step(opened: Open, sent: Fields, __: Choice | None, found: Read) -> object:
    given = {"aan": True, "uit": False}.get(first(sent, "waarde"))
    if given is None:
        found.fault("waarde", _("Kies aan of uit."))
    return given


def _letter(opened: Open, sent: Fields, __: Choice | None, found: Read) -> object:
    text = first(sent, "waarde").replace("\r\n", "\n").strip()
    if not text:
        found.fault("waarde", _("Vul de tekst in."))
    elif len(text) > letters.MAX_LETTER:
        found.fault("waarde", _("Gebruik niet meer dan %(number)s tekens.", number=letters.MAX_LETTER))
    else:
        return text + "\n"
    return None


def _alternative(opened: Open, sent: Fields, __: Choice | None, found: Read) -> object:
    return _one_of([flow for flow, _name in opened.options], "waarde", first(sent, "waarde"), found)


def _slot(opened: Open, sent: Fields, present: Choice | None, found: Read) -> object:
    known = present.chosen if present and present.content == "process" else None
    return choice_slots.read(opened.base, opened.point, sent, known, found.faults)


def _one_of(known: Collection[str], key: str, value: str, found: Read) -> str | None:
    if value in known:
        return value
    found.fault(key, _("Maak een keuze."))
    return None


def day_of(sent: Fields, name: str, found: Read) -> date | None:
    """A day from three fields, None when they are empty or wrong (then it is told)."""
    parts = [first(sent, f"{name}.{part}").strip() for part in ("jaar", "maand", "dag")]
    if not any(parts):
        return None
    try:
        if all(p.isascii() and p.isdigit() for p in parts) and len(parts[0]) == 4:
            return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        pass
    found.fault(name, _("Dit is geen datum. Vul dag, maand en jaar in cijfers in."))
    return None


def three_parts(name: str, day: date | None) -> dict[str, list[str]]:
    """A day as its three fields."""
    told = (str(day.day), str(day.month), str(day.year)) if day else ("", "", "")
    return {f"{name}.{part}": [text] for part, text in zip(("dag", "maand", "jaar"), told, strict=True)}


def items_of(items: Sequence[object]) -> dict[str, list[str]]:
    """The items of a list as their fields."""
    return {f"items.{n}": [str(item)] for n, item in enumerate(items)}


def _fill_date(__: Open, chosen: object) -> dict[str, list[str]]:
    return three_parts("waarde", date.fromisoformat(chosen) if isinstance(chosen, str) and chosen else None)


def _fill_duration(__: Open, chosen: object) -> dict[str, list[str]]:
    count, unit = unit_of(chosen)
    return {"waarde": [count], "eenheid": [unit]}


READ: Mapping[str, Callable[[Open, Fields, Choice | None, Read], object]] = {
    "number": _number,
    "duration": _duration,
    "text": _text,
    "boolean": _answer,
    "group": _group,
    "allowed": _allowed,
    "date": _date,
    "list": _list,
    "rule": _rule,
    "form": _form,
    "step": _step,
    "letter": _letter,
    "alternative": _alternative,
    "slot": _slot,
    "mapping": lambda opened, sent, __, found: choice_slots.read_ties(opened.point, sent, found.faults),
}
FILL: Mapping[str, Callable[[Open, object], dict[str, list[str]]]] = {
    "number": lambda o, chosen: {"waarde": [amount(chosen, o.parameter.unit if o.parameter else "")]},
    "duration": _fill_duration,
    "text": lambda o, chosen: {"waarde": [str(chosen or "")]},
    "boolean": lambda o, chosen: {"waarde": ["ja" if chosen else "nee"]},
    "group": lambda o, chosen: {"waarde": [str(chosen or "")]},
    "allowed": lambda o, chosen: {"waarde": [str(chosen)]},
    "date": _fill_date,
    "list": lambda o, chosen: items_of(chosen if isinstance(chosen, list) else []),
    "rule": lambda o, chosen: {},
    "form": lambda o, chosen: choice_forms.fill(chosen if isinstance(chosen, Mapping) else {}),
    "step": lambda o, chosen: {"waarde": ["aan" if chosen else "uit"]},
    "letter": lambda o, chosen: {"waarde": [str(chosen or "")]},
    "alternative": lambda o, chosen: {"waarde": [str(chosen or "")]},
    "slot": lambda o, chosen: choice_slots.fill(o.point, chosen),
    "mapping": lambda o, chosen: choice_slots.fill_ties(chosen),
}
