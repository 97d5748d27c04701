"""The shared event permit, played on a real database by its own scenarios, for three municipalities that differ."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from bpmn.library import shelf
from bpmn.package import Package
from bpmn.package import read as read_package
from engine.domain.caller import Caller, system
from engine.domain.errors import Forbidden
from engine.domain.memory import LeastRecent
from engine.queries import cases as case_queries
from engine.queries import models as model_queries
from engine.settings import Settings
from engine.store import listing
from engine.store.database import sessions
from engine.store.transaction import Transactions
from engine.usecases.complete_task import CompleteTask, complete_task
from engine.usecases.publish_message import PublishMessage, publish_message
from engine.usecases.seed_demo import seed_demo
from engine.usecases.start_case import StartCase, start_case
from engine.usecases.submitted import Submission
from engine.worker.run_one import claim_due, run_all
from tenants.demo import load

KEY = "evenementenvergunning"


def shared_package() -> Package:
    package, findings = read_package(shelf.files(KEY))
    assert package is not None, findings
    return package


SCENARIOS = dict(shared_package().scenarios)
MUNICIPALITIES = {"utrecht": load.UTRECHT, "groningen": load.GRONINGEN, "emmen": load.EMMEN}


class Play:
    """One case, driven as a client would, with every job run in between."""

    def __init__(self, transactions: Transactions, clock: Any, tenant: UUID) -> None:
        self.transactions, self.clock, self.tenant = transactions, clock, tenant
        self.caller = Caller(tenant, "client", "test", "Test", frozenset({"client", "clerk", "owner"}))
        self.settings = Settings()

    def start(self, values: dict[str, object]) -> None:
        with self.transactions.of(self.tenant) as transaction:
            case = start_case(transaction, self.caller, StartCase(KEY, Submission(variables=values)))
        self.case, self.number = case.id, case.business_key
        self.work()

    def work(self) -> None:
        while due := claim_due(self.transactions):
            run_all(self.transactions, self.settings, due)

    def tasks(self) -> list[listing.TaskLine]:
        with self.transactions.of(self.tenant) as transaction:
            wanted = listing.TaskFilter(case=self.case, order="created")
            return listing.open_tasks(transaction, self.caller, wanted)[0]

    def complete(self, node: str, values: dict[str, object], caller: Caller | None = None) -> None:
        """As a caller of that step's own, unless one is given: nobody does two steps."""
        found = [task for task in self.tasks() if task.node == node]
        assert found, f"no open task {node}, but {[task.node for task in self.tasks()]}: {self.view().incidents}"
        with self.transactions.of(self.tenant) as transaction:
            command = CompleteTask(found[0].id, found[0].revision, Submission(variables=values))
            complete_task(transaction, caller or replace(self.caller, id=node), command)
        self.work()

    def message(self, name: str, values: dict[str, object]) -> None:
        assert [i.message for i in self.view().incidents] == []
        with self.transactions.of(self.tenant) as transaction:
            publish_message(transaction, self.caller, PublishMessage(name, self.number, values))
        self.work()

    def timer(self) -> None:
        assert [i.message for i in self.view().incidents] == []
        with self.transactions.of(self.tenant) as transaction:
            due = transaction.run(text("select min(due_at) from job where kind = 'timer' and state = 'ready'")).scalar()
        self.clock.now = int(due.timestamp() * 1000) + 1
        self.work()

    def play(self, scenario: dict[str, Any]) -> None:
        self.start(scenario["start"])
        self.go_on(scenario["steps"])

    def go_on(self, steps: list[dict[str, Any]]) -> None:
        for step in steps:
            if "complete" in step:
                times = sum(t.node == step["complete"] for t in self.tasks()) if step.get("each") else 1
                for _ in range(times):
                    self.complete(step["complete"], step.get("data", {}))
            elif "message" in step:
                self.message(step["message"], step.get("data", {}))
            else:
                self.timer()

    def letter(self) -> str:
        """The last one."""
        with self.transactions.of(self.tenant) as transaction:
            document = case_queries.read_case(transaction, self.caller, self.case).documents[-1]
            return case_queries.read_document(transaction, self.caller, self.case, document.id)[2].decode()

    def view(self) -> case_queries.CaseView:
        with self.transactions.of(self.tenant) as transaction:
            return case_queries.read_case(transaction, self.caller, self.case)


