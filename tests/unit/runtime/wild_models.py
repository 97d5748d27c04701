"""Random processes of every kind of element, for what needs no oracle: the same with and without reloading, invariants.

Conditions depend on `k`, which the events of a path set anew; with null each of them is an incident."""

from dataclasses import dataclass, field
from random import Random

from tests.unit.runtime import drawing as d

ENDS = (d.ESCALATION, d.error(), d.error("err2"), d.TERMINATE, d.SIGNAL, d.compensate())
CAUGHT = (
    d.message(),
    d.message("m2"),
    d.SIGNAL,
    d.timer("PT1H"),
    d.timer("R2/PT1H", "timeCycle"),
    d.condition("=k > 25"),
)
RAISED = (d.error(), d.CATCH_ALL, d.ESCALATION)
JOB = d.extension('<zeebe:taskDefinition type="t"/>')
SCRIPT = d.extension('<zeebe:script expression="=k + 1" resultVariable="k"/>')
CALL = d.extension('<zeebe:calledElement processId="q" propagateAllChildVariables="false"/>')
OUTPUT = d.extension(d.mapping({"own": "=k"}, {"k": "=own + 1"}))


@dataclass
class Fragment:
    """Elements and flows with one way in and one way out."""

    entry: str
    exit: str
    elements: str
    ways: list[str] = field(default_factory=list)


