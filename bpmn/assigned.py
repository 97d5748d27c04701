"""Which variables are certainly filled when a process ends, whichever way a case took through it."""

from collections.abc import Collection, Iterable, Mapping

from bpmn.checks import graph
from bpmn.forms import Form
from bpmn.model import SCOPES, Node, Process

Names = frozenset[str]


def at_ends(process: Process, forms: Mapping[str, Form], given: Collection[str]) -> dict[str, Names]:
    """Each element at which the process itself may end → the names that are filled there on every path.

    `given`: what is filled at the start. What a message or a connector brings is not counted, since nobody knows it
    beforehand; of an inclusive join only what all its ways fill."""
    writes = {node.id: _writes(node, forms) for node in process.nodes.values()}
    everything = frozenset(given).union(*writes.values())
    before = _before(process)
    inside = {id_: ends(process, id_) for id_, node in process.nodes.items() if node.kind in SCOPES}
    filled = dict.fromkeys(process.nodes, everything)
    changed = True
    while changed:
        changed = False
        for node in process.nodes.values():
            if node.id == process.id:
                continue
            found = _arriving(process, node, before, filled, frozenset(given)) | writes[node.id]
            if node.kind in SCOPES and not node.outputs:
                found |= _met(filled[id_] for id_ in inside[node.id])
            if found != filled[node.id]:
                filled[node.id], changed = found, True
    return {id_: filled[id_] for id_ in ends(process, process.id)}


def ends(process: Process, scope: str) -> list[str]:
    """The elements at which a scope may end, those of its event sub-processes among them."""
    found: list[str] = []
    caught = graph.links(process)
    for node in process.nodes.values():
        if node.scope != scope or node.id == process.id:
            continue
        if node.kind == "eventSubProcess":
            found += ends(process, node.id)
        elif not node.outgoing and not node.for_compensation and graph.thrown(node, caught) is None:
            found.append(node.id)
    return found


def _before(process: Process) -> dict[str, list[str]]:
    """Node → what a token comes from by a flow or a link."""
    found: dict[str, list[str]] = {id_: [] for id_ in process.nodes}
    caught = graph.links(process)
    for node in process.nodes.values():
        to = graph.thrown(node, caught)
        for target in (*(flow.target for flow in node.outgoing), *([to] if to else [])):
            found.setdefault(target, []).append(node.id)
    return found


def _arriving(
    process: Process, node: Node, before: Mapping[str, list[str]], filled: Mapping[str, Names], given: Names
) -> Names:
    if node.attached is not None:
        # What the activity itself fills is not there when it is interrupted.
        return _arriving(process, process.nodes[node.attached], before, filled, given)
    if before[node.id]:
        ways = [filled[id_] for id_ in before[node.id]]
        return frozenset().union(*ways) if node.kind == "parallelGateway" else _met(ways)
    around = process.nodes.get(node.scope or process.id)
    if around is None or around.id == process.id:
        return given
    return _arriving(process, around, before, filled, given)


def _met(ways: Iterable[Names]) -> Names:
    found = list(ways)
    return frozenset.intersection(*found) if found else frozenset()


def _writes(node: Node, forms: Mapping[str, Form]) -> Names:
    """What the node certainly fills around it; a repeated one may be done no time at all."""
    if node.loop is not None:
        return frozenset({node.loop.output} if node.loop.output else ())
    if node.outputs:
        return frozenset(one.target.split(".", 1)[0] for one in node.outputs)
    form = forms.get(node.work.form or "")
    own = form.writes() if form is not None and node.kind == "userTask" else frozenset()
    return own | ({node.work.result} if node.work.result else frozenset())
