"""Where a token can go: flows, boundary events and links as one graph, for the rules that follow ways."""

from collections.abc import Collection, Iterable, Mapping

from bpmn.model import Node, Process

Graph = Mapping[str, Collection[str]]


def inside(process: Process) -> Mapping[str, tuple[Node, ...]]:
    """The nodes directly inside each scope, in file order."""
    found: dict[str, list[Node]] = {}
    for node in process.nodes.values():
        found.setdefault(node.scope or "", []).append(node)
    return {scope: tuple(nodes) for scope, nodes in found.items()}


def links(process: Process) -> Mapping[tuple[str | None, str], str]:
    """Scope and name of a link → the event that catches it."""
    found: dict[tuple[str | None, str], str] = {}
    for node in process.nodes.values():
        trigger = node.trigger("link") if node.kind == "intermediateCatchEvent" else None
        if trigger is not None and trigger.name is not None:
            found[node.scope, trigger.name.text] = node.id
    return found


def ahead(process: Process) -> dict[str, list[str]]:
    """Node → where its token may go next: by its flows, its boundary events, the link it throws."""
    caught = links(process)
    found = {}
    for node in process.nodes.values():
        found[node.id] = [flow.target for flow in node.outgoing] + list(node.boundary)
        to = thrown(node, caught)
        if to is not None:
            found[node.id].append(to)
    return found


def thrown(node: Node, caught: Mapping[tuple[str | None, str], str]) -> str | None:
    """Where the link that `node` throws leads to, if it throws one and that exists. `caught`: what `links` gave."""
    trigger = node.trigger("link") if node.kind == "intermediateThrowEvent" else None
    return caught.get((node.scope, trigger.name.text)) if trigger is not None and trigger.name is not None else None


def turned(graph: Graph) -> dict[str, list[str]]:
    """The same graph with every way reversed."""
    found: dict[str, list[str]] = {id: [] for id in graph}
    for id, following in graph.items():
        for other in following:
            found.setdefault(other, []).append(id)
    return found


def walk(begin: Iterable[str], graph: Graph) -> set[str]:
    """Everything that can be reached from `begin`, with `begin` itself."""
    seen = set(begin)
    todo = list(seen)
    while todo:
        for id in graph.get(todo.pop(), ()):
            if id not in seen:
                seen.add(id)
                todo.append(id)
    return seen


def ranks(begin: Iterable[str], graph: Graph) -> dict[str, int]:
    """A number for every node that can be reached: smaller comes earlier, ways back aside (reverse postorder)."""
    seen: set[str] = set()
    finished: list[str] = []
    for first in begin:
        todo = [(first, iter(graph.get(first, ())))] if first not in seen else []
        seen.add(first)
        while todo:
            id, following = todo[-1]
            fresh = next((other for other in following if other not in seen), None)
            if fresh is None:
                finished.append(id)
                todo.pop()
            else:
                seen.add(fresh)
                todo.append((fresh, iter(graph.get(fresh, ()))))
    return {id: place for place, id in enumerate(reversed(finished))}
