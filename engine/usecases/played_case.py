"""A case played in memory, on the runtime itself: forms are validated, jobs complete by themselves."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from bpmn import feel
from bpmn.starts import beginnings
from engine.connectors import decision, document
from engine.connectors.base import Assignment, Connector
from engine.domain import effects, events
from engine.domain.errors import Invalid
from engine.domain.outcome import Done, Hopeless
from engine.runtime import Definition, Rejected, State, advance, new_state
from engine.runtime.look import variables_at
from engine.runtime.second_opinion import Given, Record
from engine.settings import Settings
from engine.usecases.submitted import Submission, accepted
from tenants.apply import Effective

NUMBER = "Z-1"  # the business key of a played case
MOST_EVENTS = 1_000
INSIDE: Mapping[str, Connector] = {"document": document.write, "decision": decision.register}
Values = Mapping[str, object]


class Mismatch(Exception):
    """The scenario does not go as it is written; `nl` and `en` say why."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(en)
        self.nl, self.en = nl, en


@dataclass(slots=True, eq=False)
class Case:
    """A played case and what is open in it. `parent`: the case and token that called it."""

    definition: Definition
    parent: tuple["Case", int] | None = None
    state: State = field(default_factory=new_state)
    tasks: list[effects.OpenTask] = field(default_factory=list)
    waits: list[effects.OpenWait] = field(default_factory=list)
    ended: effects.Completed | None = None


