"""Every process begins and ends somewhere, and every element can be reached."""

from bpmn.checks.rule import Known, finding
from bpmn.model import SCOPES, Finding, Node, Process

QUIET = frozenset({"eventSubProcess", "boundaryEvent", "startEvent", "process"})


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """No start, no end, a start with a way in, an end with a way out, an element that nothing leads to."""
    found: list[Finding] = []
    for node in process.nodes.values():
        if node.kind in SCOPES and node.kind != "adHocSubProcess":
            found.extend(_scope(process, node))
        if node.kind == "startEvent" and node.incoming:
            found.append(
                _wrong(
                    node,
                    "Een startgebeurtenis mag geen pijl naar binnen hebben.",
                    "A start event must have no incoming flow.",
                )
            )
        if node.kind == "endEvent" and node.outgoing:
            found.append(
                _wrong(
                    node,
                    "Een eindgebeurtenis mag geen pijl naar buiten hebben.",
                    "An end event must have no outgoing flow.",
                )
            )
        if _unreachable(process, node):
            found.append(
                finding(
                    "unreachable",
                    "warning",
                    node.id,
                    node.line,
                    "Naar dit element leidt geen pijl; het wordt nooit bereikt. Verbind het of haal het weg.",
                    "No flow leads to this element; it is never reached. Connect it or remove it.",
                )
            )
    return tuple(found)


def _scope(process: Process, node: Node) -> list[Finding]:
    inside = [n for n in process.nodes.values() if n.scope == node.id]
    found = []
    begins = node.starts or any(n.kind == "startEvent" or n.instantiate for n in inside)
    if not begins:
        found.append(
            finding(
                "no-start",
                "error",
                node.id,
                node.line,
                "Er is geen startgebeurtenis. Voeg er een toe.",
                "There is no start event. Add one.",
            )
        )
    # An event sub-process may end what is around it.
    if inside and not any(not n.outgoing and n.kind != "boundaryEvent" for n in inside):
        found.append(
            finding(
                "no-end",
                "error",
                node.id,
                node.line,
                "Er is geen einde: elk element leidt verder. Voeg een eindgebeurtenis toe.",
                "There is no end: every element leads on. Add an end event.",
            )
        )
    return found


def _unreachable(process: Process, node: Node) -> bool:
    if node.incoming or node.kind in QUIET or node.for_compensation or node.scope is None:
        return False
    scope = process.nodes[node.scope]
    if node.id in scope.starts or scope.kind == "adHocSubProcess" or node.instantiate:
        return False
    return not (node.kind == "intermediateCatchEvent" and node.trigger("link"))


def _wrong(node: Node, nl: str, en: str) -> Finding:
    return finding("wrong-flow", "error", node.id, node.line, f"{nl} Teken de pijl opnieuw.", f"{en} Draw it again.")
