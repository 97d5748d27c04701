"""`plus1 rollout`: what publishing a version would do to all municipalities, rehearsed on a database of its own."""

import json
import resource
import shutil
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import click

from engine import embedded, wiring
from engine.cli import files, places
from engine.domain.memory import LeastRecent
from engine.settings import Settings
from engine.store import migrate
from engine.store.database import connect, sessions
from engine.store.transaction import Transactions
from engine.usecases.rehearse_rollout import Rehearsal, Rehearsed, prepare, publish_next, report
from engine.worker.run_one import claim_due, run_all

_PACKAGE = click.Path(exists=True, path_type=Path)


@click.group()
def rollout() -> None:
    """Roll-out of versions to municipalities."""


@rollout.command()
@click.argument("before", metavar="PACKAGE_V1", type=_PACKAGE)
@click.argument("after", metavar="PACKAGE_V2", type=_PACKAGE)
@click.option(
    "--tenants", type=click.IntRange(1, 5000), default=389, show_default=True, help="How many municipalities."
)
@click.option(
    "--structures", type=click.IntRange(1, 200), default=20, show_default=True, help="How many structures they share."
)
@click.option("--seed", type=int, default=1, show_default=True, help="Decides all that is drawn.")
@click.option(
    "--json", "target", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures to this file."
)
def simulate(before: Path, after: Path, tenants: int, structures: int, seed: int, target: Path | None) -> None:
    """Publish PACKAGE_V2 to municipalities that work with PACKAGE_V1 and choices drawn from a seed.

    Everything is real but the municipalities: a PostgreSQL of its own that is thrown away afterwards, the role of the
    web server with row-level security, the use cases and jobs of a roll-out. Your own database is not touched.
    """
    rehearsal = Rehearsal(files.read(before), files.read(after), tenants, structures, seed)
    folder = Path(tempfile.mkdtemp(prefix="plus1-rehearsal-"))
    folder.chmod(0o711)
    try:
        cluster = embedded.start(folder, places.progress)
        try:
            migrate.upgrade(cluster.owner_url)
            found = _rehearse(cluster.app_url, rehearsal)
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if target is not None:
        target.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


def _rehearse(address: str, rehearsal: Rehearsal) -> dict[str, object]:
    pool = connect(address, 3, 60)
    transactions = Transactions(sessions(pool), wiring.clock, LeastRecent(), wiring.Asleep())
    try:
        click.echo(f"  Seed {rehearsal.seed}: {rehearsal.tenants} municipalities make their choices …")
        owner, structures, choices = prepare(transactions, rehearsal, places.progress)
        began = time.perf_counter()
        version = publish_next(transactions, owner, rehearsal)
        while due := claim_due(transactions):
            run_all(transactions, Settings(), due)
        seconds = time.perf_counter() - began
        done = report(transactions, owner, version, (rehearsal.tenants, structures, choices))
    finally:
        pool.dispose()
    return _told(rehearsal, done, seconds)


def _told(rehearsal: Rehearsal, done: Rehearsed, seconds: float) -> dict[str, object]:
    """Print the figures, and give them for the file. Peak memory is that of this process, without the database."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    click.echo(f"published to {done.tenants} municipalities in {seconds:.1f} s, peak memory {peak:.0f} MB")
    click.echo(f"{done.choices} choices, {done.structures} structures; {done.adopted} went over, {done.held} are held")
    for status, number in done.statuses.items():
        click.echo(f"  {status:20} {number:6}")
    missing = done.tenants - done.reported
    click.echo("Every municipality is in the report." if not missing else f"{missing} are NOT in the report.")
    figures = {"seed": rehearsal.seed, **asdict(done), "seconds": round(seconds, 3), "peak_mb": round(peak, 1)}
    if missing:
        raise click.ClickException("The report is not complete.")
    return figures
