"""`plus1 worker`: Celery workers on Redis, which run the jobs of the job table."""

import click

from engine import settings
from engine.cli import logs
from engine.cli.acting import engine
from engine.worker.celery_app import celery_app, serve_jobs


@click.command()
def worker() -> None:
    """Run jobs with Celery on PLUS1_REDIS_URL, PLUS1_WORKER_THREADS at a time; start as many as are needed.

    Without Redis no worker is needed: `plus1 serve` runs the jobs itself.
    """
    read = settings.read()
    if not read.redis_url:
        raise click.ClickException("Set PLUS1_REDIS_URL; without it `plus1 serve` runs the jobs itself.")
    logs.configure(read)
    with engine(read) as wired:
        app = serve_jobs(celery_app(wired.settings), wired.settings, wired.transactions, wired.database)
        app.worker_main(["worker", "--loglevel", read.log_level, "--without-gossip", "--without-mingle"])
