"""Brings a database to the newest schema, as the owner role; the app role may not change tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

LOCK = 7_105_001  # any constant: two migrators at once would otherwise both start


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(owner_url: str) -> str:
    """Apply all missing migrations in one transaction; give the revision that the database is at."""
    database = create_engine(owner_url, poolclass=NullPool)
    with database.begin() as connection:
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        command.upgrade(_config(connection), "head")
        return MigrationContext.configure(connection).get_current_revision() or ""


def head() -> str:
    """The newest revision that this code knows."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def current(url: str) -> str:
    """The revision that a database is at; empty when it has never been migrated."""
    database = create_engine(url, poolclass=NullPool)
    with database.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""
