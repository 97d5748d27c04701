"""Two versions of a process: itself, its lanes, its steps, its flows and its `plus1` elements."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from bpmn.compare import extensions, steps
from bpmn.compare.changes import About, Change, Detail, added, changed, greatest, removed
from bpmn.compare.facts import Fact, compared, differences, major, order, paired, patch
from bpmn.compare.words import Words, said
from bpmn.model import Flow, Lane, Node, Process

FormImpact = Callable[[str | None, str | None], str]
_UNSAID = Words("…", "…")


def about(process: Process) -> About:
    """What is said of a process as a whole."""
    name = process.name or process.id
    return About("process", process.id, Words(f"Proces '{name}'", f"Process '{name}'"), process.path)


def changes(old: Process, new: Process, form: FormImpact) -> Iterator[Change]:
    """What differs between two versions of a process, in an order that people read: whole, points, lanes, steps, flows.

    `form`: how much it weighs when a start event gets another form."""
    yield from compared(about(new), _whole(old, new), _whole(new, old), about(old))
    yield from extensions.changes(old, new)
    yield from _lanes(old, new)
    yield from _nodes(old, new, form)
    yield from _flows(old, new)


def _whole(process: Process, other: Process) -> dict[str, Fact]:
    facts = steps.node_facts(process.root, process, other.root, other.nodes)
    # The node that stands for the process has the name and id of the process, told here.
    facts |= {
        "id": Fact("id", "id", process.id, major),
        "name": Fact("naam", "name", process.name, patch),
        "executable": Fact("uitvoerbaar", "executable", process.executable, major),
        "lenient": Fact("ruim gelezen", "read leniently", process.lenient),
        "path": Fact("bestand", "file", process.path, patch),
        "sequence": Fact("volgorde in het bestand", "order in the file", _sequence(process, other), patch, _UNSAID),
    }
    for name, value in process.variables.items():
        facts[f"variable.{name}"] = Fact(f"beginwaarde van '{name}'", f"initial value of '{name}'", value)
    return facts


def _sequence(process: Process, other: Process) -> tuple[object, ...]:
    """The order of what stands in both files, where nothing else tells it: it decides no more than who comes first
    among equals, and the order in which people are asked."""
    nodes = [n for n in process.nodes.values() if n.id in other.nodes]
    stayed = {n.id for n in nodes if n.lane == other.nodes[n.id].lane}
    known = {lane.id for lane in other.lanes}
    lanes = [lane for lane in process.lanes if lane.id in known]
    return (
        tuple(n.id for n in nodes if n.id != process.id),
        tuple((n.id, order(n.incoming, other.nodes[n.id].incoming)) for n in nodes),
        tuple((lane.id, tuple(n for n in lane.nodes if n in stayed)) for lane in lanes),
        order(extensions.places(process), extensions.places(other)),
    )


def _lanes(old: Process, new: Process) -> Iterator[Change]:
    before, after = ({lane.id: lane for lane in one.lanes} for one in (old, new))
    gone, came, stayed = paired(before, after)
    for id_ in gone:
        yield removed(_lane(before[id_], old), "minor")
    for id_ in came:
        yield added(_lane(after[id_], new), "minor")
    for id_ in stayed:
        was, now = before[id_], after[id_]
        yield from compared(_lane(now, new), _lane_facts(was), _lane_facts(now), _lane(was, old))


def _lane(lane: Lane, process: Process) -> About:
    name = lane.name or lane.id
    return About("lane", lane.id, Words(f"Baan '{name}'", f"Lane '{name}'"), process.path)


def _lane_facts(lane: Lane) -> dict[str, Fact]:
    return {
        "name": Fact("naam", "name", lane.name, patch),
        "role": Fact("rol", "role", lane.role),
        **extensions.role_facts(tuple(d for d in lane.declared if d.tag != "role" or len(d.attributes) > 1)),
    }


def _nodes(old: Process, new: Process, form: FormImpact) -> Iterator[Change]:
    before, after = ({i: n for i, n in one.nodes.items() if i != one.id} for one in (old, new))
    gone, came, stayed = paired(before, after)
    optional, heard = extensions.optional(extensions.places(old)), steps.messages(new)
    lanes, new_lanes = ({lane.id: lane.name or lane.id for lane in one.lanes} for one in (old, new))
    for id_ in gone:
        yield removed(_node(before[id_], old), _loss(before[id_], old, optional, heard))
    for id_ in came:
        yield added(_node(after[id_], new), "minor", _tells(after[id_], new, new_lanes))
    for id_ in stayed:
        was, now = before[id_], after[id_]
        facts = steps.node_facts(was, old, now, new.nodes) | {"lane": _in_lane(was, lanes)}
        facts_now = steps.node_facts(now, new, was, old.nodes) | {"lane": _in_lane(now, new_lanes)}
        for change in compared(_node(now, new), facts, facts_now, _node(was, old)):
            asks = now.kind == "startEvent" and was.work.form != now.work.form
            heavier = form(was.work.form, now.work.form) if asks else "none"
            yield replace(change, impact=greatest((change.impact, heavier)))


def _loss(node: Node, process: Process, optional: frozenset[str], heard: frozenset[str]) -> str:
    """How much a removed node weighs: an end of the process, an optional step or a message that others know."""
    ends = node.kind == "endEvent" and node.scope == process.id
    caught = node.kind not in {"endEvent", "intermediateThrowEvent", "sendTask"}
    deaf = caught and any(t.kind in {"message", "signal"} and said(t.name).nl not in heard for t in node.triggers)
    return "major" if ends or deaf or node.id in optional else "minor"


def _node(node: Node, process: Process) -> About:
    return About(steps.subject(node), node.id, steps.called(node, process), process.path)


def _tells(node: Node, process: Process, lanes: Mapping[str, str]) -> tuple[Detail, ...]:
    """What a new node does, apart from what any node has."""
    plain = Node(node.id, "", node.name, node.scope)
    bare = {k: fact for k, fact in steps.node_facts(plain, process, plain, {}).items() if k != "kind"}
    facts = steps.node_facts(node, process, plain, {}) | {"lane": _in_lane(node, lanes)}
    return differences(bare, facts)[0]


def _in_lane(node: Node, lanes: Mapping[str, str]) -> Fact:
    name = lanes.get(node.lane or "", node.lane or "")
    return Fact("baan", "lane", node.lane, words=Words(name, name))


def _flows(old: Process, new: Process) -> Iterator[Change]:
    before, after = _all_flows(old), _all_flows(new)
    gone, came, stayed = paired(before, after)
    for id_ in gone:
        yield removed(_flow(before[id_], old), "minor")
    for id_ in came:
        yield added(_flow(after[id_], new), "minor")
    for id_ in stayed:
        was, now = before[id_], after[id_]
        moved = (was.source, was.target) != (now.source, now.target)
        details, impact = differences(steps.flow_facts(was, old), steps.flow_facts(now, new))
        if details:
            yield changed(_flow(was, old) if moved else _flow(now, new), impact, details)


def _all_flows(process: Process) -> Mapping[str, Flow]:
    return {f.id: f for n in process.nodes.values() for f in n.outgoing}


def _flow(flow: Flow, process: Process) -> About:
    return About("flow", flow.id, steps.flow_called(flow, process), process.path)
