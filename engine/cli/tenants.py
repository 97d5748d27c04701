"""`plus1 tenants`: the authorities that this Plus-1 serves."""

import click

from engine.cli.acting import engine
from engine.store.directory import known_tenants


@click.command()
def tenants() -> None:
    """List the tenants: short name, kind and name. Other commands take the short name as --tenant."""
    with engine() as wired, wired.transactions.at_gate() as transaction:
        for known in known_tenants(transaction):
            click.echo(f"{known.slug:24} {known.kind:14} {known.name}")
