"""Schedules: jobs that begin cases by the clock. Such a job is of no case; its `type` is the key of the model."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SCHEDULES = """
alter table job drop constraint ck_job_kind;
alter table job add constraint ck_job_kind
  check (kind in ('service', 'timer', 'event', 'continue', 'rollout', 'schedule'));
alter table job drop constraint ck_job_case;
alter table job add constraint ck_job_case check ((kind in ('rollout', 'schedule')) = (instance_id is null));
create index ix_job_schedule on job (tenant_id, type) where kind = 'schedule' and state in ('ready', 'running');
"""


def upgrade() -> None:
    op.execute(SCHEDULES)


def downgrade() -> None:
    raise NotImplementedError("restore a backup: a published history is not rolled back")