class Wild:
    """Draws one process; `number` makes ids."""

    def __init__(self, seed: int, depth: int = 3) -> None:
        self.random, self.number = Random(seed), 0
        # A signal that starts, beside what runs, something that throws it again is a storm: such models are not drawn.
        self.throws = self.chance(0.5)
        self.content = self.scope(depth)

    def id(self, letter: str) -> str:
        """A fresh id."""
        self.number += 1
        return f"{letter}{self.number}"

    def chance(self, share: float) -> bool:
        """True so often."""
        return self.random.random() < share

    def thrown(self, definitions: tuple[str, ...]) -> str:
        """What is thrown."""
        return self.random.choice([one for one in definitions if self.throws or one != d.SIGNAL])

    def stays(self, trigger: str) -> bool:
        """Whether an event goes on beside what it happens to."""
        return "error" not in trigger and not (self.throws and trigger == d.SIGNAL) and self.chance(0.5)

    def when(self) -> str:
        """A condition that is true for about half of all `k`."""
        return f"{{=modulo(k + {self.random.randint(0, 9)}, 4) < 2}}"

    def scope(self, depth: int, begin: str = "", begin_id: str = "") -> str:
        """The content of a process or sub-process."""
        first, last = begin_id or self.id("s"), self.id("e")
        inner = self.fragment(depth)
        ending = d.end(last, self.thrown(ENDS)) if self.chance(0.15) else d.end(last)
        ways = " ".join([f"{first}>{inner.entry}", *inner.ways, f"{inner.exit}>{last}"])
        beside = self.event_sub(depth) if depth and self.chance(0.3) else ""
        return (begin or d.start(first)) + inner.elements + ending + beside + d.flows(ways)

    def event_sub(self, depth: int) -> str:
        """An event sub-process with any trigger."""
        begin, trigger = self.id("s"), self.random.choice((*CAUGHT, *RAISED))
        start = d.start(begin, trigger, isInterrupting="false" if self.stays(trigger) else "true")
        return d.event_sub(self.id("k"), self.scope(depth - 1, start, begin))

    def fragment(self, depth: int) -> Fragment:
        """Anything."""
        nested = "leaf row row split split loop jump guarded guarded guarded transaction choice"
        kind = self.random.choice(nested.split()) if depth else "leaf"
        found: Fragment = getattr(self, kind)(depth)
        return found

    def leaf(self, depth: int) -> Fragment:
        """One element."""
        random, id = self.random, self.id("a")
        drawn = random.choice((
            d.user(id), d.user(id), d.user(id, OUTPUT), d.element("task", id), d.element("serviceTask", id, JOB),
            d.element("scriptTask", id, SCRIPT), d.element("receiveTask", id, messageRef="m1"),
            d.catch(id, random.choice(CAUGHT)), d.throw(id, self.thrown((d.SIGNAL, d.ESCALATION, d.compensate()))),
            d.element("callActivity", id, CALL), d.user(id, d.many("3", sequential=self.chance(0.5))),
            d.user(id, d.many("4", "=nrOfCompletedInstances >= 2")), d.user(id) + d.handled(id, self.id("h")),
            d.sub(id, d.user(f"{self.id('a')} {self.id('a')}"), kind="adHocSubProcess"),
            d.user(id, '<standardLoopCharacteristics loopMaximum="3" testBefore="true"/>'),
        ))  # fmt: skip
        return Fragment(id, id, drawn)

    def row(self, depth: int) -> Fragment:
        """Two after each other."""
        one, other = self.fragment(depth - 1), self.fragment(depth - 1)
        ways = [*one.ways, f"{one.exit}>{other.entry}", *other.ways]
        return Fragment(one.entry, other.exit, one.elements + other.elements, ways)

    def split(self, depth: int) -> Fragment:
        """A gateway, two or three branches, and the gateway that joins them."""
        kind, closing = self.random.choice(
            (("exclusive",) * 2, ("parallel",) * 2, ("inclusive",) * 2, ("parallel", "complex"))
        )
        split, join, elements, ways = self.id("o"), self.id("j"), "", list[str]()
        branches = [self.fragment(depth - 1) for _ in range(self.random.randint(2, 3))]
        for number, branch in enumerate(branches):
            when = "" if kind == "parallel" or number == 0 else self.when()
            ways += [f"{split}>{branch.entry}{when}", *branch.ways, f"{branch.exit}>{join}"]
            elements += branch.elements
        joined = "<activationCondition>=activationCount >= 2</activationCondition>" if closing == "complex" else ""
        default = {} if kind == "parallel" else {"default": f"{split}__{branches[0].entry}"}
        return Fragment(
            split, join, d.gateway(kind, split, **default) + elements + d.gateway(closing, join, joined), ways
        )

    def choice(self, depth: int) -> Fragment:
        """An event-based gateway."""
        gate, join, one, other = self.id("g"), self.id("j"), self.id("c"), self.id("c")
        drawn = d.gateway("eventBased", gate) + d.catch(one, d.message()) + d.catch(other, d.timer("PT2H"))
        ways = [f"{gate}>{one}", f"{gate}>{other}", f"{one}>{join}", f"{other}>{join}"]
        return Fragment(gate, join, drawn + d.gateway("exclusive", join), ways)

    def jump(self, depth: int) -> Fragment:
        """A link to the rest."""
        out, into, rest = self.id("l"), self.id("l"), self.fragment(depth - 1)
        drawn = d.throw(out, d.link(into)) + d.catch(into, d.link(into)) + rest.elements
        return Fragment(out, rest.exit, drawn, [f"{into}>{rest.entry}", *rest.ways])

    def loop(self, depth: int) -> Fragment:
        """Back again while a condition holds; a task inside keeps it from running in circles."""
        merge, decide, task, inner = self.id("m"), self.id("x"), self.id("a"), self.fragment(depth - 1)
        after = self.id("z")
        gates = d.gateway("exclusive", merge) + d.gateway("exclusive", decide, default=f"{decide}__{after}")
        ways = [f"{merge}>{task}", f"{task}>{inner.entry}", *inner.ways, f"{inner.exit}>{decide}"]
        ways += [f"{decide}>{merge}{self.when()}", f"{decide}>{after}"]
        return Fragment(merge, after, gates + d.user(task) + inner.elements + d.element("task", after), ways)

    def guarded(self, depth: int) -> Fragment:
        """A sub-process, repeated or not, with a boundary event whose branch merges or ends."""
        host, event, join = self.id("u"), self.id("b"), self.id("j")
        trigger = self.random.choice((*CAUGHT, *RAISED))
        stays = self.stays(trigger)
        again = d.many("2", sequential=self.chance(0.5)) if self.chance(0.2) else ""
        inner, branch = self.scope(depth - 1), self.fragment(depth - 1)
        drawn = d.sub(host, again, inner) + d.boundary(event, host, trigger, stays) + branch.elements
        ways = [f"{event}>{branch.entry}", *branch.ways]
        if stays:
            ending = self.id("e")
            return Fragment(host, host, drawn + d.end(ending), [*ways, f"{branch.exit}>{ending}"])
        ways += [f"{branch.exit}>{join}", f"{host}>{join}"]
        return Fragment(host, join, drawn + d.gateway("exclusive", join), ways)

    def transaction(self, depth: int) -> Fragment:
        """Work that can be undone, and a choice to cancel it."""
        host, event, join, work, gate = (self.id(letter) for letter in "tbjax")
        first, good, bad = self.id("s"), self.id("e"), self.id("e")
        inside = d.start(first) + d.user(work) + d.handled(work, self.id("h"))
        inside += d.gateway("exclusive", gate, default=f"{gate}__{good}") + d.end(good) + d.end(bad, d.CANCEL)
        inside += d.flows(f"{first}>{work} {work}>{gate} {gate}>{good} {gate}>{bad}{self.when()}")
        drawn = d.sub(host, inside, kind="transaction") + d.boundary(event, host, d.CANCEL)
        drawn += d.gateway("exclusive", join)
        return Fragment(host, join, drawn, [f"{host}>{join}", f"{event}>{join}"])
