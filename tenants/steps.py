"""Switching steps off: an activity becomes a pass-through, a boundary event or flow goes, with what only it reached."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from bpmn.model import NO_WORK, SCOPES, Expression, Finding, IoMapping, Lane, Node, Process
from tenants.variation import VariationPoint


def off(
    process: Process, points: Iterable[VariationPoint], flows: Collection[str] = ()
) -> tuple[Process, tuple[Finding, ...]]:
    """The process without the steps of `points` and without `flows`; a finding for each step that cannot go."""
    chosen = sorted(points, key=lambda p: p.id)
    if not chosen and not flows:
        return process, ()
    nodes = dict(process.nodes)
    removed = set(flows)
    findings: list[Finding] = []
    for point in chosen:
        if point.statutory:
            basis = point.statutory
            findings.append(_refuse(point, f"is wettelijk ({basis}) en kan niet uit", f"is statutory ({basis})"))
        elif point.element_kind == "sequenceFlow":
            removed.add(point.element)
        elif point.element_kind == "boundaryEvent":
            nodes.pop(point.element, None)
        else:
            _pass_through(nodes, point)
    findings.extend(_last_flows(nodes, chosen, removed))
    kept = _connected(process, nodes, removed)
    return replace(process, nodes=kept, lanes=_lanes(process, kept)), tuple(findings)


def _pass_through(nodes: dict[str, Node], point: VariationPoint) -> None:
    """Only the flow through the node stays; its boundary events and contents go."""
    node = nodes[point.element]
    inside = {n.id for n in nodes.values() if _within(nodes, n, node.id)}
    for gone in inside | set(node.boundary):
        nodes.pop(gone, None)
    outputs = tuple(IoMapping(w.target, Expression(w.value, w.feel)) for w in point.when_off)
    nodes[node.id] = Node(
        id=node.id,
        kind="task",
        name=node.name,
        scope=node.scope,
        outgoing=node.outgoing,
        incoming=node.incoming,
        default=node.default,
        outputs=outputs,
        work=NO_WORK,
        lane=node.lane,
        documentation=node.documentation,
        declared=node.declared,
        line=node.line,
    )


def _within(nodes: Mapping[str, Node], node: Node, scope: str) -> bool:
    at = node.scope
    while at is not None and at in nodes:
        if at == scope:
            return True
        at = nodes[at].scope
    return False


def _last_flows(nodes: Mapping[str, Node], points: list[VariationPoint], removed: set[str]) -> Iterator[Finding]:
    """A flow may only go while its source keeps another one."""
    for point in points:
        source = next((n for n in nodes.values() if any(f.id == point.element for f in n.outgoing)), None)
        if point.element_kind == "sequenceFlow" and source and all(f.id in removed for f in source.outgoing):
            yield _refuse(point, "is de laatste tak en moet blijven", "is the last branch and must stay")


def _connected(process: Process, nodes: dict[str, Node], removed: set[str]) -> dict[str, Node]:
    """`nodes` without what no token can reach any more, and with their flows and boundaries put right.

    What nothing led to in the base (starts, event sub-processes, links, handlers) is a beginning here too."""
    beginnings = [n.id for n in process.nodes.values() if not n.incoming and n.attached is None]
    reached: set[str] = set()
    queue = [b for b in beginnings if b in nodes]
    while queue:
        node = nodes.get(queue.pop())
        if node is None or node.id in reached or (node.scope is not None and node.scope not in nodes):
            continue
        reached.add(node.id)
        queue.extend(f.target for f in node.outgoing if f.id not in removed)
        queue.extend(node.boundary)
    alive = {i for i in reached if _scopes_reached(nodes, nodes[i], reached)}
    flows = {f.id for i in alive for f in nodes[i].outgoing if f.id not in removed and f.target in alive}
    return {i: _trimmed(n, alive, flows) for i, n in nodes.items() if i in alive}


def _scopes_reached(nodes: Mapping[str, Node], node: Node, reached: set[str]) -> bool:
    at = node.scope
    while at is not None:
        if at not in reached:
            return False
        at = nodes[at].scope
    return True


def _trimmed(node: Node, alive: set[str], flows: set[str]) -> Node:
    outgoing = tuple(f for f in node.outgoing if f.id in flows)
    incoming = tuple(f for f in node.incoming if f in flows)
    boundary = tuple(b for b in node.boundary if b in alive)
    starts = tuple(s for s in node.starts if s in alive) if node.kind in SCOPES else node.starts
    default = node.default if node.default in flows else None
    if (outgoing, incoming, boundary, starts, default) == (
        node.outgoing,
        node.incoming,
        node.boundary,
        node.starts,
        node.default,
    ):
        return node
    return replace(node, outgoing=outgoing, incoming=incoming, boundary=boundary, starts=starts, default=default)


def _lanes(process: Process, nodes: Mapping[str, Node]) -> tuple[Lane, ...]:
    return tuple(replace(lane, nodes=tuple(n for n in lane.nodes if n in nodes)) for lane in process.lanes)


def _refuse(point: VariationPoint, nl: str, en: str) -> Finding:
    return Finding(
        "choice-step",
        "error",
        f"{point.id}: '{point.element_name}' {nl}.",
        f"{point.id}: '{point.element_name}' {en}.",
        point.id,
    )
