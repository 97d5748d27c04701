"""A boundary event leads somewhere, and no two of one host catch the same."""

from collections.abc import Iterator
from typing import Final

from bpmn.checks.rule import Code, Known, finding
from bpmn.model import Finding, Node, Process

CODES: Final = (
    Code(
        "boundary-leads-nowhere",
        "warning",
        (
            "Een randgebeurtenis heeft geen pijl naar buiten.",
            "Gebeurt zij, dan houdt de stap op en komt er niets voor in de plaats.",
            "Verbind haar met de stap die dan moet volgen, of met een einde.",
        ),
        (
            "A boundary event has no outgoing flow.",
            "When it happens the step stops and nothing takes its place.",
            "Connect it with the step that must follow then, or with an end.",
        ),
    ),
    Code(
        "caught-twice",
        "warning",
        (
            "Twee gebeurtenissen op dezelfde plek vangen dezelfde fout of escalatie.",
            "Alleen de eerste wordt gekozen; de tweede gebeurt nooit.",
            "Geef ze elk een eigen code, of haal er een weg.",
        ),
        (
            "Two events at the same place catch the same error or escalation.",
            "Only the first is chosen; the second never happens.",
            "Give each a code of its own, or remove one.",
        ),
    ),
)
_CODED: Final = ("error", "escalation")


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Warns for a boundary event without a way on, and for the second of two that catch the same."""
    found: list[Finding] = []
    for node in process.nodes.values():
        if node.kind == "boundaryEvent" and not node.outgoing and not node.trigger("compensation"):
            found.append(
                finding(
                    "boundary-leads-nowhere",
                    "warning",
                    node.id,
                    node.line,
                    "Van deze randgebeurtenis gaat geen pijl: gebeurt zij, dan volgt niets. Verbind haar.",
                    "No flow leaves this boundary event: when it happens nothing follows. Connect it.",
                )
            )
        for catchers in (node.boundary, node.events):
            found.extend(_again(process, catchers))
    return tuple(found)


def _again(process: Process, catchers: tuple[str, ...]) -> Iterator[Finding]:
    seen: set[tuple[str, str | None]] = set()
    for node in (process.nodes[id] for id in catchers):
        for caught in _caught(node):
            if caught in seen:
                nl, en = (f"'{caught[1]}'", f"'{caught[1]}'") if caught[1] else ("alles", "everything")
                yield finding(
                    "caught-twice",
                    "warning",
                    node.id,
                    node.line,
                    f"Een andere gebeurtenis op deze plek vangt al {nl}: deze gebeurt nooit. Geef haar een eigen code.",
                    f"Another event at this place catches {en} already: this never happens. Give it a code of its own.",
                )
            seen.add(caught)


def _caught(node: Node) -> Iterator[tuple[str, str | None]]:
    for trigger in node.triggers:
        if trigger.kind in _CODED and not (trigger.name and trigger.name.feel):
            yield trigger.kind, trigger.name.text if trigger.name else None
