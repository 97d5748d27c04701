"""Effects of the runtime → changes of the tables. Work that was opened and closed in one step leaves no row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engine.domain import effects as fx
from engine.domain.codec import to_text
from engine.domain.ids import new_id
from engine.domain.work import Changes, Instance, NewIncident, NewJob, NewWait

EVENT_ATTEMPTS = 20  # inner jobs fail only when a database or a worker dies; they must outlive that


@dataclass(slots=True)
class Outcome:
    """How the case stands after the step."""

    status: str = "active"
    end_node: str | None = None
    result: str | None = None


class Gatherer:
    """Collects the effects of one step of one case."""

    def __init__(self, instance: Instance, now: int, changes: Changes) -> None:
        self.instance = instance
        self.now = now
        self.changes = changes
        self.outcome = Outcome(instance.status)

    def gather(self, effects: list[fx.Effect]) -> Outcome:
        """Take all of them, in order."""
        for effect in effects:
            HANDLERS[type(effect)](self, effect)
        return self.outcome

    def event(self, instance: UUID, token: int, node: str, type_: str, payload: dict[str, object]) -> None:
        """Tell another case something, as a job in this commit, so that no transaction locks two cases."""
        text = to_text(payload)
        self.changes.jobs.append(
            NewJob(new_id(), instance, token, node, "event", type_, self.now, EVENT_ATTEMPTS, text)
        )

    def open_task(self, effect: fx.OpenTask) -> None:
        """Work for a person."""
        self.changes.opened.append((new_id(), effect))

    def open_job(self, effect: fx.OpenJob) -> None:
        """Work for a connector; its inputs are fixed now, so that every attempt sends the same."""
        payload = to_text({"variables": effect.variables, "headers": effect.headers})
        attempts = max(1, effect.retries)
        self.changes.jobs.append(
            NewJob(
                new_id(),
                self.instance.id,
                effect.token,
                effect.node,
                "service",
                effect.type,
                self.now,
                attempts,
                payload,
            )
        )

    def open_wait(self, effect: fx.OpenWait) -> None:
        """A timer is a job; a message or signal is a row that a sender finds."""
        if effect.kind == "timer":
            due = effect.due_at if effect.due_at is not None else self.now
            self.changes.jobs.append(
                NewJob(
                    new_id(), self.instance.id, effect.token, effect.node, "timer", "timer", due, EVENT_ATTEMPTS, "{}"
                )
            )
        elif effect.kind in ("message", "signal"):
            self.changes.waits.append(NewWait(effect.token, effect.node, effect.kind, effect.name, effect.key))

    def close_wait(self, effect: fx.CloseWait) -> None:
        """No longer awaited."""
        changes = self.changes
        if effect.kind == "timer":
            kept = [j for j in changes.jobs if (j.kind, j.token, j.node) != ("timer", effect.token, effect.node)]
            opened_now = len(kept) < len(changes.jobs)
            changes.jobs = kept
        else:
            gone = (effect.token, effect.node, effect.kind, effect.name)
            left = [w for w in changes.waits if (w.token, w.node, w.kind, w.name) != gone]
            opened_now = len(left) < len(changes.waits)
            changes.waits = left
        if not opened_now:
            changes.unwaited.add((effect.token, effect.node, effect.kind, effect.name))

    def close(self, effect: fx.Close) -> None:
        """The token is gone, and with it all that was asked for it, also in this same step."""
        changes, token = self.changes, effect.token
        changes.opened = [(id_, task) for id_, task in changes.opened if task.token != token]
        changes.jobs = [j for j in changes.jobs if j.token != token or j.kind not in ("service", "timer")]
        changes.waits = [w for w in changes.waits if w.token != token]
        changes.incidents = [i for i in changes.incidents if i.token != token]
        changes.closed.add(token)
        if effect.was == "call":
            self.event(self.instance.id, token, effect.node, "end-called", {})

    def call(self, effect: fx.Call) -> None:
        """Start the called process as a case of its own."""
        payload: dict[str, object] = {"process": effect.process, "variables": effect.variables}
        self.event(self.instance.id, effect.token, effect.node, "call", payload)

    def throw_message(self, effect: fx.ThrowMessage) -> None:
        """For whoever waits for it."""
        payload: dict[str, object] = {"name": effect.name, "key": effect.key, "variables": effect.variables}
        self.event(self.instance.id, effect.token, effect.node, "message", payload)

    def throw_signal(self, effect: fx.ThrowSignal) -> None:
        """For every other case of the tenant."""
        payload: dict[str, object] = {"name": effect.name, "variables": effect.variables}
        self.event(self.instance.id, effect.token, effect.node, "signal", payload)

    def escape(self, effect: fx.Escape) -> None:
        """Nobody here catches it: the calling case may."""
        if self.instance.parent_id and self.instance.parent_token:
            payload: dict[str, object] = {"kind": effect.kind, "code": effect.code, "variables": effect.variables}
            self.event(self.instance.parent_id, self.instance.parent_token, "", "raise", payload)

    def open_incident(self, effect: fx.OpenIncident) -> None:
        """A person must look."""
        self.changes.incidents.append(NewIncident(effect.token, effect.node, effect.code, effect.message))

    def note(self, effect: fx.Note) -> None:
        """A line of history."""
        self.changes.notes.append((effect.kind, effect.node, effect.token, effect.data))

    def go_on(self, effect: fx.GoOn) -> None:
        """The rest of the work is a job, so that one long case does not hold a transaction."""
        job = NewJob(new_id(), self.instance.id, 0, "", "continue", "continue", self.now, EVENT_ATTEMPTS, "{}")
        self.changes.jobs.append(job)

    def completed(self, effect: fx.Completed) -> None:
        """The case has ended; a calling case hears of it."""
        self.outcome = Outcome("completed", effect.end, to_text(effect.variables))
        self.changes.notes.append(("completed", effect.end or "", 0, {}))
        if self.instance.parent_id and self.instance.parent_token:
            payload: dict[str, object] = {"variables": effect.variables}
            self.event(self.instance.parent_id, self.instance.parent_token, "", "called", payload)

    def cancelled(self, effect: fx.Cancelled) -> None:
        """The case was ended from outside."""
        self.outcome = Outcome("cancelled")
        self.changes.notes.append(("cancelled", "", 0, {}))


Handler = Callable[[Gatherer, Any], None]
HANDLERS: dict[type, Handler] = {
    fx.OpenTask: Gatherer.open_task,
    fx.OpenJob: Gatherer.open_job,
    fx.OpenWait: Gatherer.open_wait,
    fx.CloseWait: Gatherer.close_wait,
    fx.Close: Gatherer.close,
    fx.Call: Gatherer.call,
    fx.ThrowMessage: Gatherer.throw_message,
    fx.ThrowSignal: Gatherer.throw_signal,
    fx.Escape: Gatherer.escape,
    fx.OpenIncident: Gatherer.open_incident,
    fx.Note: Gatherer.note,
    fx.GoOn: Gatherer.go_on,
    fx.Completed: Gatherer.completed,
    fx.Cancelled: Gatherer.cancelled,
}
