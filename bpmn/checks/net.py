"""One scope as a net of places and ways: what a token at a node may become, conditions being free choices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from bpmn.checks import graph
from bpmn.model import Node, Process

WAITING = frozenset({"parallelGateway", "inclusiveGateway"})
STOPPING = frozenset({"terminate", "error", "cancel"})
# Of so many flows every combination is tried; of more, each alone and all together.
_ALL_COMBINATIONS = 4

Places = tuple[int, ...]


@dataclass(slots=True)
class Net:
    """`target`: place → the node that its token enters; `flow`: place → id of its flow, "" for a start, boundary event
    or link; `leaving`: node → the places of its flows; `entering`: the other way round; `at`: node → the place that
    puts a token on it without a flow; `rank`: node → how early it comes; `loose`: what happens is only partly known."""

    nodes: Mapping[str, Node]
    target: list[str] = field(default_factory=list)
    flow: list[str] = field(default_factory=list)
    leaving: dict[str, list[int]] = field(default_factory=dict)
    entering: dict[str, list[int]] = field(default_factory=dict)
    at: dict[str, int] = field(default_factory=dict)
    rank: Mapping[str, int] = field(default_factory=dict)
    loose: bool = False
    _ways: dict[str, tuple[Places, ...]] = field(default_factory=dict)
    _settled: dict[int, Places] = field(default_factory=dict)

    def waits(self, id: str) -> bool:
        """Whether the node is a join that waits for several flows."""
        return self.nodes[id].kind in WAITING and len(self.entering[id]) > 1

    def stops(self, id: str) -> bool:
        """Whether the node ends the whole scope."""
        node = self.nodes[id]
        return node.kind == "endEvent" and any(trigger.kind in STOPPING for trigger in node.triggers)

    def ways(self, id: str) -> tuple[Places, ...]:
        """What one token at the node may become; each way once, the whole way first."""
        found = self._ways.get(id)
        if found is None:
            found = self._ways[id] = tuple(dict.fromkeys(self._all_ways(self.nodes[id])))
        return found

    def settled(self, place: int) -> Places:
        """Where a token on `place` comes to stand when it passes every node that asks no question: a merge, a join, a
        choice, or the end of the scope (then it is gone)."""
        found = self._settled.get(place)
        if found is not None:
            return found
        resting: list[int] = []
        todo, seen = [place], {place}
        while todo:
            one = todo.pop()
            if one in self._settled:
                resting.extend(self._settled[one])
                continue
            id = self.target[one]
            if len(self.entering[id]) > 1 or self.stops(id) or len(self.ways(id)) > 1:
                resting.append(one)
                continue
            fresh = [other for other in self.ways(id)[0] if other not in seen]
            seen.update(fresh)
            todo.extend(fresh)
        self._settled[place] = answer = tuple(resting)
        return answer

    def simplify(self) -> None:
        """Take every block that surely goes well as one step: what splits at a node and all comes together at the
        join that fits. Inner blocks come first, so that outer ones may hold them."""
        for id in sorted(self.rank, key=lambda one: self.rank[one], reverse=True):
            if id in self.leaving and not self.stops(id):
                join = self._joined(id)
                if join is not None and join != id:
                    self._ways[id] = self.ways(join)

    def _joined(self, id: str) -> str | None:
        """The join that takes all that this node splits into, whatever is chosen."""
        if len(self.ways(id)) < 2 and len(self.ways(id)[0]) < 2:
            return None
        ways = [self.settled_all(way) for way in self.ways(id)]
        places = {place for way in ways for place in way}
        joins = {self.target[place] for place in places}
        if len(joins) != 1:
            return None
        (join,) = joins
        if places != set(self.entering[join]) or self.stops(join) or any(len(set(way)) != len(way) for way in ways):
            return None
        if self.nodes[join].kind == "inclusiveGateway" and self.waits(join):
            fits = all(ways)
        else:
            size = len(places) if self.waits(join) else 1
            fits = all(len(way) == size for way in ways)
        return join if fits else None

    def settled_all(self, way: Places) -> Places:
        """`settled` of every place of a way."""
        return tuple(other for place in way for other in self.settled(place))

    def _all_ways(self, node: Node) -> list[Places]:
        out = self.leaving[node.id]
        if node.kind in ("exclusiveGateway", "eventBasedGateway"):
            normal: list[Places] = [(place,) for place in out] or [()]
            if node.kind == "eventBasedGateway" and node.parallel_multiple:
                normal = [tuple(out)]
        elif node.kind == "parallelGateway":
            normal = [tuple(out)]
        else:
            normal = _open(self, node)
            if node.kind == "complexGateway" and len(self.entering[node.id]) > 1:
                normal.append(())
        events = [self.nodes[id] for id in node.boundary if not self.nodes[id].trigger("compensation")]
        beside = [self.at[event.id] for event in events if not event.interrupting]
        normal += [(self.at[event.id],) for event in events if event.interrupting]
        extras: list[Places] = [(), *((place,) for place in beside), tuple(beside)]
        return [(*way, *extra) for extra in dict.fromkeys(extras) for way in normal]


def _open(net: Net, node: Node) -> list[Places]:
    """An inclusive or implicit split: all flows without condition, and some of the others."""
    flows = {flow.id: flow for flow in node.outgoing}
    always: list[int] = []
    asked: list[int] = []
    otherwise: list[int] = []
    for place in net.leaving[node.id]:
        flow = flows.get(net.flow[place])
        kind = always if flow is None else otherwise if flow.id == node.default else asked if flow.condition else always
        kind.append(place)
    sizes = range(len(asked), 0, -1) if len(asked) <= _ALL_COMBINATIONS else (len(asked), 1)
    found: list[Places] = [(*always, *some) for size in sizes for some in combinations(asked, size)]
    if always or otherwise or not asked:
        found.append((*(always or otherwise),))
    return found


def nets(process: Process) -> list[tuple[Node, Net, list[Places]]]:
    """Every scope in which flows are followed, its net, and the sets of places in which it can begin."""
    ahead, caught, inside = graph.ahead(process), graph.links(process), graph.inside(process)
    found = []
    for scope, members in inside.items():
        if not scope or process.nodes[scope].kind == "adHocSubProcess":
            continue
        net = Net({node.id: node for node in members})
        _connect(net, members, caught)
        starts = _starts(process.nodes[scope], members)
        net.rank = graph.ranks([id for some in starts for id in some], ahead)
        net.loose = any(node.kind == "complexGateway" and len(net.entering[node.id]) > 1 for node in members)
        net.simplify()
        found.append((process.nodes[scope], net, [tuple(net.at[id] for id in some) for some in starts]))
    return found


def _connect(net: Net, members: Sequence[Node], caught: Mapping[tuple[str | None, str], str]) -> None:
    for node in members:
        net.leaving[node.id] = []
        net.entering[node.id] = []
    for node in members:
        for flow in node.outgoing:
            if flow.target in net.entering:
                _place(net, flow.id, node.id, flow.target)
        to = graph.thrown(node, caught)
        if to in net.entering and to is not None:
            _place(net, "", node.id, to)
        if node.attached or not node.incoming:
            net.at[node.id] = _place(net, "", None, node.id)


def _place(net: Net, flow: str, source: str | None, target: str) -> int:
    number = len(net.target)
    net.target.append(target)
    net.flow.append(flow)
    if source is not None:
        net.leaving[source].append(number)
    # What begins a token is no way in that a join could wait for.
    if source is not None or not net.entering[target]:
        net.entering[target].append(number)
    return number


def _starts(scope: Node, members: Sequence[Node]) -> list[tuple[str, ...]]:
    ids = {node.id for node in members if not node.incoming}
    plain = tuple(id for id in scope.starts if id in ids)
    if scope.kind == "eventSubProcess":
        return [(id,) for id in plain]
    others = [
        (node.id,)
        for node in members
        if node.id in ids and node.id not in plain and (node.kind == "startEvent" or node.instantiate)
    ]
    return [*([plain] if plain else []), *others]
