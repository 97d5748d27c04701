"""The connection pool of a process, and the refusal to run with rights that would walk around row-level security."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import sessionmaker

from engine.store.session import TenantSession

WHO = text(
    "select r.rolname, r.rolsuper, r.rolbypassrls, "
    "exists (select 1 from pg_class c where c.relowner = r.oid and c.relname = 'instance') as owner "
    "from pg_roles r where r.rolname = current_user"
)


class TooMuchPower(Exception):
    """The role of the database address could read every municipality's rows."""


def options(pool_size: int, statement_seconds: float) -> dict[str, Any]:
    """What `create_engine` and Flask-SQLAlchemy both get. No statement waits forever, neither for work nor a lock.

    Errors do not quote values: these may be about people, and would land in a log."""
    limits = f"-c statement_timeout={int(statement_seconds * 1000)} -c lock_timeout=5000 -c timezone=UTC"
    return {
        "pool_size": pool_size,
        "max_overflow": 0,
        "hide_parameters": True,
        "pool_pre_ping": False,
        "pool_recycle": 1800,
        "connect_args": {"options": limits, "prepare_threshold": 2, "connect_timeout": 5},
    }


def connect(url: str, pool_size: int, statement_seconds: float) -> Engine:
    """A pool for worker and command line."""
    return create_engine(url, **options(pool_size, statement_seconds))


def sessions(database: Engine) -> Callable[[], TenantSession]:
    """Sessions of that pool; rows stay readable after the commit."""
    return sessionmaker(database, class_=TenantSession, expire_on_commit=False)


def refuse_power(database: Engine) -> None:
    """Raise TooMuchPower when we are superuser, owner of the tables, or may bypass row-level security."""
    with database.connect() as connection:
        row = connection.execute(WHO).one()
    if row.rolsuper or row.rolbypassrls or row.owner:
        raise TooMuchPower(
            f"The database role {row.rolname} is superuser, owner or has BYPASSRLS, so that row-level security would "
            "not keep municipalities apart. Set PLUS1_DATABASE_URL to the role plus1_app."
        )
