"""Plays the tokens of one scope without data: which joins can stay waiting, and what can be done twice at once.

A node other than a join never waits for another, so its token may go first: only choices are tried all, not orders.
What comes earliest goes first, so that tokens that can meet do meet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bpmn.checks.net import Net, Places

Marking = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stuck:
    """A join that waits for ever: the flows that stay empty, and the choices that led there (node, where to)."""

    empty: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Outcome:
    """`arrived` and `fired`: joins that got a token, that went on; `stuck`: joins that can wait for ever, each with
    one case; `doubled`: nodes that two tokens enter at once, each with the choices of one case; `endless`: the first
    node from where the scope can neither end nor stop waiting, "" without; `whole`: everything was tried."""

    arrived: dict[str, None] = field(default_factory=dict)
    fired: set[str] = field(default_factory=set)
    stuck: dict[str, Stuck] = field(default_factory=dict)
    doubled: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    endless: str = ""
    whole: bool = True


@dataclass(slots=True)
class Play:
    """`work` bounds the tokens looked at; `reach`: gateway → node → the places before the gateway that it leads to."""

    net: Net
    reach: Mapping[str, Mapping[str, frozenset[int]]]
    work: int
    outcome: Outcome = field(default_factory=Outcome)
    came: dict[Marking, tuple[Marking, str, Places] | None] = field(default_factory=dict)
    before: dict[Marking, list[Marking]] = field(default_factory=dict)
    over: list[Marking] = field(default_factory=lambda: [()])

    def run(self, begins: Iterable[Places]) -> Outcome:
        """Try everything from each beginning."""
        todo: list[Marking] = []
        for begin in begins:
            self._go(todo, None, "", begin, [])
        while todo:
            marking = todo.pop()
            self.work -= len(marking) + 1
            if self.work < 0:
                self.outcome.whole = False
                return self.outcome
            self._step(todo, marking)
        self.outcome.endless = self._endless()
        return self.outcome

    def _step(self, todo: list[Marking], marking: Marking) -> None:
        net = self.net
        here: dict[str, list[int]] = {}
        for place in marking:
            here.setdefault(net.target[place], []).append(place)
        ready = [id for id, places in here.items() if self._ready(id, places)]
        if not ready:
            ready = [id for id in here if net.nodes[id].kind == "inclusiveGateway" and not self._blocked(id, here)]
        if not ready:
            self.over.append(marking)
            self._ended(here, marking)
            return
        id = min(ready, key=lambda one: net.rank.get(one, 0))
        if net.waits(id):
            self.outcome.fired.add(id)
            used = list(dict.fromkeys(here[id]))
        else:
            used = here[id]
            if len(used) > 1 and id not in self.outcome.doubled and not self._repeated(marking):
                self.outcome.doubled[id] = self._choices(marking)
        rest = list(marking)
        for place in used:
            rest.remove(place)
        if net.stops(id):
            self.over.append(marking)
            return
        for way in net.ways(id):
            self._go(todo, marking, id, way, rest)

    def _go(self, todo: list[Marking], before: Marking | None, id: str, way: Places, rest: list[int]) -> None:
        fresh = self.net.settled_all(way)
        for place in fresh:
            if self.net.waits(self.net.target[place]):
                self.outcome.arrived[self.net.target[place]] = None
        # Two tokens on one place say enough; more would never end.
        counted = sorted([*rest, *fresh])
        after = tuple(p for n, p in enumerate(counted) if n < 2 or counted[n - 2] != p)
        if before is not None:
            self.before.setdefault(after, []).append(before)
        if after and after not in self.came:
            self.came[after] = None if before is None else (before, id, way)
            todo.append(after)

    def _endless(self) -> str:
        seen, todo = set(self.over), list(self.over)
        while todo:
            for marking in self.before.get(todo.pop(), ()):
                if marking not in seen:
                    seen.add(marking)
                    todo.append(marking)
        rank, target = self.net.rank, self.net.target
        lost = {target[place] for marking in self.came if marking not in seen for place in marking}
        return min(lost, key=lambda id: (rank.get(id, 0), id), default="")

    def _ready(self, id: str, places: list[int]) -> bool:
        if not self.net.waits(id):
            return True
        return self.net.nodes[id].kind == "parallelGateway" and len(set(places)) == len(self.net.entering[id])

    def _blocked(self, id: str, here: Mapping[str, list[int]]) -> bool:
        reach, filled = self.reach[id], here[id]
        return any(reach.get(other) and reach[other].isdisjoint(filled) for other in here if other != id)

    def _ended(self, here: Mapping[str, list[int]], marking: Marking) -> None:
        """Nothing moves any more, and tokens wait."""
        if self._repeated(marking):
            return
        for id, places in here.items():
            if id not in self.outcome.stuck:
                empty = tuple(self.net.flow[p] for p in self.net.entering[id] if p not in places)
                self.outcome.stuck[id] = Stuck(empty, self._choices(marking))

    def _history(self, marking: Marking) -> Iterable[tuple[str, Places]]:
        step = self.came[marking]
        while step is not None:
            before, id, way = step
            yield id, way
            step = self.came[before]

    def _repeated(self, marking: Marking) -> bool:
        """Whether an event that interrupts nothing has happened: it may happen again, and what then meets is meant."""
        nodes, target = self.net.nodes, self.net.target
        return any(
            nodes[target[place]].kind == "boundaryEvent" and not nodes[target[place]].interrupting
            for _, way in self._history(marking)
            for place in way
        )

    def _choices(self, marking: Marking) -> tuple[tuple[str, str], ...]:
        made = [
            (id, self.net.target[way[0]] if way else "")
            for id, way in self._history(marking)
            if len(self.net.ways(id)) > 1
        ]
        return tuple(reversed(made))


def reach(net: Net) -> dict[str, dict[str, frozenset[int]]]:
    """For every inclusive join: node → the places before the join that a token on that node can come to without
    passing the join (the same table as the runtime's)."""
    back: dict[str, list[str]] = {}
    begins: dict[int, str] = {}
    for id, places in net.leaving.items():
        hosted = [net.at[event] for event in net.nodes[id].boundary if event in net.at]
        for place in (*places, *hosted):
            back.setdefault(net.target[place], []).append(id)
            begins[place] = id
    found: dict[str, dict[str, frozenset[int]]] = {}
    for id, node in net.nodes.items():
        if node.kind != "inclusiveGateway" or not net.waits(id):
            continue
        table: dict[str, set[int]] = {}
        for place in net.entering[id]:
            todo = [begins[place]] if place in begins else []
            while todo:
                one = todo.pop()
                if one != id and place not in table.setdefault(one, set()):
                    table[one].add(place)
                    todo.extend(back.get(one, ()))
        found[id] = {one: frozenset(places) for one, places in table.items()}
    return found
