"""Models that a tenant can run, and how the tenant's own choices differ from the shared base."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bpmn import forms
from engine.domain.caller import Caller
from engine.domain.rights import require
from engine.store import models
from engine.store.transaction import Transaction
from engine.usecases.effective_model import (
    base_package,
    choices,
    choose,
    local_day,
    running_of,
)
from engine.usecases.start_case import start_form
from tenants import describe, override, variation


@dataclass(frozen=True, slots=True)
class ChoicesView:
    """A municipality's choices for one version of a model on a day: the points that are open, the choices that count
    for it, and a sentence for each. `everything`: with those for other versions."""

    version: models.Version
    revision: int
    on: date
    points: Sequence[variation.VariationPoint]
    chosen: override.Override
    sentences: Sequence[describe.Sentence]
    everything: override.Override


def list_models(transaction: Transaction, caller: Caller) -> list[models.Version]:
    """The version in force today of every model that the tenant can start."""
    require(caller, "model.read")
    return models.current_versions(transaction, local_day(transaction.at))


def read_model(transaction: Transaction, caller: Caller, key: str) -> models.Version:
    """The version in force today. Raises NotFound."""
    require(caller, "model.read")
    return models.current_version(transaction, key, local_day(transaction.at))


def read_files(transaction: Transaction, caller: Caller, key: str) -> dict[str, bytes]:
    """The files of the version in force, as published. Raises NotFound."""
    version = read_model(transaction, caller, key)
    return models.version_files(transaction, version.owner_id, version.id)


def read_start_form(transaction: Transaction, caller: Caller, key: str) -> tuple[models.Version, forms.Form | None]:
    """The start form as this tenant has it. Raises NotFound."""
    version = read_model(transaction, caller, key)
    return version, start_form(running_of(transaction, choose(transaction, version).id))


def read_choices(transaction: Transaction, caller: Caller, key: str) -> ChoicesView:
    """How this municipality differs from the base, in sentences. Raises NotFound."""
    require(caller, "override.read")
    on = local_day(transaction.at)
    return choices_for(transaction, models.current_version(transaction, key, on), on)


def choices_for(transaction: Transaction, version: models.Version, on: date) -> ChoicesView:
    """How this municipality differs from one version, for whoever has asked for the right."""
    base = base_package(transaction, version.owner_id, version.id)
    stored = models.override(transaction, version.key)
    everything = choices(transaction, version.key, stored)
    chosen = everything.for_version(version.semver)
    said = describe.describe(base, chosen, on)
    return ChoicesView(version, stored.revision, on, variation.points(base), chosen, said, everything)
