"""HTTP jobs against a real server: repeats keep one key and one body, and hopeless answers become incidents."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from engine import settings as environment
from engine.domain.caller import Caller, system
from engine.domain.errors import Invalid, StateConflict
from engine.queries import cases as queries
from engine.queries.incidents import list_incidents
from engine.settings import Settings
from engine.store.transaction import Transactions
from engine.usecases.retry_incident import RetryIncident, retry_incident
from engine.worker.run_one import claim_due, run_all

ROOT = Path(__file__).parents[2]
Begin = Callable[[], UUID]


def work(transactions: Transactions, settings: Settings, ticking: Any, seconds: int = 3600) -> None:
    """Run everything that becomes due within so long."""
    until = ticking.ahead + seconds * 1000
    while ticking.ahead <= until:
        due = claim_due(transactions)
        if due:
            run_all(transactions, settings, due)
        else:
            ticking.ahead += 60_000


def view(transactions: Transactions, tenant: UUID, case: UUID) -> queries.CaseView:
    with transactions.of(tenant) as transaction:
        return queries.read_case(transaction, system(tenant), case)


def test_two_failures_then_success(
    begin: Begin, transactions: Transactions, settings: Settings, ticking: Any, outside: Any, tenant: UUID
) -> None:
    outside.answers = [(500, {}), (500, {}), (200, {})]
    case = begin()
    work(transactions, settings, ticking)
    found = view(transactions, tenant, case)
    assert (found.case.status, found.variables["nummer"]) == ("completed", "M-7")
    assert len(outside.asked) == 3 and len(set(outside.asked)) == 1
    key, body = outside.asked[0]
    assert (
        key.startswith(f"{tenant}:") and '"bedrag":12' in body and f'"zaaknummer":"{found.case.business_key}"' in body
    )


def test_not_found_is_an_incident_at_once(
    begin: Begin, transactions: Transactions, settings: Settings, ticking: Any, outside: Any, tenant: UUID
) -> None:
    outside.answers = [(404, {})]
    case = begin()
    work(transactions, settings, ticking)
    assert len(outside.asked) == 1
    (incident,) = view(transactions, tenant, case).incidents
    assert (incident.code, incident.node) == ("job-refused", "Melden") and "404" in incident.message


def test_used_up_retries_are_an_incident_that_an_administrator_retries(
    begin: Begin, transactions: Transactions, settings: Settings, ticking: Any, outside: Any, tenant: UUID
) -> None:
    outside.answers = [(503, {})] * 3
    case = begin()
    work(transactions, settings, ticking)
    assert len(outside.asked) == 3
    administrator = Caller(tenant, "person", "p", "Bea", frozenset({"administrator"}))
    with transactions.of(tenant) as transaction:
        (cause,) = list_incidents(transaction, administrator)
    assert (cause.code, cause.model, len(cause.incidents)) == ("retries-used-up", "melden", 1)
    incident = cause.incidents[0].id
    with pytest.raises(Invalid), transactions.of(tenant) as transaction:
        retry_incident(transaction, administrator, RetryIncident(incident, " "))
    with transactions.of(tenant) as transaction:
        retry_incident(transaction, administrator, RetryIncident(incident, "De ontvanger draait weer."))
    work(transactions, settings, ticking)
    found = view(transactions, tenant, case)
    assert found.case.status == "completed" and found.incidents == []
    assert len(set(outside.asked)) == 1
    with pytest.raises(StateConflict), transactions.of(tenant) as transaction:
        retry_incident(transaction, administrator, RetryIncident(incident, "Nog eens."))


def test_retry_after_is_obeyed(
    begin: Begin, transactions: Transactions, settings: Settings, ticking: Any, outside: Any, tenant: UUID
) -> None:
    outside.answers = [(429, {"Retry-After": "600"})]
    begin()
    run_all(transactions, settings, claim_due(transactions))
    ticking.ahead = 590_000
    assert claim_due(transactions) == []
    ticking.ahead = 601_000
    run_all(transactions, settings, claim_due(transactions))
    assert len(outside.asked) == 2


def test_an_address_inside_the_house_is_refused(
    begin: Begin, transactions: Transactions, settings: Settings, ticking: Any, outside: Any, tenant: UUID
) -> None:
    from dataclasses import replace

    closed = replace(settings, http_allow=())
    case = begin()
    work(transactions, closed, ticking, 10)
    (incident,) = view(transactions, tenant, case).incidents
    assert outside.asked == [] and "PLUS1_HTTP_ALLOW" in incident.message


def test_killed_between_send_and_commit_the_other_side_sees_one_key_and_one_body(
    begin: Begin, transactions: Transactions, settings: Settings, ticking: Any, outside: Any, tenant: UUID
) -> None:
    case = begin()
    outside.hold.clear()
    program = (
        "from engine import settings, wiring\n"
        "from engine.worker.run_one import claim_due, run_all\n"
        "read = settings.read()\n"
        "made = wiring.build(read).transactions\n"
        "run_all(made, read, claim_due(made))\n"
    )
    worker = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=environment.environment(settings))
    assert outside.arrived.wait(20)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    outside.hold.set()
    time.sleep(0.1)
    assert view(transactions, tenant, case).case.status == "active"
    assert claim_due(transactions) == []  # the dead worker's lease still runs
    ticking.ahead = int(settings.lease_seconds * 1000) + 1000
    run_all(transactions, settings, claim_due(transactions))
    assert view(transactions, tenant, case).case.status == "completed"
    assert len(outside.asked) == 2 and len(set(outside.asked)) == 1


def test_a_worker_that_lost_its_lease_stores_nothing(
    begin: Begin, transactions: Transactions, settings: Settings, ticking: Any, outside: Any, tenant: UUID
) -> None:
    from engine.domain.outcome import Done
    from engine.store import jobs
    from engine.usecases.finish_job import finish_service

    case = begin()
    ((_, id_),) = claim_due(transactions)
    with transactions.of(tenant) as transaction:
        slow = jobs.claim(transaction, id_, 5)
    assert slow is not None
    ticking.ahead = 6000
    with transactions.of(tenant) as transaction:
        quick = jobs.claim(transaction, id_, 5)
    assert quick is not None and quick.fence == slow.fence + 1
    with transactions.of(tenant) as transaction:
        finish_service(transaction, slow, Done({"result": {"status": 200, "body": {"nummer": "traag"}}}))
    assert view(transactions, tenant, case).case.status == "active"
    with transactions.of(tenant) as transaction:
        finish_service(transaction, quick, Done({"result": {"status": 200, "body": {"nummer": "snel"}}}))
        states = transaction.run(text("select state from job")).scalars().all()
    assert states == ["done"]
    assert view(transactions, tenant, case).variables["nummer"] == "snel"
