"""A slot on the host: Utrecht's own step is a case of its own, Emmen passes it by; a connector reads the catalogue."""

from typing import Any
from uuid import UUID

import pytest

from engine.domain.caller import system
from engine.domain.errors import ModelRefused
from engine.domain.work import Instance
from engine.queries import cases as case_queries
from engine.settings import Settings
from engine.store import cases, listing, models
from engine.store.transaction import Transactions
from engine.usecases.change_override import ChangeOverride, change_override
from engine.usecases.complete_task import CompleteTask, complete_task
from engine.usecases.effective_model import catalogue, running_of
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.start_case import StartCase, start_case
from engine.usecases.submitted import Submission
from engine.worker.run_one import claim_due, run_all

KEY = "haken"
MODEL = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="http://plus-1.nl/test"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:plus1="http://plus-1.nl/schema/bpmn/1.0">
  <process id="haken" name="Haken" isExecutable="true"><extensionElements><plus1:package key="haken"/>
    <plus1:role id="adviseur"/><plus1:mappingPoint id="vp-zaaktype" maps="zaaktype"/></extensionElements>
    <startEvent id="S"/><sequenceFlow id="SC" sourceRef="S" targetRef="C"/>
    <callActivity id="C" name="Eigen stap"><extensionElements>
      <zeebe:ioMapping><zeebe:output source='="akkoord"' target="uitslag"/></zeebe:ioMapping>
      <plus1:slotPoint id="vp-extra"><plus1:input name="adres" type="string"/>
      <plus1:output name="uitslag" type="string"/><plus1:result value="akkoord" class="door"/>
      <plus1:result value="bezwaar" class="stop"/></plus1:slotPoint></extensionElements></callActivity>
    <sequenceFlow id="CE" sourceRef="C" targetRef="E"/>
    <endEvent id="E"><extensionElements><plus1:mappingPoint id="vp-resultaat" maps="result"/></extensionElements>
    </endEvent></process></definitions>"""
STEP = {
    "name": "Advies dorpsraad",
    "role": "adviseur",
    "answers": [{"result": "akkoord", "label": "Eens"}, {"result": "bezwaar", "label": "Niet eens"}],
}
FILLED = {"point": "vp-extra", "process": {"step": STEP}, "reason": "De dorpsraad adviseert hier."}
TIED = {"point": "vp-resultaat", "map": {"result": "Verleend"}, "reason": "Onze catalogus"}
TYPED = {"point": "vp-zaaktype", "map": {"zaaktype": "https://catalogi.example/1"}, "reason": "Onze catalogus"}


@pytest.fixture
def published(transactions: Transactions, collective: UUID) -> Transactions:
    with transactions.of(collective) as transaction:
        publish_model(transaction, system(collective), PublishModel({"process.bpmn": MODEL}, "1.0.0", "Eerste"))
    return transactions


def choose_for(published: Transactions, tenant: UUID, *choices: Any) -> None:
    with published.of(tenant) as transaction:
        change_override(transaction, system(tenant), ChangeOverride(KEY, choices, 0))


def start(published: Transactions, tenant: UUID) -> Instance:
    with published.of(tenant) as transaction:
        command = StartCase(KEY, Submission({"adres": "Lindelaan", "geheim": "x"}))
        return start_case(transaction, system(tenant), command)


def work(published: Transactions) -> None:
    for _ in range(10):
        run_all(published, Settings(), claim_due(published))


def read(published: Transactions, tenant: UUID, case: UUID) -> case_queries.CaseView:
    with published.of(tenant) as transaction:
        return case_queries.read_case(transaction, system(tenant), case)


def test_a_filled_slot_is_work_for_people_and_an_empty_one_is_passed_by(
    published: Transactions, utrecht: UUID, emmen: UUID
) -> None:
    choose_for(published, utrecht, FILLED)
    mine, theirs = start(published, utrecht), start(published, emmen)
    work(published)
    found = read(published, emmen, theirs.id)
    assert (found.case.status, found.variables["uitslag"]) == ("completed", "akkoord")
    assert read(published, utrecht, mine.id).case.status == "active"
    with published.of(utrecht) as transaction:
        (task,), _ = listing.open_tasks(transaction, system(utrecht), listing.TaskFilter())
        assert task.name == "Advies dorpsraad"
        called, _ = cases.read_task(transaction, task.id)
        assert called.process == "slot-vp-extra"
        given = read(published, utrecht, called.id).variables
        assert given["adres"] == "Lindelaan" and "geheim" not in given
        complete_task(
            transaction, system(utrecht), CompleteTask(task.id, task.revision, Submission({"uitslag": "bezwaar"}))
        )
    work(published)
    done = read(published, utrecht, mine.id)
    assert (done.case.status, done.variables["uitslag"]) == ("completed", "bezwaar")


def test_equal_slots_of_two_municipalities_are_compiled_once(
    published: Transactions, utrecht: UUID, emmen: UUID
) -> None:
    found = []
    for tenant in (utrecht, emmen):
        choose_for(published, tenant, FILLED)
        case = start(published, tenant)
        with published.of(tenant) as transaction:
            found.append(running_of(transaction, case.effective_id).definitions)
    assert found[0] is found[1]


def test_a_process_that_breaks_the_contract_stores_nothing(published: Transactions, utrecht: UUID) -> None:
    wrong = FILLED | {"process": {"step": STEP | {"role": "burgemeester"}}}
    with pytest.raises(ModelRefused) as refused:
        choose_for(published, utrecht, wrong, TIED)
    assert [(p.at, p.code) for p in refused.value.problems] == [("vp-extra", "choice-slot")]
    with published.of(utrecht) as transaction:
        assert models.override(transaction, KEY).revision == 0


def test_a_case_reads_the_catalogue_of_the_day_on_which_it_began(
    published: Transactions, utrecht: UUID, clock: Any
) -> None:
    choose_for(published, utrecht, TYPED, TIED)
    case = start(published, utrecht)
    with published.of(utrecht) as transaction:
        running = running_of(transaction, case.effective_id)
        assert catalogue(transaction, running, case, "E") == {
            "zaaktype": "https://catalogi.example/1",
            "result": "Verleend",
        }
        assert catalogue(transaction, running, case, "C") == {"zaaktype": "https://catalogi.example/1"}
