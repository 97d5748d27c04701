"""The page `docs/bpmn-support.md`: what of BPMN runs, where it may stand, and what is refused, read from the code."""

import importlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace

from bpmn import checks, readers
from bpmn.checks import Known, supported
from bpmn.model import EVENTS, GATEWAYS, TASKS, Expression, Node, Process, Trigger
from engine.runtime import behaviours
from engine.runtime.registry import ENTER
from engine.runtime.support_texts import DECISIONS, ELEMENTS, POSITIONS, REFUSED, TRIGGERS

_NAME, _VALUE = Expression("x", False), Expression("true", True)
_XML = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">'
    '{}<process id="p" isExecutable="true">{}</process></definitions>'
)
_TWO = ("message", "signal")
_TOP = {"globale taak": '<globalUserTask id="x"/>', "gesprek (conversation)": '<conversation id="x"/>'}
_HEAD = """\
# Wat er van BPMN loopt

Plus-1 voert BPMN 2.0.2 (ISO/IEC 19510) uit met een eigen kern. Wat hieronder niet staat of een streepje heeft, wordt
bij het nakijken geweigerd, met het element en wat u kunt doen; nooit stil overgeslagen. De controles zelf staan in
[controles.md](controles.md), het pakket in [model.md](model.md).

Deze bladzijde komt uit de code: `plus1 models support > docs/bpmn-support.md`. De Engelse zinnen zijn die van het
gedrag zelf, in `engine/runtime/behaviours`.
"""


def page() -> str:
    """The page in Markdown."""
    groups = (
        ("Taken", sorted(TASKS)),
        ("Deelprocessen en aanroep", sorted(supported.KINDS - TASKS - GATEWAYS - EVENTS)),
        ("Poorten", sorted(GATEWAYS)),
        ("Gebeurtenissen", sorted(EVENTS)),
    )
    lines = [_HEAD]
    for title, kinds in groups:
        lines += [
            f"## {title}",
            "| Element | BPMN | Loopt | Wat het doet | In the code | Norm |",
            "|---|---|---|---|---|---|",
        ]
        lines += [_element(kind) for kind in kinds]
        lines.append("")
    lines += [*_positions(), *_decisions(), *_refused(), *_behaviours()]
    return "\n".join(lines) + "\n"


def _element(kind: str) -> str:
    name, text, section = ELEMENTS.get(kind, (kind, "", ""))
    behaviour = ENTER.get(kind)
    runs = "ja" if behaviour is not None and kind in supported.KINDS else "nee"
    return f"| {name} | {kind} | {runs} | {text} | {_told(behaviour)} | {section} |"


def _told(behaviour: Callable[..., None] | None) -> str:
    if behaviour is None:
        return ""
    sentence = " ".join((inspect.getdoc(behaviour) or "").split())
    return f"{sentence} (`{behaviour.__module__.rsplit('.', 1)[-1]}`)"


def _positions() -> Iterator[str]:
    """The table of events, each cell asked of the rule that refuses at publishing."""
    yield "## Welke gebeurtenis waar"
    yield "Onderbrekend en niet, waar de norm beide kent. *Meer dan één*: elke ervan is genoeg."
    yield "*Allemaal samen*: pas als alles is gebeurd."
    yield ""
    yield f"| Gebeurtenis | BPMN | {' | '.join(POSITIONS.get(place, place) for place in supported.ALLOWED)} |"
    yield f"|---|---|{'---|' * len(supported.ALLOWED)}"
    kinds = {kind for allowed in supported.ALLOWED.values() for kind in allowed}
    known = [kind for kind in TRIGGERS if kind in kinds or kind in ("none", "multiple", "parallel multiple")]
    for kind in (*known, *sorted(kinds - TRIGGERS.keys())):
        cells = " | ".join("ja" if _may(kind, place) else "–" for place in supported.ALLOWED)
        yield f"| {TRIGGERS.get(kind, kind)} | {kind} | {cells} |"
    behind = ", ".join(f"`{kind}`" for kind in sorted(supported.AFTER_EVENT_GATEWAY))
    yield f"\nAchter een gebeurtenispoort: {behind}.\n"


def _may(kind: str, place: str) -> bool:
    one: dict[str, tuple[str, ...]] = {"none": (), "multiple": _TWO, "parallel multiple": _TWO}
    triggers = tuple(
        Trigger(each, name=_NAME, timer="duration", value=_VALUE, ref=None) for each in one.get(kind, (kind,))
    )
    process = _example(place, triggers)
    if kind == "parallel multiple":
        node = replace(process.nodes["x"], parallel_multiple=True)
        process = replace(process, nodes={**process.nodes, "x": node})
        if node.kind in supported.THROWING:
            return False
    return not any(finding.severity == "error" for finding in supported.run(process, Known()))


def _example(place: str, triggers: tuple[Trigger, ...]) -> Process:
    """A process with one event in that place, inside or on a transaction, so that cancelling can be asked too."""
    around = {"process start": "process", "event sub-process start": "eventSubProcess"}.get(place, "transaction")
    kind = "startEvent" if place.endswith(" start") else place
    nodes = {
        "p": Node("p", "process", starts=("x",)),
        "around": Node("around", around, scope="p", starts=("x",)),
        "host": Node("host", "transaction", scope="p"),
    }
    scope = "p" if around == "process" else "around"
    attached = "host" if kind == "boundaryEvent" else None
    nodes["x"] = Node("x", kind, scope=scope, triggers=triggers, attached=attached)
    return Process("p", None, True, nodes)


def _decisions() -> Iterator[str]:
    yield "## Wat besloten is"
    yield "Waar de norm ruimte laat of engines verschillen:"
    yield ""
    yield "| Besluit | Norm |"
    yield "|---|---|"
    yield from (f"| {text} | {section} |" for text, section in DECISIONS)
    yield ""


def _refused() -> Iterator[str]:
    """What the checks say of it, as people read it."""
    yield "## Wat wordt geweigerd"
    yield "| Wat | Melding | Code |"
    yield "|---|---|---|"
    for name, body in REFUSED:
        processes, found = readers.read(_XML.format(_TOP.get(name, ""), body).encode())
        every = [one for one in (*found, *checks.run(processes)) if one.severity == "error"]
        told = next((one for one in every if one.element in ("x", "f")), None)
        if told is not None:
            yield f"| {name} | {told.nl} | `{told.code}` |"
    yield ""


def _behaviours() -> Iterator[str]:
    yield "## The behaviours, one file each"
    for name in sorted(behaviours.__all__):
        module = importlib.import_module(f"{behaviours.__name__}.{name}")
        yield f"- `{name}` {' '.join((inspect.getdoc(module) or '').split())}"
