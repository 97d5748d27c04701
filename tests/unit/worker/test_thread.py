"""The worker beside the web server: a wake while it stops is no fault, since the next start finds the job."""

from engine.domain.ids import new_id
from engine.domain.memory import LeastRecent
from engine.settings import Settings
from engine.store.session import TenantSession
from engine.store.transaction import Transactions
from engine.worker.thread import WorkerThread


def test_a_wake_after_the_stop_does_nothing() -> None:
    thread = WorkerThread(Settings(sweep_seconds=60.0))
    thread.attach(Transactions(TenantSession, lambda: 0, LeastRecent(), thread))
    thread.start()
    thread.stop()
    thread._stop.clear()  # as for a request that looked just before
    thread.wake(new_id(), new_id())
