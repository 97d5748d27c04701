"""What may happen to a case, seen from its state: for random paths through any model."""

from collections.abc import Iterator
from random import Random

from engine.domain import events
from engine.runtime import Definition, State
from engine.runtime.state import Token

DOABLE = ("task", "job", "receive")


def possible(definition: Definition, state: State, values: dict[str, object], calls: bool) -> Iterator[events.Event]:
    """Every event that fits, each with these values. `calls`: called cases are answered here, no host does."""
    for token in list(state.tokens.values()):
        if token.flag in DOABLE:
            yield events.Complete(token.id, values)
        if token.flag == "incident":
            yield events.Retry(token.id)
        if token.flag == "adhoc":
            yield from (events.Activate(token.id, node) for node in _pickable(definition, token))
        if token.flag == "call" and calls:
            yield events.Called(token.id, values)
        for row in token.waits or ():
            if row[0] != "conditional":
                yield events.Fire(token.id, row[1], row[0], None if row[0] == "timer" else row[2], values)


def _pickable(definition: Definition, token: Token) -> tuple[str, ...]:
    """Picked at most a few times, so that a path comes to an end."""
    return definition.nodes[token.node].starts if token.live < 2 else ()


def rare(state: State, random: Random, values: dict[str, object], calls: bool) -> events.Event:
    """What happens now and then: a signal, a correction, an error or escalation of a task, the end from outside."""
    open_ = [t.id for t in list(state.tokens.values()) if t.flag in DOABLE or (calls and t.flag == "call")]
    kind = random.choice(("signal", "set", "set", "raise", "raise", "raise", "cancel"))
    if kind == "raise" and open_:
        sort = random.choice(("error", "escalation"))
        code = random.choice(("E", "E2")) if sort == "error" else "X"
        return events.Raise(random.choice(open_), sort, code, values)
    if kind == "signal":
        return events.Signal("s1", values)
    if kind == "cancel" and random.random() < 0.2:
        return events.Cancel()
    return events.SetVariables(values or {"k": random.randint(0, 50)}, random.choice(list(state.tokens)))


def draw(definition: Definition, state: State, random: Random, calls: bool = True) -> events.Event:
    """The next event of a random path; the state is not over."""
    if state.queue:
        return events.Continue()
    # Now and then `k` becomes null, on which every condition is an incident.
    values: dict[str, object] = {"k": None if random.random() < 0.1 else random.randint(0, 50)}
    can = list(possible(definition, state, values, calls))
    if not can or random.random() < 0.15:
        return rare(state, random, values, calls)
    return random.choice(can)
