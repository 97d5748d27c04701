"""Connects the nodes of a process: flows, boundaries, compensation handlers, where tokens begin."""

from dataclasses import replace

from bpmn.model import SCOPES, Flow, Lane, Node
from bpmn.readers.draft import Draft, Drafts


def connect(drafts: Drafts, lanes: tuple[Lane, ...]) -> dict[str, Node]:
    """The finished nodes by id."""
    inside: dict[str | None, list[Draft]] = {}
    for draft in drafts.nodes.values():
        inside.setdefault(draft.node.scope, []).append(draft)
    for flow in drafts.flows:
        _flow(drafts, flow)
    for draft in drafts.nodes.values():
        _attach(drafts, draft)
        if draft.node.kind == "eventSubProcess" and draft.node.scope:
            begin = [d.node.id for d in inside.get(draft.node.id, []) if _is_start(d) and d.node.triggers]
            drafts.nodes[draft.node.scope].events.extend(begin)
    for draft in drafts.nodes.values():
        if draft.node.kind in SCOPES:
            draft.starts = _starts(drafts, draft, inside.get(draft.node.id, []))
    # Content stands after its container, so backwards is from the inside out.
    for draft in reversed(drafts.nodes.values()):
        draft.compensable = bool(draft.handler) or any(
            _leaves_record(c, inside) for c in inside.get(draft.node.id, []) if draft.node.kind in SCOPES
        )
    where = {n: lane.id for lane in lanes for n in lane.nodes}
    for draft in drafts.nodes.values():
        # What stands inside a sub-process is in the lane of that sub-process.
        if draft.node.id not in where and draft.node.scope in where:
            where[draft.node.id] = where[draft.node.scope]
    return {id: _freeze(drafts, draft, where) for id, draft in drafts.nodes.items()}


def _freeze(drafts: Drafts, draft: Draft, where: dict[str, str]) -> Node:
    named = draft.node.default
    default = next((f.id for f in draft.outgoing if named and named in (f.id, drafts.renamed.get(f.id))), named)
    return replace(
        draft.node,
        default=default,
        outgoing=tuple(draft.outgoing),
        incoming=tuple(draft.incoming),
        boundary=tuple(draft.boundary),
        events=tuple(draft.events),
        starts=draft.starts,
        handler=draft.handler,
        compensable=draft.compensable,
        lane=where.get(draft.node.id),
    )


def _flow(drafts: Drafts, flow: Flow) -> None:
    ends = (drafts.nodes.get(flow.source), drafts.nodes.get(flow.target))
    source, target = ends
    if source is None or target is None:
        missing = flow.source if source is None else flow.target
        drafts.reading.notes.error(
            "dangling-flow",
            None,
            f"De pijl op regel {flow.line} wijst naar '{missing}', dat hier niet bestaat. Teken de pijl opnieuw.",
            f"The flow at line {flow.line} refers to '{missing}', which does not exist here. Draw it again.",
            flow.id,
        )
        return
    if source.node.scope != target.node.scope:
        drafts.reading.notes.error(
            "flow-crosses-scope",
            None,
            f"De pijl op regel {flow.line} loopt een subproces in of uit. Laat hem binnen hetzelfde proces blijven.",
            f"The flow at line {flow.line} crosses the border of a sub-process. Keep it inside one.",
            flow.id,
        )
    source.outgoing.append(flow)
    target.incoming.append(flow.id)


def _attach(drafts: Drafts, draft: Draft) -> None:
    if draft.node.kind != "boundaryEvent":
        return
    host = drafts.nodes.get(draft.node.attached or "")
    if host is None:
        drafts.reading.notes.error(
            "dangling-boundary",
            draft.element,
            f"Deze randgebeurtenis hangt aan '{draft.node.attached}', dat niet bestaat. Hang haar aan een taak.",
            f"This boundary event is attached to '{draft.node.attached}', which does not exist. Attach it to a task.",
        )
        return
    host.boundary.append(draft.node.id)
    if draft.node.trigger("compensation"):
        host.handler = _handler(drafts, draft)


def _handler(drafts: Drafts, boundary: Draft) -> str | None:
    id = boundary.node.id
    linked = [t for s, t in drafts.associations if s == id] + [s for s, t in drafts.associations if t == id]
    linked += [f.target for f in boundary.outgoing]
    found = next((i for i in linked if i in drafts.nodes), None)
    if found is None:
        drafts.reading.notes.error(
            "no-compensation-handler",
            boundary.element,
            "Deze terugdraai-gebeurtenis heeft geen taak die het terugdraaien doet. Verbind er een.",
            "This compensation event has no activity that does the compensating. Connect one.",
        )
    return found


def _is_start(draft: Draft) -> bool:
    return draft.node.kind == "startEvent"


def _leaves_record(draft: Draft, inside: dict[str | None, list[Draft]]) -> bool:
    if draft.compensable:
        return True
    if draft.node.kind != "eventSubProcess":
        return False
    return any(d.node.trigger("compensation") for d in inside.get(draft.node.id, []) if _is_start(d))


def _starts(drafts: Drafts, scope: Draft, inside: list[Draft]) -> tuple[str, ...]:
    begin = [d for d in inside if _is_start(d)]
    if scope.node.kind == "eventSubProcess":
        return tuple(d.node.id for d in begin)
    plain = tuple(d.node.id for d in begin if not d.node.triggers)
    lenient = drafts.reading.dialect.lenient
    if begin:
        if plain or not lenient or len(begin) > 1:
            return plain
        drafts.reading.notes.info(
            "started-by-hand",
            begin[0].element,
            "Dit proces heeft alleen deze gebeurtenis als begin; het mag ook met de hand worden gestart.",
            "This event is the only start of the process; it may be started by hand as well.",
        )
        return (begin[0].node.id,)
    implicit = tuple(d.node.id for d in inside if _may_begin(d))
    if scope.node.kind != "adHocSubProcess" and implicit and lenient:
        drafts.reading.notes.info(
            "implicit-start",
            scope.element,
            f"Er is geen startgebeurtenis; er wordt begonnen bij {', '.join(implicit)}.",
            f"There is no start event; it begins at {', '.join(implicit)}.",
            scope.node.id,
        )
    return implicit if lenient or scope.node.kind == "adHocSubProcess" else ()


def _may_begin(draft: Draft) -> bool:
    node = draft.node
    if draft.incoming or node.attached or node.for_compensation or node.kind == "eventSubProcess":
        return False
    return not (node.kind == "intermediateCatchEvent" and node.trigger("link"))
