"""Who locks what: a case before its tasks and jobs, and never a second case; else two of them wait for each other."""

import threading
import time
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import text

from engine.domain.caller import system
from engine.domain.errors import Unavailable
from engine.domain.ids import new_id
from engine.domain.work import Instance, NewJob
from engine.store import cases, jobs
from engine.store.transaction import Transaction, Transactions
from engine.usecases.cancel_case import CancelCase, cancel_case
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.start_case import StartCase, start_case

SOURCE = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="http://plus-1.nl/test"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
  <process id="klok" isExecutable="true"><startEvent id="S"/>
  <userTask id="A"><extensionElements><zeebe:userTask/></extensionElements></userTask>
  <boundaryEvent id="B" attachedToRef="A"><timerEventDefinition>
  <timeDuration xsi:type="tFormalExpression">P1D</timeDuration></timerEventDefinition></boundaryEvent>
  <endEvent id="E"/><endEvent id="L"/>
  <sequenceFlow id="SA" sourceRef="S" targetRef="A"/><sequenceFlow id="AE" sourceRef="A" targetRef="E"/>
  <sequenceFlow id="BL" sourceRef="B" targetRef="L"/></process></definitions>"""
Begin = Callable[[], Instance]


@pytest.fixture
def begin(transactions: Transactions, utrecht: UUID) -> Begin:
    with transactions.of(utrecht) as transaction:
        command = PublishModel({"process.bpmn": SOURCE.encode()}, "1.0.0", "test")
        publish_model(transaction, system(utrecht), command)

    def begin() -> Instance:
        with transactions.of(utrecht) as transaction:
            return start_case(transaction, system(utrecht), StartCase("klok"))

    return begin


def id_of(transactions: Transactions, tenant: UUID, table: str, case: Instance) -> UUID:
    with transactions.of(tenant) as transaction:
        found: UUID = transaction.run(
            text(f"select id from {table} where instance_id = :id"), {"id": case.id}
        ).scalar_one()
    return found


def lock_task(transaction: Transaction, id_: UUID) -> str:
    return cases.lock_task(transaction, id_)[1].status


def lock_job(transaction: Transaction, id_: UUID) -> str:
    found = cases.lock_job(transaction, id_)
    return found[1].state if found else "gone"


@pytest.mark.parametrize(("table", "lock"), [("user_task", lock_task), ("job", lock_job)])
def test_who_comes_for_a_task_or_job_while_the_case_ends_sees_it_ended(
    begin: Begin, transactions: Transactions, utrecht: UUID, table: str, lock: Callable[[Transaction, UUID], str]
) -> None:
    case = begin()
    id_, seen = id_of(transactions, utrecht, table, case), []

    def come() -> None:
        with transactions.of(utrecht) as transaction:
            seen.append(lock(transaction, id_))

    late = threading.Thread(target=come)
    with transactions.of(utrecht) as transaction:
        cases.lock_instance(transaction, case.id)
        late.start()
        time.sleep(0.3)  # by now it waits for the case
        cancel_case(transaction, system(utrecht), CancelCase(case.id, "vervallen"))
    late.join()
    assert seen == ["cancelled"]


def test_two_cases_that_tell_each_other_something_do_not_wait(
    begin: Begin, transactions: Transactions, utrecht: UUID
) -> None:
    first, second = begin(), begin()

    def tell(transaction: Transaction, other: Instance) -> None:
        jobs.add(transaction, NewJob(new_id(), other.id, 1, "", "event", "end", transaction.now, 20, "{}"))

    with transactions.of(utrecht) as one, transactions.of(utrecht) as two:
        cases.lock_instance(one, first.id)
        cases.lock_instance(two, second.id)
        tell(one, second)
        tell(two, first)


def test_a_deadlock_is_told_as_try_again(begin: Begin, transactions: Transactions, utrecht: UUID) -> None:
    first, second = begin(), begin()
    errors: list[Exception] = []
    gate = threading.Barrier(2)

    def both(one: Instance, other: Instance) -> None:
        try:
            with transactions.of(utrecht) as transaction:
                cases.lock_instance(transaction, one.id)
                gate.wait()
                cases.lock_instance(transaction, other.id)
        except Unavailable as error:
            errors.append(error)

    threads = [threading.Thread(target=both, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(errors) == 1
