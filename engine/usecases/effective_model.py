"""What a case runs on: the version ⊕ the tenant's choices, compiled once per structure and bound per case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bpmn import package as packages
from bpmn.model import Finding
from engine.domain.codec import from_text
from engine.domain.errors import ModelRefused, Problem, StateConflict
from engine.domain.work import Instance
from engine.runtime import Definition, Refused, compile_process
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
    """A stored revision as the tenant's choices, those for other versions too; no choices for revision 0."""

    def read() -> override.Override:
        found, findings = override.read({"key": key, "choices": from_text(stored.choices)})
        if found is None:
            raise refused(findings)
        return found

    return transaction.memory.recall(("override", transaction.tenant, key, stored.revision), read)


def effective(
    transaction: Transaction, base: packages.Package, semver: str, stored: models.StoredOverride, on: date
) -> apply.Effective:
    """Base ⊕ what that revision of the tenant's choices says of this version on a day. Raises ModelRefused."""
    found = applied(transaction, base, semver, stored, on)
    if not found.usable:
        raise refused(found.findings)
    return found


def applied(
    transaction: Transaction, base: packages.Package, semver: str, stored: models.StoredOverride, on: date
) -> apply.Effective:
    """The same, also when the choices do not fit; remembered, since neither input ever changes."""
    return transaction.memory.recall(
        ("effective", transaction.tenant, base.hash, semver, stored.revision, on),
        lambda: apply.apply(base, choices(transaction, base.key, stored).for_version(semver), on),
    )


def choose(
    transaction: Transaction, version: models.Version, stored: models.StoredOverride | None = None
) -> models.EffectiveModel:
    """What a new case of this version runs on today: an effective model of the tenant, made when it is the first.

    `stored`: the newest revision of the tenant's choices, when that is known already."""
    on = local_day(transaction.at)
    require_begins(version, on)
    stored = stored or models.override(transaction, version.key)
    remembered = ("chosen", transaction.tenant, version.id, stored.revision, on)
    base = base_package(transaction, version.owner_id, version.id)
    found = effective(transaction, base, version.semver, stored, on)
    content = transaction.memory.recall(remembered, lambda: apply.content_key(found.package))
    known = models.find_effective(transaction, version.id, stored.revision, content)
    return known or models.add_effective(transaction, version, stored.revision, content, on)


def require_begins(version: models.Version, on: date) -> None:
    """Raises StateConflict when no case may begin on that version any more."""
    if version.begins_cases(on):
        return
    raise StateConflict(
        f"Er kan geen zaak worden gestart: versie {version.semver} van '{version.name}' mocht tot en met "
        f"{version.last_start:%d-%m-%Y} worden gebruikt, en er is nog geen opvolger overgenomen. "
        "Een proceseigenaar van uw gemeente beslist daarover bij Postvak.",
        f"No case can be started: version {version.semver} of '{version.name}' could be used until "
        f"{version.last_start}, and no successor was adopted yet. A process owner of your municipality decides on it "
        "in the inbox.",
        current=version.semver,
    )


def stored_choices(transaction: Transaction, key: str, revision: int) -> models.StoredOverride:
    """One revision of the tenant's choices; remembered, since a revision never changes."""
    if revision == 0:
        return models.NO_OVERRIDE
    remembered = ("stored", transaction.tenant, key, revision)
    return transaction.memory.recall(remembered, lambda: models.override(transaction, key, revision))


def running_of(transaction: Transaction, effective_id: UUID) -> Running:
    """The effective model of a case, compiled; remembered, and compiled once for all tenants with this structure."""

    def load() -> Running:
        model = models.effective_model(transaction, effective_id)
        base = base_package(transaction, model.owner_id, model.version_id)
        stored = stored_choices(transaction, model.key, model.override_revision)
        found = effective(transaction, base, model.semver, stored, model.resolved_on)
        definitions = compiled_once(transaction, found.package)
        late = any(bound.binding != "start" for bound in found.parameters.values())
        return Running(model, found.package, definitions, late)

    return transaction.memory.recall(("running", transaction.tenant, effective_id), load)


def compiled_once(transaction: Transaction, package: packages.Package) -> Mapping[str, Definition]:
    """The same as `compiled`, remembered for all tenants whose model has this structure."""
    # Not what an effective model is stored under: that counts letters too, which the core never sees.
    return transaction.memory.recall(("definitions", apply.structure_hash(package)), lambda: compiled(package))


def compiled(package: packages.Package) -> dict[str, Definition]:
    """Every process of a package, ready to run. Raises ModelRefused."""
    try:
        return {id_: compile_process(process, package.decisions) for id_, process in package.processes.items()}
    except Refused as error:
        raise refused(error.findings) from error


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

    def as_of(revision: int, on: date) -> apply.Effective:
        return applied(transaction, base, model.semver, stored_choices(transaction, model.key, revision), on)

    pinned = as_of(model.override_revision, local_day(instance.started_at)).parameters
    values = {name: bound.value for name, bound in pinned.items()}
    if running.late:
        for name, bound in pinned.items():
            if bound.binding != "start":
                on = _event_day(bound.binding, variables) or local_day(transaction.at)
                found = as_of(instance.choices_now, on)
                now = found.parameters.get(name, bound)
                # Choices for a newer version may not fit this one: then only what they say of this parameter counts.
                values[name] = (now if found.usable or now.own else bound).value
    return values


def catalogue(transaction: Transaction, running: Running, instance: Instance, node: str) -> dict[str, str]:
    """What of the tenant's catalogue belongs to the case and to this element of it, as on the day the case began."""
    model = running.model
    base = base_package(transaction, model.owner_id, model.version_id)
    stored = stored_choices(transaction, model.key, model.override_revision)
    mapped = applied(transaction, base, model.semver, stored, local_day(instance.started_at)).mapping
    return {**mapped.get(base.process.id, {}), **mapped.get(node, {})}


def _event_day(binding: str, variables: Mapping[str, object]) -> date | None:
    """The day in the variable that a binding `event:<variable>` names; None when there is none yet."""
    kind, _, name = binding.partition(":")
    value = variables.get(name) if kind == "event" else None
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
