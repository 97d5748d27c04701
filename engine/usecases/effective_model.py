"""What a case runs on: the version ⊕ the tenant's choices, compiled once per structure and bound per case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bpmn import package as packages
from bpmn.model import Finding
from engine.domain.codec import from_text
from engine.domain.errors import ModelRefused, Problem
from engine.domain.work import Instance
from engine.runtime import Definition, compile_process
from engine.store import models
from engine.store.transaction import Transaction
from tenants import apply, override

ZONE = "Europe/Amsterdam"  # the one time zone of all municipalities in the European part of the kingdom


@dataclass(frozen=True, slots=True)
class Running:
    """An effective model, ready to run. `late`: it has parameters that bind at use or on an event's date."""

    model: models.EffectiveModel
    package: packages.Package
    definitions: Mapping[str, Definition]
    late: bool


def local_day(at: datetime) -> date:
    """The day of an instant in the municipality's zone."""
    return at.astimezone(ZoneInfo(ZONE)).date()


def refused(findings: tuple[Finding, ...]) -> ModelRefused:
    """The error findings of a package as one error."""
    problems = tuple(Problem(f.element, f.nl, f.en, f.code, f.line, f.path) for f in findings if f.severity == "error")
    return ModelRefused(
        "Dit model kan niet worden gebruikt. Hieronder staat wat er moet veranderen.",
        "This model cannot be used. What has to change is listed.",
        problems,
    )


def base_package(transaction: Transaction, owner: UUID, version: UUID) -> packages.Package:
    """The files of a version, read; remembered, since a version never changes."""

    def read() -> packages.Package:
        found, findings = packages.read(models.version_files(transaction, owner, version))
        if found is None:
            raise refused(findings)
        return found

    return transaction.memory.recall(("package", version), read)


def choices(transaction: Transaction, key: str, stored: models.StoredOverride) -> override.Override:
    """A stored revision as the tenant's choices; no choices for revision 0."""

    def read() -> override.Override:
        found, findings = override.read({"key": key, "choices": from_text(stored.choices)})
        if found is None:
            raise refused(findings)
        return found

    return transaction.memory.recall(("override", transaction.tenant, key, stored.revision), read)


def effective(
    transaction: Transaction, base: packages.Package, version: UUID, stored: models.StoredOverride, on: date
) -> apply.Effective:
    """Base ⊕ that revision of the tenant's choices, as valid on a day. Raises ModelRefused."""

    def compute() -> apply.Effective:
        found = apply.apply(base, choices(transaction, base.key, stored), on)
        if any(f.severity == "error" for f in found.findings):
            raise refused(found.findings)
        return found

    return transaction.memory.recall(("effective", transaction.tenant, version, stored.revision, on), compute)


def choose(transaction: Transaction, version: models.Version) -> models.EffectiveModel:
    """What a new case of this version runs on today: an effective model of the tenant, made when it is the first."""
    on = local_day(transaction.at)
    stored = models.override(transaction, version.key)
    known = models.find_effective(transaction, version.id, stored.revision)
    if known is not None:
        return known
    base = base_package(transaction, version.owner_id, version.id)
    found = effective(transaction, base, version.id, stored, on)
    return models.add_effective(transaction, version, stored.revision, apply.structure_hash(found.package))


def running_of(transaction: Transaction, effective_id: UUID) -> Running:
    """The effective model of a case, compiled; remembered, and compiled once for all tenants with this structure."""

    def load() -> Running:
        model = models.effective_model(transaction, effective_id)
        base = base_package(transaction, model.owner_id, model.version_id)
        stored = _stored(transaction, model)
        found = effective(transaction, base, model.version_id, stored, local_day(transaction.at))
        definitions = transaction.memory.recall(
            ("definitions", model.structure_hash),
            lambda: {
                id_: compile_process(process, found.package.decisions)
                for id_, process in found.package.processes.items()
            },
        )
        late = any(bound.binding != "start" for bound in found.parameters.values())
        return Running(model, found.package, definitions, late)

    return transaction.memory.recall(("running", transaction.tenant, effective_id), load)


def _stored(transaction: Transaction, model: models.EffectiveModel) -> models.StoredOverride:
    if model.override_revision == 0:
        return models.NO_OVERRIDE
    return models.override(transaction, model.key, model.override_revision)


def bound_definition(
    transaction: Transaction, running: Running, instance: Instance, variables: Mapping[str, object]
) -> Definition:
    """The definition with this case's parameters: pinned at start, as they are now, or as on an event's day."""
    values = parameters(transaction, running, instance, variables)
    return running.definitions[instance.process].bind(values, ZONE, str(instance.id))


def parameters(
    transaction: Transaction, running: Running, instance: Instance, variables: Mapping[str, object]
) -> dict[str, object]:
    """The value of every parameter, each by its binding (overrides.md: at start, at use, on an event's date)."""
    model = running.model
    base = base_package(transaction, model.owner_id, model.version_id)
    began = local_day(instance.started_at)
    known = transaction.memory.recall(
        ("pinned", transaction.tenant, model.id, began),
        lambda: effective(transaction, base, model.version_id, _stored(transaction, model), began),
    )
    values = {name: bound.value for name, bound in known.parameters.items()}
    if not running.late:
        return values
    newest = models.override(transaction, model.key)
    for name, bound in known.parameters.items():
        if bound.binding == "start":
            continue
        on = _event_day(bound.binding, variables) or local_day(transaction.at)
        current = effective(transaction, base, model.version_id, newest, on).parameters.get(name)
        values[name] = current.value if current else bound.value
    return values


def _event_day(binding: str, variables: Mapping[str, object]) -> date | None:
    """The day in the variable that a binding `event:<variable>` names; None when there is none yet."""
    kind, _, name = binding.partition(":")
    value = variables.get(name) if kind == "event" else None
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def epoch(at: datetime) -> int:
    """Epoch milliseconds of an aware datetime."""
    return int(at.astimezone(UTC).timestamp() * 1000)
