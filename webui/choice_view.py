"""A municipality's choices as its page shows them: questions in groups, the base beside the own choice, and marks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from bpmn import feel, xml
from bpmn.package import MANIFEST, Package
from engine.queries.models import ChoicesView
from tenants import describe, limits, rules, variation
from tenants.describe import Sentence
from tenants.variation import Parameter, VariationPoint
from webui import choices
from webui.choice_fields import Open
from webui.forms import dutch

RANK = ("open", "changed", "off")  # of several points on one element the last one shows


@dataclass(frozen=True, slots=True)
class Own:
    """One choice of the municipality. `start`: its first day as ISO text, by which it is known; "" for always."""

    words: str
    sentence: Sentence
    start: str


@dataclass(frozen=True, slots=True)
class Card:
    """One question. `where`: the step that it belongs to, "" for the whole process; `now`: what counts today when that
    is not the base's; `later`: choices that begin later; `mark`: open, changed or off."""

    point: VariationPoint
    title: str
    where: str
    base: str
    now: Own | None
    later: Sequence[Own]
    changeable: bool
    mark: str


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together."""

    title: str
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Rows:
    """A decision table for people: columns, rows of texts, and how it picks."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    hit_policy: str


def groups(view: ChoicesView, base: Package, names: Mapping[str, str]) -> list[Group]:
    """The questions of a model, grouped by what they are about. `names`: the tenant's groups, id → name."""
    titles = {
        "values": _("Bedragen en termijnen"),
        "people": _("Mensen, teksten en adressen"),
        "steps": _("Stappen, regels en formulieren"),
        "other": _("Nog niet te wijzigen"),
    }
    known = variation.parameters(base)
    found: dict[str, list[Card]] = {kind: [] for kind in titles}
    for point in view.points:
        found[_about(point, known.get(point.target))].append(card(view, base, point, names))
    return [Group(str(title), found[kind]) for kind, title in titles.items() if found[kind]]


def card(view: ChoicesView, base: Package, point: VariationPoint, names: Mapping[str, str]) -> Card:
    """One question with what counts now and later."""
    parameter = variation.parameters(base).get(point.target)
    own = owned(view, point, parameter, names)
    now = next((one for one in own if one.sentence.counts), None)
    return Card(
        point=point,
        title=point.question or (parameter.name if parameter else point.element_name),
        where="" if point.element_kind == "process" else point.element_name,
        base=base_words(base, point, parameter, names),
        now=now,
        later=[one for one in own if not one.sentence.counts],
        changeable=choices.changeable(point),
        mark=_mark(view, point, now),
    )


def marks(view: ChoicesView, base: Package) -> list[dict[str, object]]:
    """What the diagram shows: per element open, changed or off."""
    found: dict[str, str] = {}
    for one in (card(view, base, point, {}) for point in view.points if point.element_kind != "process"):
        element = one.point.element
        found[element] = max(one.mark, found.get(element, "open"), key=RANK.index)
    return [{"element": element, "kind": kind, "count": 1} for element, kind in sorted(found.items())]


def owned(view: ChoicesView, point: VariationPoint, parameter: Parameter | None, names: Mapping[str, str]) -> list[Own]:
    """The choices of a point that count now or later, each with its value in words."""
    chosen = {c.valid_from: c for c in view.chosen.choices if c.point == point.id}
    found = []
    for one in (sentence for sentence in view.sentences if sentence.point == point.id):
        words = one.own.nl if dutch() else one.own.en
        if parameter is not None and point.kind in {"value", "list"}:
            words = value_words(parameter, limits.plain(parameter, chosen[one.since].chosen), names)
        found.append(Own(words, one, one.since.isoformat() if one.since else ""))
    return found


def base_words(base: Package, point: VariationPoint, parameter: Parameter | None, names: Mapping[str, str]) -> str:
    """What the base has, in words."""
    if point.kind in {"value", "list"} and parameter is not None:
        return value_words(parameter, limits.default(parameter, feel.Evaluation(0)), names)
    if point.kind == "step":
        return str(_("aan") if point.default_on else _("uit"))
    if point.kind == "rule":
        found = rules.table(table_file(base, point), point.target)
        return str(ngettext("tabel met %(num)s regel", "tabel met %(num)s regels", found.rules if found else 0))
    if point.kind == "alternative":
        return describe.option(base, point)
    if point.kind == "slot":
        said = describe.slot_base(base, point)
        return said.nl if dutch() else said.en
    told = {"form": _("het formulier van de basis"), "text": _("de tekst van de basis")}
    told["mapping"] = _("niet gekoppeld")
    return str(told.get(point.kind, "–"))


