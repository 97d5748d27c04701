"""Multi-instance and standard loops: a body token with counters and waits, and a child of the same node each time."""

from typing import Any, Final

from engine.runtime.contract import boolean, items, whole
from engine.runtime.definition import Ready, Repeat
from engine.runtime.failures import Incident
from engine.runtime.registry import enters, step
from engine.runtime.run import Run
from engine.runtime.state import Token
from engine.runtime.waits import arm

MAXIMUM: Final = 1000


@enters("loop")
def body(run: Run, token: Token, node: Ready) -> None:
    """Open the body and its first instances."""
    loop = _loop(node)
    if loop.standard:
        _arm(run, token, node)
        token.flag, token.multi, token.vars = "body", [-1, 0, 0, None], {**(token.vars or {}), "loopCounter": 0}
        run.later("next_round" if loop.test_before else "first_round", token)
        return
    found = items(run, loop.collection, token, f"the collection of {node.id}") if loop.collection else None
    total = len(found) if found is not None else _cardinality(run, token, node, loop)
    if not 0 <= total <= MAXIMUM:
        raise Incident("too-many-instances", f"{node.id} asks for {total} instances; the maximum is {MAXIMUM}")
    _arm(run, token, node)
    token.flag, token.multi = "body", [total, 0, 0, found if loop.sequential else None]
    token.vars = {**(token.vars or {}), **_counters(total, 0, 0)}
    if loop.output:
        token.vars[loop.output] = [None] * total
    if not total:
        _finish(run, token, node)
    for _ in range(min(total, 1) if loop.sequential else total):
        _start(run, token, node, found)


@step
def first_round(run: Run, token: Token) -> None:
    """A loop that tests after its round always has one."""
    _start(run, token, run.ready(token), None)


@step
def next_round(run: Run, token: Token) -> None:
    """The next round of a standard loop, if its condition holds and its maximum is not reached."""
    node, rounds = run.ready(token), (token.multi or [0, 0])[1]
    loop = _loop(node)
    local: dict[str, object] = {"loopCounter": rounds}
    reached = loop.maximum is not None and rounds >= whole(run, loop.maximum, token, f"the maximum of {node.id}")
    ends = reached or (
        loop.condition is not None and not boolean(run, loop.condition, token, "the loop condition", local)
    )
    (token.vars or {})["loopCounter"] = rounds
    if ends:
        _finish(run, token, node)
    else:
        _start(run, token, node, None)


@step
def instance_done(run: Run, child: Token) -> None:
    """One instance has finished: collect its output, look whether it is enough, start the next."""
    node, token = run.ready(child), run.above(child)
    loop, multi, variables = _loop(node), token.multi or [], token.vars or {}
    result = run.json(loop.output_element, child) if loop.output_element else None
    enough, counters = False, {}
    if not loop.standard:
        counters = _counters(multi[0], multi[1] - multi[2] - 1, multi[2] + 1)
        local: dict[str, object] = dict(counters)
        enough = loop.condition is not None and boolean(run, loop.condition, child, "the completion condition", local)
    variables.update(counters)
    if loop.output:
        variables[loop.output][(child.vars or {})["loopCounter"] - loop.first] = result
    multi[2] += 1
    run.changed = True
    run.note("left", child)
    run.remove(child)
    if loop.standard:
        run.later("next_round", token)
    elif enough or multi[2] == multi[0]:
        run.clear(token)
        _finish(run, token, node)
    elif loop.sequential:
        _start(run, token, node, multi[3])


@step
def repetition_over(run: Run, token: Token) -> None:
    """All instances end here and now, as when enough of them had finished."""
    run.clear(token)
    _finish(run, token, run.ready(token))


def _start(run: Run, token: Token, node: Ready, found: list[Any] | None) -> None:
    loop, multi = _loop(node), token.multi or []
    number = multi[1]
    multi[1] += 1
    child = run.spawn(node.id, token)
    child.vars = {"loopCounter": number + (1 if loop.standard else loop.first)}
    if not loop.standard and token.vars is not None:
        token.vars["nrOfActiveInstances"] = multi[1] - multi[2]
    if found is not None and loop.element:
        child.vars[loop.element] = found[number]
    run.later("enter", child)


def _finish(run: Run, token: Token, node: Ready) -> None:
    loop, variables = _loop(node), token.vars or {}
    token.flag = None
    if loop.output:
        run.set(run.above(token), {loop.output: variables[loop.output]})
    run.later("handler_done" if token.by else "leave", token)


def _counters(total: int, active: int, completed: int) -> dict[str, object]:
    return {"nrOfInstances": total, "nrOfActiveInstances": active, "nrOfCompletedInstances": completed}


def _cardinality(run: Run, token: Token, node: Ready, loop: Repeat) -> int:
    if loop.cardinality is None:
        raise Incident("null-value", f"{node.id} has neither a collection nor a number of instances")
    return whole(run, loop.cardinality, token, f"the number of instances of {node.id}")


def _arm(run: Run, token: Token, node: Ready) -> None:
    if node.boundary:
        arm(run, token, node.boundary)


def _loop(node: Ready) -> Repeat:
    assert node.loop is not None
    return node.loop
