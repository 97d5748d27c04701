"""What happens to a case: the input of `runtime.advance`. Values are JSON-like."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Start:
    """Begin at the plain start events, or at `node`: a start event, a receive task or an event behind a gateway that
    instantiates. `kind` and `name`: the message, signal or timer that began the case, for an event that needs more."""

    variables: Values = field(default_factory=dict)
    node: str | None = None
    child: bool = False
    kind: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Complete:
    """A user task, job or receive task of `token` is done."""

    token: int
    variables: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fire:
    """What `token` waits for at `node` has happened; `kind` message, timer or signal."""

    token: int
    node: str
    kind: str | None = None
    name: str | None = None
    variables: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signal:
    """A broadcast signal reaches this case."""

    name: str
    variables: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Raise:
    """A job or a called case raised an error or escalation (`kind`) at `token`."""

    token: int
    kind: str
    code: str
    variables: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Called:
    """The called case of `token` has completed with these variables."""

    token: int
    variables: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetVariables:
    """An administrator corrects variables in the scope of `token` (1: the case)."""

    variables: Values
    token: int = 1


@dataclass(frozen=True, slots=True)
class Retry:
    """Repeat the step that ended in the incident of `token`."""

    token: int


@dataclass(frozen=True, slots=True)
class Activate:
    """A performer picks `node` inside the ad-hoc sub-process of `token`."""

    token: int
    node: str


@dataclass(frozen=True, slots=True)
class Continue:
    """Go on with a step that ran out of its budget."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """End the case now."""


Event = Start | Complete | Fire | Signal | Raise | Called | SetVariables | Retry | Activate | Continue | Cancel
