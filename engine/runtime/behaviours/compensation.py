"""Compensation and transaction cancel: handlers run newest first, one at a time (BPMN 2.0.2, 13.5.5).

A finished activity that can be compensated leaves a record in its scope."""

from typing import Final

from engine.runtime.definition import Catch, Ready
from engine.runtime.registry import step, throws
from engine.runtime.run import Run
from engine.runtime.state import Row, Token
from engine.runtime.waits import interrupt

CUT_OFF: Final = -1  # instead of a number of times, in the record of a scope that did not come to its end


@throws("compensation")
def throw_compensation(run: Run, token: Token, node: Ready, trigger: Catch) -> bool:
    """Compensate the scope of the event, or one activity of it; in one go with what else the event compensates. Without
    waitForCompletion the token goes on at once, and another one watches over the handlers (BPMN 2.0.2, 10.5.5)."""
    if trigger is not node.trigger("compensation"):
        return False
    refs = [t.ref for t in node.triggers if t.kind == "compensation"]
    ref = refs[0] if len(refs) == 1 else None
    scope = run.scope_of(token)
    while scope.up and (run.ready(scope).kind == "eventSubProcess" or (ref and run.nodes[ref].scope != scope.node)):
        scope = run.above(scope)
    chosen = [row for row in scope.done or [] if None in refs or row[0] in refs]
    if not chosen:
        return False
    scope.done = [row for row in scope.done or [] if row not in chosen] or None
    owner = token if trigger.waits else run.spawn(node.id, scope)
    owner.flag = "compensating" if trigger.waits else "aside"
    _start(run, owner, scope, chosen)
    return trigger.waits


@throws("cancel")
def cancel_transaction(run: Run, token: Token, node: Ready, trigger: Catch) -> bool:
    """Stop the transaction, compensate what was done in it, leave by its cancel boundary event (10.3.5)."""
    transaction = run.above(token)
    while run.ready(transaction).kind != "transaction":
        if not transaction.up:
            return False
        transaction = run.above(transaction)
    records, transaction.done = [*(transaction.done or []), *_unfinished(run, transaction)], None
    run.clear(transaction)
    transaction.flag = "cancelled"
    if records:
        _start(run, transaction, transaction, records)
    else:
        _leave_cancelled(run, transaction)
    return True


def _unfinished(run: Run, scope: Token) -> list[Row]:
    """Records of the scopes inside that are cut off: what was done in them is undone, but not they themselves."""
    found: list[Row] = []
    for child in run.children(scope):
        inside = [*(child.done or []), *_unfinished(run, child)]
        if child.multi is not None and child.flag == "body":
            found += inside
        elif inside:
            found.append([child.node, child.vars, inside, CUT_OFF])
    return found


def _start(run: Run, owner: Token, scope: Token, records: list[Row]) -> None:
    """`todo` counts the handlers; the rest wait in `multi` so that one runs at a time."""
    owner.todo = sum(abs(row[3]) for row in records)
    owner.multi = [scope.id, records]
    _next(run, owner)


def _next(run: Run, owner: Token) -> None:
    scope_id, records = owner.multi or [0, []]
    scope = run.tokens[scope_id]
    id, variables, nested, count = records[-1]
    if count > 1:
        records[-1] = [id, variables, nested, count - 1]
    else:
        records.pop()
    node = run.nodes[id]
    if node.handler and count != CUT_OFF:
        handler = run.go(node.handler, scope)
        handler.by, handler.vars = owner.id, dict(variables) if variables else None
        return
    # A finished sub-process comes back with its variables, to compensate inside it.
    revived = run.spawn(id, scope)
    revived.by, revived.vars, revived.flag = owner.id, dict(variables or {}), "compensated"
    event = next((start for start in node.events if run.nodes[start].trigger("compensation")), None)
    if event is not None and count != CUT_OFF:
        revived.done, revived.todo = nested, 1
        inner = run.spawn(run.nodes[event].scope or "", revived)
        inner.by, inner.vars = revived.id, {}
        run.note("entered", inner)
        run.go(event, inner)
    elif nested:
        _start(run, revived, revived, nested)
    else:
        run.later("handler_done", revived)


@step
def handler_done(run: Run, token: Token) -> None:
    """A compensation handler has finished."""
    if not run.is_instance(token):
        run.note("left", token)
    scope = run.remove(token)
    owner = run.tokens.get(token.by or 0)
    if owner is None:
        run.settle(scope)
    else:
        one_handler_less(run, owner)


@step
def one_handler_less(run: Run, owner: Token) -> None:
    """Start the next handler, or let the owner go on when all have finished."""
    owner.todo = (owner.todo or 1) - 1
    if owner.todo:
        _next(run, owner)
        return
    owner.multi = None
    if owner.flag == "compensated":
        handler_done(run, owner)
    elif owner.flag == "cancelled":
        _leave_cancelled(run, owner)
    elif owner.flag == "aside":
        run.settle(run.remove(owner))
    else:
        run.later("go_on", owner)


def _leave_cancelled(run: Run, transaction: Token) -> None:
    body = run.above(transaction) if run.is_instance(transaction) else transaction
    boundary = next((b for b in run.ready(transaction).boundary if run.nodes[b].trigger("cancel")), None)
    if boundary is not None:
        interrupt(run, body, boundary)
        return
    scope = run.up(body)
    run.cancel(body)
    run.settle(scope)
