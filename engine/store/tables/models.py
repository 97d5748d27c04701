"""Published versions, overrides, and the effective models that cases run on. All append-only."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.tables.base import Base, OwnerOwned, TenantOwned


class ModelRow(OwnerOwned, Base):
    """A process package by its key."""

    __tablename__ = "model"
    __table_args__ = (ForeignKeyConstraint(["owner_id"], ["tenant.id"]),)
    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class VersionRow(OwnerOwned, Base):
    """A published, immutable version; `last_start` is the last lawful start date, `release` how it
    goes out (JSON)."""

    __tablename__ = "version"
    __table_args__ = (
        ForeignKeyConstraint(["owner_id", "key"], ["model.owner_id", "model.key"]),
        UniqueConstraint("owner_id", "key", "semver"),
        Index("ix_version_current", "owner_id", "key", "published_at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str]
    semver: Mapped[str]
    package_hash: Mapped[str]
    changelog: Mapped[str]
    published_by: Mapped[str]
    published_at: Mapped[datetime]
    effective_from: Mapped[date | None]
    last_start: Mapped[date | None]
    release: Mapped[str] = mapped_column(server_default="{}")


class VersionFileRow(OwnerOwned, Base):
    """One file of a version."""

    __tablename__ = "version_file"
    __table_args__ = (ForeignKeyConstraint(["owner_id", "version_id"], ["version.owner_id", "version.id"]),)
    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class OverrideRow(TenantOwned, Base):
    """A tenant's choices for one model, as JSON text; a change is a new revision."""

    __tablename__ = "override"
    __table_args__ = (ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),)
    key: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    choices: Mapped[str]
    author: Mapped[str]
    created_at: Mapped[datetime]


class EffectiveModelRow(TenantOwned, Base):
    """Version ⊕ override revision: what a case of this tenant runs on. Choices are dated, so one revision can have
    several structures; `structure_hash` counts its letters too; `resolved_on` is a day on which this one holds."""

    __tablename__ = "effective_model"
    __table_args__ = (
        ForeignKeyConstraint(["owner_id", "version_id"], ["version.owner_id", "version.id"]),
        UniqueConstraint(
            *("tenant_id", "version_id", "override_revision", "structure_hash"), name="uq_effective_model_structure"
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str]
    owner_id: Mapped[UUID]
    version_id: Mapped[UUID]
    override_revision: Mapped[int]
    structure_hash: Mapped[str]
    resolved_on: Mapped[date]
