"""The list of tenants for the command line, which has no session and names a tenant by its slug; names are public."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DIRECTORY = """
create function known_tenants()
returns table (tenant uuid, tenant_kind text, tenant_slug text, tenant_name text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select t.id, t.kind, t.slug, t.name from tenant t order by t.kind, t.name
$$;
grant create on schema public to plus1_gate;
alter function known_tenants() owner to plus1_gate;
revoke all on function known_tenants() from public;
grant execute on function known_tenants() to plus1_app;
revoke create on schema public from plus1_gate;
"""


def upgrade() -> None:
    op.execute(DIRECTORY)


def downgrade() -> None:
    raise NotImplementedError("restore a backup: a published history is not rolled back")
