"""Reading a state without changing it: what is known where, and where the tokens are."""

from collections.abc import Mapping
from typing import Any

from engine.runtime.definition import Definition
from engine.runtime.state import State

CASE = 1  # the token of the process itself


def variables_at(state: State, token: int = CASE) -> dict[str, Any]:
    """The variables that `token` sees, its own scopes before the outer ones; {} when it is gone."""
    found: dict[str, Any] = {}
    at = state.tokens.get(token)
    while at is not None:
        found = {**(at.vars or {}), **found}
        at = state.tokens.get(at.up)
    return found


def pickable(definition: Definition, state: State) -> list[tuple[int, str]]:
    """(token of an ad-hoc sub-process, activity that may be picked in it now), oldest first. In a sequential one that
    is nothing while something runs (BPMN 2.0.2, 13.3.5)."""
    return [
        (token.id, step)
        for token in list(state.tokens.values())
        if token.flag == "adhoc" and not (definition.nodes[token.node].sequential and token.live)
        for step in definition.nodes[token.node].starts
    ]


def places(state: State) -> Mapping[str, tuple[int, str]]:
    """Node id → (number of tokens, what they wait for: task, job, wait, incident, or "" inside a scope)."""
    found: dict[str, tuple[int, str]] = {}
    for token in list(state.tokens.values()):
        if token.id == CASE or token.multi is not None:
            continue  # the case itself, and the body of a repeated step: its rounds are told
        number, flag = found.get(token.node, (0, ""))
        worst = "incident" if "incident" in (flag, token.flag) else flag or token.flag or ""
        found[token.node] = (number + 1, worst)
    return found
