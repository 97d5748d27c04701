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
    """The engine of this process. `thread`: the worker beside the web server; None where Celery does the work."""

    settings: Settings
    transactions: Transactions
    thread: WorkerThread | None
    database: Engine


def clock() -> int:
    """Epoch milliseconds."""
    return time.time_ns() // 1_000_000


def build(
    settings: Settings,
    database: Engine | None = None,
    requests: Sessions | None = None,
    now: Callable[[], int] = clock,
) -> Wiring:
    """Wire the engine. `database`: a pool that somebody else made; `requests`: sessions for web requests, when those
    are Flask-SQLAlchemy's; jobs always use plain ones, since they run outside any request.

    Raises TooMuchPower when the database role could see every tenant."""
    database = database or connect(settings.database_url, settings.pool_size, settings.statement_seconds)
    refuse_power(database)
    plain = sessions(database)
    thread = WorkerThread(settings) if settings.worker and not settings.redis_url else None
    wake: Wake = CeleryWake(settings) if settings.redis_url else thread or Asleep()
    memory = LeastRecent()
    if thread:
        thread.attach(Transactions(plain, now, memory, wake))
    return Wiring(settings, Transactions(requests or plain, now, memory, wake), thread, database)


class Asleep:
    """Wakes nobody: for the command line, whose jobs the running server's sweep finds."""

    def wake(self, tenant: object, job: object) -> None:
        """Nothing to do."""
