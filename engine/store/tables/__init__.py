"""All tables on one page: a folder by subject, one metadata."""

from engine.store.tables.base import Base, OwnerOwned, TenantOwned
from engine.store.tables.cases import (
    DecisionRow,
    DocumentRow,
    HistoryRow,
    IdempotencyRow,
    IncidentRow,
    InstanceRow,
    JobRow,
    UserTaskRow,
    WaitRow,
)
from engine.store.tables.models import EffectiveModelRow, ModelRow, OverrideRow, VersionFileRow, VersionRow
from engine.store.tables.people import (
    ClientRow,
    GroupRow,
    MembershipRow,
    PersonRow,
    RoleGroupRow,
    TenantAttributeRow,
    TenantRow,
    WebSessionRow,
)

__all__ = [
    "Base",
    "ClientRow",
    "DecisionRow",
    "DocumentRow",
    "EffectiveModelRow",
    "GroupRow",
    "HistoryRow",
    "IdempotencyRow",
    "IncidentRow",
    "InstanceRow",
    "JobRow",
    "MembershipRow",
    "ModelRow",
    "OverrideRow",
    "OwnerOwned",
    "PersonRow",
    "RoleGroupRow",
    "TenantAttributeRow",
    "TenantOwned",
    "TenantRow",
    "UserTaskRow",
    "VersionFileRow",
    "VersionRow",
    "WaitRow",
    "WebSessionRow",
]
