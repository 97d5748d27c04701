"""Where the database is: one's own server as set, else the embedded one, which `plus1 serve` runs or we start."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import click

from engine import embedded
from engine.embedded import Cluster, secrets
from engine.settings import Settings
from engine.store import migrate as migrations

SECRETS = "secrets.json"


def progress(text: str) -> None:
    """One line of what is going on."""
    click.echo(f"  {text}")


def placed(settings: Settings, cluster: Cluster) -> Settings:
    """The settings with the addresses of the embedded database and the secrets of its data folder filled in."""
    kept = secrets.keep(settings.data_dir / SECRETS, ("secret_key", "demo_api_key"))
    return replace(
        settings,
        database_url=cluster.app_url,
        owner_database_url=cluster.owner_url,
        secret_key=settings.secret_key or kept["secret_key"],
    )


def check_tables(read: Settings) -> None:
    """On a server of one's own only `plus1 migrate` changes tables; an older or newer schema is refused."""
    at, wanted = migrations.current(read.database_url), migrations.head()
    if at != wanted:
        text = f"The tables are at {at or 'nothing'}, this Plus-1 needs {wanted}. Run: plus1 migrate"
        raise click.ClickException(text)


@contextmanager
def database(settings: Settings, tell: Callable[[str], None] = progress) -> Iterator[Settings]:
    """The settings with a database that answers, for a command that works beside `plus1 serve` or alone.

    Raises `embedded.Refused` when the embedded database cannot start.
    """
    if not settings.embedded:
        yield settings
        return
    running = embedded.attach(settings.data_dir)
    if running is not None:
        yield placed(settings, running)
        return
    cluster = embedded.start(settings.data_dir, tell)
    try:
        yield placed(settings, cluster)
    finally:
        cluster.stop()
