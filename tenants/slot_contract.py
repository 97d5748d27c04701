"""The contract of a slot: what it gives to a municipality's process, what must come back, and how that may end."""

from collections.abc import Iterator
from dataclasses import dataclass

from bpmn.compare.words import Words
from bpmn.model import Declared

EXITS = ("door", "terug", "stop", "done")


@dataclass(frozen=True, slots=True)
class Named:
    """A variable that goes in or comes out. `type`: string, number, boolean, date or context; "" for any."""

    name: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One way to end. `exit`: its class, one of EXITS; `ends`: for `done` the end event of the base that it means."""

    value: str
    exit: str = "door"
    ends: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """What a slot asks of the process that fills it. `variable`: the output that holds the result, "" without results;
    `replaces`: whether the process may stand in place of the one that the base calls."""

    inputs: tuple[Named, ...] = ()
    outputs: tuple[Named, ...] = ()
    results: tuple[Result, ...] = ()
    variable: str = ""
    replaces: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """The names of the results."""
        return tuple(one.value for one in self.results)

    @property
    def owed(self) -> frozenset[str]:
        """The outputs that the process itself must fill; the result follows from the end that it reaches."""
        return frozenset(one.name for one in self.asked)

    @property
    def asked(self) -> tuple[Named, ...]:
        """The same with their types, in the order of the contract."""
        return tuple(one for one in self.outputs if one.name != self.variable)


def read(point: Declared) -> Contract:
    """The contract that a `plus1:slotPoint` declares; without `variable` its only text output holds the result."""
    inputs, outputs = (
        tuple(Named(c.attributes.get("name", ""), c.attributes.get("type", "")) for c in point.children if c.tag == tag)
        for tag in ("input", "output")
    )
    results = tuple(
        Result(c.attributes.get("value", ""), c.attributes.get("class", "door"), c.attributes.get("ends", ""))
        for c in point.children
        if c.tag == "result"
    )
    texts = [one.name for one in outputs if one.type == "string"]
    only = texts[0] if results and len(texts) == 1 else ""
    return Contract(
        inputs, outputs, results, point.attributes.get("variable", only), point.attributes.get("replace") == "true"
    )


def broken(before: Contract, after: Contract) -> Iterator[Words]:
    """What a process that keeps to `before` may break of `after`; what the slot gives more, and a new result, is none
    of that."""
    given, now = ({one.name: one.type for one in side.inputs} for side in (before, after))
    for name in sorted(name for name in given if now.get(name) != given[name]):
        nl = f"het slot geeft '{name}' niet meer" if name not in now else f"'{name}' is van een ander type"
        yield Words(nl, f"the slot gives '{name}' no more, or otherwise")
    owed, wanted = ({one.name: one.type for one in side.outputs} for side in (before, after))
    for name in sorted(name for name in owed.keys() | wanted.keys() if owed.get(name) != wanted.get(name)):
        told = ("vraagt nu ook", "now asks for") if name not in owed else ("vraagt niet meer", "no longer asks for")
        nl, en = told if name not in owed or name not in wanted else ("vraagt anders", "asks otherwise for")
        yield Words(f"het slot {nl} '{name}'", f"the slot {en} '{name}'")
    ways = {one.value: (one.exit, one.ends) for one in after.results}
    for one in before.results:
        if ways.get(one.value) != (one.exit, one.ends):
            nl = f"het resultaat '{one.value}' bestaat niet meer of betekent iets anders"
            yield Words(nl, f"the result '{one.value}' is gone or means something else")
    if before.variable != after.variable:
        yield Words("het resultaat komt in een ander gegeven", "the result goes to another variable")
