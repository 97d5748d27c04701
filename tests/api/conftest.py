"""The whole site over a real database, with demo data, called as an outside system would."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bpmn import archive
from engine import settings as environment
from engine.domain.caller import system
from engine.domain.memory import LeastRecent
from engine.embedded import Cluster
from engine.settings import Settings
from engine.store import gate, people
from engine.store.database import connect, sessions
from engine.store.transaction import Transactions
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.seed_demo import seed_demo
from engine.wiring import Asleep, clock
from engine.worker.run_one import claim_due, run_all
from tenants.demo import load
from webui import site

MODELS = Path(__file__).parents[1] / "models"
KEYS = {slug: f"sleutel-{slug}" for slug in ("utrecht", "groningen", "emmen", "plus-1")}


class Jobs:
    """Runs what is due now, as the worker would a moment later."""

    def __init__(self, transactions: Transactions, settings: Settings) -> None:
        self.transactions, self.settings = transactions, settings

    def __call__(self) -> None:
        while due := claim_due(self.transactions):
            run_all(self.transactions, self.settings, due)


class Outside:
    """An outside system with an API key."""

    def __init__(self, client: FlaskClient, key: str | None) -> None:
        self.client = client
        self.headers = {"X-Api-Key": key} if key else {}

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(path, query_string=query, headers=self.headers)

    def post(self, path: str, body: object = None, key: str | None = "", etag: str | None = None) -> Any:
        """`key`: "" for a fresh Idempotency-Key, None for none."""
        headers = dict(self.headers)
        if key is not None:
            headers["Idempotency-Key"] = key or str(uuid4())
        if etag is not None:
            headers["If-Match"] = etag
        data = body if isinstance(body, bytes | str) else json.dumps(body or {})
        return self.client.post(path, data=data, headers=headers, content_type="application/json")

    def send(self, method: str, path: str, files: Mapping[str, bytes] | bytes | None = None, **headers: str) -> Any:
        """A package (or bytes that are none) as body; a header is named with _ for -."""
        named = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        data = archive.pack(files) if isinstance(files, Mapping) else files
        kind = named.pop("Content-Type", "application/zip") if data is not None else None
        return self.client.open(path, method=method, data=data, headers=named, content_type=kind)


@pytest.fixture(scope="session")
def seeded(cluster: Cluster, fresh_database: Callable[..., str], migrated: str) -> str:
    """The name of a database with the demo data: the template of `database` here, so connect to it nowhere."""
    name = fresh_database(migrated)
    pool = connect(cluster.url("plus1_app", name), 2, 30)
    seed_demo(Transactions(sessions(pool), clock, LeastRecent(), Asleep()), KEYS)
    pool.dispose()
    return name


@pytest.fixture
def database(cluster: Cluster, fresh_database: Callable[..., str], seeded: str) -> Iterator[str]:
    """The name of a database of this test alone, with the demo data."""
    name = fresh_database(seeded)
    yield name
    cluster.drop_database(name)


@pytest.fixture
def settings(cluster: Cluster, database: str) -> Settings:
    return replace(
        environment.Settings(),
        database_url=cluster.url("plus1_app", database),
        secret_key="geheim-voor-de-tests-van-de-api-0123",
        demo=True,
        worker=False,
        pool_size=5,
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    made = site.create(settings)
    yield made
    with made.app_context():
        made.extensions["sqlalchemy"].engine.dispose()


@pytest.fixture
def jobs(settings: Settings) -> Iterator[Jobs]:
    pool = connect(settings.database_url, 2, 30)
    yield Jobs(Transactions(sessions(pool), clock, LeastRecent(), Asleep()), settings)
    pool.dispose()


@pytest.fixture
def publish(settings: Settings, app: Flask) -> Callable[[str], None]:
    """Publish a model of tests/models as Utrecht's own."""

    def publish(name: str) -> None:
        pool = connect(settings.database_url, 2, 30)
        files = {"process.bpmn": (MODELS / f"{name}.bpmn").read_bytes()}
        with Transactions(sessions(pool), clock, LeastRecent(), Asleep()).of(load.UTRECHT) as transaction:
            publish_model(transaction, system(load.UTRECHT), PublishModel(files, "1.0.0", "test"))
        pool.dispose()

    return publish


@pytest.fixture
def outside(app: Flask) -> Callable[[str | None], Outside]:
    """An outside system of a municipality, by slug; None: without a key."""
    return lambda slug: Outside(app.test_client(), KEYS.get(slug, slug) if slug else None)


@pytest.fixture
def owner(outside: Callable[[str | None], Any]) -> Any:
    """The collective's own system, which keeps its models in git."""
    return outside("plus-1")


@pytest.fixture
def client(settings: Settings, outside: Any, app: Flask) -> Callable[..., Any]:
    """A new system of a tenant, with these scopes."""

    def make(name: str, tenant: Any = load.PLUS_1, scopes: tuple[str, ...] = ("owner", "publisher")) -> Any:
        pool = connect(settings.database_url, 2, 30)
        with Transactions(sessions(pool), clock, LeastRecent(), Asleep()).of(tenant) as transaction:
            people.put_client(transaction, name, f"Systeem {name}", gate.secret_hash(f"sleutel-van-{name}"), scopes)
        pool.dispose()
        return outside(f"sleutel-van-{name}")

    return make
