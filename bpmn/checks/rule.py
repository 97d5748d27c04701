"""What every rule is given and gives: the names known in the package, and findings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bpmn.model import Declared, Expression, Finding, Node, Process


@dataclass(frozen=True, slots=True)
class Known:
    """Ids that exist in the package; None when the caller cannot know, and then the rule says nothing. `fields`: the
    variables that its forms write; `types`: the type of those whose kind is the same wherever it is asked."""

    decisions: frozenset[str] | None = None
    forms: frozenset[str] | None = None
    fields: frozenset[str] | None = None
    types: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding, for the page of checks. `severity` is the worst it can be; `nl` and `en`: what is wrong, why
    it matters, what to do."""

    id: str
    severity: str
    nl: tuple[str, str, str]
    en: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """An expression in a process: the id of its element, what it is, whether it must give true or false."""

    element: str
    what: str
    expression: Expression
    condition: bool = False


def finding(code: str, severity: str, element: str, line: int, nl: str, en: str) -> Finding:
    """A finding about one element."""
    return Finding(code, severity, nl, en, element, line)


def expressions(process: Process) -> Iterator[Place]:
    """Every expression of a process."""
    for node in process.nodes.values():
        yield from _of_node(node)


def _of_node(node: Node) -> Iterator[Place]:
    for flow in node.outgoing:
        if flow.condition:
            yield Place(flow.id, "condition", flow.condition, True)
    for trigger in node.triggers:
        if trigger.name:
            yield Place(node.id, f"{trigger.kind} name", trigger.name)
        if trigger.value:
            yield Place(node.id, trigger.kind, trigger.value, trigger.kind == "conditional")
    for mapping in (*node.inputs, *node.outputs):
        yield Place(node.id, f"mapping of {mapping.target}", mapping.source)
    if node.condition:
        yield Place(node.id, "condition", node.condition, True)
    if node.loop:
        loop = node.loop
        yield from _given(node, ("number of instances", loop.cardinality), ("collection", loop.collection))
        yield from _given(node, ("output element", loop.output_element), ("maximum", loop.maximum))
        if loop.condition:
            yield Place(node.id, "loop condition", loop.condition, True)
    work = node.work
    yield from _given(node, ("job type", work.type), ("retries", work.retries), ("assignee", work.assignee))
    yield from _given(node, ("candidate groups", work.groups), ("candidate users", work.users), ("due date", work.due))
    yield from _given(node, ("follow-up date", work.follow_up), ("priority", work.priority), ("script", work.script))
    yield from _given(node, ("called decision", work.decision), ("called process", work.called))
    yield from _given(node, ("active elements", work.active), ("name", work.title))


def _given(node: Node, *pairs: tuple[str, Expression | None]) -> Iterator[Place]:
    return (Place(node.id, what, expression) for what, expression in pairs if expression is not None)


def declared(process: Process, tag: str) -> Iterator[tuple[str, Declared]]:
    """Elements of our own vocabulary with that tag, with the id of what they stand in."""
    where: list[tuple[str, Iterable[Declared]]] = [(process.id, process.declared)]
    for node in process.nodes.values():
        where.append((node.id, node.declared))
        where.extend((flow.id, flow.declared) for flow in node.outgoing)
    return ((id, each) for id, all_ in where for each in all_ if each.tag == tag)
