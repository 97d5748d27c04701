"""References inside the process must exist: default flows, compensated activities, the other pair of eyes."""

from bpmn.checks.rule import Known, declared, finding
from bpmn.model import Finding, Process


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """A default flow that is no outgoing flow, compensation of an unknown activity, an unknown `fourEyes other`."""
    found: list[Finding] = []
    for node in process.nodes.values():
        if node.default and node.default not in {flow.id for flow in node.outgoing}:
            found.append(_missing("unknown-default", node.id, node.line, node.default))
        for trigger in node.triggers:
            if trigger.kind == "compensation" and trigger.ref and trigger.ref not in process.nodes:
                found.append(_missing("unknown-activity", node.id, trigger.line, trigger.ref))
            if trigger.kind == "link" and node.kind == "intermediateThrowEvent":
                name = trigger.name.text if trigger.name else ""
                if not _has_link(process, node.scope, name):
                    found.append(_missing("unknown-link", node.id, trigger.line, name))
    for id, each in declared(process, "fourEyes"):
        other = each.attributes.get("other", "")
        if other not in process.nodes or process.nodes[other].kind != "userTask":
            found.append(_missing("unknown-four-eyes", id, each.line, other))
    return tuple(found)


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