class Play:
    """One played case of an effective model, with the cases that it calls.

    `jobs`: every job that was opened; `letters`: text name → letter."""

    def __init__(
        self,
        effective: Effective,
        definitions: Mapping[str, Definition],
        now: int,
        answers: Mapping[str, Values] | None = None,
    ) -> None:
        self.package, self.definitions, self.now = effective.package, definitions, now
        self.parameters = {name: bound.value for name, bound in effective.parameters.items()}
        self.answers = answers or {}
        self.jobs: list[effects.OpenJob] = []
        self.letters: dict[str, str] = {}
        self._started = Given("", {}, now)
        self._given: list[Given] = []
        self._left: list[str] = []
        self.cases: list[Case] = [self._case(self.package.process.id)]
        self._events: deque[tuple[Case, events.Event]] = deque()
        self._open: deque[tuple[Case, effects.OpenJob]] = deque()
        self._count = 0

    @property
    def ended(self) -> effects.Completed | None:
        """How the main case ended; None while it runs."""
        return self.cases[0].ended

    @property
    def tasks(self) -> list[effects.OpenTask]:
        """The open user tasks of all cases."""
        return [task for case in self.cases for task in case.tasks]

    @property
    def waits(self) -> list[effects.OpenWait]:
        """What all cases wait for."""
        return [wait for case in self.cases for wait in case.waits]

    def record(self) -> Record:
        """What a second opinion needs to know of the main case."""
        return Record(self._started, self._given, self._left, self.ended.variables if self.ended else {})

    def start(self, data: Values) -> None:
        """Begin at the plain start event, through its form, else at the first one with a trigger. Raises Mismatch."""
        process = self.package.process
        outer = [node for node in process.nodes.values() if node.kind == "startEvent" and node.scope == process.id]
        node = min(outer or beginnings(process), key=lambda found: bool(found.triggers), default=None)
        if node is None:
            raise Mismatch("Het proces heeft geen startgebeurtenis.", "The process has no start event.")
        values = self._through_form(node.work.form, data, {})
        self._started = Given(node.id, {**values, "zaaknummer": NUMBER}, self.now)
        self._send(self.cases[0], events.Start(self._started.values, node.id if node.triggers else None))

    def complete(self, node: str, data: Values, each: bool = False) -> None:
        """Complete the oldest open user task of a node (`each`: all that are open now) by its form. Raises Mismatch."""
        for _ in range(max(1, sum(task.node == node for task in self.tasks)) if each else 1):
            self._complete(node, data)

    def _complete(self, node: str, data: Values) -> None:
        for case in self.cases:
            task = next((task for task in case.tasks if task.node == node), None)
            if task is not None:
                values = self._through_form(task.form, data, variables_at(case.state, task.token))
                case.tasks.remove(task)
                self._note_given(case, node, values)
                return self._send(case, events.Complete(task.token, values))
        names = ", ".join(sorted({task.node for task in self.tasks})) or "-"
        raise Mismatch(f"Deze taak is niet open. Open: {names}.", f"This task is not open. Open: {names}.")

    def message(self, name: str, data: Values, key: str | None = None) -> None:
        """A message reaches the oldest wait; without `key` one of the case's own number or without a key."""
        keys = (key,) if key is not None else (NUMBER, None)
        for case in self.cases:
            for wait in case.waits:
                if (wait.kind, wait.name) == ("message", name) and wait.key in keys:
                    return self._fire(case, wait, data)
        raise Mismatch(
            f"Niemand wacht op het bericht '{name}' met deze sleutel.",
            f"Nobody waits for the message '{name}' with this key.",
        )

    def timer(self, node: str) -> None:
        """The time that a timer waits for has come; the clock of the play goes there."""
        for case in self.cases:
            for wait in case.waits:
                if (wait.kind, wait.node) == ("timer", node):
                    self.now = max(self.now, wait.due_at or 0)
                    return self._fire(case, wait, {})
        raise Mismatch(f"Geen timer loopt bij '{node}'.", f"No timer runs at '{node}'.")

    def _case(self, process: str, parent: tuple[Case, int] | None = None) -> Case:
        return Case(self.definitions[process].bind(self.parameters, seed=NUMBER), parent)

    def _through_form(self, form: str | None, data: Values, known: Values) -> Values:
        scope = {**self.parameters, **known}
        found = self.package.forms.get(form) if form else None
        try:
            return accepted(found, Submission(variables=data), lambda name: scope.get(name, feel.MISSING), self.now)
        except Invalid as error:
            nl = "; ".join(f"{problem.at}: {problem.nl}" for problem in error.problems)
            en = "; ".join(f"{problem.at}: {problem.en}" for problem in error.problems)
            raise Mismatch(f"Het formulier keurt dit af: {nl}", f"The form refuses this: {en}") from error

    def _note_given(self, case: Case, node: str, values: Values) -> None:
        """For a second opinion, which is asked of the main case; what is called comes back to it as something given."""
        if case is self.cases[0]:
            self._given.append(Given(node, values, self.now))

    def _fire(self, case: Case, wait: effects.OpenWait, data: Values) -> None:
        self._note_given(case, wait.node, data)
        self._send(case, events.Fire(wait.token, wait.node, wait.kind, wait.name, data))

    def _send(self, case: Case, event: events.Event) -> None:
        """One event, what follows between cases, and the jobs that it opens."""
        self._events.append((case, event))
        while self._events or self._open:
            if self._events:
                self._advance(*self._events.popleft())
            else:
                self._work(*self._open.popleft())

    def _advance(self, case: Case, event: events.Event) -> None:
        if case.state.over:
            return
        self._count += 1
        if self._count > MOST_EVENTS:
            nl, en = f"Meer dan {MOST_EVENTS} stappen: het model loopt rond.", f"More than {MOST_EVENTS} steps: a loop."
            raise Mismatch(nl, en)
        calling = case.state.tokens.get(event.token) if isinstance(event, events.Called) else None
        try:
            step = advance(case.definition, case.state, event, self.now)
        except Rejected:
            return  # what another case sent comes too late, as it may in real life
        except feel.FeelError as error:
            raise Mismatch(f"Een expressie wordt nooit klaar: {error}", f"An expression has no end: {error}") from error
        if calling is not None and isinstance(event, events.Called):
            self._note_given(case, calling.node, event.variables)
        case.state = step.state
        for effect in step.effects:
            self._take(case, effect)

    def _take(self, case: Case, effect: effects.Effect) -> None:
        if isinstance(effect, effects.OpenIncident):
            text = f"'{effect.node}': {effect.message} ({effect.code})"
            raise Mismatch(f"De zaak loopt vast bij {text}.", f"The case gets stuck at {text}.")
        if isinstance(effect, effects.OpenTask):
            case.tasks.append(effect)
        elif isinstance(effect, effects.OpenJob):
            self.jobs.append(effect)
            self._open.append((case, effect))
        elif isinstance(effect, effects.OpenWait):
            case.waits.append(effect)
        elif isinstance(effect, effects.CloseWait):
            gone = (effect.token, effect.node, effect.kind, effect.name)
            case.waits = [wait for wait in case.waits if (wait.token, wait.node, wait.kind, wait.name) != gone]
        elif isinstance(effect, effects.Close):
            self._close(case, effect.token)
        elif isinstance(effect, effects.Note):
            if effect.kind == "left" and case is self.cases[0]:
                self._left.append(effect.node)
        else:
            self._between(case, effect)

    def _close(self, case: Case, token: int) -> None:
        case.tasks = [task for task in case.tasks if task.token != token]
        case.waits = [wait for wait in case.waits if wait.token != token]
        self._open = deque((other, job) for other, job in self._open if other is not case or job.token != token)
        for child in self.cases:
            if child.parent == (case, token):
                self._events.append((child, events.Cancel()))

    def _between(self, case: Case, effect: effects.Effect) -> None:
        """What cases say to each other; a called process of another package is done at once."""
        if isinstance(effect, effects.GoOn):
            self._events.append((case, events.Continue()))
        elif isinstance(effect, effects.Call):
            if effect.process in self.definitions:
                child = self._case(effect.process, (case, effect.token))
                self.cases.append(child)
                self._events.append((child, events.Start(effect.variables, child=True)))
            else:
                self._events.append((case, events.Called(effect.token, self.answers.get(effect.node, {}))))
        elif isinstance(effect, effects.ThrowMessage):
            self._deliver(effect)
        elif isinstance(effect, effects.ThrowSignal):
            signal = events.Signal(effect.name, effect.variables)
            self._events.extend((other, signal) for other in self.cases if other is not case)
        elif isinstance(effect, effects.Completed):
            case.ended = effect
            self._tell_parent(case, lambda token: events.Called(token, effect.variables))
        elif isinstance(effect, effects.Escape):
            self._tell_parent(case, lambda token: events.Raise(token, effect.kind, effect.code, effect.variables))

    def _tell_parent(self, case: Case, event: Callable[[int], events.Event]) -> None:
        if case.parent is not None:
            parent, token = case.parent
            self._events.append((parent, event(token)))

    def _deliver(self, message: effects.ThrowMessage) -> None:
        wanted = ("message", message.name, message.key)
        for case in self.cases:
            for wait in case.waits:
                if (wait.kind, wait.name, wait.key) == wanted:
                    event = events.Fire(wait.token, wait.node, "message", message.name, message.variables)
                    self._events.append((case, event))
                    return

    def _work(self, case: Case, job: effects.OpenJob) -> None:
        """A connector that needs nothing from outside does its work; another one answers what the scenario says."""
        values = self.answers.get(job.node, {})
        connector = INSIDE.get(job.type)
        if connector is not None:
            outcome = connector(self._assignment(job), Settings())
            if isinstance(outcome, Hopeless):
                nl, en = f"'{job.node}' mislukt: {outcome.message}.", f"'{job.node}' fails: {outcome.message}."
                raise Mismatch(nl, en)
            if isinstance(outcome, Done):
                values = {**outcome.variables, **values}
                for letter in outcome.documents:
                    self.letters[job.headers["text"]] = letter.content.decode()
        self._note_given(case, job.node, values)
        self._events.append((case, events.Complete(job.token, values)))

    def _assignment(self, job: effects.OpenJob) -> Assignment:
        return Assignment(
            key=f"{NUMBER}:{job.token}",
            type=job.type,
            headers=job.headers,
            variables=job.variables,
            parameters=self.parameters,
            texts=self.package.texts,
            business_key=NUMBER,
            tenant=UUID(int=0),
            tenant_name="Voorbeeldgemeente",
            now=self.now,
            attempt=1,
        )
