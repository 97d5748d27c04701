"""How a version reaches the other tenants: one row per version and tenant, and what each of its choices becomes."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.tables.base import Base, OwnerOwned, TenantOwned


class RolloutRow(OwnerOwned, Base):
    """Whether a tenant may start cases on a version. Written by the owner at publishing, decided by the tenant;
    `override_revision`: the choices that were looked at; `reason` and `held_until`: why and until when the tenant puts
    it off; `seen_*`: who has read what the version did by itself."""

    __tablename__ = "rollout"
    __table_args__ = (
        ForeignKeyConstraint(["owner_id", "version_id"], ["version.owner_id", "version.id"]),
        ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
        CheckConstraint("state in ('waiting', 'pending', 'held', 'deferred', 'adopted')", name="state"),
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
    reason: Mapped[str | None]
    held_until: Mapped[date | None]
    seen_by: Mapped[str | None]
    seen_by_name: Mapped[str | None]
    seen_at: Mapped[datetime | None]


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


RINGS = "ring in ('test', 'pilot', 'everyone')"


class RolloutPolicyRow(TenantOwned, Base):
    """What a tenant wants of versions that fit: of one model, or (`key` empty) of all others; a change is a new
    revision, so that who changed it and why stays known."""

    __tablename__ = "rollout_policy"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
        CheckConstraint("policy in ('automatic', 'approval', 'until')", name="policy"),
        CheckConstraint("(policy = 'until') = (until is not null)", name="until"),
    )
    key: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    policy: Mapped[str]
    until: Mapped[date | None]
    reason: Mapped[str]
    set_by: Mapped[str]
    set_by_name: Mapped[str]
    set_at: Mapped[datetime]


class TenantRingRow(OwnerOwned, Base):
    """In which ring the owner of models has put a tenant; a change is a new revision."""

    __tablename__ = "tenant_ring"
    __table_args__ = (ForeignKeyConstraint(["tenant_id"], ["tenant.id"]), CheckConstraint(RINGS, name="ring"))
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    ring: Mapped[str]
    reason: Mapped[str]
    set_by: Mapped[str]
    set_by_name: Mapped[str]
    set_at: Mapped[datetime]


class ReleaseRingRow(OwnerOwned, Base):
    """From which day a ring gets a version."""

    __tablename__ = "release_ring"
    __table_args__ = (
        ForeignKeyConstraint(["owner_id", "version_id"], ["version.owner_id", "version.id"]),
        CheckConstraint(RINGS, name="ring"),
    )
    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    ring: Mapped[str] = mapped_column(primary_key=True)
    opens_on: Mapped[date]
    set_by: Mapped[str]
    set_by_name: Mapped[str]
    set_at: Mapped[datetime]
