"""What a municipality does differently, in sentences: the base's value, its own value, why, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bpmn import feel, xml
from bpmn.compare.words import Words
from bpmn.package import MANIFEST, Package
from tenants import adapt, alternatives, catalogue, durations, limits, rules, slots, variation
from tenants.override import Choice, Override
from tenants.variation import Parameter, VariationPoint

_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
EVERY_VERSION = Words("", "")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One choice for people. `nl` and `en`: the whole sentence; `base` and `own`: the two values in words;
    `since` and `until`: first and last day; `counts`: whether it counts on the day asked about; `versions`: for cases
    on which versions, empty for all."""

    point: str
    kind: str
    question: str
    nl: str
    en: str
    base: Words
    own: Words
    reason: str
    author: str = ""
    decision: str = ""
    since: date | None = None
    until: date | None = None
    counts: bool = True
    versions: Words = EVERY_VERSION


def describe(package: Package, override: Override | None, on: date) -> tuple[Sentence, ...]:
    """A sentence per choice that counts on `on` or later, in the order of the model's points; unknown points are left
    out, since `apply` refuses them."""
    order = {p.id: (number, p) for number, p in enumerate(variation.points(package))}
    choices = [c for c in (override.choices if override else ()) if c.point in order and not c.over(on)]
    choices.sort(key=lambda c: (order[c.point][0], c.valid_from or date.min))
    known = variation.parameters(package)
    return tuple(s for c in choices if (s := _sentence(package, known, order[c.point][1], c, on)) is not None)


def _sentence(
    package: Package, known: Mapping[str, Parameter], point: VariationPoint, choice: Choice, on: date
) -> Sentence | None:
    said = _said(package, known, point, choice)
    if said is None:
        return None
    base, own, nl, en = said
    when_nl, when_en = _when(choice, on)
    return Sentence(
        point=point.id,
        kind=point.kind,
        question=point.question,
        nl=f"{nl} Reden: {choice.reason.rstrip('.')}.{when_nl}",
        en=f"{en} Reason: {choice.reason.rstrip('.')}.{when_en}",
        base=base,
        own=own,
        reason=choice.reason,
        author=choice.author,
        decision=choice.decision,
        since=choice.valid_from,
        until=choice.valid_until,
        counts=choice.holds(on),
        versions=which(choice),
    )


def _said(
    package: Package, known: Mapping[str, Parameter], point: VariationPoint, choice: Choice
) -> tuple[Words, Words, str, str] | None:
    if point.kind in {"value", "list"} and point.target in known:
        return _value(known[point.target], choice)
    if point.kind == "step":
        base, own = _switch(point.default_on), _switch(choice.chosen is True)
        what = ("De tak", "The branch") if point.element_kind == "sequenceFlow" else ("De stap", "The step")
        nl = f"{what[0]} '{point.element_name}' staat {own.nl}; in de basis staat die {base.nl}."
        return base, own, nl, f"{what[1]} '{point.element_name}' is {own.en}; in the base it is {base.en}."
    if point.kind == "rule":
        return _rule(package, point, choice)
    if point.kind == "text":
        return _letter(point)
    if point.kind == "alternative":
        base, own = (Words(t, t) for t in (option(package, point), option(package, point, choice.chosen)))
        nl = f"Bij '{point.element_name}' kiest de gemeente '{own.nl}'; de basis kiest '{base.nl}'."
        return base, own, nl, f"At '{point.element_name}' it takes '{own.en}'; the base takes '{base.en}'."
    if point.kind == "slot":
        return _slot(package, point, choice)
    if point.kind == "mapping" and isinstance(choice.chosen, Mapping):
        own = catalogue.words(choice.chosen)
        nl, en = f"'{point.element_name}' is gekoppeld aan: {own.nl}.", f"'{point.element_name}' is tied to: {own.en}."
        return Words("niet gekoppeld", "not tied"), own, nl, en
    if point.kind == "form" and isinstance(choice.chosen, Mapping):
        return _form(package, point, choice.chosen)
    return None


def _value(parameter: Parameter, choice: Choice) -> tuple[Words, Words, str, str] | None:
    try:
        default = limits.default(parameter, feel.Evaluation(0))
        chosen = limits.plain(parameter, choice.chosen)
    except limits.Wrong:
        return None
    base, own = words(parameter, default), words(parameter, chosen)
    nl = f"{parameter.name}: {own.nl}; in de basis: {base.nl}."
    return base, own, nl, f"{parameter.name}: {own.en}; in the base: {base.en}."


def _rule(package: Package, point: VariationPoint, choice: Choice) -> tuple[Words, Words, str, str] | None:
    try:
        before = rules.table(package.files[package.sources.get(point.target, MANIFEST)], point.target)
        after = rules.table(str(choice.chosen).encode(), point.target)
    except xml.Unreadable:
        return None
    if before is None or after is None:
        return None
    base = Words(f"de tabel van de basis ({before.rules} regels)", f"the base's table ({before.rules} rules)")
    own = Words(f"een eigen tabel ({after.rules} regels)", f"a table of its own ({after.rules} rules)")
    nl = f"'{point.element_name}' gebruikt {own.nl} in plaats van {base.nl}."
    return base, own, nl, f"'{point.element_name}' uses {own.en} instead of {base.en}."


def option(package: Package, point: VariationPoint, chosen: object = None) -> str:
    """What people call an option of an alternative; without `chosen` that of the base."""
    process = package.process
    wanted = alternatives.default(process, point) if chosen is None else chosen
    found = next((flow for flow in alternatives.flows(process, point) if flow.id == wanted), None)
    return alternatives.called(process, found) if found else str(wanted)


