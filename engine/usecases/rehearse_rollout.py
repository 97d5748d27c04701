"""Rehearse a roll-out: so many tenants with drawn choices, then the next version published to them all for real."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import UUID

from bpmn import package as packages
from bpmn.package import Package
from engine.domain.caller import system
from engine.domain.errors import Invalid, Problem
from engine.domain.ids import new_id
from engine.store import people, rollouts
from engine.store.transaction import Transactions
from engine.usecases.change_override import ChangeOverride, change_override
from engine.usecases.effective_model import local_day, refused
from engine.usecases.publish_model import PublishModel, publish_model
from tenants import apply, drawn, override

Tell = Callable[[str], None]
FIRST, NEXT = "1.0.0", "2.0.0"
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """`before` and `after`: the files of two versions of one model; `structures`: how many different structures the
    tenants share; `seed` decides all that is drawn."""

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    tenants: int
    structures: int
    seed: int


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """`tenants` that were made and `reported`: those that the report has, counted in the database; how many adopted the
    version and how many are held; `statuses`: choices by status; `choices`: how many there were."""

    tenants: int
    reported: int
    structures: int
    choices: int
    adopted: int
    held: int
    statuses: Mapping[str, int]


def prepare(transactions: Transactions, rehearsal: Rehearsal, tell: Tell) -> tuple[UUID, int, int]:
    """An empty database gets a collective with the first version, and tenants with choices: the collective, how many
    structures and how many choices. Raises ModelRefused, and Invalid when the two are not one model."""
    before, after = _read(rehearsal.before), _read(rehearsal.after)
    if before.key != after.key:
        at = Problem("PACKAGE_V2", f"Dit is '{after.key}', niet '{before.key}'.", f"It is '{after.key}'.")
        raise Invalid("Dit zijn twee modellen.", f"These are two models: '{before.key}' and '{after.key}'.", (at,))
    owner = new_id()
    with transactions.of(owner) as transaction:
        people.put_tenant(transaction, "collective", "plus-1", "Plus-1", None)
        publish_model(transaction, system(owner), PublishModel(rehearsal.before, FIRST, "Eerste versie"))
    random = Random(rehearsal.seed)
    structures = drawn.structures(before, rehearsal.structures, random)
    chosen = 0
    for number in range(rehearsal.tenants):
        tenant = new_id()
        with transactions.of(tenant) as transaction:
            name = f"Gemeente {number + 1}"
            people.put_tenant(transaction, "municipality", f"gemeente-{number + 1}", name, None)
        with transactions.of(tenant) as transaction:
            choices = _choices(before, after, structures[number % len(structures)], random, local_day(transaction.at))
            if choices:
                change_override(transaction, system(tenant), ChangeOverride(before.key, choices, 0))
        chosen += len(choices)
        if (number + 1) % 50 == 0:
            tell(f"{number + 1} of {rehearsal.tenants} tenants have their choices")
    return owner, len(structures), chosen


def publish_next(transactions: Transactions, owner: UUID, rehearsal: Rehearsal) -> UUID:
    """The next version, published as any other; its jobs stand ready for whoever works."""
    with transactions.of(owner) as transaction:
        return publish_model(transaction, system(owner), PublishModel(rehearsal.after, NEXT, "Volgende versie")).id


def report(transactions: Transactions, owner: UUID, version: UUID, made: tuple[int, int, int]) -> Rehearsed:
    """What the roll-out came to. `made`: tenants, structures, choices."""
    with transactions.of(owner) as transaction:
        rows = rollouts.of_version(transaction, version)
        told = rollouts.statuses(transaction, owner, version)
    states = Counter(row.state for row in rows)
    statuses = Counter(status.status for found in told.values() for status in found)
    tenants, structures, choices = made
    return Rehearsed(
        tenants, len(rows), structures, choices, states["adopted"], states["held"], dict(sorted(statuses.items()))
    )


def _read(files: Mapping[str, bytes]) -> Package:
    package, findings = packages.read(files)
    if package is None:
        raise refused(findings)
    return package


def _choices(before: Package, after: Package, structure: drawn.Choices, random: Random, on: date) -> drawn.Choices:
    """Choices that the model allows; drawn again where its constraints say no, and at last those of structure alone."""
    for _ in range(_TRIES):
        made = [*drawn.values(before, after, random), *structure]
        chosen, _findings = override.read({"key": before.key, "choices": made})
        if chosen is not None and apply.apply(before, chosen, on).usable:
            return made
    return structure
