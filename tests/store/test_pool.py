"""More at once than there are connections: who has waited long enough is told to try again, which is no fault."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, create_engine, text

from engine.domain.errors import Unavailable
from engine.domain.memory import LeastRecent
from engine.embedded import Cluster
from engine.store.database import options, sessions
from engine.store.transaction import Transactions


@pytest.fixture
def single(cluster: Cluster, database: str) -> Iterator[Engine]:
    url = cluster.url("plus1_app", database)
    made = create_engine(url, **options(1, 30), pool_timeout=0.2)
    yield made
    made.dispose()


def test_no_connection_left_is_told_as_try_again(single: Engine, clock: Any, woken: Any, utrecht: UUID) -> None:
    made, ask = Transactions(sessions(single), clock, LeastRecent(), woken), text("select 1")
    with made.of(utrecht) as first:
        first.run(ask)
        with pytest.raises(Unavailable), made.of(utrecht) as second:
            second.run(ask)
    with made.of(utrecht) as third:
        assert third.run(ask).scalar_one() == 1
