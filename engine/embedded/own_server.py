"""The roles and the database on a PostgreSQL server of one's own, made once by its superuser; may be run again."""

from collections.abc import Mapping

import psycopg
from sqlalchemy import make_url

from engine.embedded import roles
from engine.embedded.refused import Refused


def passwords(*addresses: str) -> dict[str, str]:
    """Per role the password that one of the addresses carries, so that roles and settings agree."""
    found = {}
    for address in filter(None, addresses):
        url = make_url(address)
        if url.username and url.password:
            found[url.username] = str(url.password)
    return found


def make(superuser_url: str, known: Mapping[str, str], database: str = roles.DATABASE) -> None:
    """Make the five roles and `database` on the server of `superuser_url`.

    `known` holds passwords by role; owner and app must be among them, the auditor cannot log in without one. Raises
    `Refused` when the server is too old, does not answer, or the role is no superuser.
    """
    missing = {roles.OWNER, roles.APP} - set(known)
    if missing:
        raise Refused(
            f"No password is known for {', '.join(sorted(missing))}.",
            "Put both in PLUS1_OWNER_DATABASE_URL and PLUS1_DATABASE_URL.",
        )
    address = make_url(superuser_url).set(drivername="postgresql")
    try:
        with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as server:
            _roles_and_database(server, known, database)
        inside = address.set(database=database).render_as_string(hide_password=False)
        with psycopg.connect(inside, autocommit=True) as connection:
            connection.execute(roles.database_sql(database).encode())
    except psycopg.Error as problem:
        raise Refused(
            f"The roles were not made: {problem}", "PLUS1_SUPERUSER_DATABASE_URL must be a superuser's."
        ) from None


def _roles_and_database(server: "psycopg.Connection[tuple[object, ...]]", known: Mapping[str, str], name: str) -> None:
    if server.info.server_version < 160_000:
        raise Refused("This server is older than PostgreSQL 16.", "Use PostgreSQL 16 or newer.")
    server.execute(roles.cluster_sql(known).encode())
    if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is None:
        server.execute(roles.create_sql(name).encode())
