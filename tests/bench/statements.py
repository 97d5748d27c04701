"""What the database was asked for one request, told by PostgreSQL itself in its log: statements and commits."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

LINE = re.compile(r"\[(\d+)\] LOG:  (?:statement|execute [^:]*): (.*)")
ENDS = ("COMMIT", "ROLLBACK")
JOBS = "due_jobs("  # the worker's look for due jobs, which belongs to no request


@dataclass(frozen=True, slots=True)
class Asked:
    """`statements`: first words of each, in order, without BEGIN and COMMIT."""

    statements: tuple[str, ...]
    commits: int


class Log:
    """Reads what PostgreSQL wrote since the last look."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.at = path.stat().st_size
        self.open: dict[str, list[str]] = {}

    def asked(self) -> Asked:
        """Every transaction since the last look, but for the worker's."""
        time.sleep(0.02)  # the server writes its log a moment after it answers
        with self.path.open("rb") as log:
            log.seek(self.at)
            fresh = log.read().decode()
            self.at = log.tell()
        found = [one for process, statement in LINE.findall(fresh) for one in self._ended(process, statement)]
        commits = found.count("COMMIT")
        return Asked(tuple(one[:60] for one in found if one not in ENDS), commits)

    def _ended(self, process: str, statement: str) -> list[str]:
        """The transaction that this statement ends; [] while it goes on, and for the worker's. It may have begun before
        the last look."""
        if statement.startswith("BEGIN"):
            self.open[process] = []
            return []
        group = self.open.setdefault(process, [])
        group.append(statement)
        if statement not in ENDS:
            return []
        self.open[process] = []
        return [] if any(JOBS in one for one in group) else group


@contextmanager
def logged(address: str, path: Path) -> Iterator[Log]:
    """PostgreSQL logs every statement while this lasts. `address`: of a superuser."""
    with psycopg.connect(address, autocommit=True) as connection:
        try:
            connection.execute("alter system set log_statement = 'all'")
            connection.execute("select pg_reload_conf()")
            time.sleep(0.5)
            yield Log(path)
        finally:
            connection.execute("alter system reset log_statement")
            connection.execute("select pg_reload_conf()")
            time.sleep(0.5)
