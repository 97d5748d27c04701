"""References inside the process must exist: default flows, compensated activities, the other pair of eyes."""

from collections.abc import Iterator
from typing import Final

from bpmn.checks import graph
from bpmn.checks.rule import Code, Known, declared, finding
from bpmn.model import Finding, Node, Process, Trigger

CODES: Final = (
    Code(
        "unknown-default",
        "error",
        (
            "De standaardpijl van een element is niet een van zijn pijlen.",
            "Als geen voorwaarde waar is, loopt de zaak vast.",
            "Kies de standaardpijl opnieuw.",
        ),
        (
            "The default flow of an element is not one of its flows.",
            "When no condition is true the case stops.",
            "Choose the default flow again.",
        ),
    ),
    Code(
        "unknown-activity",
        "error",
        (
            "Terugdraaien (compensatie) noemt een taak die niet bestaat.",
            "Er zou niets worden teruggedraaid.",
            "Kies de taak opnieuw.",
        ),
        (
            "Compensation names an activity that does not exist.",
            "Nothing would be compensated.",
            "Choose the activity again.",
        ),
    ),
    Code(
        "unknown-link",
        "error",
        (
            "Een koppelteken (link) heeft geen tegenhanger met dezelfde naam op dezelfde plek.",
            "De zaak zou daar verdwijnen.",
            "Geef beide koppeltekens dezelfde naam, in hetzelfde (deel)proces.",
        ),
        (
            "A link has no counterpart of the same name in the same place.",
            "The case would vanish there.",
            "Give both links the same name, in the same process or sub-process.",
        ),
    ),
    Code(
        "link-twice",
        "error",
        (
            "Twee koppeltekens (links) met dezelfde naam vangen op dezelfde plek.",
            "Een koppeling heeft één bestemming; de andere zou nooit worden bereikt.",
            "Geef elke bestemming een eigen naam.",
        ),
        (
            "Two links of the same name catch in the same place.",
            "A link has one destination; the other would never be reached.",
            "Give each destination a name of its own.",
        ),
    ),
    Code(
        "unknown-four-eyes",
        "error",
        (
            "Het vierogenprincipe noemt een taak die niet bestaat of die geen mens doet.",
            "De eis zou niets betekenen.",
            "Kies de andere gebruikerstaak.",
        ),
        (
            "The four-eyes rule names a task that does not exist or that no person does.",
            "The demand would mean nothing.",
            "Choose the other user task.",
        ),
    ),
)


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """A default flow that is no outgoing flow, compensation of an unknown activity, an unknown `fourEyes other`."""
    found: list[Finding] = []
    for node in process.nodes.values():
        if node.default and node.default not in {flow.id for flow in node.outgoing}:
            found.append(_missing("unknown-default", node.id, node.line, node.default))
        for trigger in node.triggers:
            if trigger.kind == "compensation" and trigger.ref and trigger.ref not in process.nodes:
                found.append(_missing("unknown-activity", node.id, trigger.line, trigger.ref))
            if trigger.kind == "link" and node.kind == "intermediateCatchEvent":
                found.extend(_again(process, node, trigger))
            if trigger.kind == "link" and node.kind == "intermediateThrowEvent":
                name = trigger.name.text if trigger.name else ""
                if not _has_link(process, node.scope, name):
                    found.append(_missing("unknown-link", node.id, trigger.line, name))
    for id, each in declared(process, "fourEyes"):
        other = each.attributes.get("other", "")
        if other not in process.nodes or process.nodes[other].kind != "userTask":
            found.append(_missing("unknown-four-eyes", id, each.line, other))
    return tuple(found)


def _again(process: Process, node: Node, trigger: Trigger) -> Iterator[Finding]:
    """A link goes to one place, so that no two may catch it."""
    name = trigger.name.text if trigger.name else ""
    if graph.links(process).get((node.scope, name)) != node.id:
        yield finding(
            "link-twice",
            "error",
            node.id,
            trigger.line,
            f"Een ander koppelteken hier vangt '{name}' ook; er is maar één bestemming. Geef dit een andere naam.",
            f"Another link here catches '{name}' too; there is one destination. Give this one another name.",
        )


def _has_link(process: Process, scope: str | None, name: str) -> bool:
    for node in process.nodes.values():
        trigger = node.trigger("link")
        here = node.kind == "intermediateCatchEvent" and node.scope == scope
        if here and trigger and trigger.name and trigger.name.text == name:
            return True
    return False


def _missing(code: str, element: str, line: int, name: str) -> Finding:
    return finding(
        code,
        "error",
        element,
        line,
        f"Dit element verwijst naar '{name}', maar dat bestaat niet of is van de verkeerde soort. Kies opnieuw.",
        f"This element refers to '{name}', which does not exist or is of the wrong kind. Choose again.",
    )
