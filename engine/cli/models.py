"""`plus1 models`: the shared processes: list, check on disk, publish, export."""

import sys
from datetime import datetime
from pathlib import Path

import click

from bpmn import archive
from engine import wiring
from engine.cli import files
from engine.cli.acting import acting
from engine.queries import models as queries
from engine.usecases.check_package import check_package
from engine.usecases.publish_model import PublishModel, publish_model

_PACKAGE = click.argument("path", type=click.Path(exists=True, path_type=Path))


@click.group()
def models() -> None:
    """The processes: what is published, checks on a package, publishing, exporting."""


@models.command("list")
@click.option("--tenant", required=True, help="Short name of the tenant, as `plus1 tenants` shows it.")
def list_(tenant: str) -> None:
    """List the models that a tenant can start today: key, version, name."""
    with acting(tenant) as (transaction, caller):
        for version in queries.list_models(transaction, caller):
            click.echo(f"{version.key:32} {version.semver:10} {version.name}")


@models.command()
@_PACKAGE
def check(path: Path) -> None:
    """Check a package (a folder or a zip) as publishing would; needs no database. Exit status 1 on an error."""
    package, findings = check_package(files.read(path), wiring.clock())
    good = files.show(findings) and package is not None
    if package is not None:
        click.echo(
            f"{package.key}: {len(package.processes)} process(es), {len(package.forms)} form(s), hash {package.hash}"
        )
    click.echo("This package can be published." if good else "This package cannot be published.")
    sys.exit(0 if good else 1)


@models.command()
@_PACKAGE
@click.option("--tenant", required=True, help="Short name of the owner, such as plus-1.")
@click.option("--version", "semver", required=True, help="The new version, such as 1.1.0.")
@click.option("--note", required=True, help="What changed, for the people who work with it.")
@click.option("--from", "day", type=click.DateTime(["%Y-%m-%d"]), help="First day that cases start on it.")
def publish(path: Path, tenant: str, semver: str, note: str, day: datetime | None) -> None:
    """Publish a package as a new version; it never changes afterwards."""
    command = PublishModel(files.read(path), semver, note, day.date() if day else None)
    with acting(tenant) as (transaction, caller):
        version = publish_model(transaction, caller, command)
    click.echo(f"{version.key} {version.semver} is published, hash {version.package_hash}")


@models.command()
@click.argument("key")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--tenant", required=True, help="Short name of the tenant that sees the model.")
def export(key: str, target: Path, tenant: str) -> None:
    """Write the version in force of a model to a zip, as it was published."""
    with acting(tenant) as (transaction, caller):
        found = queries.read_files(transaction, caller, key)
    target.write_bytes(archive.pack(found))
    click.echo(f"{target}: {len(found)} files")
