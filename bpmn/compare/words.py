"""Values and kinds of the model as people say them, in both languages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bpmn.compare.content import written
from bpmn.model import Expression

MAX_SHOWN = 500
_TERM = re.compile(r"P(\d{1,5})([YMWD])")
_UNITS = {
    "Y": ("jaar", "jaar", "year", "years"),
    "M": ("maand", "maanden", "month", "months"),
    "W": ("week", "weken", "week", "weeks"),
    "D": ("dag", "dagen", "day", "days"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    nl: str
    en: str


NONE = Words("geen", "none")
KINDS: Mapping[str, Words] = {
    "process": Words("proces", "process"),
    "task": Words("stap zonder werk", "plain task"),
    "manualTask": Words("handwerk", "manual task"),
    "userTask": Words("taak voor een mens", "user task"),
    "serviceTask": Words("stap voor een machine", "service task"),
    "sendTask": Words("verzending", "send task"),
    "receiveTask": Words("wachten op een bericht", "receive task"),
    "scriptTask": Words("berekening", "script task"),
    "businessRuleTask": Words("beslissing", "business rule task"),
    "callActivity": Words("ander proces", "call activity"),
    "subProcess": Words("subproces", "sub-process"),
    "eventSubProcess": Words("subproces bij een gebeurtenis", "event sub-process"),
    "transaction": Words("transactie", "transaction"),
    "adHocSubProcess": Words("subproces in vrije volgorde", "ad-hoc sub-process"),
    "startEvent": Words("begin", "start event"),
    "endEvent": Words("einde", "end event"),
    "intermediateCatchEvent": Words("wachten op een gebeurtenis", "catching event"),
    "intermediateThrowEvent": Words("melden van een gebeurtenis", "throwing event"),
    "boundaryEvent": Words("randgebeurtenis", "boundary event"),
    "exclusiveGateway": Words("exclusieve poort: één weg", "exclusive gateway"),
    "parallelGateway": Words("parallelle poort: alle wegen", "parallel gateway"),
    "inclusiveGateway": Words("inclusieve poort: alle wegen die passen", "inclusive gateway"),
    "eventBasedGateway": Words("poort bij gebeurtenissen: wat het eerst komt", "event-based gateway"),
    "complexGateway": Words("complexe poort", "complex gateway"),
    "message": Words("bericht", "message"),
    "signal": Words("signaal", "signal"),
    "timer": Words("tijdklok", "timer"),
    "error": Words("fout", "error"),
    "escalation": Words("escalatie", "escalation"),
    "conditional": Words("voorwaarde", "condition"),
    "compensation": Words("compensatie", "compensation"),
    "cancel": Words("annulering", "cancellation"),
    "terminate": Words("alles beëindigen", "terminate"),
    "link": Words("koppeling", "link"),
    "textfield": Words("tekstveld", "text field"),
    "textarea": Words("groot tekstveld", "text area"),
    "number": Words("getal", "number"),
    "checkbox": Words("vinkje", "checkbox"),
    "radio": Words("keuzerondjes", "radio buttons"),
    "select": Words("keuzelijst", "select"),
    "checklist": Words("vinkjes", "checklist"),
    "taglist": Words("labels", "tag list"),
    "datetime": Words("datum of tijd", "date or time"),
    "group": Words("groep", "group"),
    "dynamiclist": Words("lijst", "list"),
    "expression": Words("berekend veld", "computed field"),
    "date": Words("datum", "date"),
    "duration": Words("duur", "duration"),
    "cycle": Words("herhaling", "cycle"),
    "text": Words("tekst", "text"),
    "boolean": Words("ja of nee", "yes or no"),
    "list": Words("lijst", "list"),
    "on": Words("aan", "on"),
    "off": Words("uit", "off"),
    "true": Words("ja", "yes"),
    "false": Words("nee", "no"),
    "valuePoint": Words("waarde", "value"),
    "listPoint": Words("lijst", "list"),
    "textPoint": Words("tekst", "text"),
    "rulePoint": Words("beslistabel", "decision table"),
    "formPoint": Words("formulier", "form"),
    "stepPoint": Words("stap aan of uit", "step on or off"),
    "alternativePoint": Words("keuze uit varianten", "one of several variants"),
    "slotPoint": Words("plek voor een eigen proces", "place for a process of one's own"),
    "outcomePoint": Words("antwoorden", "answers"),
    "mappingPoint": Words("koppeling met de catalogus", "tie to the catalogue"),
    "municipality": Words("gemeente", "municipality"),
    "executor": Words("uitvoerder", "executor"),
}


def kind(name: str) -> Words:
    """What people call a kind of element, event or field."""
    return KINDS.get(name, Words(name, name))


def said(value: object) -> Words:
    """A value of the model in words: expressions as in the file, ja and nee, terms as people say them."""
    if value is None:
        return NONE
    if isinstance(value, bool):
        return KINDS["true"] if value else KINDS["false"]
    if isinstance(value, Expression):
        return _same(f"={value.text}") if value.feel else said(value.text)
    if isinstance(value, dict | list):
        return _same(written(value))
    if isinstance(value, tuple):
        parts = [said(one) for one in value]
        return Words(", ".join(p.nl for p in parts), ", ".join(p.en for p in parts)) if parts else NONE
    if isinstance(value, Decimal | int | float):
        return _same(f"{value}")
    text = str(value)
    if not text:
        return Words("leeg", "empty")
    term = _TERM.fullmatch(text)
    if term:
        one, many, english_one, english_many = _UNITS[term[2]]
        number = int(term[1])
        single = number == 1
        return Words(f"{number} {one if single else many}", f"{number} {english_one if single else english_many}")
    return _same(text)


def listed(names: list[str], conjunction: str) -> str:
    """Names in a row, the last with the conjunction."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"


def _same(text: str) -> Words:
    shown = text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
    return Words(shown, shown)
