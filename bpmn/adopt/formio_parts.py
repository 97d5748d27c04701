"""One component of a Form.io form → components of form-js: what all kinds share; each kind registers its builder."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bpmn.adopt.formio_rules import is_conditional, javascript, shown_when, variable
from bpmn.model import Finding

MAX_DEPTH = 8
Raw = Mapping[str, object]
Made = dict[str, object]

_WHY = {
    "file": (
        "Laat het document als zaakdocument toevoegen en verwijs ernaar.",
        "Have the document added to the case and refer to it.",
    ),
    "signature": ("Gebruik een taak waarin iemand het besluit neemt.", "Use a task in which somebody decides."),
    "password": ("Vraag geen wachtwoorden in een zaak.", "Do not ask for passwords in a case."),
    "address": (
        "Maak velden voor straat, huisnummer, postcode en plaats.",
        "Make fields for street, number, postal code and town.",
    ),
    "survey": ("Maak een keuzeveld per vraag.", "Make a choice per question."),
    "form": ("Neem de velden van het andere formulier over.", "Take over the fields of the other form."),
}
_WHY_ELSE = ("Kies een ander onderdeel.", "Choose another component.")
_LEFT = {
    "calculateValue": "berekening",
    "conditional": "voorwaarde",
    "customConditional": "voorwaarde",
    "customDefaultValue": "standaardwaarde",
    "logic": "logica",
    "validate.custom": "controle",
    "validate.json": "controle",
    "inputMask": "invoermasker",
    "dataSrc": "bron van de keuzes",
    "multiple": "mogelijkheid van meer antwoorden",
}


@dataclass(slots=True)
class Converting:
    """One form being converted: the findings so far, ids that are taken, components seen and translated."""

    path: str
    findings: list[Finding] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    total: int = 0
    done: int = 0

    def say(self, code: str, element: str, nl: str, en: str, severity: str = "error") -> None:
        """Add a finding."""
        self.findings.append(Finding(code, severity, nl, en, element, 0, self.path))

    def id(self, wanted: str) -> str:
        """An id that no other component has."""
        base = re.sub(r"[^A-Za-z0-9_-]+", "-", wanted).strip("-") or "onderdeel"
        made, number = base, 1
        while made in self.taken:
            number += 1
            made = f"{base}-{number}"
        self.taken.add(made)
        return made


Build = Callable[[Raw, Converting, int], list[Made]]
BUILDERS: dict[str, Build] = {}


def builds(*kinds: str) -> Callable[[Build], Build]:
    """Registers what makes the components of these kinds."""

    def register(build: Build) -> Build:
        BUILDERS.update(dict.fromkeys(kinds, build))
        return build

    return register


def convert(raw: object, work: Converting, depth: int) -> list[Made]:
    """The components that take the place of `raw`; a text that says what is missing when it cannot be kept."""
    work.total += 1
    if not isinstance(raw, Mapping) or not isinstance(raw.get("type"), str):
        nl, en = "Een onderdeel heeft geen 'type'. Haal het weg.", "A component has no 'type'. Remove it."
        work.say("formio-component", "", nl, en)
        return []
    kind, name = str(raw["type"]), name_of(raw)
    if depth > MAX_DEPTH:
        nl, en = f"'{name}' ligt te diep. Haal lagen weg.", f"'{name}' is nested too deep. Remove levels."
        work.say("formio-depth", name, nl, en)
        return []
    build = BUILDERS.get(kind)
    if build is None:
        return missing(raw, kind, work)
    work.done += 1
    return build(raw, work, depth)


def missing(raw: Raw, kind: str, work: Converting) -> list[Made]:
    """A text in the place of what has no counterpart, and the finding that says what to do."""
    name, why = name_of(raw), _WHY.get(kind, _WHY_ELSE)
    work.say(
        "formio-kind",
        name,
        f"'{name}' is een onderdeel van soort '{kind}', dat er hier niet is. {why[0]}",
        f"'{name}' is a component of kind '{kind}', which does not exist here. {why[1]}",
    )
    return [{"type": "text", "id": work.id(name), "text": f"*Nog te maken: {label_of(raw)} ({kind})*"}]


def name_of(raw: Raw) -> str:
    """The name by which people know a component."""
    return str(raw.get("key") or raw.get("label") or raw.get("type"))


def label_of(raw: Raw) -> str:
    """What stands beside a component."""
    return str(raw.get("label") or raw.get("title") or raw.get("legend") or name_of(raw))


def key_of(raw: Raw, work: Converting) -> str:
    """The variable of a component; told when it is called otherwise from now on."""
    given = str(raw.get("key") or "")
    key = variable(given)
    if key != given:
        work.say(
            "formio-key",
            given,
            f"'{given}' heet nu '{key}'. Kijk of het proces dezelfde naam leest.",
            f"'{given}' is called '{key}' now. See whether the process reads the same name.",
            "info",
        )
    return key


def condition(raw: Raw, made: Made, work: Converting) -> None:
    """`conditional` and `customConditional`: Form.io says when a component is shown, form-js when it is hidden."""
    custom, simple = raw.get("customConditional"), raw.get("conditional")
    found = shown_when(simple)
    if isinstance(custom, str) and custom.strip():
        found = javascript(custom)
        if found is None:
            leave(raw, made, work, "customConditional", custom)
    elif found is None and is_conditional(simple):
        leave(raw, made, work, "conditional", str(simple))
    if found is not None:
        made["conditional"] = {"hide": f"=not({found})"}
    elif raw.get("hidden") is True:
        made["conditional"] = {"hide": "=true"}


def leave(raw: Raw, made: Made, work: Converting, name: str, text: str) -> None:
    """What has no counterpart stays with the component as a property `formio:…`, and a finding tells it."""
    kept = made.setdefault("properties", {})
    assert isinstance(kept, dict)
    kept[f"formio:{name}"] = text
    work.say(
        "formio-left",
        name_of(raw),
        f"'{name_of(raw)}': de {_LEFT[name]} ({name}) is niet omgezet: '{text[:120]}'. Maak die opnieuw, in FEEL.",
        f"'{name_of(raw)}': {name} was not translated: '{text[:120]}'. Make it anew, in FEEL.",
    )
