"""Rings, policies per tenant, legal fixes and last lawful start dates: how a version goes out, and to whom when.

What a tenant wants is its own to say and the collective's to read; in which ring it is, is the collective's to say
and its own to read. Which tenants have a model of their own under a shared key is told to its owner by a function.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None

OWN = "nullif(current_setting('app.tenant', true), '')::uuid"
MOMENT = sa.DateTime(timezone=True)
RINGS = "ring in ('test', 'pilot', 'everyone')"
COLLECTIVE = f"exists (select 1 from tenant t where t.id = {OWN} and t.kind = 'collective')"

FORKS = """
create function tenants_with_own(wanted text)
returns table (tenant uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.owner_id from model m
  where m.key = wanted and m.owner_id <> nullif(current_setting('app.tenant', true), '')::uuid
  and exists (select 1 from model o where o.key = wanted
    and o.owner_id = nullif(current_setting('app.tenant', true), '')::uuid)
$$;
grant create on schema public to plus1_dispatch;
alter function tenants_with_own(text) owner to plus1_dispatch;
revoke all on function tenants_with_own(text) from public;
grant execute on function tenants_with_own(text) to plus1_app;
revoke create on schema public from plus1_dispatch;
"""

STATES = """
alter table rollout drop constraint ck_rollout_state;
alter table rollout add constraint ck_rollout_state
  check (state in ('waiting', 'pending', 'held', 'deferred', 'adopted'));
grant update (reason, held_until, seen_by, seen_by_name, seen_at) on rollout to plus1_app;
grant update (last_start) on version to plus1_app;
"""

# What went out before is with everyone since it was published, and told long ago. Forced row-level security hides rows
# from the owner of the tables too.
BEFORE = """
alter table version no force row level security;
alter table rollout no force row level security;
insert into release_ring (owner_id, version_id, ring, opens_on, set_by, set_by_name, set_at)
  select owner_id, id, 'everyone', published_at::date, 'system:plus1', 'plus1', published_at from version;
update rollout set seen_at = decided_at where state = 'adopted';
alter table version force row level security;
alter table rollout force row level security;
"""


def upgrade() -> None:
    for table in ("version", "proposal"):
        op.add_column(table, sa.Column("release", sa.Text(), server_default="{}", nullable=False))
    for name in ("reason", "seen_by", "seen_by_name"):
        op.add_column("rollout", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("rollout", sa.Column("held_until", sa.Date(), nullable=True))
    op.add_column("rollout", sa.Column("seen_at", MOMENT, nullable=True))
    op.execute(STATES)
    policies()
    rings()
    op.execute(BEFORE)
    protect()
    op.execute(FORKS)


def said() -> tuple[sa.Column[Any], ...]:
    """Who set it, and when."""
    return (
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_by_name", sa.Text(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
    )


def policies() -> None:
    op.create_table(
        "rollout_policy",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        *said(),
        sa.CheckConstraint("policy in ('automatic', 'approval', 'until')", name=op.f("ck_rollout_policy_policy")),
        sa.CheckConstraint("(policy = 'until') = (until is not null)", name=op.f("ck_rollout_policy_until")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_rollout_policy_tenant")),
        sa.PrimaryKeyConstraint("tenant_id", "key", "revision", name=op.f("pk_rollout_policy")),
    )


def rings() -> None:
    op.create_table(
        "tenant_ring",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("ring", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *said(),
        sa.CheckConstraint(RINGS, name=op.f("ck_tenant_ring_ring")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_tenant_ring_tenant")),
        sa.PrimaryKeyConstraint("owner_id", "tenant_id", "revision", name=op.f("pk_tenant_ring")),
    )
    op.create_table(
        "release_ring",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("ring", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        *said(),
        sa.CheckConstraint(RINGS, name=op.f("ck_release_ring_ring")),
        sa.ForeignKeyConstraint(
            ["owner_id", "version_id"], ["version.owner_id", "version.id"], name=op.f("fk_release_ring_version")
        ),
        sa.PrimaryKeyConstraint("owner_id", "version_id", "ring", name=op.f("pk_release_ring")),
    )


def protect() -> None:
    """Each row is written by who says it, and read by whom it concerns."""
    readable = {
        "rollout_policy": f"tenant_id = {OWN} or {COLLECTIVE}",
        "tenant_ring": f"owner_id = {OWN} or tenant_id = {OWN}",
        "release_ring": f"owner_id = {OWN} or owner_id in (select t.id from tenant t where t.kind = 'collective')",
    }
    for table, seen in readable.items():
        mine = f"{'tenant_id' if table == 'rollout_policy' else 'owner_id'} = {OWN}"
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy readable on {table} for select to plus1_app using ({seen})")
        op.execute(f"create policy own on {table} to plus1_app using ({mine}) with check ({mine})")
        op.execute(f"grant select, insert on {table} to plus1_app")
    op.execute("grant update (opens_on, set_by, set_by_name, set_at) on release_ring to plus1_app")


def downgrade() -> None:
    raise NotImplementedError("restore a backup: a published history is not rolled back")
