"""Nodes to closures: the registry of rules, one per kind of node, and the compiler they share."""

from collections.abc import Callable, Mapping
from typing import Any

from bpmn.feel.nodes import weight
from bpmn.feel.scope import Closure
from bpmn.feel.syntax import Node
from bpmn.feel.types import Type
from bpmn.feel.values import Function

Rule = Callable[..., Closure]
RULES: dict[str, Rule] = {}


class Compiler:
    """What the rules need to know: the built-in functions, the model's types, and whether frames are nested.

    `nested` 0 means that the frame at hand is the outermost one, so that names need no search.
    """

    __slots__ = ("functions", "nested", "strict_keys", "types")

    def __init__(
        self, functions: Mapping[str, Function], types: Mapping[str, Type], nested: bool, strict_keys: bool
    ) -> None:
        self.functions = functions
        self.types = types
        self.nested = int(nested)
        self.strict_keys = strict_keys

    def build(self, node: Node) -> Closure:
        """The closure of a node."""
        return RULES[node[0]](self, *node[1:])

    def inner(self, node: Node) -> Closure:
        """The closure of a node that will run in a child frame."""
        self.nested += 1
        try:
            return self.build(node)
        finally:
            self.nested -= 1


def rule(kind: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function `(compiler, *parts of the node) -> Closure` for a kind of node."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        RULES[kind] = function
        return function

    return register


def round_cost(*bodies: Node) -> int:
    """What one round of a loop costs: a large body must not hide behind few rounds."""
    return 1 + sum(map(weight, bodies)) // 4
