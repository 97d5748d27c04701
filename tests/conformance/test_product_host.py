"""Every execution case passes on the product's own host, a real database included; n of N is printed per strength."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from engine.domain.memory import LeastRecent
from engine.embedded import Cluster
from engine.store.database import connect, sessions
from engine.store.transaction import Transactions
from engine.wiring import Asleep
from tests.conformance.cases import all_cases, run
from tests.conformance.store_host import Clock, StoreHost

CASES = all_cases()
PASSED: Counter[str] = Counter()


@pytest.fixture(scope="module")
def host(cluster: Cluster, fresh_database: Any, migrated: str) -> Iterator[tuple[Transactions, Clock]]:
    """One database for all cases; each is a tenant of its own."""
    name = fresh_database(migrated)
    pool = connect(cluster.url("plus1_app", name), 3, 30)
    clock = Clock()
    yield Transactions(sessions(pool), clock, LeastRecent(), Asleep()), clock
    pool.dispose()
    cluster.drop_database(name)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any], host: tuple[Transactions, Clock]) -> None:
    run(case, StoreHost(*host))
    PASSED[case["strength"]] += 1


def test_the_count_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        for strength, number in sorted(Counter(case["strength"] for case in CASES).items()):
            print(f"\nBPMN cases on the product's own host, {strength}: {PASSED[strength]} of {number}", end="")
