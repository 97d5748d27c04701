"""Fixtures for tests on a real database: transactions with a clock that a test can move, and tenants to act for."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from engine.domain.caller import Caller
from engine.domain.memory import LeastRecent
from engine.embedded import Cluster
from engine.store import people
from engine.store.database import connect, sessions
from engine.store.transaction import Transactions
from engine.usecases.seed_demo import seed_demo
from tests.store.country import Country

COLLECTIVE = UUID("00000000-0000-7000-8000-000000000001")
UTRECHT = UUID("00000000-0000-7000-8000-000000000344")
EMMEN = UUID("00000000-0000-7000-8000-000000000114")


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = 1_790_000_000_000

    def __call__(self) -> int:
        return self.now


class Woken:
    """Remembers which jobs were woken."""

    def __init__(self) -> None:
        self.jobs: list[tuple[UUID, UUID]] = []

    def wake(self, tenant: UUID, job: UUID) -> None:
        self.jobs.append((tenant, job))


@pytest.fixture
def utrecht() -> UUID:
    return UTRECHT


@pytest.fixture
def emmen() -> UUID:
    return EMMEN


@pytest.fixture
def collective() -> UUID:
    return COLLECTIVE


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def woken() -> Woken:
    return Woken()


@pytest.fixture
def pool(cluster: Cluster, database: str) -> Iterator[Engine]:
    made = connect(cluster.url("plus1_app", database), 5, 30)
    yield made
    made.dispose()


@pytest.fixture
def transactions(pool: Engine, clock: Clock, woken: Woken) -> Transactions:
    """Transactions on an empty, migrated database with three tenants."""
    made = Transactions(sessions(pool), clock, LeastRecent(), woken)
    for tenant, kind, name in (
        (COLLECTIVE, "collective", "Plus-1"),
        (UTRECHT, "municipality", "Utrecht"),
        (EMMEN, "municipality", "Emmen"),
    ):
        with made.of(tenant) as transaction:
            people.put_tenant(transaction, kind, name.lower(), name, None)
    return made


@pytest.fixture
def seeded(pool: Engine, clock: Clock, woken: Woken) -> Transactions:
    """Transactions on a database with the demo's tenants, shared process and choices."""
    made = Transactions(sessions(pool), clock, LeastRecent(), woken)
    seed_demo(made, {})
    return made


@pytest.fixture
def act(seeded: Transactions) -> Callable[..., Any]:
    """Do a verb or ask a query as this caller, in a transaction of their tenant."""

    def do(verb: Callable[..., Any], caller: Caller, *given: object) -> Any:
        with seeded.of(caller.tenant) as transaction:
            return verb(transaction, caller, *given)

    return do


@pytest.fixture
def country(seeded: Transactions, act: Callable[..., Any]) -> Country:
    """The demo municipalities with a collective that publishes, and a worker."""
    return Country(seeded, act)
