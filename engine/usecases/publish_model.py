"""Publish a version of a process package: checked, compiled, immutable."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.domain.caller import Caller
from engine.domain.errors import Invalid, Problem, StateConflict
from engine.domain.ids import new_id
from engine.domain.rights import require
from engine.store import models
from engine.store.transaction import Transaction
from engine.usecases.check_package import check_package
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
    package, findings = check_package(command.files, transaction.now)
    if package is None or any(finding.severity == "error" for finding in findings):
        raise refused(findings)
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
    if not models.add_version(transaction, version, dict(command.files)):
        raise StateConflict(
            f"Versie {command.semver} bestaat al; een gepubliceerde versie verandert niet.",
            f"Version {command.semver} exists; a published version does not change.",
            current=command.semver,
        )
    return version
