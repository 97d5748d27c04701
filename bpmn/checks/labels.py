"""What people read has a name."""

from typing import Final

from bpmn.checks.rule import Code, Known, finding
from bpmn.model import ACTIVITIES, Finding, Node, Process

CODES: Final = (
    Code(
        "no-name",
        "warning",
        (
            "Een taak, keuze, deelproces of wachtende gebeurtenis heeft geen naam.",
            "Wie het proces leest, moet raden wat er gebeurt. Een medewerker ziet bij een taak zonder naam alleen het "
            "id in de takenlijst.",
            "Geef een taak een werkwoord ('Aanvraag beoordelen'), een keuze een vraag ('Volledig?').",
        ),
        (
            "A task, choice, sub-process or event that waits has no name.",
            "Who reads the process must guess what happens. In the task list a task without a name shows its id only.",
            "Give a task a verb ('Assess the application'), a choice a question ('Complete?').",
        ),
    ),
)
_CHOICES: Final = frozenset({"exclusiveGateway", "inclusiveGateway", "complexGateway"})
_EVENTS: Final = frozenset({"intermediateCatchEvent", "boundaryEvent"})


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """A warning for user tasks, whose names people see in their lists; an advice for the rest."""
    return tuple(_nameless(node) for node in process.nodes.values() if not (node.name or "").strip() and _read(node))


def _read(node: Node) -> bool:
    if node.kind == "userTask":
        return node.work.title is None
    if node.kind in _CHOICES:
        return len(node.outgoing) > 1
    if node.kind in _EVENTS:
        return not node.trigger("compensation")
    return node.kind in ACTIVITIES - {"process", "eventSubProcess"}


def _nameless(node: Node) -> Finding:
    if node.kind == "userTask":
        return finding(
            "no-name",
            "warning",
            node.id,
            node.line,
            f"Deze taak heeft geen naam; in de takenlijst staat '{node.id}'. Geef haar een naam.",
            f"This task has no name; the task list shows '{node.id}'. Give it a name.",
        )
    return finding(
        "no-name",
        "info",
        node.id,
        node.line,
        "Dit element heeft geen naam. Geef het er een, dan is het proces te lezen.",
        "This element has no name. Give it one, so that the process can be read.",
    )
