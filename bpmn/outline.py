"""A process as nested steps for people, in the order of the flow, for whoever cannot or will not read a diagram."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bpmn.model import ACTIVITIES, GATEWAYS, SCOPES, Expression, Flow, Node, Process, Trigger

_KINDS: Final = {
    "task": ("Taak zonder soort", "Task without a kind"),
    "manualTask": ("Handwerk", "Manual task"),
    "userTask": ("Taak voor een medewerker", "User task"),
    "serviceTask": ("Taak voor een systeem", "Service task"),
    "sendTask": ("Taak: versturen", "Send task"),
    "receiveTask": ("Taak: ontvangen", "Receive task"),
    "scriptTask": ("Berekening (script)", "Script task"),
    "businessRuleTask": ("Beslissing (DMN)", "Business rule task"),
    "callActivity": ("Ander proces aanroepen", "Call activity"),
    "subProcess": ("Deelproces", "Sub-process"),
    "transaction": ("Transactie", "Transaction"),
    "adHocSubProcess": ("Ad-hoc deelproces", "Ad-hoc sub-process"),
    "eventSubProcess": ("Deelproces bij een gebeurtenis", "Sub-process at an event"),
    "startEvent": ("Start", "Start"),
    "endEvent": ("Einde", "End"),
    "intermediateCatchEvent": ("Wachten", "Waiting"),
    "intermediateThrowEvent": ("Tussengebeurtenis", "Event"),
    "boundaryEvent": ("Randgebeurtenis", "Boundary event"),
    "exclusiveGateway": ("Keuze: een weg", "Choice: one way"),
    "parallelGateway": ("Samen: alle wegen", "Together: all ways"),
    "inclusiveGateway": ("Keuze: een of meer wegen", "Choice: one or more ways"),
    "eventBasedGateway": ("Wat het eerst gebeurt", "Whatever happens first"),
    "complexGateway": ("Complexe poort", "Complex gateway"),
}
_TRIGGERS: Final = {
    "message": ("bericht", "message"),
    "signal": ("signaal", "signal"),
    "timer": ("tijd", "time"),
    "error": ("fout", "error"),
    "escalation": ("escalatie", "escalation"),
    "conditional": ("voorwaarde", "condition"),
    "compensation": ("terugdraaien", "compensation"),
    "cancel": ("afbreken", "cancel"),
    "terminate": ("alles stopt", "everything stops"),
    "link": ("sprong", "link"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One short thing to know about a step."""

    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Way:
    """A flow out of a step. `nl`, `en`: where it leads, by name, past a join without one; `condition`: its text, ""
    without; `default`: taken when no other is; `back`: it leads to a step that stands earlier."""

    id: str
    name: str
    target: str
    nl: str
    en: str
    condition: str
    default: bool
    back: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `nl`, `en`: what kind it is; `name`: its name, "" without; `lane`: name of its lane; `boundary`: what
    may happen while it runs; `steps`: what stands inside; `reached`: whether a flow from a start leads to it."""

    id: str
    kind: str
    nl: str
    en: str
    name: str
    lane: str
    facts: tuple[Fact, ...]
    ways: tuple[Way, ...]
    boundary: tuple["Step", ...]
    steps: tuple["Step", ...]
    reached: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """A process with the steps at its top."""

    id: str
    name: str
    steps: tuple[Step, ...]

    def every(self) -> Iterator[Step]:
        """All steps, in the order in which people read them."""
        waiting = list(reversed(self.steps))
        while waiting:
            step = waiting.pop()
            yield step
            waiting.extend(reversed((*step.boundary, *step.steps)))


@dataclass(frozen=True, slots=True)
class _Reading:
    process: Process
    inside: Mapping[str, list[Node]]
    lanes: Mapping[str, str]


def outline(process: Process) -> Outline:
    """The steps of a process along the flow from its starts; what no flow leads to comes last."""
    inside: dict[str, list[Node]] = {}
    for node in process.nodes.values():
        if node.scope is not None and not _hosted(process, node):
            inside.setdefault(node.scope, []).append(node)
    lanes = {lane.id: lane.name or lane.id for lane in process.lanes}
    reading = _Reading(process, inside, lanes)
    return Outline(process.id, process.name or process.id, _content(reading, process.root))


def _hosted(process: Process, node: Node) -> bool:
    """Whether it hangs on a step; one that hangs on an event, or on nothing, is told by itself."""
    host = process.nodes.get(node.attached or "")
    return node.kind == "boundaryEvent" and host is not None and host.kind in ACTIVITIES and host.scope is not None


def _content(reading: _Reading, scope: Node) -> tuple[Step, ...]:
    inside = reading.inside.get(scope.id, [])
    order = _along(reading, [n for n in inside if _begins(scope, n)])
    aside = [n for n in inside if n.id not in order and (n.kind == "eventSubProcess" or n.for_compensation)]
    rest = [n for n in inside if n.id not in order and n not in aside]
    places = {id_: n for n, id_ in enumerate((*order, *(n.id for n in (*aside, *rest))))}
    found = [_step(reading, reading.process.nodes[id_], places, True) for id_ in order]
    found += [_step(reading, node, places, True) for node in aside]
    return (*found, *(_step(reading, node, places, False) for node in rest))


def _begins(scope: Node, node: Node) -> bool:
    if node.kind == "startEvent" or node.id in scope.starts or node.instantiate:
        return True
    if scope.kind == "adHocSubProcess":
        return not node.incoming
    return node.kind == "intermediateCatchEvent" and node.trigger("link") is not None


def _along(reading: _Reading, starts: list[Node]) -> dict[str, None]:
    """Every node reached, each after what leads to it, loops aside; the first way out first."""
    left: list[str] = []
    seen: set[str] = set()
    stack: list[tuple[str, Iterator[str]]] = []
    for start in reversed(starts):
        if start.id not in seen:
            seen.add(start.id)
            stack.append((start.id, reversed(_next(reading, start))))
        while stack:
            id_, ways = stack[-1]
            target = next((t for t in ways if t not in seen), None)
            if target is None:
                left.append(id_)
                stack.pop()
            else:
                seen.add(target)
                stack.append((target, reversed(_next(reading, reading.process.nodes[target]))))
    return dict.fromkeys(reversed(left))


def _next(reading: _Reading, node: Node) -> list[str]:
    nodes = reading.process.nodes
    flows = [flow for each in (node.id, *node.boundary) for flow in nodes[each].outgoing]
    return [f.target for f in flows if f.target in nodes and nodes[f.target].scope == node.scope]


def _step(reading: _Reading, node: Node, places: Mapping[str, int], reached: bool) -> Step:
    nl, en = _kind(node)
    here = places.get(node.attached or node.id, 0)
    return Step(
        id=node.id,
        kind=node.kind,
        nl=nl,
        en=en,
        name=node.name or "",
        lane=reading.lanes.get(node.lane or "", ""),
        facts=tuple(_facts(node)),
        ways=tuple(_way(reading, node, flow, places, here) for flow in node.outgoing),
        boundary=tuple(_step(reading, b, places, reached) for b in _boundary(reading, node)),
        steps=_content(reading, node) if node.kind in SCOPES else (),
        reached=reached,
    )


def _boundary(reading: _Reading, node: Node) -> list[Node]:
    hung = (reading.process.nodes[id_] for id_ in node.boundary)
    return [each for each in hung if _hosted(reading.process, each)]


def _way(reading: _Reading, node: Node, flow: Flow, places: Mapping[str, int], here: int) -> Way:
    target = _past_joins(reading, reading.process.nodes[flow.target])
    nl, en = (target.name, target.name) if target.name else _kind(target)
    return Way(
        id=flow.id,
        name=flow.name or "",
        target=flow.target,
        nl=nl,
        en=en,
        condition=_said(flow.condition),
        default=node.default == flow.id,
        back=places.get(flow.target, here + 1) <= here,
    )


def _past_joins(reading: _Reading, node: Node) -> Node:
    """The first step behind gateways where ways only come together."""
    seen: set[str] = set()
    while node.kind in GATEWAYS and not node.name and len(node.outgoing) == 1 and node.id not in seen:
        seen.add(node.id)
        node = reading.process.nodes[node.outgoing[0].target]
    return node


def _kind(node: Node) -> tuple[str, str]:
    nl, en = _KINDS.get(node.kind, (node.kind, node.kind))
    if node.kind in GATEWAYS and len(node.outgoing) < 2 < len(node.incoming) + 1:
        return "Samenkomst", "Join"
    if not node.triggers:
        return nl, en
    word_nl, word_en = _TRIGGERS.get(node.triggers[0].kind, (node.triggers[0].kind, node.triggers[0].kind))
    return f"{nl} ({word_nl})", f"{en} ({word_en})"


def _facts(node: Node) -> Iterator[Fact]:
    work = node.work
    told = (
        ("Formulier", "Form", work.form or ""),
        ("Soort werk", "Job type", _said(work.type)),
        ("Beslissing", "Decision", _said(work.decision)),
        ("Berekening", "Calculation", _said(work.script)),
        ("Roept aan", "Calls", _said(work.called)),
        ("Voor groep", "For group", _said(work.groups)),
        ("Voor persoon", "For person", _said(work.assignee)),
        ("Klaar voor", "Due", _said(work.due)),
    )
    yield from (Fact(f"{nl}: {value}", f"{en}: {value}") for nl, en, value in told if value)
    for trigger in node.triggers:
        yield from _trigger(trigger)
    if node.loop is not None:
        over = _said(node.loop.collection or node.loop.cardinality or node.loop.condition)
        yield Fact(f"Herhaald: {over}" if over else "Herhaald", f"Repeated: {over}" if over else "Repeated")
    if node.kind == "boundaryEvent":
        stops = (
            ("Breekt de stap af", "Stops the step") if node.interrupting else ("De stap loopt door", "The step goes on")
        )
        yield Fact(*stops)
    for point in node.declared:
        if point.tag.endswith("Point"):
            id_ = point.attributes.get("id", "")
            yield Fact(f"Gemeenten mogen kiezen: {id_}", f"Municipalities may choose: {id_}")


def _trigger(trigger: Trigger) -> Iterator[Fact]:
    value = _said(trigger.value) if trigger.kind in ("timer", "conditional") else _said(trigger.name)
    if value:
        nl, en = _TRIGGERS.get(trigger.kind, (trigger.kind, trigger.kind))
        yield Fact(f"{nl.capitalize()}: {value}", f"{en.capitalize()}: {value}")


def _said(expression: Expression | None) -> str:
    if expression is None:
        return ""
    return f"={expression.text}" if expression.feel else expression.text
