"""The page `docs/controles.md`: every code of every rule, with what it means, in Dutch and in English."""

from types import ModuleType
from typing import Final

from bpmn.checks import RULES, calls, duplicates, examples, size, uncaught
from bpmn.checks.rule import Code

MODULES: Final[tuple[ModuleType, ...]] = (*RULES, calls, uncaught, duplicates, size)
_SEVERITIES: Final = (
    ("error", "Fouten", "Een fout houdt publiceren tegen: het proces kan hier nooit goed lopen."),
    ("warning", "Waarschuwingen", "Het proces loopt, maar waarschijnlijk anders dan bedoeld. Publiceren mag."),
    ("info", "Adviezen", "Goed om te weten; er hoeft niets te gebeuren."),
)
_HEAD: Final = """\
# Controles

Wat er van een proces wordt nagekeken voordat het gepubliceerd wordt: in de modeller na elke keer opslaan, met
`plus1 models check MAP`, en nog eens bij het publiceren. Elke melding noemt het element, de regel in het bestand en wat
u kunt doen. De code staat tussen vierkante haken achter de melding van de opdrachtregel.

Een code staat bij het zwaarste wat zij kan zijn. `deadlock`, `timer-wrong` en `several-starts` zijn in een bestand van
een andere engine een waarschuwing; `call-cycle` is een waarschuwing als een keuze aan de aanroep voorbij gaat;
`no-name` is alleen bij gebruikerstaken een waarschuwing.

Of elke zaak bij een einde kan komen, wordt nagelopen door alle keuzes van een proces te spelen zonder gegevens, elk
deelproces apart. Een voorwaarde kan daarbij waar en niet waar zijn. Zijn het er te veel, dan staat dat er
(`not-all-tried`).

Deze bladzijde komt uit de code: `plus1 models rules > docs/controles.md`. Wat er bij beslistabellen wordt nagekeken,
staat in de meldingen zelf (codes met `dmn-`).
"""


def codes() -> tuple[Code, ...]:
    """Every code that a rule can give, in the order of the rules."""
    return tuple(code for module in MODULES for code in getattr(module, "CODES", ()))


def page() -> str:
    """The page in Markdown."""
    lines = [_HEAD]
    for severity, title, meaning in _SEVERITIES:
        lines += [f"## {title}", meaning, "", "| Code | Wat er mis is | Waarom het ertoe doet | Wat te doen |"]
        lines += ["|---|---|---|---|"]
        lines += [_row(code.id, code.nl) for code in _sorted(severity)]
        lines.append("")
    kinds = {"error": "fout", "warning": "waarschuwing"}
    lines += [
        "## Wat het inlezen zegt",
        "Voorbeelden, echt ingelezen:",
        "",
        "| Code | Soort | Melding |",
        "|---|---|---|",
    ]
    lines += [f"| `{one.code}` | {kinds[one.severity]} | {one.nl} |" for one in examples.told()]
    lines += [
        "",
        "## In English",
        "| Code | Severity | What is wrong | Why it matters | What to do |",
        "|---|---|---|---|---|",
    ]
    lines += [
        _row(f"{code.id}` | `{severity}", code.en) for severity, _, _ in _SEVERITIES for code in _sorted(severity)
    ]
    return "\n".join(lines) + "\n"


def _sorted(severity: str) -> list[Code]:
    return sorted((code for code in codes() if code.severity == severity), key=lambda code: code.id)


def _row(id: str, texts: tuple[str, str, str]) -> str:
    return f"| `{id}` | {' | '.join(text.replace('|', chr(92) + '|') for text in texts)} |"
