"""`plus1 doctor`: look at everything that Plus-1 needs and say what is wrong and what to do."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import redis
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from engine import settings
from engine.cli import places
from engine.settings import Settings
from engine.store import migrate as migrations

Finding = tuple[bool, str]
_MANIFEST = Path(__file__).parents[2] / "webui" / "dist" / ".vite" / "manifest.json"
_POWERS = text(
    "SELECT current_user, rolsuper OR rolbypassrls OR pg_has_role(datdba, 'MEMBER'), current_setting('server_version')"
    " FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()"
)


@click.command()
@click.option("--settings", "show", is_flag=True, help="List every setting with its value and meaning.")
def doctor(show: bool) -> None:
    """Check settings, database, roles, tables, Redis and the built web files; exit status 1 when something is wrong."""
    read = settings.read()
    if show:
        for name, value, meaning in settings.table(read):
            click.echo(f"{name:28} {value or '-':34} {meaning}")
        return
    well = True
    with places.database(read, lambda _: None) as placed:
        for check in (_python, _files, _database, _redis):
            for good, line in check(placed):
                well = well and good
                click.echo(f"{click.style('ok   ', fg='green') if good else click.style('WRONG', fg='red')} {line}")
    sys.exit(0 if well else 1)


def _python(_: Settings) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield sys.version_info >= (3, 11), f"Python {version} (3.11 or newer is needed)"


def _files(_: Settings) -> Iterator[Finding]:
    built = _MANIFEST.exists()
    yield built, "The web files are built." if built else "The web files are not built: type `make build`."


def _database(placed: Settings) -> Iterator[Finding]:
    database = create_engine(placed.database_url, poolclass=NullPool)
    try:
        with database.connect() as connection:
            role, powerful, version = connection.execute(_POWERS).one()
        at, wanted = migrations.current(placed.database_url), migrations.head()
    except SQLAlchemyError as problem:
        yield False, f"The database does not answer: {str(problem).splitlines()[0]}"
        return
    yield int(version.split(".")[0]) >= 16, f"PostgreSQL {version} (16 or newer is needed)"
    yield not powerful, f"The web works as {role}" + (", which is above row-level security!" if powerful else ".")
    yield (
        at == wanted,
        f"The tables are at {at or 'nothing'}" + ("." if at == wanted else f", not {wanted}: plus1 migrate"),
    )


def _redis(placed: Settings) -> Iterator[Finding]:
    if not placed.redis_url:
        yield True, "No Redis is set: jobs run in the web process."
        return
    try:
        redis.Redis.from_url(placed.redis_url, socket_timeout=3).ping()
        yield True, "Redis answers."
    except redis.RedisError as problem:
        yield False, f"Redis does not answer: {problem}"
