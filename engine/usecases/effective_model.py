"""What a case runs on: the version ⊕ the tenant's choices, compiled once per structure and bound per case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bpmn import package as packages
from engine.domain.errors import ModelRefused, Problem
from engine.domain.work import Instance
from engine.runtime import Definition, Refused, compile_process
from engine.store import models
from engine.store.transaction import Transaction
from tenants import apply, override, structure

ZONE = "Europe/Amsterdam"  # the one time zone of all Dutch municipalities in Europe


@dataclass(frozen=True, slots=True)
class Running:
    """An effective model, ready to run: its package, and its processes compiled."""

    model: models.EffectiveModel
    package: packages.Package
    definitions: Mapping[str, Definition]


def local_day(now: int) -> date:
    """The day of an instant (epoch milliseconds) in the municipality's zone."""
    return datetime.fromtimestamp(now / 1000, UTC).astimezone(ZoneInfo(ZONE)).date()


def base_package(transaction: Transaction, owner: UUID, version: UUID) -> packages.Package:
    """The files of a version, read; remembered, since a version never changes."""

    def read() -> packages.Package:
        files = models.version_files(transaction, owner, version)
        found, findings = packages.read(files)
        if found is None:
            raise refused(findings)
        return found

    return transaction.memory.recall(("package", version), read)


def refused(findings: tuple[packages.Finding, ...]) -> ModelRefused:
    """The error findings of a package as one error."""
    problems = tuple(
        Problem(f.element, f.nl, f.en, f.code, f.line, f.path) for f in findings if f.severity == "error"
    )
    return ModelRefused(
        "Dit model kan niet worden gebruikt; hieronder staat wat er moet veranderen.",
        "This model cannot be used; what has to change is listed.",
        problems,
    )


def effective(transaction: Transaction, version: models.Version | models.EffectiveModel, revision: int, on: date) -> apply.Effective:
    """Base ⊕ that revision of the tenant's choices, as valid on a day."""
    id_ = version.version_id if isinstance(version, models.EffectiveModel) else version.id
    base = base_package(transaction, version.owner_id, id_)

    def compute() -> apply.Effective:
        choices = choices_of(transaction, version.key, revision)
        return apply.apply(base, choices, on)

    return transaction.memory.recall(("effective", transaction.tenant, id_, revision, on), compute)


def choices_of(transaction: Transaction, key: str, revision: int) -> override.Override:
    """The tenant's choices of one revision; none for revision 0."""
    stored = models.override(transaction, key, revision) if revision else models.NO_OVERRIDE
    return override.Override.loads(key, stored.revision, stored.choices)
