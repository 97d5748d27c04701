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
from engine.store.tables.drafts import DraftFileRow, DraftPresenceRow, DraftRow, ProposalRow
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
from engine.store.tables.rollouts import (
    ReleaseRingRow,
    RolloutPolicyRow,
    RolloutRow,
    RolloutStatusRow,
    TenantRingRow,
)

__all__ = [
    "Base",
    "ClientRow",
    "DecisionRow",
    "DocumentRow",
    "DraftFileRow",
    "DraftPresenceRow",
    "DraftRow",
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
    "ProposalRow",
    "ReleaseRingRow",
    "RoleGroupRow",
    "RolloutPolicyRow",
    "RolloutRow",
    "RolloutStatusRow",
    "TenantAttributeRow",
    "TenantOwned",
    "TenantRingRow",
    "TenantRow",
    "UserTaskRow",
    "VersionFileRow",
    "VersionRow",
    "WaitRow",
    "WebSessionRow",
]
