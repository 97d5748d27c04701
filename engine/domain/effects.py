"""What the runtime wants done: the output of `runtime.advance`, stored by the host in the same transaction.

Structs of msgspec, not frozen dataclasses: a step makes about eight of them, and that was a fifth of its time."""

from collections.abc import Mapping

import msgspec

Values = Mapping[str, object]


class OpenTask(msgspec.Struct, frozen=True):
    """Work for a person. `groups` and `users` are candidates; without either, `role` (of the lane) says who may,
    through the tenant's role_group. `due_at`, `follow_up_at`: epoch milliseconds."""

    token: int
    node: str
    name: str
    assignee: str | None
    groups: tuple[str, ...]
    users: tuple[str, ...]
    due_at: int | None
    follow_up_at: int | None
    priority: int
    form: str | None
    role: str | None = None


class OpenJob(msgspec.Struct, frozen=True):
    """Work for a machine: a connector of `type` gets `variables` (its inputs) and `headers`."""

    token: int
    node: str
    type: str
    retries: int
    headers: Mapping[str, str]
    variables: Values


class OpenWait(msgspec.Struct, frozen=True):
    """A message, signal or timer is awaited. `key`: correlation key (None: only messages without a key);
    `due_at`: epoch milliseconds, for a timer."""

    token: int
    node: str
    kind: str
    name: str
    key: str | None
    due_at: int | None


class CloseWait(msgspec.Struct, frozen=True):
    """The wait of `token` at `node` (of `kind`, `name`) is over or re-armed; a fresh OpenWait follows when it stays."""

    token: int
    node: str
    kind: str
    name: str


class Close(msgspec.Struct, frozen=True):
    """`token` is gone: its task, job, waits, incident and called case are void. `was`: task job call wait …"""

    token: int
    node: str
    was: str


class Call(msgspec.Struct, frozen=True):
    """Start the called process as a case of its own, answered by events.Called or events.Raise."""

    token: int
    node: str
    process: str
    variables: Values


class ThrowMessage(msgspec.Struct, frozen=True):
    """A message for whoever waits for `name` (and `key`)."""

    token: int
    node: str
    name: str
    key: str | None
    variables: Values


class ThrowSignal(msgspec.Struct, frozen=True):
    """A signal for every other case of the tenant, and for signal start events."""

    token: int
    node: str
    name: str
    variables: Values


class Escape(msgspec.Struct, frozen=True):
    """An error or escalation (`kind`) that nobody in this case catches, for the calling case."""

    token: int
    node: str
    kind: str
    code: str
    variables: Values


class OpenIncident(msgspec.Struct, frozen=True):
    """The step of `token` cannot go on: model or data is wrong; retried by events.Retry."""

    token: int
    node: str
    code: str
    message: str


class Note(msgspec.Struct, frozen=True):
    """A line of history. `kind`: entered, left, cancelled, variables, decision (id, value, rules, inputs, notes),
    missed (timer firings that fell into a rest), warning; `data` is JSON-like."""

    token: int
    node: str
    kind: str
    data: Values


class GoOn(msgspec.Struct, frozen=True):
    """The step budget is used up: store, commit and call again with events.Continue."""


class Completed(msgspec.Struct, frozen=True):
    """The case has ended by itself; `end` is the end event that was reached last."""

    variables: Values
    end: str | None


class Cancelled(msgspec.Struct, frozen=True):
    """The case was ended from outside."""


Effect = (
    OpenTask
    | OpenJob
    | OpenWait
    | CloseWait
    | Close
    | Call
    | ThrowMessage
    | ThrowSignal
    | Escape
    | OpenIncident
    | Note
    | GoOn
    | Completed
    | Cancelled
)
