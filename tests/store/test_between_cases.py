"""What cases ask of each other: nothing is lost when two are at it, and what cannot be done is an incident at once."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from engine.domain.caller import system
from engine.domain.errors import StateConflict
from engine.domain.work import Instance
from engine.queries import cases as case_queries
from engine.settings import Settings
from engine.store import cases, models
from engine.store.transaction import Transactions
from engine.usecases.cancel_case import CancelCase, cancel_case
from engine.usecases.publish_message import PublishMessage, publish_message
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.retry_incident import RetryIncident, retry_incident
from engine.usecases.start_case import StartCase, start_case
from engine.usecases.submitted import Submission
from engine.worker.run_one import claim_due, run_all

HEAD = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="http://plus-1.nl/test"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><message id="M" name="klaar"/>
  <process id="{key}" isExecutable="true">{body}{flows}</process></definitions>"""
USER = '<userTask id="{0}"><extensionElements><zeebe:userTask/></extensionElements></userTask>'
MESSAGE = '<messageEventDefinition messageRef="M"/>'
CALLER = (
    '<startEvent id="S"/><callActivity id="C"><extensionElements><zeebe:calledElement processId="=welk"/>'
    '</extensionElements></callActivity><endEvent id="E"/>'
)
WAITER = f'<startEvent id="S"/><intermediateCatchEvent id="C">{MESSAGE}</intermediateCatchEvent><endEvent id="E"/>'
SENDER = f'<startEvent id="S"/><intermediateThrowEvent id="C">{MESSAGE}</intermediateThrowEvent><endEvent id="E"/>'
CALLED = f'<startEvent id="S"/>{USER.format("C")}<endEvent id="E"/>'
BEGUN = f'<startEvent id="S">{MESSAGE}</startEvent>{USER.format("C")}<endEvent id="E"/>'


class Town:
    """One municipality with models of three steps, and a worker."""

    def __init__(self, transactions: Transactions, tenant: UUID) -> None:
        self.transactions, self.tenant, self.caller = transactions, tenant, system(tenant)

    def publish(self, key: str, body: str) -> None:
        steps = ("S", "C", "E")
        pairs = zip(steps, steps[1:], strict=False)
        flows = "".join(f'<sequenceFlow id="{a}{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairs)
        files = {"process.bpmn": HEAD.format(key=key, body=body, flows=flows).encode()}
        with self.transactions.of(self.tenant) as transaction:
            publish_model(transaction, self.caller, PublishModel(files, "1.0.0", "test"))

    def start(self, key: str, **values: object) -> Instance:
        with self.transactions.of(self.tenant) as transaction:
            return start_case(transaction, self.caller, StartCase(key, Submission(values)))

    def work(self, rounds: int = 20) -> None:
        for _ in range(rounds):
            run_all(self.transactions, Settings(), claim_due(self.transactions))

    def read(self, case: UUID) -> case_queries.CaseView:
        with self.transactions.of(self.tenant) as transaction:
            return case_queries.read_case(transaction, self.caller, case)

    def ask(self, query: str) -> list[Any]:
        with self.transactions.of(self.tenant) as transaction:
            return list(transaction.run(text(query)).scalars())


@pytest.fixture
def town(transactions: Transactions, utrecht: UUID) -> Town:
    return Town(transactions, utrecht)


def test_a_call_of_a_process_that_does_not_exist_is_an_incident_at_once(town: Town) -> None:
    town.publish("vader", CALLER)
    case = town.start("vader", welk="kind")
    town.work()
    (incident,) = town.read(case.id).incidents
    assert (incident.node, incident.code) == ("C", "job-refused") and "'kind'" in incident.message
    town.publish("kind", CALLED)
    with town.transactions.of(town.tenant) as transaction:
        retry_incident(transaction, town.caller, RetryIncident(incident.id, "Het proces is er nu."))
    town.work()
    view = town.read(case.id)
    assert view.incidents == [] and [child.process for child, _ in view.called] == ["kind"]


def test_two_messages_at_once_reach_two_that_wait(town: Town) -> None:
    town.publish("wacht", WAITER)
    town.publish("stuurt", SENDER)
    waiting = [town.start("wacht"), town.start("wacht")]
    town.start("stuurt")
    town.start("stuurt")
    town.work()
    assert [town.read(case.id).case.status for case in waiting] == ["completed", "completed"]


def test_a_message_for_nobody_ends_where_it_began(town: Town) -> None:
    town.publish("stuurt", SENDER)
    case = town.start("stuurt")
    town.work()
    assert town.read(case.id).case.status == "completed"
    assert set(town.ask("select state from job")) == {"done"}


def test_a_model_with_choices_that_no_longer_fit_does_not_hold_up_the_others(town: Town) -> None:
    town.publish("a", CALLED)
    town.publish("b", BEGUN)
    with town.transactions.of(town.tenant) as transaction:
        misfit = '[{"point": "weg", "value": 1, "reason": "was er in een oude versie"}]'
        models.add_override(transaction, "a", 1, misfit, "test")
    with town.transactions.of(town.tenant) as transaction:
        assert publish_message(transaction, town.caller, PublishMessage("klaar")).process == "b"


def test_a_message_that_cannot_start_a_case_is_an_incident(town: Town) -> None:
    """A case with the number that its key would be runs already."""
    town.publish("b", BEGUN)
    town.publish("stuurt", SENDER)
    with town.transactions.of(town.tenant) as transaction:
        publish_message(transaction, town.caller, PublishMessage("klaar", "7"))
    case = town.start("stuurt")
    with town.transactions.of(town.tenant) as transaction:
        statement = text("update job set payload = replace(payload, :none, :seven)")
        transaction.run(statement, {"none": '"key":null', "seven": '"key":"7"'})
    town.work()
    (incident,) = town.read(case.id).incidents
    assert incident.code == "job-refused" and "7" in incident.message


def test_a_job_whose_inputs_cannot_be_made_spends_its_attempts(town: Town, clock: Any) -> None:
    """Else it would stand first in every sweep, for ever."""
    definition = '<extensionElements><zeebe:taskDefinition type="http"/></extensionElements>'
    town.publish("klus", f'<startEvent id="S"/><serviceTask id="C">{definition}</serviceTask><endEvent id="E"/>')
    case = town.start("klus")
    with town.transactions.of(town.tenant) as transaction:
        transaction.run(text("update job set payload = '{}'"))
    for _ in range(7):
        town.work(1)
        clock.now += 61_000
    (incident,) = town.read(case.id).incidents
    assert incident.code == "worker-died"


def test_a_called_case_ends_with_its_caller_and_not_by_hand(town: Town) -> None:
    town.publish("vader", CALLER)
    town.publish("kind", CALLED)
    case = town.start("vader", welk="kind")
    town.work()
    ((child, _),) = town.read(case.id).called
    with pytest.raises(StateConflict, match=case.business_key), town.transactions.of(town.tenant) as transaction:
        cancel_case(transaction, town.caller, CancelCase(child.id, "vervallen"))
    with town.transactions.of(town.tenant) as transaction:
        cancel_case(transaction, town.caller, CancelCase(case.id, "vervallen"))
    town.work()
    with town.transactions.of(town.tenant) as transaction:
        assert cases.read_instance(transaction, child.id).status == "cancelled"
