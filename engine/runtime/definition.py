"""The compiled process: a frozen node table with FEEL programs, shared by all cases of an effective model."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from bpmn import feel
from bpmn.dmn import DecisionModel

ZONE = "Europe/Amsterdam"


@dataclass(frozen=True, slots=True)
class Value:
    """An expression ready to run: a FEEL program, or a literal text."""

    text: str
    program: feel.Program | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """A sequence flow; `joins`: its target has several incoming flows, so the token must remember its way."""

    id: str
    target: str
    condition: Value | None
    joins: bool


@dataclass(frozen=True, slots=True)
class Catch:
    """An event definition."""

    kind: str
    name: Value | None
    timer: str
    value: Value | None
    ref: str | None
    code_variable: str | None
    message_variable: str | None
    whole_process: bool
    whole_repetition: bool
    own_case: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Repeat:
    """Multi-instance or standard loop; see bpmn.model.Loop."""

    standard: bool
    sequential: bool
    cardinality: Value | None
    collection: Value | None
    element: str | None
    condition: Value | None
    output: str | None
    output_element: Value | None
    test_before: bool
    maximum: Value | None
    first: int


@dataclass(frozen=True, slots=True)
class Mapped:
    """One line of a mapping: the path of the target, and what to put there."""

    path: tuple[str, ...]
    source: Value


@dataclass(frozen=True, slots=True)
class Task:
    """What a task or call activity asks for; see bpmn.model.Work. `role`: of the lane, when nothing is assigned."""

    type: Value | None
    retries: Value | None
    headers: Mapping[str, str]
    assignee: Value | None
    groups: Value | None
    users: Value | None
    due: Value | None
    follow_up: Value | None
    priority: Value | None
    form: str | None
    decision: Value | None
    script: Value | None
    result: str | None
    called: Value | None
    all_in: bool
    all_out: bool
    active: Value | None
    title: Value | None
    role: str | None


@dataclass(frozen=True, slots=True)
class Ready:
    """A node ready to run; see bpmn.model.Node. `plain`: one outgoing flow without condition, or none."""

    id: str
    kind: str
    name: str
    scope: str | None
    outgoing: tuple[Way, ...]
    incoming: tuple[str, ...]
    default: str | None
    plain: bool
    triggers: tuple[Catch, ...]
    parallel_multiple: bool
    interrupting: bool
    instantiate: bool
    boundary: tuple[str, ...]
    handler: str | None
    compensable: bool
    starts: tuple[str, ...]
    events: tuple[str, ...]
    loop: Repeat | None
    inputs: tuple[Mapped, ...]
    outputs: tuple[Mapped, ...]
    condition: Value | None
    cancel_rest: bool
    sequential: bool
    task: Task

    def trigger(self, kind: str) -> Catch | None:
        """The first event definition of that kind."""
        return next((t for t in self.triggers if t.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Definition:
    """A process ready to run. `reach`: gateway → node → the incoming flows of the gateway that a token there can
    still reach without passing it (BPMN 2.0.2, 13.4.3). `links`: (scope, name) → catching link event.
    `parameters` are read-only values behind the scopes, never stored in a state."""

    id: str
    nodes: Mapping[str, Ready]
    decisions: Mapping[str, DecisionModel]
    variables: Mapping[str, object]
    reach: Mapping[str, Mapping[str, frozenset[str]]]
    links: Mapping[tuple[str | None, str], str]
    conditional: bool
    parameters: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    zone: str = ZONE
    seed: str = ""

    @property
    def root(self) -> Ready:
        """The node of the process itself."""
        return self.nodes[self.id]

    def bind(self, parameters: Mapping[str, object], zone: str = ZONE, seed: str = "") -> "Definition":
        """The same definition with the parameters of one municipality and the seed of one case; cheap."""
        return replace(self, parameters=parameters, zone=zone, seed=seed)
