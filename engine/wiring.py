"""The composition root of the engine: which database, which clock, which waker. The web has its own root in webui."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from engine.domain.memory import LeastRecent
from engine.domain.ports import Wake
from engine.settings import Settings
from engine.store.database import connect, refuse_power, sessions
from engine.store.transaction import Sessions, Transactions
from engine.worker.celery_app import CeleryWake
from engine.worker.thread import WorkerThread


@dataclass(frozen=True, slots=True)
class Wiring:
    """The engine of this process. `thread`: the worker beside the web server; None where Celery does the work.
    `database`: our own pool; None when the sessions are somebody else's."""

    settings: Settings
    transactions: Transactions
    thread: WorkerThread | None
    database: Engine | None


def clock() -> int:
    """Epoch milliseconds."""
    return time.time_ns() // 1_000_000


def build(settings: Settings, made: Sessions | None = None, now: Callable[[], int] = clock) -> Wiring:
    """Wire the engine. `made`: sessions that somebody else makes (Flask-SQLAlchemy's); else a pool of its own.

    Raises TooMuchPower when the database role could see every tenant."""
    database = None
    if made is None:
        database = connect(settings.database_url, settings.pool_size, settings.statement_seconds)
        refuse_power(database)
        made = sessions(database)
    thread = WorkerThread(settings) if not settings.redis_url and settings.worker else None
    wake: Wake = CeleryWake(settings) if settings.redis_url else thread or Asleep()
    transactions = Transactions(made, now, LeastRecent(), wake)
    if thread:
        thread.attach(transactions)
    return Wiring(settings, transactions, thread, database)


class Asleep:
    """Wakes nobody: for the command line, whose jobs the running server's sweep finds."""

    def wake(self, tenant: object, job: object) -> None:
        """Nothing to do."""
