"""Cases of two processes of one model may run under one number: pools that send each other messages know it by that."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NAME = "uq_instance_running_number"


def upgrade() -> None:
    op.drop_index(NAME, "instance")
    op.create_index(
        NAME,
        "instance",
        ["tenant_id", "key", "process", "business_key"],
        unique=True,
        postgresql_where=sa.text("status = 'active' and parent_id is null"),
    )


def downgrade() -> None:
    raise NotImplementedError("restore a backup: a published history is not rolled back")
