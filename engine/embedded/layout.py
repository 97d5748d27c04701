"""What lies in a data directory: the cluster, its passwords, its log, the lock, and the checks before a start."""

import fcntl
import os
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from engine.embedded import secrets
from engine.embedded.binaries import Programs
from engine.embedded.refused import Refused

SUPERUSER = "plus1_super"
CLUSTER = "postgres"
PASSWORDS = "passwords.json"
LOG = "postgres.log"
LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Postmaster:
    """The server's own status file: its process, its socket directory and whether it takes connections."""

    pid: int
    socket_dir: str
    ready: bool


def prepare(data_dir: Path) -> None:
    """Make the data directory: closed to others, but when we are root open to pass through for `nobody`."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
    except OSError as problem:
        raise Refused(f"The data directory {data_dir} cannot be made: {problem}", "Set PLUS1_DATA_DIR.") from problem


def lock(data_dir: Path) -> TextIO:
    """The lock on a data directory, held until the file is closed or the process ends."""
    held = (data_dir / LOCK).open("a+")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        held.seek(0)
        owner = held.read().strip() or "unknown"
        held.close()
        raise Refused(
            f"The data directory {data_dir} is in use by process {owner}.",
            "Stop that process, or set PLUS1_DATA_DIR (and PLUS1_PORT) to run a second Plus-1 beside it.",
        ) from taken
    held.truncate(0)
    held.write(f"{os.getpid()}\n")
    held.flush()
    return held


def initialise(data_dir: Path, programs: Programs, password: str, *, durable: bool) -> None:
    """Make the cluster's files (initdb) beside their place and move them there: a start that was broken off leaves no
    half cluster. The password file lives only as long as that takes.

    Sorting is by code point (`C.UTF-8`), the same in every build of PostgreSQL; lists sort by a stored key.
    """
    home = data_dir / f"{CLUSTER}.new"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    file = data_dir / "superuser.password"
    secrets.write_private(file, password)
    programs.own(home)
    programs.own(file)
    try:
        programs.run(
            *("initdb", "-D", str(home), "-U", SUPERUSER, "-E", "UTF8", "--auth=scram-sha-256", f"--pwfile={file}"),
            *("--locale-provider=builtin", "--locale=C.UTF-8"),
            *(() if durable else ("--no-sync",)),
            cwd=home,
        )
    finally:
        file.unlink()
    home.rename(data_dir / CLUSTER)


def check_version(data_dir: Path, program: str) -> None:
    """Refuse files of another major version: PostgreSQL cannot read them, and guessing would cost data."""
    files = (data_dir / CLUSTER / "PG_VERSION").read_text().strip()
    if files != program:
        raise Refused(
            f"The data in {data_dir} was made by PostgreSQL {files}; this is PostgreSQL {program}.",
            f"Dump it with the Plus-1 that made it (pg_dump) and restore it into a new directory, or use pg_upgrade"
            f" (with --no-data-checksums where the old files have none). Nothing was changed in {data_dir}.",
        )


def postmaster(data_dir: Path) -> Postmaster | None:
    """What the server wrote about itself, or None when there is no (complete) status file."""
    try:
        lines = (data_dir / CLUSTER / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, PermissionError):
        return None
    if len(lines) < 5:
        return None
    return Postmaster(int(lines[0]), lines[4], len(lines) > 7 and lines[7].strip() == "ready")


def alive(pid: int) -> bool:
    """Whether a process with that number exists and is PostgreSQL (numbers are reused)."""
    command = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        return command.exists() and b"postgres" in command.read_bytes()
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def wait_for_predecessor(data_dir: Path, seconds: float = 15.0) -> None:
    """Let a server whose supervisor was killed finish its shutdown; ask it to when it was not told."""
    status = postmaster(data_dir)
    if status is None or not alive(status.pid):
        return
    os.kill(status.pid, signal.SIGINT)
    deadline = time.monotonic() + seconds
    while alive(status.pid):
        if time.monotonic() > deadline:
            raise Refused(
                f"An earlier PostgreSQL (process {status.pid}) still runs on {data_dir}.", "Stop it and start again."
            )
        time.sleep(0.02)


def tail(log: Path, size: int = 2_000) -> str:
    """The last part of a log, as text."""
    if not log.exists():
        return ""
    with log.open("rb") as source:
        source.seek(max(0, log.stat().st_size - size))
        return source.read().decode(errors="replace")
