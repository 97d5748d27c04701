"""Publish a version of a process package: checked, compiled, immutable."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bpmn.package import Package
from bpmn.semver import well_formed
from engine.domain.caller import Caller
from engine.domain.errors import Invalid, Problem, StateConflict
from engine.domain.ids import new_id
from engine.domain.rights import require
from engine.store import models
from engine.store.transaction import Transaction
from engine.usecases.announce import announce
from engine.usecases.arrange_starts import arrange_starts, require_schedule
from engine.usecases.check_package import check_package
from engine.usecases.draft_contents import require_own_key
from engine.usecases.effective_model import refused
from tenants.release import PLAIN, Release


@dataclass(frozen=True, slots=True)
class PublishModel:
    """`files` by path; `semver` as major.minor.patch; `effective_from`: the first day on which cases start on it;
    `key`: how the model must be called, when that is known; `release`: how it goes out."""

    files: Mapping[str, bytes]
    semver: str
    changelog: str
    effective_from: date | None = None
    key: str | None = None
    release: Release = PLAIN


def publish_model(transaction: Transaction, caller: Caller, command: PublishModel) -> models.Version:
    """The new version, owned by the caller's tenant, without asking a second person: for seeding and for the command
    line. Raises ModelRefused with all findings, Invalid, StateConflict."""
    require(caller, "model.publish")
    return publish(transaction, caller, command)


def publish(transaction: Transaction, caller: Caller, command: PublishModel) -> models.Version:
    """The same for whoever the verb has allowed it."""
    if not well_formed(command.semver):
        raise Invalid("Het versienummer klopt niet.", "The version number is wrong.", (odd_number(),))
    package, findings = check_package(command.files, transaction.now, command.key)
    if package is None or any(finding.severity == "error" for finding in findings):
        raise refused(findings)
    require_own_key(transaction, package.key)
    version = _version(transaction, caller, command, package)
    if not models.add_version(transaction, version, dict(command.files)):
        raise StateConflict(
            f"Versie {command.semver} bestaat al; een gepubliceerde versie verandert niet.",
            f"Version {command.semver} exists; a published version does not change.",
            current=command.semver,
        )
    require_schedule(transaction, version)
    announce(transaction, version, package)
    arrange_starts(transaction, package.key)
    return version


def _version(transaction: Transaction, caller: Caller, command: PublishModel, package: Package) -> models.Version:
    return models.Version(
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
        release=command.release,
    )


def odd_number() -> Problem:
    """A version number that is none."""
    return Problem("version", "Gebruik de vorm 1.4.0.", "Use the form 1.4.0.")
