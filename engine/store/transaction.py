"""One verb, one transaction: begin, say for which tenant, do, commit, wake. The only `commit()` of the product."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Executable, Result, TextClause, TextualSelect
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from engine.domain.errors import Unavailable
from engine.domain.ports import Memory, Wake
from engine.store.session import AT_GATE, TenantSession, enter_tenant

Sessions = Callable[[], TenantSession]
READ_ONLY = "25006"  # PostgreSQL: read_only_sql_transaction
DISK_FULL = "53100"
TOO_LONG = ("55P03", "57014", "40P01")  # a lock or a statement that took longer than it may, or for ever (a deadlock)


class Transaction:
    """What a use case gets: the session of one tenant, the time of the act, and what is remembered between acts.

    `now` is epoch milliseconds and the same throughout the transaction. `wake` collects jobs that are due at once;
    they are woken after the commit, never before, so that a worker always finds the row."""

    def __init__(self, session: TenantSession, now: int, memory: Memory) -> None:
        self.session = session
        self.now = now
        self.memory = memory
        self.to_wake: list[UUID] = []
        self._connection: Connection | None = None

    @property
    def at(self) -> datetime:
        """`now` as an aware datetime in UTC."""
        return datetime.fromtimestamp(self.now / 1000, UTC)

    @property
    def tenant(self) -> UUID:
        """The tenant that this transaction works for."""
        tenant = self.session.info["tenant"]
        if not isinstance(tenant, UUID):
            raise TypeError("the caller is not known yet")
        return tenant

    def enter(self, tenant: UUID) -> None:
        """The gate has said for whom this is."""
        enter_tenant(self.session, tenant)

    def run(self, statement: Executable, values: Any = None) -> Result[Any]:
        """Execute one statement. Text goes past the ORM, which would have nothing to do with it."""
        if not isinstance(statement, TextClause | TextualSelect):
            return self.session.execute(statement, values)
        if self._connection is None:
            self._connection = self.session.connection()
        return self._connection.execute(statement, values)

    def wake(self, job: UUID) -> None:
        """Wake the worker for this job once the transaction is in."""
        self.to_wake.append(job)


class Transactions:
    """Makes transactions; one of these is wired per process."""

    def __init__(self, sessions: Sessions, clock: Callable[[], int], memory: Memory, wake: Wake) -> None:
        self.sessions = sessions
        self.clock = clock
        self.memory = memory
        self.waker = wake

    @contextmanager
    def of(self, tenant: UUID) -> Iterator[Transaction]:
        """A transaction for a tenant that is known, from a job row or while seeding."""
        with self._open(tenant) as transaction:
            yield transaction

    @contextmanager
    def at_gate(self) -> Iterator[Transaction]:
        """A transaction whose first statement finds out who asks (store.gate)."""
        with self._open(AT_GATE) as transaction:
            yield transaction

    @contextmanager
    def _open(self, tenant: UUID | str) -> Iterator[Transaction]:
        session = self.sessions()
        session.info["tenant"] = tenant
        transaction = Transaction(session, self.clock(), self.memory)
        try:
            yield transaction
            session.commit()
        except (DBAPIError, PoolTimeout) as error:
            session.rollback()
            raise _told(error) from error
        except BaseException:
            session.rollback()
            raise
        finally:
            session.close()
        for job in transaction.to_wake:
            self.waker.wake(transaction.tenant, job)


def _told(error: DBAPIError | PoolTimeout) -> Exception:
    """A database that is away, full, busy or read-only is an answer (try later); else it is a bug and stays itself."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    if state:
        away = state.startswith(("08", "57P")) or state in (READ_ONLY, DISK_FULL, *TOO_LONG)
    else:
        away = isinstance(error, OperationalError | PoolTimeout)
    if away or getattr(error, "connection_invalidated", False):
        return Unavailable(
            "De database is nu niet bereikbaar. Probeer het over een minuut opnieuw; er is niets opgeslagen.",
            "The database cannot be reached now. Try again in a minute; nothing was saved.",
        )
    return error
