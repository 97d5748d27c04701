"""Demo data: tenants with their people, the shared processes, and choices. May be run again; it never overwrites."""

from collections.abc import Mapping
from uuid import UUID

from bpmn.library import shelf
from engine.domain.caller import system
from engine.domain.errors import NotFound
from engine.store import gate, models, people
from engine.store.transaction import Transactions
from engine.usecases.announce import admit_tenants
from engine.usecases.change_override import ChangeOverride, change_override
from engine.usecases.effective_model import local_day
from engine.usecases.publish_model import PublishModel, publish_model
from tenants.demo import load
from tenants.tenant import slug

FIRST = "1.0.0"


def seed_demo(transactions: Transactions, keys: Mapping[str, str]) -> None:
    """As the app role, tenant by tenant. `keys`: slug → API key of that tenant's demo client, which works
    on cases in a municipality, and on models in the collective."""
    for demo in load.tenants():
        _tenant(transactions, demo, keys)
    for person in load.persons():
        for membership in person.memberships:
            with transactions.of(membership.tenant) as transaction:
                people.put_person(transaction, person.id, person.name, demo=True)
                for group in membership.groups:
                    people.put_membership(transaction, person.id, group)
    seed_library(transactions, load.PLUS_1)
    with transactions.of(load.PLUS_1) as transaction:
        admit_tenants(transaction)
    for override in load.overrides():
        with transactions.of(override.tenant) as transaction:
            if models.override(transaction, override.key).revision == 0:
                command = ChangeOverride(override.key, override.choices, 0)
                change_override(transaction, system(override.tenant, "demo"), command)


def seed_library(transactions: Transactions, owner: UUID) -> None:
    """Publish the shipped processes that the owner does not have yet, each as 1.0.0."""
    for key in shelf.shipped():
        with transactions.of(owner) as transaction:
            try:
                models.current_version(transaction, key, local_day(transaction.at))
            except NotFound:
                command = PublishModel(shelf.files(key), FIRST, "Eerste versie uit de bibliotheek")
                publish_model(transaction, system(owner, "bibliotheek"), command)


def _tenant(transactions: Transactions, demo: load.DemoTenant, keys: Mapping[str, str]) -> None:
    tenant, short = demo.tenant, slug(demo.tenant.name)
    with transactions.of(tenant.id) as transaction:
        people.put_tenant(transaction, tenant.kind, short, tenant.name, tenant.since)
        for attribute in tenant.attributes:
            people.put_attribute(transaction, attribute.name, attribute.value, attribute.since)
        for group in demo.groups:
            people.put_group(transaction, group.id, group.name, group.rights)
            for role in group.roles:
                people.put_role_group(transaction, role, group.id)
        if short in keys:
            key_hash = gate.secret_hash(keys[short])
            scopes = ["client"] if tenant.kind == "municipality" else ["owner", "publisher"]
            people.put_client(transaction, "demo", f"Demosysteem {tenant.name}", key_hash, scopes)
