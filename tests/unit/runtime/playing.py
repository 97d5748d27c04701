"""Plays one drawn process on the host in memory: every step through the codec, invariants checked."""

from collections.abc import Mapping
from typing import Any

from bpmn import readers
from engine.domain import effects, events
from engine.runtime.state import Token
from tests.conformance.memory_host import EPOCH, MemoryHost
from tests.unit.runtime.drawing import process

OPEN = ("task", "job", "receive", "call", "wait")


class Play:
    """`open` lists the nodes where something is waited for, sorted."""

    def __init__(
        self,
        *content: str,
        node: str | None = None,
        also: str = "",
        decisions: Mapping[str, Any] | None = None,
        **variables: Any,
    ) -> None:
        self.host = MemoryHost(strict=False)
        for text in (process(*content), also):
            processes = readers.read(text.encode())[0] if text else ()
            for each in processes:
                self.host.know(each, decisions)
        self.case = self.host._create(self.host.definitions["p"], variables, None, node)
        self.host.pump()

    def do(self, event: events.Event) -> "Play":
        """One event for the case, and what follows between cases."""
        self.host.step(self.case, event)
        self.host.pump()
        return self

    @property
    def tokens(self) -> list[Token]:
        """All tokens, in order."""
        return list(self.case.state().tokens.values())

    @property
    def open(self) -> str:
        """Nodes that wait for the outside."""
        return " ".join(sorted(token.node for token in self.tokens if token.flag in OPEN))

    @property
    def working(self) -> list[str]:
        """The same of tasks, jobs and calls, not of events."""
        return sorted(token.node for token in self.tokens if token.flag in OPEN and token.flag != "wait")

    @property
    def done(self) -> bool:
        """Whether the case has completed."""
        return self.case.state().status == "completed"

    @property
    def variables(self) -> dict[str, Any]:
        """The variables of the case, at the end those that it ended with."""
        if self.done:
            return dict(next(e.variables for e in reversed(self.host.log) if isinstance(e, effects.Completed)))
        return self.case.state().root.vars or {}

    @property
    def incidents(self) -> dict[str, str]:
        """Node → code of the open incidents."""
        return {incident.node: incident.code for incident in self.case.incidents.values()}

    def token(self, node: str, number: int = 0) -> int:
        """The id of an open token at a node."""
        return [t.id for t in self.tokens if t.node == node and t.flag and t.flag != "body"][number]

    def complete(self, node: str, number: int = 0, /, **variables: Any) -> "Play":
        """Complete what is open at a node."""
        return self.do(events.Complete(self.token(node, number), variables))

    def fire(self, node: str, kind: str | None = None, name: str | None = None, /, **variables: Any) -> "Play":
        """What is waited for at a node has happened."""
        token = next(t.id for t in self.tokens for row in t.waits or () if row[1] == node)
        return self.do(events.Fire(token, node, kind, name, variables))

    def set(self, **variables: Any) -> "Play":
        """Correct variables."""
        return self.do(events.SetVariables(variables))

    def raise_(self, node: str, code: str = "E", kind: str = "error", **variables: Any) -> "Play":
        """A job or task raises an error or escalation."""
        return self.do(events.Raise(self.token(node), kind, code, variables))

    def retry(self) -> "Play":
        """Retry the first incident."""
        return self.do(events.Retry(next(iter(self.case.incidents))))

    def wait_until(self, offset_ms: int) -> "Play":
        """Move the clock and fire what is due."""
        self.host.now = EPOCH + offset_ms
        self.host.run_jobs()
        return self

    def count(self, node: str) -> int:
        """How often a node was entered."""
        return sum(1 for e in self.host.log if isinstance(e, effects.Note) and e.kind == "entered" and e.node == node)
