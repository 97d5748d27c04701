"""A decision table as its author wrote it: what the analysis looks at; evaluation runs the compiled one."""

from dataclasses import dataclass

from bpmn.feel import Language
from bpmn.feel.types import Type


@dataclass(frozen=True, slots=True)
class Column:
    """An input: its heading, expression and type, and the texts of the values allowed (empty for all)."""

    label: str
    text: str
    type: Type | None
    allowed: str


@dataclass(frozen=True, slots=True)
class Row:
    """A rule: `number` from 1, the texts of its cells and outputs."""

    id: str
    number: int
    line: int
    cells: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A table. `name` of its decision; `order`: the texts of the allowed values of its outputs, by priority;
    `default`: whether it has a value for when no rule matches; `names` and `language`: how its cells are read;
    `made`: names that other parts of the model give, which may never have certain values together."""

    id: str
    name: str
    path: str
    line: int
    policy: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    order: tuple[str, ...]
    default: bool
    language: Language
    names: frozenset[str]
    made: frozenset[str]
