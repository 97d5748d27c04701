"""What all tables share: the metadata with named constraints, and the tenant column that comes first in every key."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, MetaData, Text, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Base(DeclarativeBase):
    """Root of all rows."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {str: Text, UUID: Uuid, datetime: DateTime(timezone=True)}


class TenantOwned:
    """A row of one tenant; row-level security compares this column with `app.tenant`."""

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)


class OwnerOwned:
    """A row of a model's owner; the collective's rows are readable by every tenant."""

    owner_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)
