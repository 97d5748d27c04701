"""What is not published yet: drafts with the history of their files, who looks at them, and proposals."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.tables.base import Base, OwnerOwned


def of_draft() -> ForeignKeyConstraint:
    """A foreign key to the draft, with the owner in it."""
    return ForeignKeyConstraint(["owner_id", "draft_id"], ["draft.owner_id", "draft.id"])


class DraftRow(OwnerOwned, Base):
    """Work on the next version of a model. There is one per model for ever, so that a revision number never comes
    back; `open` tells whether there is work now. `base_id`: the version that it began from."""

    __tablename__ = "draft"
    __table_args__ = (
        ForeignKeyConstraint(["owner_id"], ["tenant.id"]),
        ForeignKeyConstraint(["owner_id", "base_id"], ["version.owner_id", "version.id"]),
        UniqueConstraint("owner_id", "key"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str]
    name: Mapped[str]
    revision: Mapped[int]
    open: Mapped[bool]
    base_id: Mapped[UUID | None]
    edited_by: Mapped[str]
    edited_by_name: Mapped[str]
    edited_at: Mapped[datetime]


class DraftFileRow(OwnerOwned, Base):
    """What a file became in a revision that changed it; without content: it was removed."""

    __tablename__ = "draft_file"
    __table_args__ = (of_draft(),)
    draft_id: Mapped[UUID] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)


class DraftPresenceRow(OwnerOwned, Base):
    """When somebody last had the draft open; `actor` as history writes it."""

    __tablename__ = "draft_presence"
    __table_args__ = (of_draft(),)
    draft_id: Mapped[UUID] = mapped_column(primary_key=True)
    actor: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    seen_at: Mapped[datetime]


class ProposalRow(OwnerOwned, Base):
    """One revision of a draft, proposed as a version. `edited_by`: who edited that revision last; `version_id`: the
    version that an approval made."""

    __tablename__ = "proposal"
    __table_args__ = (
        of_draft(),
        ForeignKeyConstraint(["owner_id", "version_id"], ["version.owner_id", "version.id"]),
        CheckConstraint("state in ('open', 'withdrawn', 'approved', 'rejected')", name="state"),
        Index("uq_proposal_open", "owner_id", "key", unique=True, postgresql_where=text("state = 'open'")),
        Index("ix_proposal_key", "owner_id", "key", "proposed_at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    draft_id: Mapped[UUID]
    key: Mapped[str]
    revision: Mapped[int]
    semver: Mapped[str]
    changelog: Mapped[str]
    effective_from: Mapped[date | None]
    state: Mapped[str]
    proposed_by: Mapped[str]
    proposed_by_name: Mapped[str]
    proposed_at: Mapped[datetime]
    edited_by: Mapped[str]
    edited_by_name: Mapped[str]
    decided_by: Mapped[str | None]
    decided_by_name: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    remark: Mapped[str | None]
    version_id: Mapped[UUID | None]
    release: Mapped[str] = mapped_column(server_default="{}")
