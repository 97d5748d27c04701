"""Pools of one package on a real database: messages between them, and cases that begin with several events."""

from typing import Any

import pytest

from engine.domain.errors import StateConflict
from engine.store.transaction import Transactions
from engine.usecases.start_case import StartCase, start_case
from engine.usecases.submitted import Submission
from tests.conformance.store_host import StoreHost
from tests.unit.runtime.drawing import (
    HEAD,
    SIGNAL,
    catch,
    end,
    extension,
    flows,
    gateway,
    mapping,
    message,
    start,
    throw,
    user,
)

KEYED = (
    '<message id="vraag" name="vraag"><extensionElements><zeebe:subscription correlationKey="=zaaknummer"/>'
    '</extensionElements></message><message id="antwoord" name="antwoord"><extensionElements>'
    '<zeebe:subscription correlationKey="=zaaknummer"/></extensionElements></message>'
)
SEND = throw("t", extension(mapping({"wat": "=onderwerp"})) + message("vraag"))
ASK = start() + SEND + catch("c", message("antwoord")) + user("klaar") + end() + flows("s>t t>c c>klaar klaar>e")
ANSWER = (
    start("s2", message("vraag")) + user("werk")
    + throw("t2", extension(mapping({"besluit": "=oordeel"})) + message("antwoord")) + end("e2")
    + flows("s2>werk werk>t2 t2>e2")
)  # fmt: skip


def pools(first: str, second: str) -> bytes:
    """Two pools in one drawing; the first one is the model's own process."""
    participants = '<participant id="A" processRef="p"/><participant id="B" processRef="q"/>'
    lines = '<messageFlow id="mf" sourceRef="t" targetRef="s2"/><messageFlow id="mf2" sourceRef="t2" targetRef="c"/>'
    return (
        f'{HEAD}{KEYED}<collaboration id="k">{participants}{lines}</collaboration>'
        f'<process id="p" isExecutable="true">{first}</process>'
        f'<process id="q" isExecutable="true">{second}</process></definitions>'
    ).encode()


@pytest.fixture
def host(transactions: Transactions, clock: Any) -> StoreHost:
    return StoreHost(transactions, clock)


def play(host: StoreHost, source: bytes) -> StoreHost:
    host.deploy("pools.bpmn", source)
    host.deployed()
    return host


def tasks(host: StoreHost, instance: str | None = None) -> list[str]:
    return sorted(task.key for task in host.query_tasks(instance))


def done(host: StoreHost, key: str, instance: str | None = None, **values: object) -> None:
    task = next(task for task in host.query_tasks(instance) if task.key == key)
    host.complete(task.id, values)


def test_a_message_to_another_pool_begins_its_case_and_the_answer_finds_the_asker(host: StoreHost) -> None:
    """8.4.2 and 9.4: the two cases share the number that they know each other by."""
    play(host, pools(ASK, ANSWER))
    first = host.start("p", {"zaaknummer": "Z1", "onderwerp": "boom"})
    second = host.start("p", {"zaaknummer": "Z2", "onderwerp": "dak"})
    assert tasks(host) == ["werk", "werk"] and host.instances() == 4
    working = [task for task in host.query_tasks(None) if host.variable("wat", task.instance) == "dak"]
    host.complete(working[0].id, {"oordeel": "ja"})
    assert tasks(host, second) == ["klaar"] and tasks(host, first) == []
    assert host.variable("besluit", second) == "ja"
    done(host, "klaar", second)
    assert host.ended(second) and not host.ended(first)


def test_a_message_reaches_a_pool_that_waits_before_it_begins_another_case(host: StoreHost) -> None:
    waits = start("s2") + catch("c2", message("vraag")) + user("werk") + end("e2") + flows("s2>c2 c2>werk werk>e2")
    play(host, pools(ASK, waits))
    waiting = host.start("q", {"zaaknummer": "Z1"})
    host.start("p", {"zaaknummer": "Z1", "onderwerp": "boom"})
    assert tasks(host, waiting) == ["werk"] and host.variable("wat", waiting) == "boom" and host.instances() == 2


@pytest.mark.parametrize("order", [("message", "signal"), ("signal", "message")])
def test_a_start_that_needs_a_signal_too_begins_one_case(host: StoreHost, order: tuple[str, str]) -> None:
    entry = start("s2", message() + SIGNAL, parallelMultiple="true") + user("x") + end("e2") + flows("s2>x x>e2")
    play(host, pools(start() + throw("t", SIGNAL) + end() + flows("s>t t>e"), entry))
    for kind in order:
        if kind == "message":
            host.message("m1", {}, None)
        else:
            host.start("p", {})
    assert tasks(host) == ["x"] and host.instances() == 1


@pytest.mark.parametrize("kind", ["Exclusive", "Parallel"])
def test_a_gateway_begins_a_case_at_whichever_message_comes(host: StoreHost, kind: str) -> None:
    entry = gateway("eventBased", "g", instantiate="true", eventGatewayType=kind)
    events = catch("c1", message()) + catch("c2", message("m2")) + user("x y") + end("e2")
    play(host, pools(ASK, entry + events + flows("g>c1 g>c2 c1>x c2>y x>e2 y>e2")))
    host.message("m2", {"v": 1}, None)
    assert tasks(host) == ["y"] and host.instances() == 1
    host.message("m1", {}, None)
    assert tasks(host) == ["x", "y"] and host.instances() == (1 if kind == "Parallel" else 2)


def test_a_start_that_needs_two_messages_waits_for_the_second_in_the_case(host: StoreHost) -> None:
    entry = start("s2", message() + message("m2"), parallelMultiple="true") + user("x") + end("e2")
    play(host, pools(ASK, entry + flows("s2>x x>e2")))
    host.message("m1", {"v": 1}, None)
    assert tasks(host) == [] and host.instances() == 1
    host.message("m2", {"w": 2}, None)
    assert tasks(host) == ["x"] and host.instances() == 1 and host.variable("w", None) == 2


def test_a_pool_that_only_shows_what_others_do_begins_no_case(host: StoreHost) -> None:
    shown = pools(start() + SEND + end() + flows("s>t t>e"), ANSWER).replace(
        b'<process id="q" isExecutable="true">', b'<process id="q" isExecutable="false">'
    )
    play(host, shown)
    host.start("p", {"zaaknummer": "Z1", "onderwerp": "boom"})
    assert host.instances() == 0


def test_the_cases_of_two_pools_may_have_the_same_number(host: StoreHost) -> None:
    play(host, pools(ASK, ANSWER))
    with host.transactions.of(host.tenant) as transaction:
        asked = StartCase("p", Submission({"onderwerp": "boom"}), business_key="Z2027-1")
        case = start_case(transaction, host.caller, asked)
    host.pump()
    done(host, "werk", oordeel="ja")
    assert tasks(host, str(case.id)) == ["klaar"]
    with pytest.raises(StateConflict), host.transactions.of(host.tenant) as transaction:
        start_case(transaction, host.caller, asked)
