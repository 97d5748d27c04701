"""The product's own host: cases on a real database, by the product's store, use cases and worker."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from sqlalchemy import text

from bpmn import package as packages
from engine import runtime
from engine.domain import events
from engine.domain.caller import system
from engine.domain.errors import StateConflict
from engine.domain.work import Changes
from engine.settings import Settings
from engine.store import cases, models, people
from engine.store.transaction import Transaction, Transactions
from engine.usecases.advance_case import begin, go_on
from engine.usecases.arrange_starts import arrange_starts
from engine.usecases.complete_task import CompleteTask, complete_task
from engine.usecases.effective_model import Running, choose, running_of
from engine.usecases.finish_job import start_by_signal
from engine.usecases.pick_step import PickStep, pick_step
from engine.usecases.publish_message import PublishMessage, publish_message, start_by_message
from engine.usecases.submitted import Submission
from engine.worker.run_one import run_all
from tests.conformance.host import OpenTask, Values, conditional, triggered

EPOCH = 1_790_000_000_000
INNER = text("select id from job where state = 'ready' and kind in ('event', 'continue') order by id limit 1")
TIMER = text(
    "select id, due_at from job where state = 'ready' and kind in ('timer', 'schedule') order by due_at, id limit 1"
)
TASKS = text(
    "select id, name, node, instance_id, revision from user_task where status = 'open' "
    "and (cast(:case as uuid) is null or instance_id = cast(:case as uuid)) order by created_at, id"
)
ACTIVE = text("select id from instance where status = 'active' order by id")
INCIDENTS = text("select node, message from incident where resolved_at is null")


@dataclass
class Clock:
    """Virtual time."""

    now: int = EPOCH

    def __call__(self) -> int:
        return self.now


class StoreHost:
    """See tests.conformance.host.Host. A tenant of its own, so that one database serves all cases."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self.transactions, self.clock, self.tenant = transactions, clock, uuid4()
        self.caller = system(self.tenant)
        self.files: dict[str, bytes] = {}
        self.processes: list[str] = []
        clock.now = EPOCH
        with transactions.of(self.tenant) as transaction:
            people.put_tenant(transaction, "municipality", str(self.tenant), "Test", None)

    # --- deploying: all models of a case are one package

    def deploy(self, path: str, source: bytes) -> None:
        name = f"processes/{len(self.files)}.bpmn" if self.files else "process.bpmn"
        self.files[name] = source

    def deployed(self) -> None:
        with self.transactions.of(self.tenant) as transaction:
            arrange_starts(transaction, self.running(transaction).package.key)

    def running(self, transaction: Transaction) -> Running:
        known = models.current_versions(transaction, transaction.at.date())
        return running_of(transaction, choose(transaction, known[0] if known else self.publish(transaction)).id)

    def publish(self, transaction: Transaction) -> models.Version:
        package, findings = packages.read(self.files)
        assert package is not None, findings
        version = models.Version(
            owner_id=self.tenant,
            id=uuid4(),
            key=package.key,
            name=package.key,
            semver="1.0.0",
            package_hash=package.hash,
            changelog="",
            published_by="test",
            published_at=transaction.at,
            effective_from=None,
            last_start=None,
            owner_name="",
            owner_kind="",
        )
        models.add_version(transaction, version, self.files)
        return version

    def pump(self) -> None:
        """Everything between cases; timers and connectors wait."""
        while True:
            with self.transactions.of(self.tenant) as transaction:
                job = transaction.run(INNER).scalar()
                stuck = transaction.run(INCIDENTS).all()
            assert not stuck, f"incidents: {stuck}"
            if job is None:
                return
            run_all(self.transactions, Settings(), [(self.tenant, job)])

    def step(self, case: UUID, event: events.Event) -> None:
        with self.transactions.of(self.tenant) as transaction:
            instance = cases.lock_instance(transaction, case)
            go_on(transaction, self.caller, instance, event, Changes())
        self.pump()

    def state(self, transaction: Transaction, case: UUID) -> runtime.State:
        return runtime.load(cases.read_instance(transaction, case).state.encode())

    # --- Host

    def start(self, process: str, variables: Values) -> str:
        with self.transactions.of(self.tenant) as transaction:
            running = self.running(transaction)
            event = events.Start(dict(variables))
            case = begin(transaction, self.caller, running, process, uuid4().hex, event)
        self.pump()
        return str(case.id)

    def start_message(self, name: str, variables: Values, key: str | None) -> str:
        with self.transactions.of(self.tenant) as transaction:
            self.running(transaction)
            case = start_by_message(transaction, self.caller, PublishMessage(name, key, dict(variables)))
        assert case is not None, f"no model starts with {name}"
        self.pump()
        return str(case.id)

    def message(self, name: str, variables: Values, key: str | None) -> None:
        try:
            with self.transactions.of(self.tenant) as transaction:
                publish_message(transaction, self.caller, PublishMessage(name, key, dict(variables)))
        except StateConflict as error:
            raise AssertionError(str(error)) from error
        self.pump()

    def signal(self, name: str, variables: Values) -> None:
        with self.transactions.of(self.tenant) as transaction:
            waiting = {found for found, _, _ in cases.waiting(transaction, "signal", name, None)}
            self.running(transaction)
            start_by_signal(transaction, self.caller, name, dict(variables))
        for case in sorted(waiting):
            with self.transactions.of(self.tenant) as transaction:
                instance = cases.lock_instance(transaction, case)
                go_on(transaction, self.caller, instance, events.Signal(name, dict(variables)), Changes())
        self.pump()

    def trigger(self, activity: str | None, variables: Values) -> None:
        with self.transactions.of(self.tenant) as transaction:
            active = transaction.run(ACTIVE).scalars().all()
            tokens = {case: list(self.state(transaction, case).tokens.values()) for case in active}
        for case, there in tokens.items():
            event = triggered(there, activity, variables)
            if event is not None:
                return self.step(case, event)
        assert any(conditional(there, activity) for there in tokens.values()), f"nothing to trigger at {activity}"
        return None

    def activate(self, instance: str, activity: str) -> None:
        with self.transactions.of(self.tenant) as transaction:
            pick_step(transaction, self.caller, PickStep(UUID(instance), activity))
        self.pump()

    def query_tasks(self, instance: str | None) -> list[OpenTask]:
        with self.transactions.of(self.tenant) as transaction:
            rows = transaction.run(TASKS, {"case": instance}).all()
        return [OpenTask(f"{row.id}/{row.revision}", row.name, row.node, str(row.instance_id)) for row in rows]

    def complete(self, task: str, variables: Values) -> None:
        id_, _, revision = task.partition("/")
        try:
            with self.transactions.of(self.tenant) as transaction:
                _, found = cases.read_task(transaction, UUID(id_))
                caller = replace(self.caller, id=found.assignee or self.caller.id)
                command = CompleteTask(UUID(id_), int(revision), Submission(variables=dict(variables)))
                complete_task(transaction, caller, command)
        except StateConflict as error:
            raise AssertionError(str(error)) from error
        self.pump()

    def set_time(self, offset_ms: int) -> None:
        self.clock.now = EPOCH + offset_ms

    def run_jobs(self) -> None:
        for _ in range(100):
            if not self._ring(self.clock.now):
                return

    def fire_timer(self) -> None:
        self._ring(None)

    def _ring(self, until: int | None) -> bool:
        """Fire the next timer, if it is due by then; None: move the clock to it."""
        with self.transactions.of(self.tenant) as transaction:
            job = transaction.run(TIMER).first()
        due = int(job.due_at.timestamp() * 1000) if job else 0
        if job is None or (until is not None and due > until):
            return False
        self.clock.now = max(self.clock.now, due)
        run_all(self.transactions, Settings(), [(self.tenant, job.id)])
        self.pump()
        return True

    def set_var(self, instance: str, name: str, value: object) -> None:
        self.step(UUID(instance), events.SetVariables({name: value}))

    def delete(self, instance: str) -> None:
        self.step(UUID(instance), events.Cancel())

    def ended(self, instance: str) -> bool:
        with self.transactions.of(self.tenant) as transaction:
            return cases.read_instance(transaction, UUID(instance)).status != "active"

    def instances(self) -> int:
        with self.transactions.of(self.tenant) as transaction:
            return len(transaction.run(ACTIVE).scalars().all())

    def variable(self, name: str, instance: str | None) -> object:
        with self.transactions.of(self.tenant) as transaction:
            ids = [UUID(instance)] if instance else list(transaction.run(ACTIVE).scalars())
            for case in ids:
                for token in list(self.state(transaction, case).tokens.values()):
                    found: Mapping[str, object] = token.vars or {}
                    if name in found:
                        return found[name]
        return None
