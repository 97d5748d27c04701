"""Row-level security on every table, and the two doors through it: the gate (who are you) and dispatch (what is due).

The gate's functions run before a tenant is known, so they are SECURITY DEFINER and belong to a role without login that
has policies of its own; they find the caller by the hash of a secret and set `app.tenant` themselves: one statement.
An owner's own functions would see nothing under FORCE.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OWN = "nullif(current_setting('app.tenant', true), '')::uuid"
TENANT_TABLES = (
    *("tenant_attribute", "person_group", "membership", "role_group", "client", "override", "effective_model"),
    *("instance", "wait", "user_task", "job", "incident", "history", "document", "decision", "idempotency"),
)
APPEND_ONLY = ("override", "effective_model", "history", "document", "decision", "idempotency")
OWNER_TABLES = ("model", "version", "version_file")

GATE = """
create policy at_gate on tenant for select to plus1_gate using (true);
create policy at_gate on person for select to plus1_gate using (true);
create policy at_gate on membership for select to plus1_gate using (true);
create policy at_gate on person_group for select to plus1_gate using (true);
create policy at_gate on role_group for select to plus1_gate using (true);
create policy at_gate on client for select to plus1_gate using (true);
create policy at_gate on web_session to plus1_gate using (true) with check (true);
grant select on tenant, person, membership, person_group, role_group, client to plus1_gate;
grant select, insert, delete on web_session to plus1_gate;

create function authenticate(given_hash text)
returns table (tenant uuid, id text, name text, scopes text[])
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.tenant_id, c.id, c.name, c.scopes
  from client c, lateral (select set_config('app.tenant', c.tenant_id::text, true)) told
  where c.key_hash = given_hash and (c.expires_at is null or c.expires_at > now())
$$;

create function tenants_of(given_hash text)
returns table (person uuid, person_name text, tenant uuid, tenant_name text, tenant_kind text, tenant_slug text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.name, t.id, t.name, t.kind, t.slug
  from web_session s join person p on p.id = s.person_id
  left join (select distinct tenant_id, person_id from membership) m on m.person_id = p.id
  left join tenant t on t.id = m.tenant_id
  where s.id_hash = given_hash and s.expires_at > now()
  order by t.kind desc, t.name
$$;

create function act_for(given_hash text, wanted text)
returns table (person uuid, person_name text, tenant uuid, tenant_name text, tenant_kind text, several boolean,
  rights text[], groups text[], roles text[])
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.name, t.id, t.name, t.kind,
    exists (select 1 from membership o where o.person_id = p.id and o.tenant_id <> t.id),
    coalesce((select array_agg(distinct r) from person_group g, unnest(g.rights) r
      where g.tenant_id = t.id and g.id = any (m.groups)), '{}'),
    m.groups,
    coalesce((select array_agg(distinct rg.role) from role_group rg
      where rg.tenant_id = t.id and rg.group_id = any (m.groups)), '{}')
  from web_session s join person p on p.id = s.person_id
  join tenant t on t.slug = wanted
  join lateral (select array_agg(group_id) as groups from membership
    where tenant_id = t.id and person_id = p.id having count(*) > 0) m on true,
  lateral (select set_config('app.tenant', t.id::text, true)) told
  where s.id_hash = given_hash and s.expires_at > now()
$$;

create function open_session(new_hash text, for_person uuid, until timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from web_session where expires_at < now();
  insert into web_session (id_hash, person_id, created_at, expires_at) values (new_hash, for_person, now(), until)
$$;

create function close_session(given_hash text) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from web_session where id_hash = given_hash
$$;

create function demo_persons()
returns table (person uuid, person_name text, tenant_name text, group_names text[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.name, t.name, array_agg(g.name order by g.name)
  from person p join membership m on m.person_id = p.id join tenant t on t.id = m.tenant_id
  join person_group g on g.tenant_id = m.tenant_id and g.id = m.group_id
  where p.demo group by p.id, p.name, t.kind, t.name order by t.kind desc, t.name, p.name
$$;
"""
GATE_FUNCTIONS = (
    "authenticate(text)",
    "tenants_of(text)",
    "act_for(text, text)",
    "open_session(text, uuid, timestamptz)",
    "close_session(text)",
    "demo_persons()",
)

DISPATCH = """
create policy at_dispatch on job for select to plus1_dispatch using (true);
grant select on job to plus1_dispatch;

create function due_jobs(at timestamptz, most integer)
returns table (tenant uuid, job uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select tenant_id, id from (
    select tenant_id, id, due_at, row_number() over (partition by tenant_id order by due_at, id) as turn
    from job
    where (state = 'ready' and due_at <= at) or (state = 'running' and lease_until < at)
  ) due
  order by turn, due_at limit most
$$;
"""


def protect(table: str, own: str, read: str) -> None:
    """Rows are written only as one's own; `read` says which may be seen."""
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    if read != own:
        op.execute(f"create policy readable on {table} for select to plus1_app, plus1_auditor using ({read})")
    op.execute(f"create policy own on {table} to plus1_app using ({own}) with check ({own})")


def upgrade() -> None:
    collective = "(select t.id from tenant t where t.kind = 'collective')"
    protect("tenant", f"id = {OWN}", f"id = {OWN} or kind = 'collective'")
    protect("person", "id in (select m.person_id from membership m)", "id in (select m.person_id from membership m)")
    for table in TENANT_TABLES:
        protect(table, f"tenant_id = {OWN}", f"tenant_id = {OWN}")
    for table in OWNER_TABLES:
        protect(table, f"owner_id = {OWN}", f"owner_id = {OWN} or owner_id in {collective}")
    op.execute("alter table web_session enable row level security")
    op.execute("alter table web_session force row level security")
    op.execute("drop policy own on person")
    op.execute("create policy own on person for select to plus1_app using (id in (select person_id from membership))")
    op.execute("create policy arrive on person for insert to plus1_app with check (true)")
    grants()
    op.execute("create sequence case_number")
    op.execute("grant usage on sequence case_number to plus1_app")
    op.execute(GATE)
    op.execute(DISPATCH)
    hand_over("plus1_gate", GATE_FUNCTIONS)
    hand_over("plus1_dispatch", ("due_jobs(timestamptz, integer)",))


def grants() -> None:
    """The app role reads and adds everywhere it has a policy, and changes only what is not append-only."""
    for table in ("tenant", "person", *TENANT_TABLES, *OWNER_TABLES):
        op.execute(f"grant select, insert on {table} to plus1_app")
        if table not in (*APPEND_ONLY, *OWNER_TABLES, "person"):
            op.execute(f"grant update, delete on {table} to plus1_app")
    op.execute("grant update on model to plus1_app")
    op.execute("grant select on alembic_version to plus1_app")


def hand_over(role: str, functions: tuple[str, ...]) -> None:
    """Functions made by the migrating owner become those of the role whose policies they need."""
    op.execute(f"grant usage, create on schema public to {role}")
    for function in functions:
        op.execute(f"alter function {function} owner to {role}")
        op.execute(f"revoke all on function {function} from public")
        op.execute(f"grant execute on function {function} to plus1_app")
    op.execute(f"revoke create on schema public from {role}")


def downgrade() -> None:
    raise NotImplementedError("restore a backup: a published history is not rolled back")
