"""Tables for tenants, models and cases."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "tenant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("kind in ('collective', 'municipality', 'executor')", name=op.f("ck_tenant_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenant")),
        sa.UniqueConstraint("slug", name=op.f("uq_tenant_slug")),
    )
    op.create_table(
        "client",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_client_tenant")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_client")),
    )
    op.create_index("uq_client_key_hash", "client", ["key_hash"], unique=True)
    op.create_table(
        "idempotency",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_idempotency_tenant")),
        sa.PrimaryKeyConstraint("tenant_id", "client", "key", name=op.f("pk_idempotency")),
    )
    op.create_table(
        "model",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["tenant.id"], name=op.f("fk_model_tenant")),
        sa.PrimaryKeyConstraint("owner_id", "key", name=op.f("pk_model")),
    )
    op.create_table(
        "override",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_override_tenant")),
        sa.PrimaryKeyConstraint("tenant_id", "key", "revision", name=op.f("pk_override")),
    )
    op.create_table(
        "person_group",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rights", sa.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_person_group_tenant")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_person_group")),
    )
    op.create_table(
        "tenant_attribute",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_tenant_attribute_tenant")),
        sa.PrimaryKeyConstraint("tenant_id", "name", "since", name=op.f("pk_tenant_attribute")),
    )
    op.create_table(
        "web_session",
        sa.Column("id_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_web_session_person")),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_web_session")),
    )
    op.create_table(
        "membership",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "group_id"],
            ["person_group.tenant_id", "person_group.id"],
            name=op.f("fk_membership_person_group"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "person_id", "group_id", name=op.f("pk_membership")),
    )
    op.create_index("ix_membership_person", "membership", ["person_id"], unique=False)
    op.create_table(
        "role_group",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "group_id"],
            ["person_group.tenant_id", "person_group.id"],
            name=op.f("fk_role_group_person_group"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "role", "group_id", name=op.f("pk_role_group")),
    )
    op.create_table(
        "version",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("semver", sa.Text(), nullable=False),
        sa.Column("package_hash", sa.Text(), nullable=False),
        sa.Column("changelog", sa.Text(), nullable=False),
        sa.Column("published_by", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("last_start", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["owner_id", "key"], ["model.owner_id", "model.key"], name=op.f("fk_version_model")),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_version")),
        sa.UniqueConstraint("owner_id", "key", "semver", name=op.f("uq_version_owner_id_key_semver")),
    )
    op.create_index("ix_version_current", "version", ["owner_id", "key", "published_at"], unique=False)
    op.create_table(
        "effective_model",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("override_revision", sa.Integer(), nullable=False),
        sa.Column("structure_hash", sa.Text(), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id", "version_id"], ["version.owner_id", "version.id"], name=op.f("fk_effective_model_version")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_effective_model")),
        sa.UniqueConstraint(
            "tenant_id",
            "version_id",
            "override_revision",
            "structure_hash",
            name="uq_effective_model_structure",
        ),
    )
    op.create_table(
        "version_file",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id", "version_id"], ["version.owner_id", "version.id"], name=op.f("fk_version_file_version")
        ),
        sa.PrimaryKeyConstraint("owner_id", "version_id", "path", name=op.f("pk_version_file")),
    )
    op.create_table(
        "instance",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("effective_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("business_key", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("parent_token", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("notes", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("started_by", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_node", sa.Text(), nullable=True),
        sa.CheckConstraint("status in ('active', 'completed', 'cancelled')", name=op.f("ck_instance_status")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "effective_id"],
            ["effective_model.tenant_id", "effective_model.id"],
            name=op.f("fk_instance_effective_model"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_instance")),
    )
    op.create_index("ix_instance_business_key", "instance", ["tenant_id", "business_key"], unique=False)
    op.create_index(
        "uq_instance_running_number",
        "instance",
        ["tenant_id", "key", "business_key"],
        unique=True,
        postgresql_where=sa.text("status = 'active' and parent_id is null"),
    )
    op.create_index("ix_instance_parent", "instance", ["tenant_id", "parent_id"], unique=False)
    op.create_index("ix_instance_started", "instance", ["tenant_id", "started_at", "id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "instance_id"], ["instance.tenant_id", "instance.id"], name=op.f("fk_decision_instance")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "instance_id", "id", name=op.f("pk_decision")),
    )
    op.create_table(
        "document",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "instance_id"], ["instance.tenant_id", "instance.id"], name=op.f("fk_document_instance")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_document")),
    )
    op.create_index("ix_document_instance", "document", ["tenant_id", "instance_id"], unique=False)
    op.create_index("uq_document_job", "document", ["tenant_id", "job_id"], unique=True)
    op.create_table(
        "history",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "instance_id"], ["instance.tenant_id", "instance.id"], name=op.f("fk_history_instance")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "instance_id", "seq", name=op.f("pk_history")),
    )
    op.create_table(
        "incident",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "instance_id"], ["instance.tenant_id", "instance.id"], name=op.f("fk_incident_instance")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_incident")),
    )
    op.create_index("ix_incident_instance", "incident", ["tenant_id", "instance_id"], unique=False)
    op.create_index(
        "ix_incident_open",
        "incident",
        ["tenant_id", "created_at"],
        unique=False,
        postgresql_where=sa.text("resolved_at is null"),
    )
    op.create_table(
        "job",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("max_attempts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('service', 'timer', 'event', 'continue')", name=op.f("ck_job_kind")),
        sa.CheckConstraint("state in ('ready', 'running', 'done', 'failed', 'cancelled')", name=op.f("ck_job_state")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "instance_id"], ["instance.tenant_id", "instance.id"], name=op.f("fk_job_instance")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_job")),
    )
    op.create_index(
        "ix_job_due", "job", ["due_at"], unique=False, postgresql_where=sa.text("state in ('ready', 'running')")
    )
    op.create_index("ix_job_instance", "job", ["tenant_id", "instance_id"], unique=False)
    op.create_table(
        "user_task",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("groups", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("users", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("assignee", sa.Text(), nullable=True),
        sa.Column("assignee_name", sa.Text(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("follow_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_by", sa.Text(), nullable=True),
        sa.CheckConstraint("status in ('open', 'completed', 'cancelled')", name=op.f("ck_user_task_status")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "instance_id"], ["instance.tenant_id", "instance.id"], name=op.f("fk_user_task_instance")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_user_task")),
    )
    op.create_index("ix_user_task_instance", "user_task", ["tenant_id", "instance_id"], unique=False)
    op.create_index(
        "ix_user_task_open_age",
        "user_task",
        ["tenant_id", "created_at", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index(
        "ix_user_task_open_due",
        "user_task",
        ["tenant_id", sa.text("coalesce(due_at, 'infinity'::timestamp with time zone)"), "id"],
        unique=False,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "wait",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "instance_id"], ["instance.tenant_id", "instance.id"], name=op.f("fk_wait_instance")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_wait")),
    )
    op.create_index("ix_wait_instance", "wait", ["tenant_id", "instance_id"], unique=False)
    op.create_index("ix_wait_name", "wait", ["tenant_id", "kind", "name", "key"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("restore a backup: a published history is not rolled back")
