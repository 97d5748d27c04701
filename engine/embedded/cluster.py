"""Start, attach to, mend and stop one embedded cluster; only the supervisor starts, everyone else attaches."""

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

import psycopg

from engine.embedded import binaries, layout, roles, secrets
from engine.embedded.refused import Refused

_PORT = 5432
_START_SECONDS = 60.0
_TEST_OPTIONS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
)


def _silent(_: str) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Cluster:
    """A running PostgreSQL: addresses per role, databases, and `stop` for the process that started it."""

    data_dir: Path
    socket_dir: Path
    passwords: dict[str, str]
    programs: binaries.Programs | None = None
    durable: bool = True
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)
    lock: TextIO | None = field(default=None, repr=False)

    def url(self, role: str, database: str = roles.DATABASE) -> str:
        """The SQLAlchemy address of `database` for `role`, over the Unix socket."""
        secret, host = quote(self.passwords[role], safe=""), quote(str(self.socket_dir))
        return f"postgresql+psycopg://{role}:{secret}@/{quote(database)}?host={host}"

    @property
    def app_url(self) -> str:
        """The address for the web and the worker: no DDL, bound by row-level security."""
        return self.url(roles.APP)

    @property
    def owner_url(self) -> str:
        """The address for migrations."""
        return self.url(roles.OWNER)

    def create_database(self, name: str, template: str | None = None) -> None:
        """Make a database for our roles, empty or as a copy of `template` (about 20 ms)."""
        with self._super() as connection:
            connection.execute(roles.create_sql(name, template).encode())
            if template:
                connection.execute(roles.door_sql(name).encode())
        if not template:
            with self._super(name) as connection:
                connection.execute(roles.database_sql(name).encode())

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        with self._super() as connection:
            connection.execute(roles.drop_sql(name).encode())

    def alive(self) -> bool:
        """Whether the server process that we started still runs."""
        return self.process is not None and self.process.poll() is None

    def revive(self) -> None:
        """Start the server again after it died (0.2 s); committed work is kept, the addresses stay the same."""
        if self.alive():
            return
        self.process = _launch(self)

    def stop(self) -> None:
        """Stop the server (fast: open transactions are rolled back) and let go of the data directory."""
        if self.process is not None and self.alive():
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=_START_SECONDS)
        shutil.rmtree(self.socket_dir, ignore_errors=True)
        if self.lock is not None:
            self.lock.close()
            self.lock = None

    def _super(self, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            host=str(self.socket_dir),
            port=_PORT,
            user=layout.SUPERUSER,
            password=self.passwords[layout.SUPERUSER],
            dbname=database,
            autocommit=True,
        )


def start(data_dir: Path, progress: Callable[[str], None] = _silent, *, durable: bool = True) -> Cluster:
    """Start the cluster in `data_dir`, made there first when it is new; about 0.5 s the first time, 0.1 s later.

    `durable=False` is for tests: faster, and a power cut may lose data. Raises `Refused` when the directory is in use,
    belongs to another major version, or the server does not come up.
    """
    data_dir = data_dir.resolve()
    layout.prepare(data_dir)
    lock = layout.lock(data_dir)
    try:
        programs = binaries.find(data_dir)
        passwords = secrets.keep(data_dir / layout.PASSWORDS, (layout.SUPERUSER, *roles.LOGINS))
        fresh = not (data_dir / layout.CLUSTER / "PG_VERSION").exists()
        if fresh:
            progress("Making the database cluster …")
            layout.initialise(data_dir, programs, passwords[layout.SUPERUSER], durable=durable)
        layout.check_version(data_dir, binaries.major_version(programs))
        layout.wait_for_predecessor(data_dir)
        socket_dir = _socket_dir(programs)
        cluster = Cluster(data_dir, socket_dir, passwords, programs, durable, lock=lock)
        progress("Starting PostgreSQL …")
        cluster.process = _launch(cluster)
        _establish(cluster)
    except BaseException:
        lock.close()
        raise
    return cluster


def attach(data_dir: Path) -> Cluster | None:
    """The cluster that another process runs in `data_dir`, or None when none is running there."""
    data_dir = data_dir.resolve()
    status = layout.postmaster(data_dir)
    if status is None or not status.ready or not layout.alive(status.pid):
        return None
    passwords = secrets.keep(data_dir / layout.PASSWORDS, ())
    return Cluster(data_dir, Path(status.socket_dir), passwords)


def _establish(cluster: Cluster) -> None:
    with cluster._super() as connection:
        connection.execute(roles.cluster_sql(cluster.passwords).encode())
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (roles.DATABASE,)).fetchone()
    if known is None:
        cluster.create_database(roles.DATABASE)


def _socket_dir(programs: binaries.Programs) -> Path:
    """A short path, since a Unix socket's may have 107 bytes, closed to other accounts."""
    path = Path(tempfile.mkdtemp(prefix="plus1-"))
    if len(str(path)) > 80:
        path.rmdir()
        path = Path(tempfile.mkdtemp(prefix="plus1-", dir="/tmp"))
    programs.own(path)
    return path


def _launch(cluster: Cluster) -> "subprocess.Popen[bytes]":
    assert cluster.programs is not None
    options = [f"unix_socket_directories={cluster.socket_dir}", "unix_socket_permissions=0700", "listen_addresses="]
    options += [] if cluster.durable else _TEST_OPTIONS
    settings = [word for option in options for word in ("-c", option)]
    home = cluster.data_dir / layout.CLUSTER
    log = cluster.data_dir / layout.LOG
    deadline = time.monotonic() + _START_SECONDS
    while True:
        process = cluster.programs.popen("postgres", "-D", str(home), "-p", str(_PORT), *settings, cwd=home, log=log)
        if _ready(process, cluster.data_dir, deadline):
            return process
        if "shared memory block" not in layout.tail(log) or time.monotonic() > deadline:
            raise Refused(f"PostgreSQL did not start:\n{layout.tail(log)}", f"The whole log is in {log}.")
        time.sleep(0.1)  # children of a killed server need a moment to notice


def _ready(process: "subprocess.Popen[bytes]", data_dir: Path, deadline: float) -> bool:
    while process.poll() is None and time.monotonic() < deadline:
        status = layout.postmaster(data_dir)
        if status is not None and status.pid == process.pid and status.ready:
            return True
        time.sleep(0.01)
    if process.poll() is None:
        process.kill()
    return False