def value_words(parameter: Parameter, value: object, names: Mapping[str, str]) -> str:
    """A value in words, groups by their names."""
    if isinstance(value, list) and parameter.item == "group":
        value = [names.get(str(item), str(item)) for item in value]
    elif parameter.type == "group":
        value = names.get(str(value), str(value))
    said = describe.words(parameter, value)
    return said.nl if dutch() else said.en


def limit_words(opened: Open) -> str:
    """The limits of a point in words, with the law where it sets them; empty when there are none."""
    point, parameter = opened.point, opened.parameter
    if parameter is None or point.kind not in {"value", "list"}:
        return ""
    if point.kind == "list":
        low, high = point.min, point.max
    else:
        low, high = (_said(parameter, point.min or parameter.min), _said(parameter, point.max or parameter.max))
    parts = [_("minstens %(low)s", low=low) if low else "", _("hoogstens %(high)s", high=high) if high else ""]
    text = ", ".join(part for part in parts if part)
    law = f" ({parameter.source})" if text and parameter.source else ""
    return text[:1].upper() + text[1:] + law + "." if text else ""


def when_words(opened: Open) -> str:
    """For which cases a choice counts, by the parameter's binding."""
    binding = opened.parameter.binding if opened.parameter and opened.point.kind in {"value", "list"} else "start"
    if binding == "use":
        return str(_("Telt ook voor lopende zaken, vanaf het moment dat de stap aan de beurt is."))
    if binding.startswith("event:"):
        return str(_("De dag van de aanvraag bepaalt welke keuze telt, ook bij lopende zaken."))
    return str(_("Telt voor zaken die vanaf dan beginnen. Lopende zaken gaan verder zoals ze begonnen zijn."))


def table(source: bytes, decision: str) -> Rows | None:
    """A decision table for a page; None when the file holds no such table."""
    try:
        root = xml.parse(source)
    except xml.Unreadable:
        return None
    outside = rules.table(source, decision)
    found = next((d.find("{*}decisionTable") for d in root.iter("{*}decision") if d.get("id") == decision), None)
    if found is None or outside is None:
        return None
    columns = [str(one.get("label") or one.findtext("{*}inputExpression/{*}text")) for one in found.iter("{*}input")]
    columns += [str(one.get("label") or one.get("name")) for one in found.findall("{*}output")]
    cells = ("{*}inputEntry", "{*}outputEntry")
    rows = [
        [_cell(cell.findtext("{*}text") or "") for kind in cells for cell in rule.findall(kind)]
        + [(rule.findtext("{*}description") or "").strip()]
        for rule in found.findall("{*}rule")
    ]
    return Rows([*columns, str(_("Uitleg"))], rows, outside.hit_policy)


def table_file(base: Package, point: VariationPoint) -> bytes:
    """The base's own file with the table of a rule point."""
    return base.files[base.sources.get(point.target, MANIFEST)]


def _cell(text: str) -> str:
    """A cell as people read it: ja, nee, C; what is less simple stays as it is."""
    plain = text.strip()
    if re.fullmatch(r'"[^"]*"', plain):
        return plain[1:-1]
    return {"true": str(_("ja")), "false": str(_("nee")), "": "-"}.get(plain, plain)


def _about(point: VariationPoint, parameter: Parameter | None) -> str:
    if not choices.changeable(point):
        return "other"
    if parameter is None or point.kind not in {"value", "list"}:
        return "steps"
    return "values" if parameter.type in {"number", "duration", "date"} else "people"


def _mark(view: ChoicesView, point: VariationPoint, now: Own | None) -> str:
    if point.kind != "step":
        return "changed" if now else "open"
    on = point.default_on
    if now:
        on = any(
            c.point == point.id and c.valid_from == now.sentence.since and c.chosen is True for c in view.chosen.choices
        )
    return "off" if not on else "changed" if now else "open"


def _said(parameter: Parameter, limit: str) -> str:
    return value_words(parameter, Decimal(limit) if parameter.type == "number" else limit, {}) if limit else ""
