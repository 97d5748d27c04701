"""The command line acts as the engine itself (`system:command-line`) for the tenant that is named by its short name."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from engine import settings, wiring
from engine.cli import places
from engine.domain.caller import Caller, system
from engine.domain.errors import NotFound, Problem
from engine.settings import Settings
from engine.store import migrate as migrations
from engine.store.directory import tenant_by_slug
from engine.store.transaction import Transaction, Transactions
from engine.wiring import Wiring

NAME = "command-line"


@contextmanager
def engine(read: Settings | None = None) -> Iterator[Wiring]:
    """The engine over the database that is set, without a worker of its own: the server's sweep finds new jobs."""
    read = read or settings.read()
    with places.database(read) as placed:
        if read.embedded:
            migrations.upgrade(placed.owner_database_url)
        else:
            places.check_tables(placed)
        wired = wiring.build(replace(placed, worker=False))
        try:
            yield wired
        finally:
            wired.database.dispose()


def for_tenant(transactions: Transactions, slug: str) -> Caller:
    """The caller for a tenant. Raises NotFound, which says how to see the names."""
    with transactions.at_gate() as transaction:
        try:
            return system(tenant_by_slug(transaction, slug).tenant, NAME)
        except NotFound as unknown:
            unknown.problems = (Problem("--tenant", "Zie `plus1 tenants`.", f"{slug}: see `plus1 tenants`."),)
            raise


@contextmanager
def acting(slug: str) -> Iterator[tuple[Transaction, Caller]]:
    """One transaction for a tenant."""
    with engine() as wired:
        caller = for_tenant(wired.transactions, slug)
        with wired.transactions.of(caller.tenant) as transaction:
            yield transaction, caller
