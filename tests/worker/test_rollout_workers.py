"""A version reaches every municipality by the thread of the web process, and by Celery workers, alike."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bpmn.library import shelf
from engine.domain.caller import system
from engine.domain.memory import LeastRecent
from engine.domain.ports import Wake
from engine.queries import versions as queries
from engine.settings import Settings
from engine.store.database import connect, sessions
from engine.store.transaction import Transactions
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.seed_demo import seed_demo
from engine.wiring import Asleep, clock
from engine.worker.celery_app import CeleryWake
from engine.worker.thread import WorkerThread
from tenants.demo import load
from tests.worker.test_celery import redis_url, scaled

__all__ = ["redis_url", "scaled"]

OWNER = system(load.PLUS_1)


@pytest.fixture
def seeded(settings: Settings) -> Iterator[Transactions]:
    pool = connect(settings.database_url, 5, 30)
    made = Transactions(sessions(pool), clock, LeastRecent(), Asleep())
    seed_demo(made, {})
    yield made
    pool.dispose()


def reaches_everyone(transactions: Transactions, wake: Wake) -> None:
    waked = Transactions(transactions.sessions, transactions.clock, LeastRecent(), wake)
    files = shelf.files("evenementenvergunning") | {"texts/herinnering.md": b"Wij wachten nog."}
    with waked.of(load.PLUS_1) as transaction:
        version = publish_model(transaction, OWNER, PublishModel(files, "1.1.0", "Andere brief"))
    until = time.monotonic() + 30
    while True:
        with transactions.of(load.PLUS_1) as transaction:
            lines = {line.tenant_name: line.state for line in queries.rollout_report(transaction, OWNER, version.id)}
        if "pending" not in lines.values():
            break
        assert time.monotonic() < until, f"no worker did it: {lines}"
        time.sleep(0.05)
    assert lines.pop("Utrecht") == "adopted"
    assert lines == {"Emmen": "adopted", "Groningen": "adopted"}


def test_celery(scaled: Settings, seeded: Transactions) -> None:
    reaches_everyone(seeded, CeleryWake(scaled))


def test_the_thread(settings: Settings, seeded: Transactions) -> None:
    thread = WorkerThread(replace(settings, worker_threads=2))
    thread.attach(seeded)
    thread.start()
    try:
        reaches_everyone(seeded, thread)
    finally:
        thread.stop()
