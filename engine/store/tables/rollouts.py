"""How a version reaches the other tenants: one row per version and tenant, and what each of its choices becomes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.tables.base import Base, OwnerOwned


class RolloutRow(OwnerOwned, Base):
    """Whether a tenant may start cases on a version. Written by the owner at publishing, decided by the tenant;
    `override_revision`: the choices that were looked at."""

    __tablename__ = "rollout"
    __table_args__ = (
        ForeignKeyConstraint(["owner_id", "version_id"], ["version.owner_id", "version.id"]),
        ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
        CheckConstraint("state in ('pending', 'adopted', 'held')", name="state"),
        Index("ix_rollout_tenant", "tenant_id", "key"),
        Index("ix_rollout_undecided", "tenant_id", "version_id", postgresql_where=text("state <> 'adopted'")),
    )
    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str]
    state: Mapped[str]
    override_revision: Mapped[int]
    decided_by: Mapped[str | None]
    decided_by_name: Mapped[str | None]
    decided_at: Mapped[datetime | None]


class RolloutStatusRow(OwnerOwned, Base):
    """What one choice becomes on the new version, in words; `start`: its first day, or empty."""

    __tablename__ = "rollout_status"
    __table_args__ = (
        ForeignKeyConstraint(
            ["owner_id", "version_id", "tenant_id"],
            ["rollout.owner_id", "rollout.version_id", "rollout.tenant_id"],
            name="fk_rollout_status_rollout",
        ),
    )
    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    point: Mapped[str]
    status: Mapped[str]
    nl: Mapped[str]
    en: Mapped[str]
    remedy_nl: Mapped[str]
    remedy_en: Mapped[str]
    start: Mapped[str]
