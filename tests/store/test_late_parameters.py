"""Parameters that bind late: as they are now, or as on an event's day, also when choices and versions have moved on."""

import threading
import time
from typing import Any
from uuid import UUID

import pytest

from engine.domain.caller import system
from engine.domain.errors import StaleRevision
from engine.domain.work import Instance
from engine.store import listing
from engine.store.transaction import Transactions
from engine.usecases.change_override import ChangeOverride, change_override
from engine.usecases.complete_task import CompleteTask, complete_task
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.start_case import StartCase, start_case
from engine.usecases.submitted import Submission

MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="http://plus-1.nl/test"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:plus1="http://plus-1.nl/schema/bpmn/1.0">
  <process id="leges" name="Leges" isExecutable="true"><extensionElements>
  <plus1:parameter id="tarief" name="Tarief" type="number" default="10" binding="{binding}"/>
  <plus1:valuePoint id="vp-tarief" parameter="tarief" min="0" max="100" owner="municipality">
  <plus1:question>Wat rekent u?</plus1:question></plus1:valuePoint>{more}
  </extensionElements><startEvent id="S"/>
  <userTask id="A" name="Vragen"><extensionElements><zeebe:userTask/></extensionElements></userTask>
  <scriptTask id="R" name="Rekenen"><extensionElements>
  <zeebe:script expression="=tarief" resultVariable="bedrag"/></extensionElements></scriptTask><endEvent id="E"/>
  <sequenceFlow id="SA" sourceRef="S" targetRef="A"/><sequenceFlow id="AR" sourceRef="A" targetRef="R"/>
  <sequenceFlow id="RE" sourceRef="R" targetRef="E"/></process></definitions>"""
SECOND = (
    '<plus1:parameter id="korting" name="Korting" type="number" default="0" binding="start"/>'
    '<plus1:valuePoint id="vp-korting" parameter="korting" min="0" max="9" owner="municipality">'
    "<plus1:question>Hoeveel korting geeft u?</plus1:question></plus1:valuePoint>"
)


class Town:
    """A municipality with a model whose fee binds late."""

    def __init__(self, transactions: Transactions, tenant: UUID) -> None:
        self.transactions, self.tenant, self.caller = transactions, tenant, system(tenant)

    def publish(self, binding: str, semver: str = "1.0.0", more: str = "") -> None:
        files = {"process.bpmn": MODEL.format(binding=binding, more=more).encode()}
        with self.transactions.of(self.tenant) as transaction:
            publish_model(transaction, self.caller, PublishModel(files, semver, "test"))

    def choose(self, revision: int, *choices: dict[str, Any]) -> None:
        given = [{"reason": "raadsbesluit", **choice} for choice in choices]
        with self.transactions.of(self.tenant) as transaction:
            change_override(transaction, self.caller, ChangeOverride("leges", given, revision))

    def start(self) -> Instance:
        with self.transactions.of(self.tenant) as transaction:
            return start_case(transaction, self.caller, StartCase("leges"))

    def finish(self, case: Instance, **values: object) -> str:
        with self.transactions.of(self.tenant) as transaction:
            (task,) = listing.open_tasks(transaction, self.caller, listing.TaskFilter(case=case.id))[0]
        with self.transactions.of(self.tenant) as transaction:
            done = complete_task(transaction, self.caller, CompleteTask(task.id, task.revision, Submission(values)))
        return str(done.result)


@pytest.fixture
def town(transactions: Transactions, utrecht: UUID) -> Town:
    return Town(transactions, utrecht)


def test_choices_for_a_newer_version_do_not_stop_cases_of_an_older_one(town: Town) -> None:
    town.publish("use")
    case = town.start()
    town.publish("use", "1.1.0", SECOND)
    town.choose(0, {"point": "vp-tarief", "value": 25}, {"point": "vp-korting", "value": 5})
    assert '"bedrag":25' in town.finish(case)


def test_an_event_that_comes_with_the_step_counts_in_the_step(town: Town) -> None:
    town.publish("event:ontvangenOp")
    town.choose(
        0,
        {"point": "vp-tarief", "value": 20, "validFrom": "2026-01-01", "validUntil": "2026-06-30"},
        {"point": "vp-tarief", "value": 30, "validFrom": "2026-07-01"},
    )
    assert '"bedrag":20' in town.finish(town.start(), ontvangenOp="2026-03-01")
    assert '"bedrag":30' in town.finish(town.start(), ontvangenOp="2026-07-01")


def test_two_who_choose_at_once_do_not_overwrite_each_other(town: Town) -> None:
    town.publish("use")
    choice = {"point": "vp-tarief", "value": 25, "reason": "raadsbesluit"}
    command, told = ChangeOverride("leges", [choice], 0), []

    def second() -> None:
        with pytest.raises(StaleRevision) as found, town.transactions.of(town.tenant) as transaction:
            change_override(transaction, town.caller, command)
        told.append(found.value.current)

    late = threading.Thread(target=second)
    with town.transactions.of(town.tenant) as transaction:
        change_override(transaction, town.caller, command)
        late.start()
        time.sleep(0.5)  # by now it has read revision 0 as well, and waits to write
    late.join()
    assert told == [1]


def test_choices_that_were_rolled_back_are_not_remembered(town: Town, clock: Any) -> None:
    town.publish("start")
    choice = {"point": "vp-tarief", "value": 20, "reason": "raadsbesluit"}
    with pytest.raises(ZeroDivisionError), town.transactions.of(town.tenant) as transaction:
        change_override(transaction, town.caller, ChangeOverride("leges", [choice], 0))
        assert start_case(transaction, town.caller, StartCase("leges")).choices_now == 1
        raise ZeroDivisionError
    clock.now += 1
    town.choose(0, {"point": "vp-tarief", "value": 30})
    assert '"bedrag":30' in town.finish(town.start())