@pytest.fixture
def seeded(pool: Engine, clock: Any, woken: Any) -> Iterator[Transactions]:
    made = Transactions(sessions(pool), clock, LeastRecent(), woken)
    seed_demo(made, {})
    yield made


@pytest.mark.parametrize("scenario", sorted(SCENARIOS))
def test_every_scenario_of_the_base_in_utrecht(seeded: Transactions, clock: Any, scenario: str) -> None:
    play = Play(seeded, clock, load.UTRECHT)
    expected = SCENARIOS[scenario]
    play.play(dict(expected))
    view = play.view()
    assert view.incidents == []
    assert (view.case.status, view.case.end_node) == ("completed", expected["expect"]["end"])
    for name, value in expected["expect"].get("variables", {}).items():
        assert view.variables[name] == value, name
    assert view.documents


def test_seeding_twice_changes_nothing(seeded: Transactions) -> None:
    def count() -> list[int]:
        with seeded.of(load.UTRECHT) as transaction:
            asked = ("select count(*) from version", "select count(*) from override", "select count(*) from membership")
            return [transaction.run(text(one)).scalar_one() for one in asked]

    before = count()
    seed_demo(seeded, {})
    assert count() == before and before[0] == 1


def test_two_decisions_in_one_case(seeded: Transactions, clock: Any) -> None:
    play = Play(seeded, clock, load.UTRECHT)
    play.play(dict(SCENARIOS["verleend"]))
    found = [(decision.subject, decision.result) for decision in play.view().decisions]
    assert found == [("evenementenvergunning", "verleend"), ("wegafsluiting", "geweigerd")]


def test_groningen_has_another_fee_and_no_visit_of_the_fire_brigade(seeded: Transactions, clock: Any) -> None:
    scenario = dict(SCENARIOS["verleend-hoog-risico"])
    utrecht, groningen = Play(seeded, clock, load.UTRECHT), Play(seeded, clock, load.GRONINGEN)
    utrecht.play(scenario)
    groningen.play(scenario | {"steps": [s for s in scenario["steps"] if s.get("complete") != "Task_Schouw"]})
    assert groningen.view().case.end_node == utrecht.view().case.end_node == "End_Verleend"
    assert groningen.view().variables["schouw"] is None
    assert "125,50" in utrecht.letter()
    assert "95" in groningen.letter() and "125,50" not in groningen.letter()


def test_emmen_judges_the_risk_otherwise_and_asks_about_fireworks(seeded: Transactions, clock: Any) -> None:
    given = dict(SCENARIOS["verleend"]["start"]) | {"aantalBezoekers": 2600, "versterktGeluid": False}
    found = {}
    for name, tenant in MUNICIPALITIES.items():
        play = Play(seeded, clock, tenant)
        play.start(given | ({"vuurwerk": True} if name == "emmen" else {}))
        play.complete("Task_Volledigheid", {"volledig": "ja"})
        found[name] = play.view().variables["risicoklasse"]
    assert found["utrecht"] == found["groningen"] != found["emmen"]


def test_who_prepared_the_decision_may_not_take_it(seeded: Transactions, clock: Any) -> None:
    play = Play(seeded, clock, load.UTRECHT)
    scenario = dict(SCENARIOS["verleend"])
    prepare = next(i for i, s in enumerate(scenario["steps"]) if s.get("complete") == "Task_Voorbereiden")
    play.play(scenario | {"steps": scenario["steps"][: prepare + 1]})
    decide = scenario["steps"][prepare + 1]
    preparer = replace(play.caller, id="Task_Voorbereiden")
    with pytest.raises(Forbidden, match="four eyes"):
        play.complete("Task_Besluiten", decide["data"], preparer)
    play.complete("Task_Besluiten", decide["data"])
    assert play.view().case.end_node == "End_Verleend"


def test_choices_in_sentences(seeded: Transactions) -> None:
    for tenant, number in ((load.UTRECHT, 0), (load.GRONINGEN, 3), (load.EMMEN, 2)):
        with seeded.of(tenant) as transaction:
            view = model_queries.read_choices(transaction, system(tenant), KEY)
        assert len(view.sentences) == number
        assert all(sentence.reason and sentence.nl and sentence.base.nl for sentence in view.sentences)
