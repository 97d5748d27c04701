"""A real HTTP server that answers as told, and an engine whose clock a test can move."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from engine.domain.caller import system
from engine.domain.memory import LeastRecent
from engine.embedded import Cluster
from engine.settings import Settings
from engine.store import people
from engine.store.database import connect, sessions
from engine.store.transaction import Transactions
from engine.usecases.publish_model import PublishModel, publish_model
from engine.wiring import Asleep, clock

MODELS = Path(__file__).parents[1] / "models"
TENANT = UUID("00000000-0000-7000-8000-000000000344")


@dataclass
class Outside:
    """An outside system: what it was asked, and what it will answer next."""

    url: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)  # (Idempotency-Key, body)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)
    arrived: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def outside() -> Iterator[Outside]:
    known = Outside()
    known.hold.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            known.asked.append((self.headers["Idempotency-Key"], body))
            known.arrived.set()
            known.hold.wait(20)
            status, headers = known.answers.pop(0) if known.answers else (200, {})
            answer = json.dumps({"nummer": "M-7"}).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    known.url = f"http://127.0.0.1:{server.server_port}/meldingen"
    yield known
    known.hold.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def settings(cluster: Cluster, database: str, outside: Outside) -> Settings:
    host = outside.url.split("/")[2]
    return replace(
        Settings(),
        database_url=cluster.url("plus1_app", database),
        secret_key="geheim-voor-de-tests-van-de-worker-01",
        http_allow=(host,),
        retry_seconds=0.01,
        sweep_seconds=0.05,
        lease_seconds=5,
        http_seconds=1.9,
    )


@dataclass
class Ticking:
    """The real clock, set forward by `ahead` milliseconds."""

    ahead: int = 0

    def __call__(self) -> int:
        return clock() + self.ahead


@pytest.fixture
def ticking() -> Ticking:
    return Ticking()


@pytest.fixture
def transactions(settings: Settings, ticking: Ticking) -> Iterator[Transactions]:
    pool = connect(settings.database_url, 5, 30)
    made = Transactions(sessions(pool), ticking, LeastRecent(), Asleep())
    with made.of(TENANT) as transaction:
        people.put_tenant(transaction, "municipality", "utrecht", "Utrecht", None)
        files = {"process.bpmn": (MODELS / "melden.bpmn").read_bytes()}
        publish_model(transaction, system(TENANT), PublishModel(files, "1.0.0", "test"))
    yield made
    pool.dispose()


@pytest.fixture
def tenant() -> UUID:
    return TENANT


@pytest.fixture
def begin(transactions: Transactions, outside: Outside) -> Callable[[], UUID]:
    """Start a case that reports to the outside system."""
    from engine.usecases.start_case import StartCase, start_case
    from engine.usecases.submitted import Submission

    def begin() -> UUID:
        with transactions.of(TENANT) as transaction:
            values = Submission(variables={"adres": outside.url, "bedrag": 12})
            return start_case(transaction, system(TENANT), StartCase("melden", values)).id

    return begin
