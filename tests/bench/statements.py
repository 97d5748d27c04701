"""What the database was asked for one request, told by PostgreSQL itself in its log: statements and commits."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

LINE = re.compile(r"\[(\d+)\] LOG:  (?:statement|execute [^:]*): (.*)")
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

    def asked(self) -> Asked:
        """Every transaction since the last look, but for the worker's."""
        time.sleep(0.02)  # the server writes its log a moment after it answers
        with self.path.open("rb") as log:
            log.seek(self.at)
            fresh = log.read().decode()
            self.at = log.tell()
        by_process: dict[str, list[str]] = {}
        for process, statement in LINE.findall(fresh):
            by_process.setdefault(process, []).append(statement)
        kept = [one for all_ in by_process.values() for group in _transactions(all_) for one in group]
        commits = kept.count("COMMIT")
        return Asked(tuple(s[:60] for s in kept if s not in ("COMMIT", "ROLLBACK")), commits)


def _transactions(statements: list[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for statement in statements:
        if statement.startswith("BEGIN"):
            continue
        group.append(statement)
        if statement in ("COMMIT", "ROLLBACK"):
            if not any(JOBS in one for one in group):
                yield group
            group = []


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
