"""The typed process model: what every reader makes and everything else reads. Frozen; knows no XML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

EMPTY: Mapping[str, str] = MappingProxyType({})

SCOPES = frozenset({"process", "subProcess", "transaction", "adHocSubProcess", "eventSubProcess"})
TASKS = frozenset(
    {
        "task",
        "manualTask",
        "userTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "scriptTask",
        "businessRuleTask",
    }
)
ACTIVITIES = TASKS | SCOPES | {"callActivity"}
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"})


@dataclass(frozen=True, slots=True)
class Expression:
    """A text in the model: FEEL source when `feel` (without the leading `=`), else a literal."""

    text: str
    feel: bool
    line: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow; `condition` None means unconditional; `declared`: its `plus1` elements (a step point)."""

    id: str
    source: str
    target: str
    name: str | None = None
    condition: Expression | None = None
    declared: tuple["Declared", ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Trigger:
    """One event definition. `kind`: message signal timer error escalation conditional compensation cancel
    terminate link. `name`: message or signal name, error or escalation code, link name; None catches any.
    `timer`: date, duration or cycle. `value`: timer text, condition or correlation key. `waits`: whether a throwing
    compensation event goes on only when all is compensated. `whole_process`, `whole_repetition`: what terminate ends
    beyond its own scope. `own_case`: a signal that no other case hears."""

    kind: str
    name: Expression | None = None
    timer: str = ""
    value: Expression | None = None
    ref: str | None = None
    code_variable: str | None = None
    message_variable: str | None = None
    whole_process: bool = False
    whole_repetition: bool = False
    own_case: bool = False
    waits: bool = True
    line: int = 0


@dataclass(frozen=True, slots=True)
class Loop:
    """Multi-instance (`standard` False) or a standard loop. `condition`: completion condition of a
    multi-instance, continuation condition of a standard loop. `first`: the number of the first instance
    in `loopCounter` (1 in Camunda 8, 0 in Camunda 7)."""

    standard: bool = False
    sequential: bool = False
    cardinality: Expression | None = None
    collection: Expression | None = None
    element: str | None = None
    condition: Expression | None = None
    output: str | None = None
    output_element: Expression | None = None
    test_before: bool = False
    maximum: Expression | None = None
    first: int = 1


@dataclass(frozen=True, slots=True)
class IoMapping:
    """One line of an input or output mapping: `target` (a path such as `a.b` in the dialect) gets `source`."""

    target: str
    source: Expression


@dataclass(frozen=True, slots=True)
class Declared:
    """An element of the `plus1` vocabulary as it stands in the file; `tenants.variation` gives it meaning."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    text: str = ""
    children: tuple["Declared", ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """What a task or call activity asks for; each None when the kind has no such thing.

    `type` and `retries`: job type and attempts of a service, send or script-as-job task. `headers`: fixed
    texts for the connector. `assignee`, `groups`, `users`: assignment (an expression giving a text, or a
    list of texts). `form`: id of a form of the package. `decision` and `script`: FEEL work done inside the
    step, its value put under `result`. `called`: process id of a call activity. `active`: ids that an ad-hoc
    sub-process begins with. `title`: the task's name where the model computes it."""

    type: Expression | None = None
    retries: Expression | None = None
    headers: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    assignee: Expression | None = None
    groups: Expression | None = None
    users: Expression | None = None
    due: Expression | None = None
    follow_up: Expression | None = None
    priority: Expression | None = None
    form: str | None = None
    decision: Expression | None = None
    script: Expression | None = None
    result: str | None = None
    called: Expression | None = None
    all_in: bool = False
    all_out: bool = False
    active: Expression | None = None
    title: Expression | None = None


NO_WORK = Work()


@dataclass(frozen=True, slots=True)
class Node:
    """A flow node or scope. `scope`: id of the container, None for the process itself; `starts`: where plain
    tokens begin in a scope; `events`: start events of its event sub-processes; `boundary`: ids of the boundary
    events of an activity; `handler`: its compensation handler; `parallel_multiple`: an event that needs all that it
    catches, or an event-based gateway of type Parallel; `declared`: its `plus1` elements."""

    id: str
    kind: str
    name: str | None = None
    scope: str | None = None
    outgoing: tuple[Flow, ...] = ()
    incoming: tuple[str, ...] = ()
    default: str | None = None
    triggers: tuple[Trigger, ...] = ()
    parallel_multiple: bool = False
    interrupting: bool = True
    instantiate: bool = False
    attached: str | None = None
    boundary: tuple[str, ...] = ()
    handler: str | None = None
    for_compensation: bool = False
    compensable: bool = False
    starts: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    loop: Loop | None = None
    inputs: tuple[IoMapping, ...] = ()
    outputs: tuple[IoMapping, ...] = ()
    condition: Expression | None = None
    cancel_rest: bool = True
    sequential: bool = False
    work: Work = NO_WORK
    lane: str | None = None
    documentation: str = ""
    declared: tuple[Declared, ...] = ()
    line: int = 0

    def trigger(self, kind: str) -> Trigger | None:
        """The first event definition of that kind."""
        return next((t for t in self.triggers if t.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane; `role` is its `plus1:role`, whose groups may do its user tasks."""

    id: str
    name: str | None
    role: str | None
    nodes: tuple[str, ...]
    line: int = 0
    declared: tuple[Declared, ...] = ()


@dataclass(frozen=True, slots=True)
class Process:
    """One process of a file: `nodes` by id, the process itself included under its own id; `lenient`: the file is of
    another engine, or of none, whose gaps are filled in; `path`: its file in the package; `drawn`: the ids that have a
    shape or a line in its file's diagrams, None when that is not known."""

    id: str
    name: str | None
    executable: bool
    nodes: Mapping[str, Node]
    lanes: tuple[Lane, ...] = ()
    declared: tuple[Declared, ...] = ()
    variables: Mapping[str, object] = field(default_factory=dict)
    line: int = 0
    lenient: bool = False
    path: str = ""
    drawn: frozenset[str] | None = None

    @property
    def root(self) -> Node:
        """The node that stands for the process itself."""
        return self.nodes[self.id]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a reader or check found, for a person: `nl` and `en` say what and what to do.

    `severity`: error (refused at publishing), warning or info. `element` is an id in the file, `line` its line
    (0 when unknown), `path` the file in its package."""

    code: str
    severity: str
    nl: str
    en: str
    element: str = ""
    line: int = 0
    path: str = ""
