"""What a conformance case needs from an engine; every host that is tested implements it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from engine.domain import events
from engine.runtime.state import Token
from engine.runtime.waits import WAITING

Values = Mapping[str, object]


@dataclass(frozen=True)
class OpenTask:
    """An open user task: `id` for `complete`, `key` the id of its element, `instance` of its case."""

    id: str
    name: str
    key: str
    instance: str


def triggered(tokens: Iterable[Token], activity: str | None, variables: Values) -> events.Event | None:
    """What lets an activity that waits go on, whichever it is when None. Not for conditions, which are looked
    at whenever a variable changes."""
    for token in tokens:
        if token.flag == "receive" and activity in (None, token.node):
            return events.Complete(token.id, dict(variables))
        places = [row[1] for row in token.waits or () if row[0] in WAITING - {"conditional"}]
        if activity in places or (activity is None and token.flag == "wait" and places):
            return events.Fire(token.id, activity or places[0], variables=dict(variables))
    return None


def conditional(tokens: Iterable[Token], activity: str | None) -> bool:
    """Whether a condition is waited for there."""
    rows = [row for token in tokens for row in token.waits or ()]
    return any(row[0] == "conditional" and activity in (None, row[1]) for row in rows)


class Host(Protocol):
    """Operations of conformance cases. After each, everything that can move by itself has moved."""

    def deploy(self, path: str, source: bytes) -> None:
        """Take in a BPMN file."""

    def deployed(self) -> None:
        """All files of the case are there: from now on events may start cases."""

    def start(self, process: str, variables: Values) -> str:
        """Start a case by hand; gives its id."""

    def start_message(self, name: str, variables: Values, key: str | None) -> str:
        """Start a case by a message start event."""

    def message(self, name: str, variables: Values, key: str | None) -> None:
        """To whoever waits for it, oldest first, else to a start event; an AssertionError when nobody waits."""

    def signal(self, name: str, variables: Values) -> None:
        """To all that wait, and to start events."""

    def trigger(self, activity: str | None, variables: Values) -> None:
        """Let an activity that waits go on."""

    def activate(self, instance: str, activity: str) -> None:
        """Pick an activity of an ad-hoc sub-process."""

    def query_tasks(self, instance: str | None) -> list[OpenTask]:
        """Open tasks, oldest first."""

    def complete(self, task: str, variables: Values) -> None:
        """Complete a task."""

    def set_time(self, offset_ms: int) -> None:
        """Move the clock to so long after its start; nothing fires yet."""

    def run_jobs(self) -> None:
        """Fire every timer that is due."""

    def fire_timer(self) -> None:
        """Fire the next timer, moving the clock when it must."""

    def set_var(self, instance: str, name: str, value: object) -> None:
        """Correct a variable of a case."""

    def delete(self, instance: str) -> None:
        """End a case from outside."""

    def ended(self, instance: str) -> bool:
        """Whether the case is over."""

    def instances(self) -> int:
        """How many cases run."""

    def variable(self, name: str, instance: str | None) -> object:
        """The value of a variable, wherever it stands in the case (or any case); None when absent."""
