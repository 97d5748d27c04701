"""One of several fragments that the base wrote: a gateway keeps the chosen flow, the other options go."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bpmn.model import Finding, Flow, Node, Process
from tenants.variation import VariationPoint


def flows(process: Process, point: VariationPoint) -> tuple[Flow, ...]:
    """The options of a point, in the order in which it names them."""
    node = process.nodes.get(point.element)
    known = {flow.id: flow for flow in node.outgoing} if node else {}
    return tuple(known[id_] for id_ in point.options if id_ in known)


def default(process: Process, point: VariationPoint) -> str:
    """The option that the base itself takes."""
    node = process.nodes.get(point.element)
    return (node.default if node else None) or ""


def called(process: Process, flow: Flow) -> str:
    """What people call an option: the name of its flow, else of the step that it leads to."""
    target = process.nodes.get(flow.target)
    return flow.name or (target.name if target and target.name else flow.target)


def check(process: Process, point: VariationPoint, chosen: object) -> tuple[Finding, ...]:
    """Whether the choice names one of the options."""
    known = flows(process, point)
    if chosen in {flow.id for flow in known}:
        return ()
    names = ", ".join(f"{flow.id} ({called(process, flow)})" for flow in known)
    nl, en = f"{point.id}: '{chosen}' is geen keuze. Kies uit: {names}.", f"{point.id}: choose one of: {names}."
    return (Finding("choice-alternative", "error", nl, en, point.id),)


def declared(process: Process, point: VariationPoint) -> Iterator[tuple[str, str]]:
    """What is wrong with the declaration: two options at least, all of them flows of the gateway, the default one."""
    node = process.nodes.get(point.element)
    missing = sorted(set(point.options) - {flow.id for flow in (node.outgoing if node else ())})
    if missing:
        names = ", ".join(missing)
        yield f"noemt pijlen die niet uit deze poort komen: {names}", f"names flows that do not leave it: {names}"
    if len(point.options) < 2:
        yield "heeft minstens twee keuzes nodig", "needs at least two options"
    if default(process, point) not in point.options:
        nl = "heeft een standaardpijl nodig die een van de keuzes is"
        yield nl, "needs a default flow that is one of the options"


def same(process: Process, point: VariationPoint, chosen: object) -> bool:
    """Whether the base by itself always takes the chosen option: it is the default, and the others are never open."""
    others = [flow for flow in flows(process, point) if flow.id != chosen]
    return default(process, point) == chosen and all(f.condition and f.condition.text == "false" for f in others)


def gone(points: Iterable[VariationPoint], picked: Mapping[str, str]) -> set[str]:
    """The flows that the choices take away. `picked`: point → chosen flow."""
    return {id_ for p in points if p.id in picked for id_ in p.options if id_ != picked[p.id]}


def straight(process: Process, points: Iterable[VariationPoint], picked: Mapping[str, str]) -> Process:
    """The process in which the chosen flow of each gateway is taken without asking."""
    nodes = dict(process.nodes)
    for point in points:
        if point.id in picked and point.element in nodes:
            nodes[point.element] = _straight(nodes[point.element], picked[point.id])
    return replace(process, nodes=nodes)


def _straight(node: Node, flow: str) -> Node:
    outgoing = tuple(replace(one, condition=None) if one.id == flow else one for one in node.outgoing)
    return replace(node, outgoing=outgoing, default=flow)
