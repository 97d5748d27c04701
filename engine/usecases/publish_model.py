"""Publish a version of a process package: checked, compiled, immutable."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bpmn import checks
from bpmn import package as packages
from bpmn.model import Finding, Process
from engine.connectors.registry import KNOWN
from engine.domain.caller import Caller
from engine.domain.errors import Invalid, Problem, StateConflict
from engine.domain.ids import new_id
from engine.domain.rights import require
from engine.runtime import Refused, compile_process
from engine.store import models
from engine.store.transaction import Transaction
from engine.usecases.effective_model import refused

SEMVER = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})")


@dataclass(frozen=True, slots=True)
class PublishModel:
    """`files` by path; `semver` as major.minor.patch; `effective_from`: the first day on which cases start on it."""

    files: Mapping[str, bytes]
    semver: str
    changelog: str
    effective_from: date | None = None


def publish_model(transaction: Transaction, caller: Caller, command: PublishModel) -> models.Version:
    """The new version, owned by the caller's tenant. Raises ModelRefused with all findings, Invalid, StateConflict."""
    require(caller, "model.publish")
    if not SEMVER.fullmatch(command.semver):
        problem = Problem("semver", "Gebruik de vorm 1.4.0.", "Use the form 1.4.0.")
        raise Invalid("Het versienummer klopt niet.", "The version number is wrong.", (problem,))
    package, findings = check_package(command.files)
    if package is None or any(finding.severity == "error" for finding in findings):
        raise refused(findings)
    for known in models.all_versions(transaction, package.key):
        if known.owner_id == transaction.tenant and known.semver == command.semver:
            raise StateConflict(
                f"Versie {command.semver} bestaat al; een gepubliceerde versie verandert niet.",
                f"Version {command.semver} exists; a published version does not change.",
                current=known.semver,
            )
    version = models.Version(
        owner_id=transaction.tenant,
        id=new_id(),
        key=package.key,
        name=package.process.name or package.key,
        semver=command.semver,
        package_hash=package.hash,
        changelog=command.changelog,
        published_by=caller.actor,
        published_at=transaction.at,
        effective_from=command.effective_from,
        last_start=None,
        owner_name="",
        owner_kind="",
    )
    models.add_version(transaction, version, dict(command.files))
    return version


def check_package(files: Mapping[str, bytes]) -> tuple[packages.Package | None, tuple[Finding, ...]]:
    """Read a package and apply every check of publishing, without storing anything."""
    package, findings = packages.read(files)
    if package is None:
        return None, findings
    found = list(findings) + list(checks.run(tuple(package.processes.values()), package.decisions, package.forms))
    for process in package.processes.values():
        found += _job_types(process)
        try:
            compile_process(process, package.decisions)
        except Refused as error:
            found += error.findings
    return package, tuple(dict.fromkeys(found))


def _job_types(process: Process) -> list[Finding]:
    """A fixed job type that no connector knows would wait for ever."""
    found = []
    for node in process.nodes.values():
        asked = node.work.type
        if asked is not None and not asked.feel and asked.text not in KNOWN:
            known = ", ".join(sorted(KNOWN))
            nl = f"Het taaktype '{asked.text}' bestaat niet. Kies een van: {known}."
            en = f"No connector knows the job type '{asked.text}'. Choose one of: {known}."
            found.append(Finding("unknown-job-type", "error", nl, en, node.id, asked.line or node.line))
    return found
