"""An error that an end event throws is caught by something, or ends a called process."""

from collections.abc import Iterator, Sequence
from typing import Final

from bpmn.checks.rule import Code, finding
from bpmn.model import Finding, Node, Process, Trigger

CODES: Final = (
    Code(
        "nobody-catches",
        "warning",
        (
            "Een eindgebeurtenis geeft een fout die niets in het proces vangt.",
            "De zaak eindigt niet, maar stopt met een storing waar een beheerder naar moet kijken.",
            "Vang de fout met een randgebeurtenis of een gebeurtenis-deelproces, of gebruik een gewoon einde.",
        ),
        (
            "An end event throws an error that nothing in the process catches.",
            "The case does not end but stops with an incident that an administrator must look at.",
            "Catch the error by a boundary event or an event sub-process, or use a plain end.",
        ),
    ),
)


def run(processes: Sequence[Process]) -> tuple[Finding, ...]:
    """Warns for errors without a catcher in a process that no other of the package calls: a caller may catch them."""
    called = {node.work.called for process in processes for node in process.nodes.values() if node.work.called}
    if any(each.feel for each in called):
        return ()
    names = {each.text for each in called}
    return tuple(
        finding(
            "nobody-catches",
            "warning",
            node.id,
            node.line,
            "Niets vangt deze fout, dus de zaak stopt hier met een storing. Vang haar, of gebruik een gewoon einde.",
            "Nothing catches this error, so the case stops here with an incident. Catch it, or use a plain end.",
        )
        for process in processes
        if process.id not in names and not process.lenient
        for node in process.nodes.values()
        for trigger in node.triggers
        if node.kind == "endEvent" and trigger.kind == "error" and not _caught(process, node, trigger)
    )


def _caught(process: Process, node: Node, thrown: Trigger) -> bool:
    return any(
        trigger.kind == "error" and _fits(trigger, thrown)
        for catcher in _catchers(process, node)
        for trigger in catcher.triggers
    )


def _catchers(process: Process, node: Node) -> Iterator[Node]:
    """Start events of the event sub-processes around it, save the one that it stands in, and boundary events."""
    own = node
    scope = process.nodes.get(node.scope or "")
    while scope is not None:
        yield from (process.nodes[id] for id in scope.events if process.nodes[id].scope != own.id)
        yield from (process.nodes[id] for id in scope.boundary)
        own, scope = scope, process.nodes.get(scope.scope or "")


def _fits(caught: Trigger, thrown: Trigger) -> bool:
    if caught.name is None or thrown.name is None:
        return caught.name is None
    return caught.name.feel or thrown.name.feel or caught.name.text == thrown.name.text
