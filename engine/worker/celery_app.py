"""Celery as the waker of the job table: messages carry a tenant and a job id, nothing else, and may be lost.

Early acknowledgement, no results, JSON only. The sweep runs in every worker process beside the tasks; any number of
them is safe, since a job is claimed by its row.
"""

from threading import Event, Thread
from uuid import UUID

import structlog
from celery import Celery
from celery.exceptions import OperationalError as BrokerError
from celery.signals import worker_process_init, worker_process_shutdown
from kombu.exceptions import OperationalError as KombuError
from redis.exceptions import RedisError
from sqlalchemy import Engine

from engine.settings import Settings
from engine.store.transaction import Transactions
from engine.worker.run_one import run_all, sweep

log = structlog.get_logger()
TASK = "plus1.run_job"


def celery_app(settings: Settings) -> Celery:
    """A Celery application that can send; `serve_jobs` makes it do the work too."""
    app = Celery("plus1", broker=settings.redis_url)
    app.conf.update(
        task_ignore_result=True,
        task_serializer="json",
        accept_content=["json"],
        worker_prefetch_multiplier=1,
        task_acks_late=False,
        task_time_limit=settings.lease_seconds * 0.9,
        broker_connection_retry_on_startup=True,
        broker_transport_options={"socket_timeout": 5, "socket_connect_timeout": 2, "max_retries": 1},
        task_publish_retry=False,
        worker_hijack_root_logger=False,
        worker_concurrency=settings.worker_threads,
    )
    return app


class CeleryWake:
    """Sends a message after the commit; when Redis is away the sweep finds the job a second later."""

    def __init__(self, settings: Settings) -> None:
        self._app = celery_app(settings)

    def wake(self, tenant: UUID, job: UUID) -> None:
        """Publish; never raises, since the case is already saved."""
        try:
            self._app.send_task(TASK, args=[str(tenant), str(job)])
        except (BrokerError, KombuError, RedisError, OSError) as error:
            log.warning("no wake", job=str(job), error=repr(error))


def serve_jobs(app: Celery, settings: Settings, transactions: Transactions, database: Engine) -> Celery:
    """Register the task, and the sweep of each worker process."""
    stop = Event()

    def run_job(tenant: str, job: str) -> None:
        run_all(transactions, settings, [(UUID(tenant), UUID(job))])

    def run_swept(tenant: UUID, job: UUID) -> None:
        run_all(transactions, settings, [(tenant, job)])

    def begin(**_: object) -> None:
        database.dispose(close=False)  # the parent's connections are not ours to use, nor to close
        looking = (transactions, settings.sweep_seconds, stop, run_swept)
        Thread(target=sweep, args=looking, name="plus1-sweep", daemon=True).start()

    def end(**_: object) -> None:
        stop.set()

    app.task(run_job, name=TASK, ignore_result=True)
    worker_process_init.connect(begin, weak=False)
    worker_process_shutdown.connect(end, weak=False)
    return app
