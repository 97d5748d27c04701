"""`plus1 migrate`: bring the tables up to date, as the owner role."""

import click

from engine import settings
from engine.cli import places
from engine.embedded import roles
from engine.store import migrate as migrations


@click.command()
@click.option(
    "--print-roles", is_flag=True, help="Print the SQL that makes the roles on a server of your own, and stop."
)
def migrate(print_roles: bool) -> None:
    """Bring the tables up to date.

    On a server of your own the roles come first: run the SQL of --print-roles once as superuser (set the passwords in
    it), then set PLUS1_OWNER_DATABASE_URL to the address for plus1_owner.
    """
    if print_roles:
        click.echo(_own_server_sql())
        return
    read = settings.read()
    if not read.embedded and not read.owner_database_url:
        raise click.ClickException("Set PLUS1_OWNER_DATABASE_URL to the address for the role plus1_owner.")
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
