"""Changes that break the core: (name, file, what stands there, what stands there instead). Each must be noticed."""

MUTATIONS = (
    (
        "a parallel join counts arrivals, not flows",
        "engine/runtime/behaviours/gateways.py",
        "if len(arrived) == len(node.incoming):",
        "if sum(arrived.values()) >= len(node.incoming):",
    ),
    (
        "join counters survive a cancelled scope",
        "engine/runtime/run.py",
        "scope.joins, scope.live = None, 0",
        "scope.live = 0",
    ),
    (
        "compensation runs oldest first",
        "engine/runtime/behaviours/compensation.py",
        "owner.multi = [scope.id, records]",
        "owner.multi = [scope.id, records[::-1]]",
    ),
    (
        "the completion condition is ignored",
        "engine/runtime/behaviours/loop.py",
        "elif enough or multi[2] == multi[0]:",
        "elif multi[2] == multi[0]:",
    ),
    (
        "an inclusive join never waits",
        "engine/runtime/behaviours/inclusive.py",
        'elif scope.flag != "incident" and not _blocked(run, scope, node):',
        "elif True:",
    ),
    (
        "catch-all comes before the specific code",
        "engine/runtime/behaviours/climb.py",
        "            any_code = any_code or run.nodes[id]",
        "            return run.nodes[id]",
    ),
    (
        "an event sub-process catches what it threw",
        "engine/runtime/behaviours/climb.py",
        'own = below.id if below.kind == "eventSubProcess" else None',
        "own = None",
    ),
    (
        "an interrupting event sub-process leaves the others armed",
        "engine/runtime/waits.py",
        'disarm(run, scope, lambda row: run.nodes[row[1]].kind == "boundaryEvent")',
        "pass",
    ),
    (
        "a non-interrupting boundary event interrupts",
        "engine/runtime/behaviours/fire.py",
        "        if node.interrupting:\n            interrupt(",
        "        if True:\n            interrupt(",
    ),
    (
        "truth decides, not true",
        "engine/runtime/contract.py",
        "    if isinstance(found, bool):\n        return found",
        "    if isinstance(found, bool) or found is None:\n        return bool(found)",
    ),
    (
        "a failed step keeps its effects",
        "engine/runtime/run.py",
        "        del self.effects[mark:]\n",
        "",
    ),
    (
        "variables always go to the process",
        "engine/runtime/run.py",
        "while at.up and not (at.vars is not None and name in at.vars):",
        "while at.up:",
    ),
    (
        "missed timer firings all happen",
        "engine/runtime/behaviours/fire.py",
        "missed = timer.again(row, run.now, run.definition.zone)",
        "missed = timer.again(row, row[2], run.definition.zone)",
    ),
    (
        "the budget never ends a loop",
        "engine/runtime/run.py",
        "if state.rounds >= ROUNDS:",
        "if state.rounds >= 10 * ROUNDS:",
    ),
)
