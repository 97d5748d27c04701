"""Case lists, and one case: where it is, what happened, what is known, what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from bpmn.model import Node
from engine import runtime
from engine.domain.caller import Caller
from engine.domain.codec import from_text
from engine.domain.errors import NotFound
from engine.domain.rights import allowed, require
from engine.domain.work import Instance
from engine.queries.visible import closed, told, visible
from engine.runtime.look import pickable, places, variables_at
from engine.store import cases, incidents, listing
from engine.store.transaction import Transaction
from engine.usecases.effective_model import running_of

MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A line of history with the node's name, for a sentence. `data`: JSON-like details; `repeated`: the node is a
    multi-instance or loop."""

    seq: int
    at: Any
    kind: str
    node: str
    node_name: str
    node_kind: str
    actor: str
    data: Mapping[str, Any]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case. `places`: node id → (tokens, what they wait for); `pickable`: (token, activity) that may be begun by
    choice; `variables`: what the caller may see; `documents`: none for who may not see every variable, since a letter
    may tell any of them."""

    case: Instance
    process_name: str
    end_name: str | None
    variables: Mapping[str, object]
    places: Mapping[str, tuple[int, str]]
    pickable: list[tuple[int, str]]
    nodes: Mapping[str, Node]
    tasks: list[dict[str, Any]]
    documents: list[listing.DocumentLine]
    decisions: list[listing.DecisionLine]
    incidents: list[incidents.Incident]
    called: list[tuple[Instance, bool]]


def list_cases(
    transaction: Transaction, caller: Caller, wanted: listing.CaseFilter
) -> tuple[list[listing.CaseLine], str | None]:
    """Cases of the tenant, newest first, and the cursor of the next page."""
    require(caller, "case.read")
    return listing.cases_page(transaction, wanted)


def read_case(transaction: Transaction, caller: Caller, id_: UUID) -> CaseView:
    """One case. Raises NotFound."""
    require(caller, "case.read")
    instance = cases.read_instance(transaction, id_)
    running = running_of(transaction, instance.effective_id)
    process = running.package.processes[instance.process]
    state = runtime.load(instance.state.encode())
    known = cast(dict[str, object], from_text(instance.result)) if instance.result else variables_at(state)
    end = process.nodes.get(instance.end_node or "")
    children = cases.active_children(transaction, id_, None)
    hidden = closed(running.package.process, caller)
    return CaseView(
        case=instance,
        process_name=process.name or process.id,
        end_name=(end.name or end.id) if end else None,
        variables=visible(running.package.process, caller, known),
        places=places(state),
        pickable=pickable(running.definitions[instance.process], state) if instance.status == "active" else [],
        nodes=process.nodes,
        tasks=listing.tasks_of(transaction, id_),
        documents=[] if hidden else listing.documents_of(transaction, id_),
        decisions=listing.decisions_of(transaction, id_),
        incidents=_incidents(transaction, caller, id_, hidden),
        called=[
            (cases.read_instance(transaction, child), bool(incidents.of_case(transaction, child))) for child in children
        ],
    )


def _incidents(transaction: Transaction, caller: Caller, id_: UUID, hidden: frozenset[str]) -> list[incidents.Incident]:
    """The open incidents; messages quote values, so they are for who sees everything, and for who must mend it."""
    found = incidents.of_case(transaction, id_)
    if hidden and not allowed(caller, "incident.read"):
        return [replace(incident, message="") for incident in found]
    return found


def where_now(transaction: Transaction, case: Instance) -> tuple[str | None, list[dict[str, Any]]]:
    """After a step: the name of the end state, if that was reached, and the open tasks, of which a case that has ended
    has none. One statement at most."""
    nodes = running_of(transaction, case.effective_id).package.processes[case.process].nodes
    end = nodes.get(case.end_node or "")
    tasks = listing.tasks_of(transaction, case.id) if case.status == "active" else []
    return (end.name or end.id) if end else None, tasks


def read_history(transaction: Transaction, caller: Caller, id_: UUID, after: int = 0) -> list[HistoryEntry]:
    """The history of a case, oldest first, MOST_LINES at most after line `after`. Raises NotFound."""
    require(caller, "case.read")
    instance = cases.read_instance(transaction, id_)
    package = running_of(transaction, instance.effective_id).package
    nodes, hidden = package.processes[instance.process].nodes, closed(package.process, caller)
    found = []
    for line in listing.history_of(transaction, id_, after, MOST_LINES):
        node = nodes.get(line.node)
        data = told(cast(dict[str, Any], from_text(line.data)), node, hidden)
        name, kind = (node.name or node.id, node.kind) if node else (line.node, "")
        again = node is not None and node.loop is not None
        found.append(HistoryEntry(line.seq, line.at, line.kind, line.node, name, kind, line.actor, data, again))
    return found


def read_newest_history(transaction: Transaction, caller: Caller, case: Instance) -> list[HistoryEntry]:
    """The newest lines, as many as `read_history` gives, oldest first."""
    return read_history(transaction, caller, case.id, max(0, case.notes - MOST_LINES))


def nodes_done(transaction: Transaction, caller: Caller, view: CaseView) -> set[str]:
    """The nodes where the case has been and is not now."""
    require(caller, "case.read")
    return listing.nodes_left(transaction, view.case.id) - set(view.places)


def read_diagram(transaction: Transaction, caller: Caller, id_: UUID) -> bytes:
    """The BPMN file that the case runs on. Raises NotFound."""
    require(caller, "case.read")
    instance = cases.read_instance(transaction, id_)
    package = running_of(transaction, instance.effective_id).package
    return package.files["process.bpmn"]


def read_document(transaction: Transaction, caller: Caller, case: UUID, id_: UUID) -> tuple[str, str, bytes]:
    """(title, media type, content) of a document of that case. Raises NotFound, also for who may not see all of it."""
    require(caller, "case.read")
    instance = cases.read_instance(transaction, case)
    package = running_of(transaction, instance.effective_id).package
    found = listing.document(transaction, case, id_)
    if found is None or closed(package.process, caller):
        raise NotFound
    return found
