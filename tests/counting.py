"""Counts what the product asks of a database."""

from sqlalchemy import Engine, event


class Statements:
    """Counts cursor executions and commits of a pool."""

    def __init__(self, database: Engine) -> None:
        self.executed = 0
        self.commits = 0
        event.listen(database, "before_cursor_execute", self._on_execute)
        event.listen(database, "commit", self._on_commit)

    def _on_execute(self, *_: object) -> None:
        self.executed += 1

    def _on_commit(self, *_: object) -> None:
        self.commits += 1
