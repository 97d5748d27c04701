"""`plus1 models`: the shared processes: list, bring over, check on disk, draft, propose, publish, export."""

import sys
from datetime import datetime
from pathlib import Path

import click

from bpmn import archive
from engine import wiring
from engine.cli import files
from engine.cli.acting import acting
from engine.cli.adopted import import_
from engine.queries import drafts
from engine.queries import models as queries
from engine.queries import versions as owned
from engine.usecases.check_package import check_package
from engine.usecases.draft_contents import named
from engine.usecases.propose_version import ProposeVersion, propose_version
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.replace_draft import ReplaceDraft, replace_draft
from engine.usecases.second_opinions import second_opinions

_PACKAGE = click.argument("path", type=click.Path(exists=True, path_type=Path))
_OWNER = click.option("--tenant", required=True, help="Short name of the owner, such as plus-1.")
_VERSION = click.option("--version", "semver", required=True, help="The new version, such as 1.1.0.")
_NOTE = click.option("--note", required=True, help="What changed, for the people who work with it.")
_DAY = click.option("--from", "day", type=click.DateTime(["%Y-%m-%d"]), help="First day that cases start on it.")


@click.group()
def models() -> None:
    """The processes: what is published, checks on a package, drafts and proposals, publishing, exporting."""


models.add_command(import_)


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
        files.show_opinions(second_opinions(package, wiring.clock()))
        click.echo(
            f"{package.key}: {len(package.processes)} process(es), {len(package.forms)} form(s), hash {package.hash}"
        )
    click.echo("This package can be published." if good else "This package cannot be published.")
    sys.exit(0 if good else 1)


@models.command()
@_PACKAGE
@_OWNER
@_VERSION
@_NOTE
@_DAY
def publish(path: Path, tenant: str, semver: str, note: str, day: datetime | None) -> None:
    """Publish a package as a new version, without asking a second person; it never changes afterwards."""
    command = PublishModel(files.read(path), semver, note, day.date() if day else None)
    with acting(tenant) as (transaction, caller):
        version = publish_model(transaction, caller, command)
    click.echo(f"{version.key} {version.semver} is published, hash {version.package_hash}")


@models.command()
@_PACKAGE
@_OWNER
@click.option("--revision", type=click.IntRange(0), help="Of the draft, when somebody else changed it last.")
def draft(path: Path, tenant: str, revision: int | None) -> None:
    """Make a package the draft of its model, for people to go on with; begins the draft when there is none."""
    read = files.read(path)
    with acting(tenant) as (transaction, caller):
        key = named(read).key
        known = next((one for one in drafts.list_drafts(transaction, caller) if one.key == key), None)
        if known is not None and revision is None:
            if known.edited_by != caller.actor:
                raise click.ClickException(
                    f"{known.edited_by_name} changed this draft last. Say --revision {known.revision} to replace it."
                )
            revision = known.revision
        made = replace_draft(transaction, caller, ReplaceDraft(key, revision, read)).draft
    click.echo(f"{made.key}: draft {made.revision}")


@models.command()
@click.argument("key")
@_OWNER
@_VERSION
@_NOTE
@_DAY
def propose(key: str, tenant: str, semver: str, note: str, day: datetime | None) -> None:
    """Propose the draft of KEY as its next version; a person, or a system with an API key, then decides."""
    with acting(tenant) as (transaction, caller):
        revision = drafts.read_draft(transaction, caller, key).revision
        command = ProposeVersion(key, revision, semver, note, day.date() if day else None)
        proposal = propose_version(transaction, caller, command)
    click.echo(f"{proposal.id}  {key} {proposal.semver} is proposed")


@models.command()
@click.argument("key")
@_OWNER
def versions(key: str, tenant: str) -> None:
    """List the versions of KEY, the newest first: number, day of publishing, first day, what changed."""
    with acting(tenant) as (transaction, caller):
        found = owned.model_overview(transaction, caller, key).versions
    for one in found:
        note = " ".join(one.changelog.split())
        click.echo(f"{one.semver:10} {one.published_at:%Y-%m-%d} {one.effective_from or '':10} {note}")


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
