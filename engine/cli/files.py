"""Packages on disk: a folder or a zip, read with the same caps as an upload."""

from collections.abc import Mapping
from pathlib import Path

import click

from bpmn import archive
from bpmn.model import Finding
from bpmn.package import MANIFEST
from engine.usecases.second_opinions import ScenarioOpinion


def read(path: Path) -> Mapping[str, bytes]:
    """The files of a package by their path in it; raises ClickException when there is no package to read."""
    if path.is_dir():
        return {name: each.read_bytes() for name, each in named(path).items()}
    if path.stat().st_size > archive.MAX_ARCHIVE:
        raise click.ClickException(f"{path} is larger than 10 MB, which no package may be.")
    files, findings = archive.unpack(path.read_bytes())
    if files is None:
        raise click.ClickException(f"{path} is no package: " + " ".join(finding.en for finding in findings))
    if MANIFEST not in files:
        raise click.ClickException(f"{path} is no package: there is no {MANIFEST} in it.")
    return files


def named(folder: Path) -> Mapping[str, Path]:
    """What a folder has that could belong to a package, by path in it; raises ClickException when that is none, or so
    much that it must be another folder."""
    if not (folder / MANIFEST).is_file():
        raise click.ClickException(f"{folder} is no package: there is no {MANIFEST} in it.")
    files = (each for each in sorted(folder.rglob("*")) if each.is_file())
    found = {name: each for each in files if archive.safe(name := each.relative_to(folder).as_posix())}
    if len(found) > archive.MAX_FILES or sum(each.stat().st_size for each in found.values()) > archive.MAX_TOTAL:
        raise click.ClickException(f"{folder} is no package: more than {archive.MAX_FILES} files or 20 MB.")
    return found


def show_opinions(opinions: tuple[ScenarioOpinion, ...]) -> None:
    """Print what the second opinion on each scenario is, and both paths where it differs."""
    for one in opinions:
        told = {"agrees": "agrees", "outside": "outside its subset", "disagrees": "disagrees"}[one.verdict.outcome]
        why = "; ".join(finding.en for finding in one.verdict.findings)
        colour = "yellow" if one.verdict.outcome == "disagrees" else None
        click.echo(f"second opinion {one.scenario}: {click.style(told, fg=colour)}" + (f": {why}" if why else ""))
        if one.verdict.outcome == "disagrees":
            click.echo(f"  Plus-1:        {' > '.join(one.verdict.ours)}")
            click.echo(f"  SpiffWorkflow: {' > '.join(one.verdict.theirs)}")


def show(findings: tuple[Finding, ...]) -> bool:
    """Print what was found, worst first; whether the package may be published."""
    order = {"error": 0, "warning": 1, "info": 2}
    for finding in sorted(findings, key=lambda each: (order.get(each.severity, 3), each.path, each.line)):
        colour = {"error": "red", "warning": "yellow"}.get(finding.severity)
        where = f"{finding.path or 'package'}:{finding.line}" + (f" {finding.element}" if finding.element else "")
        click.echo(f"{click.style(finding.severity, fg=colour)} {where}: {finding.en} [{finding.code}]")
    return not any(finding.severity == "error" for finding in findings)
