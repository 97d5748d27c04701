"""Tenants, groups, people and clients: what seeding writes and what a step asks about who did what."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import text

from engine.store.transaction import Transaction

DID = text(
    "select exists (select 1 from user_task where tenant_id = :tenant and instance_id = :instance and node = :node "
    "and status = 'completed' and completed_by = :actor)"
)
TENANT = text(
    "insert into tenant (id, kind, slug, name, since, until) values (:tenant, :kind, :slug, :name, :since, null) "
    "on conflict (id) do update set name = excluded.name"
)
ATTRIBUTE = text(
    "insert into tenant_attribute (tenant_id, name, since, value) values (:tenant, :name, :since, :value) "
    "on conflict do nothing"
)
GROUP = text(
    "insert into person_group (tenant_id, id, name, rights) values (:tenant, :id, :name, :rights) "
    "on conflict (tenant_id, id) do update set name = excluded.name, rights = excluded.rights"
)
PERSON = text("insert into person (id, name, demo) values (:id, :name, :demo) on conflict do nothing")
MEMBERSHIP = text(
    "insert into membership (tenant_id, person_id, group_id) values (:tenant, :person, :group) on conflict do nothing"
)
ROLE_GROUP = text(
    "insert into role_group (tenant_id, role, group_id) values (:tenant, :role, :group) on conflict do nothing"
)
CLIENT = text(
    "insert into client (tenant_id, id, name, key_hash, scopes, expires_at) "
    "values (:tenant, :id, :name, :hash, :scopes, null) "
    "on conflict (tenant_id, id) do update set key_hash = excluded.key_hash, scopes = excluded.scopes"
)
GROUPS = text("select id, name from person_group where tenant_id = :tenant order by name")


def did_step(transaction: Transaction, instance: UUID, node: str, actor: str) -> bool:
    """Has this actor completed a task at that node of this case?"""
    values = {"tenant": transaction.tenant, "instance": instance, "node": node, "actor": actor}
    return bool(transaction.run(DID, values).scalar_one())


def put_tenant(transaction: Transaction, kind: str, slug: str, name: str, since: date | None) -> None:
    """The tenant of the transaction itself; `slug` stands in addresses of pages."""
    values = {"tenant": transaction.tenant, "kind": kind, "slug": slug, "name": name, "since": since}
    transaction.run(TENANT, values)


def put_attribute(transaction: Transaction, name: str, value: str, since: date) -> None:
    """A dated attribute: `cbs` or `oin`."""
    values = {"tenant": transaction.tenant, "name": name, "value": value, "since": since}
    transaction.run(ATTRIBUTE, values)


def put_group(transaction: Transaction, id_: str, name: str, rights: Iterable[str]) -> None:
    """A group, with the fixed roles that it gives."""
    values = {"tenant": transaction.tenant, "id": id_, "name": name, "rights": list(rights)}
    transaction.run(GROUP, values)


def put_person(transaction: Transaction, id_: UUID, name: str, demo: bool) -> None:
    """A person; known persons stay as they are."""
    transaction.run(PERSON, {"id": id_, "name": name, "demo": demo})


def put_membership(transaction: Transaction, person: UUID, group: str) -> None:
    """A person works in a group of this tenant."""
    transaction.run(MEMBERSHIP, {"tenant": transaction.tenant, "person": person, "group": group})


def put_role_group(transaction: Transaction, role: str, group: str) -> None:
    """A group fills a process role in this tenant."""
    transaction.run(ROLE_GROUP, {"tenant": transaction.tenant, "role": role, "group": group})


def put_client(transaction: Transaction, id_: str, name: str, key_hash: str, scopes: Iterable[str]) -> None:
    """An API client; a new key replaces the old one."""
    values = {"tenant": transaction.tenant, "id": id_, "name": name, "hash": key_hash, "scopes": list(scopes)}
    transaction.run(CLIENT, values)


def group_names(transaction: Transaction) -> dict[str, str]:
    """Group id → name, of this tenant."""
    return {row.id: row.name for row in transaction.run(GROUPS, {"tenant": transaction.tenant})}
