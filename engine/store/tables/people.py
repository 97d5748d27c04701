"""Tenants, people and clients."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.tables.base import Base, TenantOwned


class TenantRow(Base):
    """An authority; its CBS code and OIN are dated, for municipalities merge. `slug` stands in addresses of pages."""

    __tablename__ = "tenant"
    __table_args__ = (
        CheckConstraint("kind in ('collective', 'municipality', 'executor')", name="kind"),
        UniqueConstraint("slug"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    slug: Mapped[str]
    name: Mapped[str]
    since: Mapped[date | None]
    until: Mapped[date | None]


class TenantAttributeRow(TenantOwned, Base):
    """A dated attribute of a tenant: `cbs` (municipality code) or `oin`."""

    __tablename__ = "tenant_attribute"
    __table_args__ = (ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),)
    name: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[str]


class PersonRow(Base):
    """A person, once, whichever tenants they work for."""

    __tablename__ = "person"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    demo: Mapped[bool]


class GroupRow(TenantOwned, Base):
    """A group of a tenant; `rights` are the fixed roles that it gives."""

    __tablename__ = "person_group"
    __table_args__ = (ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),)
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    rights: Mapped[list[str]] = mapped_column(ARRAY(Text))


class MembershipRow(TenantOwned, Base):
    """A person in a group."""

    __tablename__ = "membership"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "group_id"], ["person_group.tenant_id", "person_group.id"]),
        ForeignKeyConstraint(["person_id"], ["person.id"]),
        Index("ix_membership_person", "person_id"),
    )
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(primary_key=True)


class RoleGroupRow(TenantOwned, Base):
    """Which group fills a process role in this tenant."""

    __tablename__ = "role_group"
    __table_args__ = (ForeignKeyConstraint(["tenant_id", "group_id"], ["person_group.tenant_id", "person_group.id"]),)
    role: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(primary_key=True)


class ClientRow(TenantOwned, Base):
    """A machine that calls the API; the key itself is never kept, only its SHA-256."""

    __tablename__ = "client"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
        Index("uq_client_key_hash", "key_hash", unique=True),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    key_hash: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    expires_at: Mapped[datetime | None]


class WebSessionRow(Base):
    """A person's browser session; the cookie's value is never kept, only its SHA-256."""

    __tablename__ = "web_session"
    __table_args__ = (ForeignKeyConstraint(["person_id"], ["person.id"]),)
    id_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
