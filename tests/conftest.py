"""Fixtures for every test that needs a real PostgreSQL: one embedded cluster per session, databases by template."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from engine import embedded
from engine.embedded import Cluster
from engine.store import migrate

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """An embedded PostgreSQL of this test process, in a short directory, gone afterwards."""
    data_dir = Path(tempfile.mkdtemp(prefix="plus1-test-"))
    data_dir.chmod(0o711)
    running = embedded.start(data_dir, durable=False)
    yield running
    running.stop()
    shutil.rmtree(data_dir, ignore_errors=True)


@pytest.fixture(scope="session")
def fresh_database(cluster: Cluster) -> Callable[..., str]:
    """Make a database and return its name: empty, or a copy of `template` (about 20 ms)."""
    numbers = count(1)

    def make(template: str | None = None) -> str:
        name = f"test_{next(numbers)}"
        cluster.create_database(name, template)
        return name

    return make


@pytest.fixture(scope="session")
def migrated(cluster: Cluster, fresh_database: Callable[..., str]) -> str:
    """The name of a database with all tables and no rows: the template of `database`, so connect to it nowhere."""
    name = fresh_database()
    migrate.upgrade(cluster.url("plus1_owner", name))
    return name


@pytest.fixture
def database(cluster: Cluster, fresh_database: Callable[..., str], migrated: str) -> Iterator[str]:
    """The name of a migrated, empty database of this test alone; `cluster.url(role, database)` is its address."""
    name = fresh_database(migrated)
    yield name
    cluster.drop_database(name)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The test data beside the repository; tests that need it are skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"needs the shared test data in {folder}")
    return folder