def _slot(package: Package, point: VariationPoint, choice: Choice) -> tuple[Words, Words, str, str]:
    called = slots.called(choice.chosen)
    own = Words(f"een eigen stap '{called}'", f"a step of its own '{called}'")
    base = slot_base(package, point)
    nl = f"Bij '{point.element_name}' heeft de gemeente {own.nl}; in de basis: {base.nl}."
    return base, own, nl, f"At '{point.element_name}' it has {own.en}; in the base: {base.en}."


def slot_base(package: Package, point: VariationPoint) -> Words:
    """What the base does in a slot by itself."""
    node = package.process.nodes.get(point.element)
    if node is None or node.work.called is None:
        return Words("niets, de zaak gaat meteen door", "nothing, the case goes on at once")
    process = package.processes.get(node.work.called.text)
    name = (process.name if process else None) or node.work.called.text
    return Words(f"het deelproces '{name}'", f"the process '{name}'")


def _letter(point: VariationPoint) -> tuple[Words, Words, str, str]:
    base, own = Words("de tekst van de basis", "the base's text"), Words("een eigen tekst", "a text of its own")
    nl = f"De brief of het bericht bij '{point.element_name}' heeft {own.nl} in plaats van {base.nl}."
    return base, own, nl, f"The letter or message at '{point.element_name}' has {own.en} instead of {base.en}."


def _form(
    package: Package, point: VariationPoint, chosen: Mapping[str, object]
) -> tuple[Words, Words, str, str] | None:
    form = package.forms.get(point.target)
    if form is None:
        return None
    names = adapt.labels(form)
    parts: list[Words] = []
    added = chosen.get("add")
    if isinstance(added, list) and added:
        new = _quoted([str(c.get("dateLabel") or c.get("label") or c.get("key")) for c in added if isinstance(c, dict)])
        parts.append(Words(f"toegevoegd: {new}", f"added: {new}"))
    for action, nl, en in (
        ("hide", "weggelaten", "left out"),
        ("label", "andere naam voor", "another name for"),
        ("help", "andere uitleg bij", "another explanation for"),
        ("order", "andere volgorde van", "another order of"),
    ):
        given = chosen.get(action)
        keys = list(given) if isinstance(given, list | Mapping) else []
        if keys:
            said = _quoted([names.get(str(k), str(k)) for k in keys])
            parts.append(Words(f"{nl} {said}", f"{en} {said}"))
    own = Words("; ".join(p.nl for p in parts) or "geen wijziging", "; ".join(p.en for p in parts) or "no change")
    base = Words("het formulier van de basis", "the base's form")
    nl = f"Het formulier bij '{point.element_name}' is aangepast: {own.nl}."
    return base, own, nl, f"The form of '{point.element_name}' is changed: {own.en}."


def words(parameter: Parameter, value: object) -> Words:
    """A value of a parameter as people say it: € 95,00 · 8 weken · politie en brandweer."""
    if isinstance(value, bool):
        return Words("ja" if value else "nee", "yes" if value else "no")
    if isinstance(value, Decimal):
        return _amount(parameter.unit, value)
    if isinstance(value, list):
        return Words(_listed([str(v) for v in value], "en"), _listed([str(v) for v in value], "and"))
    term = durations.parse(value) if parameter.type == "duration" else None
    if term is not None:
        return Words(term.words(), term.words(english=True))
    if parameter.type == "date" and isinstance(value, str):
        day = date.fromisoformat(value)
        return Words(_day(day, _MONTHS), _day(day, _ENGLISH_MONTHS))
    text = str(value)
    return Words(text, text) if text else Words("leeg", "empty")


def _amount(unit: str, value: Decimal) -> Words:
    if unit == "EUR":
        english = f"{value:,.2f}"
        return Words("€ " + english.translate(str.maketrans(",.", ".,")), "€ " + english)
    after = f" {unit}" if unit else ""
    return Words(f"{value:f}".replace(".", ",") + after, f"{value:f}{after}")


def _switch(on: bool) -> Words:
    return Words("aan", "on") if on else Words("uit", "off")


def _when(choice: Choice, on: date) -> tuple[str, str]:
    nl, en = "", ""
    if choice.valid_from:
        since = choice.valid_from <= on
        nl += f" {'Sinds' if since else 'Vanaf'} {_day(choice.valid_from, _MONTHS)}."
        en += f" {'Since' if since else 'From'} {_day(choice.valid_from, _ENGLISH_MONTHS)}."
    if choice.valid_until:
        nl += f" Tot en met {_day(choice.valid_until, _MONTHS)}."
        en += f" Until {_day(choice.valid_until, _ENGLISH_MONTHS)} inclusive."
    told = which(choice)
    if told.nl:
        nl, en = f"{nl} Alleen {told.nl}.", f"{en} Only {told.en}."
    return nl, en


def which(choice: Choice) -> Words:
    """For cases on which versions a choice counts, in words; empty for all."""
    first, end = choice.from_version, choice.before_version
    if first and end:
        return Words(f"voor zaken op versie {first} tot {end}", f"for cases on version {first} up to {end}")
    if first:
        return Words(f"voor zaken op versie {first} en later", f"for cases on version {first} and later")
    if end:
        return Words(f"voor zaken op versies voor {end}", f"for cases on versions before {end}")
    return EVERY_VERSION


def _day(day: date, months: tuple[str, ...]) -> str:
    return f"{day.day} {months[day.month - 1]} {day.year}"


def _quoted(names: list[str]) -> str:
    return ", ".join(f"'{n}'" for n in names)


def _listed(names: list[str], and_: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {and_} {names[-1]}"
