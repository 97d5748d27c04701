"""Which models SpiffWorkflow runs soundly, so that its opinion counts; outside of it, what it would do is known to be
wrong (parallel joins in loops, event sub-processes, compensation, non-interrupting boundary events and more)."""

from collections.abc import Iterator
from dataclasses import dataclass

from bpmn.model import ACTIVITIES, TASKS, Expression, Node, Process

AUTOMATIC = frozenset({"task", "manualTask", "scriptTask", "businessRuleTask"})
SPLITS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway"})
JOINS = frozenset({"parallelGateway", "inclusiveGateway"})
CATCHES = frozenset({"intermediateCatchEvent", "boundaryEvent"})
SCOPES = frozenset({"process", "subProcess"})
KINDS = TASKS | SPLITS | CATCHES | SCOPES | {"callActivity", "eventBasedGateway", "startEvent", "endEvent"}
WAITED_FOR = frozenset({"timer", "message", "signal"})
CHANCE = ("uuid(", "random number(")


@dataclass(frozen=True, slots=True)
class Outside:
    """The first element that is outside the subset, and why."""

    element: str
    line: int
    nl: str
    en: str


def outside(process: Process) -> Outside | None:
    """None when SpiffWorkflow can give an opinion on the whole process."""
    for node in process.nodes.values():
        for nl, en in _reasons(process, node):
            return Outside(node.id, node.line, nl, en)
    return None


def _reasons(process: Process, node: Node) -> Iterator[tuple[str, str]]:
    if node.kind not in KINDS:
        yield f"elementen van soort {node.kind}", f"elements of kind {node.kind}"
    if node.loop or node.for_compensation or node.handler:
        yield "herhaling en compensatie", "repetition and compensation"
    if node.kind == "callActivity" and (node.work.called is None or node.work.called.feel):
        yield "een aanroep van een berekend proces", "a call of a process that is computed"
    if any(trigger.message_variable for trigger in node.triggers):
        yield "een variabele voor het hele bericht", "a variable for the whole message"
    if node.kind in CATCHES and [trigger.kind in WAITED_FOR for trigger in node.triggers] != [True]:
        yield "andere gebeurtenissen dan timer, bericht en signaal", "events other than timer, message and signal"
    if node.kind == "boundaryEvent" and (not node.interrupting or node.outputs):
        yield "randgebeurtenissen die niet onderbreken", "boundary events that do not interrupt or that map variables"
    if node.kind == "endEvent" and node.triggers:
        yield "eindgebeurtenissen met een trigger", "end events with a trigger"
    if node.kind in SCOPES and _starts(process, node) != 1:
        yield "meer dan een startgebeurtenis", "more than one start event, or none"
    if (node.inputs or node.outputs) and node.kind not in TASKS | {"intermediateCatchEvent", "callActivity"}:
        yield "variabelen op andere elementen dan taken", "mappings of elements other than tasks"
    if any(word in text.text for text in _expressions(node) for word in CHANCE):
        yield "toeval in expressies", "chance in expressions"
    yield from _ways(process, node)


def _ways(process: Process, node: Node) -> Iterator[tuple[str, str]]:
    flows = node.outgoing
    if len({flow.target for flow in flows}) != len(flows):
        yield "twee pijlen tussen dezelfde elementen", "two flows between the same elements"
    if node.kind == "eventBasedGateway":
        if any(not _awaited(process.nodes[flow.target]) for flow in flows):
            yield (
                "een event-gateway voor andere elementen",
                "an event-based gateway before other elements",
            )
    elif node.kind not in SPLITS and (len(flows) > 1 or any(flow.condition for flow in flows)):
        yield "splitsing zonder gateway", "a split without a gateway"
    if node.kind in SPLITS - {"parallelGateway"} and len(flows) > 1:
        open_ = [flow for flow in flows if flow.condition is None and flow.id != node.default]
        if open_:
            yield "pijl zonder voorwaarde", "a flow without a condition"
    if node.kind == "inclusiveGateway" and len(node.incoming) > 1 and _tangled(process, node):
        nl = "inclusieve gateway achter een samenkomst of randgebeurtenis"
        yield nl, "an inclusive join behind a merge or a boundary event"
    if node.kind in JOINS and node.id in _reached(process, node):
        yield "parallelle gateway in een lus", "a parallel or inclusive gateway in a loop"


def _awaited(node: Node) -> bool:
    """An event that only its event-based gateway leads to."""
    return node.kind == "intermediateCatchEvent" and len(node.incoming) == 1


def _tangled(process: Process, join: Node) -> bool:
    """Whether SpiffWorkflow may fire this inclusive join too early (found by random models): it looks for tokens on
    their way along the first of several incoming flows only, and not behind an interrupted activity."""
    return any(
        (len(node.incoming) > 1 or node.kind == "boundaryEvent") and join.id in _reached(process, node)
        for node in process.nodes.values()
        if node.id != join.id
    )


def _starts(process: Process, scope: Node) -> int:
    return sum(node.kind == "startEvent" and node.scope == scope.id for node in process.nodes.values())


def _reached(process: Process, node: Node) -> set[str]:
    """Everything behind a node, by flows and by boundary events."""
    found: set[str] = set()
    todo = [flow.target for flow in node.outgoing]
    while todo:
        id_ = todo.pop()
        if id_ not in found:
            found.add(id_)
            next_ = process.nodes[id_]
            todo += [flow.target for flow in next_.outgoing]
            todo += next_.boundary if next_.kind in ACTIVITIES else ()
    return found


def _expressions(node: Node) -> Iterator[Expression]:
    lines = [line.source for line in (*node.inputs, *node.outputs)]
    work = [node.work.script, node.work.decision, *(flow.condition for flow in node.outgoing)]
    yield from (text for text in (*lines, *work) if text is not None)
