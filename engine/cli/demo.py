"""`plus1 demo`: the demo municipalities, their people and one shared process; safe to run again."""

import click

from engine import settings
from engine.cli import showcase
from engine.cli.acting import engine


@click.command()
def demo() -> None:
    """Put the demo data into the database (nothing is overwritten) and show people and API keys."""
    read = settings.read()
    if not read.demo:
        raise click.ClickException("The demonstration is off: set PLUS1_DEMO=yes (only with PLUS1_HOST=127.0.0.1).")
    with engine(read) as wired:
        showcase.seed(wired.transactions, read.data_dir)
        click.echo("\n".join(showcase.accounts(wired.transactions, read.data_dir, with_keys=True)))
