"""Packages on disk: a folder or a zip, read with the same caps as an upload."""

from collections.abc import Mapping
from pathlib import Path

import click

from bpmn import archive
from bpmn.model import Finding


def read(path: Path) -> Mapping[str, bytes]:
    """The files of a package by their path in it; raises ClickException when there is no package to read."""
    if path.is_dir():
        found = [each for each in sorted(path.rglob("*")) if each.is_file()]
        named = {each.relative_to(path).as_posix(): each for each in found}
        return {name: each.read_bytes() for name, each in named.items() if archive.safe(name)}
    files, findings = archive.unpack(path.read_bytes())
    if files is None:
        raise click.ClickException(f"{path} is no package: " + " ".join(finding.en for finding in findings))
    return files


def show(findings: tuple[Finding, ...]) -> bool:
    """Print what was found, worst first; whether the package may be published."""
    order = {"error": 0, "warning": 1, "info": 2}
    for finding in sorted(findings, key=lambda each: (order.get(each.severity, 3), each.path, each.line)):
        colour = {"error": "red", "warning": "yellow"}.get(finding.severity)
        where = f"{finding.path or 'package'}:{finding.line}" + (f" {finding.element}" if finding.element else "")
        click.echo(f"{click.style(finding.severity, fg=colour)} {where}: {finding.en} [{finding.code}]")
    return not any(finding.severity == "error" for finding in findings)
