"""Questions about nodes: how high, how heavy, which names they read."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from bpmn.feel.syntax import Node


def children(node: Node) -> Iterator[Node]:
    """The nodes and tuples directly inside a node."""
    for part in node:
        if isinstance(part, tuple):
            yield part
        elif isinstance(part, list):
            for item in part:
                if isinstance(item, tuple):
                    yield item


def height(node: Node) -> int:
    """Levels of nesting, counted without recursion since the node may be too high for it."""
    top = 0
    todo = [(node, 1)]
    while todo:
        current, level = todo.pop()
        top = max(top, level)
        todo.extend((child, level + 1) for child in children(current))
    return top


def weight(node: Node) -> int:
    """Number of nodes."""
    count = 0
    todo = [node]
    while todo:
        current = todo.pop()
        count += 1
        todo.extend(children(current))
    return count


def mentions(node: Node, name: str) -> bool:
    """Whether a name is read anywhere inside."""
    todo = [node]
    while todo:
        current = todo.pop()
        if len(current) == 2 and current[0] == "name" and current[1] == name:
            return True
        todo.extend(children(current))
    return False


@dataclass(slots=True)
class Reading:
    """The free names of a node: `sure` are variables, `maybe` may also be members of a filtered item."""

    functions: Collection[str]
    sure: set[str] = field(default_factory=set)
    maybe: set[str] = field(default_factory=set)

    def visit(self, node: Node, bound: frozenset[str] = frozenset(), filtering: bool = False) -> None:
        """Collect the names read by a node in which `bound` names are local."""
        kind = node[0]
        if kind == "name":
            if node[1] not in bound:
                (self.maybe if filtering else self.sure).add(node[1])
        elif kind == "call":
            if node[1][0] != "name" or node[1][1] not in self.functions:
                self.visit(node[1], bound, filtering)
            for argument in node[2]:
                self.visit(argument, bound, filtering)
        elif kind == "context":
            for key, value in node[1]:
                self.visit(value, bound, filtering)
                bound |= {key}
        elif kind in ("for", "some", "every"):
            for name, source, end in node[1]:
                self.visit(source, bound, filtering)
                if end is not None:
                    self.visit(end, bound, filtering)
                bound |= {name, "partial"}
            self.visit(node[2], bound, filtering)
        elif kind == "filter":
            self.visit(node[1], bound, filtering)
            self.visit(node[2], bound | {"item"}, True)
        elif kind == "function":
            if node[2] is not None:
                self.visit(node[2], bound | {name for name, _ in node[1]}, filtering)
        elif kind != "lit":
            for child in children(node):
                self.visit(child, bound, filtering)
