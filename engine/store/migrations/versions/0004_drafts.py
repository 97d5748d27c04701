"""Drafts with their history, proposals, and the roll-out of a version to the tenants.

A draft is its owner's alone. A rollout row is written by the owner of the version and decided by the tenant, so both
read it; the columns that name them never change. Which tenants have choices for a model is told to its owner by a
function of `plus1_dispatch`, and no more than that: what they chose stays theirs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OWN = "nullif(current_setting('app.tenant', true), '')::uuid"
MOMENT = sa.DateTime(timezone=True)
DRAFT = (["owner_id", "draft_id"], ["draft.owner_id", "draft.id"])
VERSION = ["version.owner_id", "version.id"]

CHOOSERS = """
create policy at_dispatch on override for select to plus1_dispatch using (true);
create policy at_dispatch on model for select to plus1_dispatch using (true);
grant select on override, model to plus1_dispatch;

create function tenants_with_choices(wanted text)
returns table (tenant uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select tenant_id from (
    select distinct on (o.tenant_id) o.tenant_id, o.choices from override o
    where o.key = wanted and exists (select 1 from model m where m.key = wanted
      and m.owner_id = nullif(current_setting('app.tenant', true), '')::uuid)
    order by o.tenant_id, o.revision desc
  ) newest where choices <> '[]'
$$;
grant create on schema public to plus1_dispatch;
alter function tenants_with_choices(text) owner to plus1_dispatch;
revoke all on function tenants_with_choices(text) from public;
grant execute on function tenants_with_choices(text) to plus1_app;
revoke create on schema public from plus1_dispatch;
"""

JOBS = """
alter table job alter column instance_id drop not null;
alter table job drop constraint ck_job_kind;
alter table job add constraint ck_job_kind check (kind in ('service', 'timer', 'event', 'continue', 'rollout'));
alter table job add constraint ck_job_case check ((kind = 'rollout') = (instance_id is null));
"""


def upgrade() -> None:
    drafts()
    proposals()
    rollouts()
    op.execute(JOBS)
    protect()
    op.execute(CHOOSERS)


def drafts() -> None:
    op.create_table(
        "draft",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("base_id", sa.Uuid(), nullable=True),
        sa.Column("edited_by", sa.Text(), nullable=False),
        sa.Column("edited_by_name", sa.Text(), nullable=False),
        sa.Column("edited_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["tenant.id"], name=op.f("fk_draft_tenant")),
        sa.ForeignKeyConstraint(["owner_id", "base_id"], VERSION, name=op.f("fk_draft_version")),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_draft")),
        sa.UniqueConstraint("owner_id", "key", name=op.f("uq_draft_owner_id_key")),
    )
    op.create_table(
        "draft_file",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(*DRAFT, name=op.f("fk_draft_file_draft")),
        sa.PrimaryKeyConstraint("owner_id", "draft_id", "path", "revision", name=op.f("pk_draft_file")),
    )
    op.create_table(
        "draft_presence",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(*DRAFT, name=op.f("fk_draft_presence_draft")),
        sa.PrimaryKeyConstraint("owner_id", "draft_id", "actor", name=op.f("pk_draft_presence")),
    )


def proposals() -> None:
    op.create_table(
        "proposal",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("semver", sa.Text(), nullable=False),
        sa.Column("changelog", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_by_name", sa.Text(), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("edited_by", sa.Text(), nullable=False),
        sa.Column("edited_by_name", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_by_name", sa.Text(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("state in ('open', 'withdrawn', 'approved', 'rejected')", name=op.f("ck_proposal_state")),
        sa.ForeignKeyConstraint(*DRAFT, name=op.f("fk_proposal_draft")),
        sa.ForeignKeyConstraint(["owner_id", "version_id"], VERSION, name=op.f("fk_proposal_version")),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_proposal")),
    )
    is_open = sa.text("state = 'open'")
    op.create_index("uq_proposal_open", "proposal", ["owner_id", "key"], unique=True, postgresql_where=is_open)
    op.create_index("ix_proposal_key", "proposal", ["owner_id", "key", "proposed_at"], unique=False)


def rollouts() -> None:
    op.create_table(
        "rollout",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("override_revision", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_by_name", sa.Text(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.CheckConstraint("state in ('pending', 'adopted', 'held')", name=op.f("ck_rollout_state")),
        sa.ForeignKeyConstraint(["owner_id", "version_id"], VERSION, name=op.f("fk_rollout_version")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_rollout_tenant")),
        sa.PrimaryKeyConstraint("owner_id", "version_id", "tenant_id", name=op.f("pk_rollout")),
    )
    op.create_index("ix_rollout_tenant", "rollout", ["tenant_id", "key"], unique=False)
    undecided = sa.text("state <> 'adopted'")
    op.create_index(
        "ix_rollout_undecided", "rollout", ["tenant_id", "version_id"], unique=False, postgresql_where=undecided
    )
    op.create_table(
        "rollout_status",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("nl", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("remedy_nl", sa.Text(), nullable=False),
        sa.Column("remedy_en", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id", "version_id", "tenant_id"],
            ["rollout.owner_id", "rollout.version_id", "rollout.tenant_id"],
            name=op.f("fk_rollout_status_rollout"),
        ),
        sa.PrimaryKeyConstraint("owner_id", "version_id", "tenant_id", "number", name=op.f("pk_rollout_status")),
    )


def protect() -> None:
    """Policies and grants; what names the owner or the tenant of a row is never updated."""
    for table in ("draft", "draft_file", "draft_presence", "proposal", "rollout", "rollout_status"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"grant select, insert on {table} to plus1_app")
    for table in ("draft", "draft_file", "draft_presence", "proposal"):
        mine = f"owner_id = {OWN}"
        op.execute(f"create policy own on {table} to plus1_app using ({mine}) with check ({mine})")
    of_tenant = f"tenant_id = {OWN}"
    for table in ("rollout", "rollout_status"):
        op.execute(f"create policy readable on {table} for select to plus1_app using (owner_id = {OWN} or {of_tenant})")
    op.execute(f"create policy begin on rollout for insert to plus1_app with check (owner_id = {OWN})")
    op.execute(f"create policy decide on rollout for update to plus1_app using ({of_tenant}) with check ({of_tenant})")
    op.execute(f"create policy tell on rollout_status for insert to plus1_app with check ({of_tenant})")
    op.execute(f"create policy forget on rollout_status for delete to plus1_app using ({of_tenant})")
    edited = "name, revision, open, base_id, edited_by, edited_by_name, edited_at"
    op.execute(f"grant update ({edited}) on draft to plus1_app")
    op.execute("grant delete on draft_file, draft_presence, rollout_status to plus1_app")
    op.execute("grant update (name, seen_at) on draft_presence to plus1_app")
    decided = "state, decided_by, decided_by_name, decided_at"
    op.execute(f"grant update ({decided}, remark, version_id) on proposal to plus1_app")
    op.execute(f"grant update ({decided}, override_revision) on rollout to plus1_app")


def downgrade() -> None:
    raise NotImplementedError("restore a backup: a published history is not rolled back")
