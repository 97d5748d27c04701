"""The worker of the embedded mode: threads beside the web server, woken after each commit, with a sweep to be sure."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event, Lock, Thread
from uuid import UUID

from engine.settings import Settings
from engine.store.transaction import Transactions
from engine.worker.run_one import run_all, sweep


class WorkerThread:
    """Runs jobs in `settings.worker_threads` threads; `wake` may be called before `start`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._transactions: Transactions | None = None
        self._stop = Event()
        self._lock = Lock()
        self._busy: set[UUID] = set()
        self._pool: ThreadPoolExecutor | None = None
        self._sweeper: Thread | None = None

    def attach(self, transactions: Transactions) -> None:
        """The transactions to work with; they in turn wake this thread."""
        self._transactions = transactions

    def start(self) -> None:
        """Begin to work. After a fork, in the process that serves."""
        self._pool = ThreadPoolExecutor(self._settings.worker_threads, thread_name_prefix="plus1-job")
        if self._transactions is None:
            raise RuntimeError("attach the transactions first")
        looking = (self._transactions, self._settings.sweep_seconds, self._stop, self.wake)
        self._sweeper = Thread(target=sweep, args=looking, name="plus1-sweep", daemon=True)
        self._sweeper.start()

    def stop(self) -> None:
        """Finish the jobs at hand and stop."""
        self._stop.set()
        if self._sweeper:
            self._sweeper.join(timeout=5)
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def wake(self, tenant: UUID, job: UUID) -> None:
        """Run this job soon."""
        pool = self._pool
        if pool is None or self._stop.is_set():
            return
        with self._lock:
            if job in self._busy:
                return
            self._busy.add(job)
        with suppress(RuntimeError):  # it stops just now: the next start finds the job
            pool.submit(self._run, tenant, job)

    def _run(self, tenant: UUID, job: UUID) -> None:
        try:
            if self._transactions:
                run_all(self._transactions, self._settings, [(tenant, job)])
        finally:
            with self._lock:
                self._busy.discard(job)
