"""What holds for every state at rest."""

from engine.runtime.definition import Definition
from engine.runtime.state import State

Wait = tuple[int, str, str, str]


def check(definition: Definition, state: State) -> None:
    """Every token has a parent, a known node and a reason; counters are right; no tokens means over."""
    tokens = {token.id: token for token in list(state.tokens.values())}
    children: dict[int, int] = {}
    for token in tokens.values():
        assert token.node in definition.nodes, f"unknown node {token.node}"
        assert token.up in tokens or token.id == 1, f"orphan {token.id} at {token.node}"
        children[token.up] = children.get(token.up, 0) + 1
    queued = {entry[1] for entry in state.queue}
    for token in tokens.values():
        arrivals = sum(sum(flows.values()) for flows in (token.joins or {}).values())
        expected = children.get(token.id, 0) + arrivals
        assert token.live == expected, f"live of {token.node} is {token.live}, not {expected}"
        reason = token.live or token.flag or token.todo or token.waits or token.id in queued
        assert reason, f"token {token.id} at {token.node} has no reason to be there"
    assert bool(tokens) == (state.status in ("active", "child")), (
        f"{len(tokens)} tokens in a case that is {state.status}"
    )


def waits(state: State) -> set[Wait]:
    """The waits that the host must know of, as the state has them."""
    return {
        (token.id, row[1], row[0], "" if row[0] == "timer" else row[2])
        for token in state.tokens.values()
        for row in token.waits or ()
        if row[0] in ("message", "signal", "timer")
    }


def tasks(state: State) -> set[int]:
    """The tokens whose task is open with somebody, behind an incident too."""
    return {t.id for t in list(state.tokens.values()) if "task" in (t.flag, (t.retry or [0, 0, None])[2])}


def stuck(state: State) -> set[int]:
    """The tokens with an incident."""
    return {token.id for token in list(state.tokens.values()) if token.flag == "incident"}
