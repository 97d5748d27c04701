"""The command `plus1-client`: models that are kept in git become drafts, proposals and versions of a Plus-1."""

import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from api.client import Away
from api.client_options import NO, Desk, asking
from bpmn import archive
from engine.cli import files as packages
from tenants.release import RINGS

COLOURS = {"error": "red", "warning": "yellow", "held": "yellow"}
DAY = click.DateTime(["%Y-%m-%d"])
PATH = click.argument("path", type=click.Path(exists=True, path_type=Path))
KEY = click.argument("key")
REVISION = click.option("--revision", type=click.IntRange(0), help="Of the draft, when somebody else changed it last.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def plus1_client() -> None:
    """Process models that are kept in git: check them, put them as draft, propose, approve, follow the roll-out.

    Exit status: 0 good, 1 errors found or refused, 2 wrong use, 3 the server does not answer.
    """


@plus1_client.command()
@PATH
@asking
def check(desk: Desk, path: Path) -> None:
    """Check a package (a folder or a zip) on the server, without keeping it there."""
    _findings(desk, desk.client.check(packages.read(path)), "package")


@plus1_client.command()
@KEY
@PATH
@REVISION
@asking
def draft(desk: Desk, key: str, path: Path, revision: int | None) -> None:
    """Make a package (a folder or a zip) the draft of the model KEY.

    What somebody else changed in the draft is not overwritten, unless you name its revision.
    """
    files = packages.read(path)
    known = desk.client.draft(key)
    if revision is None and known is not None:
        revision = _own(known, "replace it")
    made = desk.client.put_draft(key, files, revision)
    same = known is not None and known["revision"] == made["revision"]
    desk.tell(made, [f"{key}: draft {made['revision']}" + (", nothing differs" if same else "")])


@plus1_client.command()
@KEY
@asking
def findings(desk: Desk, key: str) -> None:
    """Show what publishing would say of the draft of KEY."""
    found = desk.client.findings(key)
    _findings(desk, found, f"draft {found['revision']}")


@plus1_client.command()
@KEY
@asking
def difference(desk: Desk, key: str) -> None:
    """Show what the draft of KEY changes of its newest version, and the number that this asks for."""
    found = desk.client.difference(key)
    lines = [f"{found['version'] or 'new model'} → {found['proposedVersion']} ({found['impact']})"]
    for change in found["changes"]:
        lines.append(f"{change['impact']:6} {change['text']}")
        lines += [
            f"         {one['name']}: {one['before'] or '–'} → {one['after'] or '–'}" for one in change["details"]
        ]
    desk.tell(found, lines)
    if not found["readable"]:
        raise click.ClickException(f"The draft cannot be read: see `plus1-client findings {key}`.")


@plus1_client.command()
@KEY
@click.option("--changelog", "-m", required=True, help="What changes, for the people who work with it.")
@click.option("--version", help="The number, such as 1.1.0; left out: the one that the changes ask for.")
@click.option("--from", "day", type=DAY, help="First day that cases start on it.")
@click.option("--ring", type=click.Choice(RINGS), help="The first ring that gets it; left out: everyone.")
@click.option("--legal-basis", help="Article of a legal fix, which goes before rings and policies.")
@click.option("--legal-reason", help="Why the law leaves no time.")
@click.option("--earlier-until", type=DAY, help="Last day that cases begin on earlier versions.")
@REVISION
@asking
def propose(
    desk: Desk,
    key: str,
    changelog: str,
    version: str | None,
    day: datetime | None,
    revision: int | None,
    **release: str | datetime | None,
) -> None:
    """Propose the draft of KEY as its next version; somebody else then decides. Prints the id of the proposal."""
    if revision is None:
        known = desk.client.draft(key)
        if known is None:
            raise click.ClickException(f"There is no draft of {key}.")
        revision = _own(known, "propose it")
    made = desk.client.propose(key, revision, changelog, version, f"{day:%Y-%m-%d}" if day else None, _release(release))
    desk.tell(made, [f"{made['id']}  {key} {made['version']} is proposed"])


@plus1_client.command()
@click.argument("proposal", type=click.UUID)
@click.option("--remark", default="", help="In words.")
@asking
def approve(desk: Desk, proposal: Any, remark: str) -> None:
    """Approve a PROPOSAL (its id), which publishes it. Not for who proposed it or changed it last."""
    _decided(desk, desk.client.approve(str(proposal), remark))


@plus1_client.command()
@click.argument("proposal", type=click.UUID)
@click.option("--remark", required=True, help="What has to change.")
@asking
def reject(desk: Desk, proposal: Any, remark: str) -> None:
    """Reject a PROPOSAL (its id). Not for who proposed it or changed it last."""
    _decided(desk, desk.client.reject(str(proposal), remark))


@plus1_client.command()
@click.argument("proposal", type=click.UUID)
@asking
def withdraw(desk: Desk, proposal: Any) -> None:
    """Take a PROPOSAL (its id) back, so that the draft can change again."""
    _decided(desk, desk.client.withdraw(str(proposal)))


@plus1_client.command()
@KEY
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--version", help="Such as 1.1.0; left out: the draft.")
@asking
def export(desk: Desk, key: str, target: Path, version: str | None) -> None:
    """Write the draft or a version of KEY to TARGET: a zip when its name ends so, else a folder."""
    data = desk.client.package(key, version)
    found, _ = archive.unpack(data)
    if found is None:
        raise Away("The server sent something that is no package.")
    if target.suffix == ".zip":
        target.write_bytes(data)
        left = []
    else:
        for name, content in found.items():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(content)
        left = sorted(set(packages.named(target)) - set(found))
    desk.tell(sorted(found), [f"{target}: {len(found)} files"])
    for name in left:
        click.echo(f"{target / name} is no part of it", err=True)


@plus1_client.command()
@KEY
@asking
def versions(desk: Desk, key: str) -> None:
    """List the versions of KEY, the newest first: number, day of publishing, first day, what changed."""
    found = desk.client.versions(key)
    lines = []
    for one in found["versions"]:
        first, note = one["effectiveFrom"] or "", " ".join(one["changelog"].split())
        lines.append(f"{one['version']:10} {one['publishedAt'][:10]} {first:10} {note}")
    desk.tell(found, lines)


@plus1_client.command()
@KEY
@click.argument("version")
@asking
def rollout(desk: Desk, key: str, version: str) -> None:
    """Show how a VERSION of KEY stands for each municipality, and what there is to decide."""
    found = desk.client.rollout(key, version)
    lines = []
    for one in found["tenants"]:
        by = f" by {one['decidedBy']}" if one["decidedBy"] else ""
        state = click.style(f"{one['state']:9}", fg=COLOURS.get(one["state"]))
        lines.append(f"{state} {one['tenant']}{by}")
        lines += [f"          {status['text']} {status['remedy']}" for status in one["statuses"]]
    desk.tell(found, lines)


def _release(given: Mapping[str, str | datetime | None]) -> dict[str, str]:
    """What was said of it, as the API calls it."""
    names = {"ring": "ring", "legal_basis": "legalBasis", "legal_reason": "legalReason"}
    said = {api: str(given[name]) for name, api in names.items() if given[name]}
    last = given["earlier_until"]
    return said | ({"earlierUntil": f"{last:%Y-%m-%d}"} if isinstance(last, datetime) else {})


def _own(known: Mapping[str, Any], then: str) -> int:
    """The revision of a draft that this key changed last; else a person must look first."""
    revision = int(known["revision"])
    if not known["editedByYou"]:
        who, when = known["editedBy"], known["editedAt"][:16].replace("T", " ")
        raise click.ClickException(
            f"{who} changed this draft last ({when}). Look at it (`plus1-client export` or `difference`), and say "
            f"--revision {revision} to {then} all the same."
        )
    return revision


def _findings(desk: Desk, found: Mapping[str, Any], what: str) -> None:
    order = {"error": 0, "warning": 1, "info": 2}
    ranked = sorted(found["findings"], key=lambda one: (order.get(one["severity"], 3), one["path"], one["line"]))
    lines = [
        f"{click.style(one['severity'], fg=COLOURS.get(one['severity']))} {one['path'] or 'package'}:{one['line']}"
        f"{' ' + one['element'] if one['element'] else ''}: {one['text']} [{one['code']}]"
        for one in ranked
    ]
    good = found["publishable"]
    desk.tell(found, [*lines, f"This {what} {'can' if good else 'cannot'} be published."])
    if not good:
        sys.exit(NO)


def _decided(desk: Desk, proposal: Mapping[str, Any]) -> None:
    desk.tell(proposal, [f"{proposal['key']} {proposal['version']} is {proposal['state']}"])
