"""A message that reaches a running case needs to say which case."""

from typing import Final

from bpmn import feel
from bpmn.checks.rule import Code, Known, finding
from bpmn.model import Finding, Node, Process, Trigger

CODES: Final = (
    Code(
        "no-correlation-key",
        "warning",
        (
            "Een bericht midden in het proces noemt geen sleutel.",
            "Wachten twee zaken op hetzelfde bericht, dan krijgt de eerste het, ook als het voor de andere was.",
            "Geef het bericht een sleutel (correlation key), zoals het zaaknummer.",
        ),
        (
            "A message in the middle of the process names no key.",
            "When two cases wait for the same message the first gets it, even when it was meant for the other.",
            "Give the message a correlation key, such as the case number.",
        ),
    ),
)
_CATCHING: Final = frozenset({"intermediateCatchEvent", "boundaryEvent", "receiveTask"})


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Warns for messages without key that are caught by a case that runs; a name worked out per case is a key too."""
    return tuple(
        finding(
            "no-correlation-key",
            "warning",
            node.id,
            node.line,
            "Dit bericht heeft geen sleutel: het kan bij de verkeerde zaak komen. Geef het een correlation key.",
            "This message has no key: it may reach the wrong case. Give it a correlation key.",
        )
        for node in process.nodes.values()
        if _in_the_middle(process, node) and any(_keyless(trigger) for trigger in node.triggers)
    )


def _in_the_middle(process: Process, node: Node) -> bool:
    if node.kind == "startEvent":
        return node.scope != process.id
    return node.kind in _CATCHING and not node.instantiate


def _keyless(trigger: Trigger) -> bool:
    if trigger.kind != "message" or trigger.value is not None or trigger.name is None:
        return False
    return not trigger.name.feel or not feel.analyse(trigger.name.text).reads
