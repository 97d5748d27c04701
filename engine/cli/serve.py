"""`plus1 serve`: the supervisor, which owns the embedded database and the web server and stops both in order."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

import click

from engine import embedded, settings
from engine.cli import places, server, showcase
from engine.cli.acting import engine
from engine.embedded import Cluster
from engine.settings import Settings
from engine.store import migrate as migrations

_LOOK_SECONDS = 0.25


@click.command()
def serve() -> None:
    """Run Plus-1: database (embedded unless PLUS1_DATABASE_URL is set), web server and jobs; Ctrl-C stops it."""
    read = settings.read()
    if server.taken(read):
        raise click.ClickException(
            f"Something already listens on {read.host}:{read.port}. Set PLUS1_PORT to another port."
        )
    stopped = _on_signal()
    click.echo("Plus-1 starts …")
    if not read.embedded:
        places.check_tables(read)
        _supervise(read, None, stopped, [])
        return
    cluster = embedded.start(read.data_dir, places.progress)
    try:
        placed = places.placed(read, cluster)
        places.progress("Bringing the tables up to date …")
        migrations.upgrade(placed.owner_database_url)
        working = replace(placed, owner_database_url="", superuser_database_url="")
        known = _seed(working) if working.demo else []
        _supervise(working, cluster, stopped, known)
    finally:
        places.progress("Stopping PostgreSQL …")
        cluster.stop()


def _seed(working: Settings) -> list[str]:
    places.progress("Looking after the demo data …")
    with engine(working) as wired:
        fresh = showcase.seed(wired.transactions, working.data_dir)
        return showcase.accounts(wired.transactions, working.data_dir, with_keys=fresh)


def _supervise(placed: Settings, cluster: Cluster | None, stopped: Callable[[], bool], known: list[str]) -> None:
    places.progress("Starting the web server …")
    process = server.start(placed)
    try:
        if not server.wait(process, placed):
            raise click.ClickException("The web server did not start; its complaint is above.")
        click.echo(f"\nPlus-1 runs at {click.style(placed.address, bold=True)} (Ctrl-C stops it)\n")
        click.echo("\n".join([*known, ""]))
        _watch(process, cluster, stopped)
    finally:
        places.progress("Stopping the web server …")
        server.stop(process)


def _watch(process: "subprocess.Popen[bytes]", cluster: Cluster | None, stopped: Callable[[], bool]) -> None:
    while not stopped():
        if process.poll() is not None:
            raise click.ClickException(f"The web server ended by itself (status {process.returncode}).")
        if cluster is not None and not cluster.alive():
            places.progress("PostgreSQL died; starting it again …")
            cluster.revive()
        time.sleep(_LOOK_SECONDS)


def _on_signal() -> Callable[[], bool]:
    received: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        received.append(number)

    signal.signal(signal.SIGTERM, note)
    signal.signal(signal.SIGINT, note)
    return lambda: bool(received)
