"""`plus1 migrate`: bring the tables up to date, as the owner role."""

import click

from engine import settings
from engine.cli import places
from engine.embedded import own_server, roles
from engine.store import migrate as migrations


@click.command()
@click.option(
    "--print-roles", is_flag=True, help="Print the SQL that makes the roles on a server of your own, and stop."
)
@click.option("--make-roles", is_flag=True, help="First make the roles and the database, as superuser.")
def migrate(print_roles: bool, make_roles: bool) -> None:
    """Bring the tables up to date.

    On a server of your own set PLUS1_OWNER_DATABASE_URL to the address for plus1_owner. The first time add --make-roles
    with PLUS1_SUPERUSER_DATABASE_URL, or let your own administrator run the SQL of --print-roles. The passwords are
    those in PLUS1_OWNER_DATABASE_URL and PLUS1_DATABASE_URL.
    """
    if print_roles:
        click.echo(_own_server_sql())
        return
    read = settings.read()
    if not read.embedded and not read.owner_database_url:
        raise click.ClickException("Set PLUS1_OWNER_DATABASE_URL to the address for the role plus1_owner.")
    if make_roles:
        if not read.superuser_database_url:
            raise click.ClickException("Set PLUS1_SUPERUSER_DATABASE_URL to a superuser's address.")
        known = own_server.passwords(read.owner_database_url, read.database_url)
        own_server.make(read.superuser_database_url, known)
        click.echo("The roles and the database are there.")
    with places.database(read) as placed:
        before = migrations.current(placed.owner_database_url)
        after = migrations.upgrade(placed.owner_database_url)
    click.echo(
        f"The tables are at {after}." if before == after else f"The tables went from {before or 'nothing'} to {after}."
    )


def _own_server_sql() -> str:
    passwords = {role: f"CHANGE-{role}" for role in roles.LOGINS}
    return "\n".join(
        [
            "-- Run as superuser, with psql, after changing the three passwords.",
            roles.cluster_sql(passwords),
            f"{roles.create_sql(roles.DATABASE)};",
            f"\\connect {roles.DATABASE}",
            roles.database_sql(roles.DATABASE),
        ]
    )
