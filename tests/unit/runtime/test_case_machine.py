"""A state machine over random drawings: whatever happens in whatever order, the invariants of the core hold.

The host in memory checks them after every step (tests.conformance.invariants) and always loads the state from bytes."""

from random import Random

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bpmn import readers
from engine.domain import events
from engine.runtime import compile_process, dump, load
from tests.conformance.memory_host import Case, MemoryHost
from tests.unit.runtime.drawing import element, end, flows, process, start, user
from tests.unit.runtime.wild_events import DOABLE, possible
from tests.unit.runtime.wild_models import JOB, Wild

CALLED = process(
    start("qs"), user("qu"), element("serviceTask", "qj", JOB), end("qe"), flows("qs>qu qu>qj qj>qe"), id="q"
)
VALUES = st.one_of(st.none(), st.integers(0, 50))
PICK = st.integers(0, 60)


class CaseMachine(RuleBasedStateMachine):
    """One case of a random process, and the cases that it calls."""

    host: MemoryHost
    case: Case

    @initialize(seed=st.integers(0, 5_000), k=VALUES)
    def begin(self, seed: int, k: int | None) -> None:
        self.host = MemoryHost(strict=False)
        for text in (process(Wild(seed).content), CALLED):
            for model in readers.read(text.encode())[0]:
                self.host.definitions[model.id] = compile_process(model, {})
        self.before = repr(self.host.definitions)
        self.case = self.host._create(self.host.definitions["p"], {"k": k})
        self.host.pump()

    def do(self, case: Case, event: events.Event) -> None:
        """One event, and what follows between cases."""
        self.host.step(case, event)
        self.host.pump()

    def running(self) -> bool:
        return any(not case.over for case in self.host.cases.values())

    def pick(self, number: int) -> Case:
        """One of the cases that run."""
        live = self.host._live()
        return live[number % len(live)]

    @precondition(running)
    @rule(which=PICK, number=PICK, k=VALUES)
    def what_fits(self, which: int, number: int, k: int | None) -> None:
        """A task is completed, a wait fires, an incident is retried, an ad-hoc activity is picked."""
        case = self.pick(which)
        can = list(possible(case.definition, case.state(), {"k": k}, calls=False))
        if can:
            self.do(case, can[number % len(can)])

    @precondition(running)
    @rule(which=PICK, k=VALUES)
    def signal(self, which: int, k: int | None) -> None:
        self.do(self.pick(which), events.Signal("s1", {"k": k}))

    @precondition(running)
    @rule(which=PICK, number=PICK, event=st.sampled_from([("error", "E"), ("error", "E2"), ("escalation", "X")]))
    def raises(self, which: int, number: int, event: tuple[str, str]) -> None:
        case = self.pick(which)
        # An error that leaves a called case comes from a job, which is over then; a task would stay with its person.
        can = DOABLE if case.parent is None else ("job",)
        open_ = [token.id for token in case.state().tokens.values() if token.flag in can]
        if open_:
            self.do(case, events.Raise(open_[number % len(open_)], *event, {"message": "?"}))

    @precondition(running)
    @rule(which=PICK, number=PICK, k=VALUES)
    def corrects(self, which: int, number: int, k: int | None) -> None:
        case = self.pick(which)
        tokens = list(case.state().tokens)
        self.do(case, events.SetVariables({"k": k}, tokens[number % len(tokens)]))

    @rule(hours=st.integers(0, 3))
    def time_passes(self, hours: int) -> None:
        self.host.now += hours * 3_600_000
        self.host.run_jobs()

    @precondition(running)
    @rule(which=PICK)
    def is_cancelled(self, which: int) -> None:
        """Seldom the case itself, or nothing would be left to look at."""
        if Random(which).random() < 0.2:
            self.do(self.pick(which), events.Cancel())

    @invariant()
    def the_codec_gives_back_what_it_was_given(self) -> None:
        for case in self.host.cases.values():
            assert dump(load(case.blob)) == case.blob

    @invariant()
    def nobody_waits_for_a_case_that_is_over(self) -> None:
        for case in self.host.cases.values():
            if case.over:
                assert not (case.tasks or case.waits or case.incidents)
                called = [child for child in self.host.cases.values() if child.parent and child.parent[0] == case.id]
                assert all(child.over for child in called)

    def teardown(self) -> None:
        assert repr(self.host.definitions) == self.before, "a definition was changed"


TestCases = CaseMachine.TestCase
TestCases.settings = settings(
    max_examples=120,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.generate],  # shrinking draws other models, and takes many minutes
)
