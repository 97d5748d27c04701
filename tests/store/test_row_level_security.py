"""Row-level security: the catalogue holds, tenants do not see each other, and the app role cannot walk around it."""

from datetime import timedelta
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.pool import NullPool

from engine.domain.errors import NotFound, Unauthenticated
from engine.domain.ids import new_id
from engine.embedded import Cluster
from engine.store import gate, people
from engine.store.database import TooMuchPower, connect, refuse_power, sessions
from engine.store.session import NoTenant
from engine.store.tables import Base, GroupRow
from engine.store.transaction import Transaction, Transactions

GLOBAL_KEY = {"tenant", "person", "web_session", "alembic_version"}


def owner(cluster: Cluster, database: str) -> Engine:
    return create_engine(cluster.url("plus1_owner", database), poolclass=NullPool)


def test_the_migrations_make_exactly_the_tables_of_the_code(cluster: Cluster, database: str) -> None:
    with owner(cluster, database).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_every_table_forces_row_level_security_and_has_a_policy(cluster: Cluster, database: str) -> None:
    catalogue = text(
        "select c.relname, c.relrowsecurity and c.relforcerowsecurity as forced, "
        "(select count(*) from pg_policy p where p.polrelid = c.oid and p.polcmd in ('*', 'w', 'a')) as writes, "
        "(select count(*) from pg_policy p where p.polrelid = c.oid) as policies "
        "from pg_class c join pg_namespace n on n.oid = c.relnamespace "
        "where n.nspname = 'public' and c.relkind in ('r', 'p', 'm', 'v')"
    )
    with owner(cluster, database).connect() as connection:
        rows = connection.execute(catalogue).all()
    names = {row.relname for row in rows} - {"alembic_version"}
    assert names == set(Base.metadata.tables)
    bare = [row.relname for row in rows if row.relname in names and not (row.forced and row.policies and row.writes)]
    assert bare == []


def test_the_tenant_comes_first_in_every_key(cluster: Cluster, database: str) -> None:
    keys = text(
        "select c.relname, i.relname as index, a.attname from pg_index x join pg_class c on c.oid = x.indrelid "
        "join pg_class i on i.oid = x.indexrelid join pg_namespace n on n.oid = c.relnamespace "
        "join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0] "
        "where n.nspname = 'public' and x.indisunique and c.relkind = 'r'"
    )
    with owner(cluster, database).connect() as connection:
        rows = connection.execute(keys).all()
    wrong = [
        row.index
        for row in rows
        if row.relname not in GLOBAL_KEY
        and row.attname not in ("tenant_id", "owner_id")
        and row.index != "uq_client_key_hash"  # the hash of a random key is what finds the tenant
    ]
    assert wrong == []


def test_no_definer_function_belongs_to_the_owner_of_the_tables(cluster: Cluster, database: str) -> None:
    functions = text(
        "select p.proname, r.rolname, p.proconfig from pg_proc p join pg_roles r on r.oid = p.proowner "
        "join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and p.prosecdef"
    )
    with owner(cluster, database).connect() as connection:
        rows = connection.execute(functions).all()
    assert {row.rolname for row in rows} == {"plus1_gate", "plus1_dispatch"}
    assert all(any("search_path" in setting for setting in row.proconfig) for row in rows)


def test_a_tenant_sees_and_writes_only_its_own_rows(transactions: Transactions, utrecht: UUID, emmen: UUID) -> None:
    with transactions.of(utrecht) as transaction:
        people.put_group(transaction, "vth", "Vergunningen Utrecht", ["clerk"])
    with transactions.of(emmen) as transaction:
        assert people.group_names(transaction) == {}
        seen = transaction.run(text("select count(*) from person_group")).scalar_one()
        assert seen == 0
        changed = transaction.run(text("update person_group set name = 'gekaapt'"))
        assert changed.rowcount == 0  # type: ignore[attr-defined]  # a cursor result has it
    forged = text("insert into person_group (tenant_id, id, name, rights) values (:other, 'x', 'x', '{}')")
    with pytest.raises(ProgrammingError, match="row-level security"), transactions.of(emmen) as transaction:
        transaction.run(forged, {"other": utrecht})


def test_without_a_tenant_nothing_is_seen(pool: Engine, transactions: Transactions, utrecht: UUID) -> None:
    with transactions.of(utrecht) as transaction:
        people.put_group(transaction, "vth", "Vergunningen", ["clerk"])
    with pool.connect() as connection:
        assert connection.execute(text("select count(*) from person_group")).scalar_one() == 0


def test_interleaved_on_one_connection_nothing_leaks(
    cluster: Cluster, database: str, transactions: Transactions, utrecht: UUID, emmen: UUID
) -> None:
    single = connect(cluster.url("plus1_app", database), 1, 30)
    one = Transactions(sessions(single), transactions.clock, transactions.memory, transactions.waker)
    for tenant, name in ((utrecht, "U"), (emmen, "E")):
        with one.of(tenant) as transaction:
            people.put_group(transaction, "g", name, [])
    for _ in range(20):
        for tenant, name in ((utrecht, "U"), (emmen, "E")):
            with one.of(tenant) as transaction:
                assert people.group_names(transaction) == {"g": name}
    single.dispose()


def test_the_orm_is_a_second_wall(
    cluster: Cluster, database: str, transactions: Transactions, utrecht: UUID, emmen: UUID
) -> None:
    with transactions.of(utrecht) as transaction:
        transaction.session.add(GroupRow(tenant_id=utrecht, id="vth", name="VTH", rights=[]))
    with owner(cluster, database).begin() as connection:
        connection.execute(text("alter table person_group no force row level security"))
        connection.execute(text("alter table person_group disable row level security"))
    with transactions.of(emmen) as transaction:
        assert transaction.session.query(GroupRow).all() == []
    with pytest.raises(NoTenant), transactions.of(emmen) as transaction:
        transaction.session.add(GroupRow(tenant_id=utrecht, id="y", name="Y", rights=[]))
        transaction.session.flush()


def test_switching_tenant_inside_a_transaction_is_refused(
    transactions: Transactions, utrecht: UUID, emmen: UUID
) -> None:
    with transactions.of(utrecht) as transaction:
        people.group_names(transaction)
        with pytest.raises(NoTenant):
            transaction.enter(emmen)


def test_too_much_power_is_refused(cluster: Cluster, database: str, pool: Engine) -> None:
    refuse_power(pool)
    with pytest.raises(TooMuchPower, match="plus1_owner"):
        refuse_power(owner(cluster, database))


def test_published_rows_of_the_collective_are_read_by_all_and_written_by_none(
    transactions: Transactions, collective: UUID, utrecht: UUID, emmen: UUID
) -> None:
    insert = text("insert into model (owner_id, key, name) values (:owner, :key, 'M')")
    with transactions.of(collective) as transaction:
        transaction.run(insert, {"owner": collective, "key": "gedeeld"})
    with transactions.of(utrecht) as transaction:
        transaction.run(insert, {"owner": utrecht, "key": "eigen"})

    def keys(transaction: Transaction) -> set[str]:
        return set(transaction.run(text("select key from model")).scalars())

    with transactions.of(utrecht) as transaction:
        assert keys(transaction) == {"gedeeld", "eigen"}
    with transactions.of(emmen) as transaction:
        assert keys(transaction) == {"gedeeld"}
        renamed = transaction.run(text("update model set name = 'gekaapt'"))
        assert renamed.rowcount == 0  # type: ignore[attr-defined]  # a cursor result has it


def test_the_gate_finds_a_client_by_its_key_in_one_statement(transactions: Transactions, utrecht: UUID) -> None:
    with transactions.of(utrecht) as transaction:
        people.put_client(transaction, "zaaksysteem", "Zaaksysteem", gate.secret_hash("geheim"), ["client"])
    with transactions.at_gate() as transaction:
        caller = gate.authenticate(transaction, "geheim")
        assert (caller.tenant, caller.kind, caller.id) == (utrecht, "client", "zaaksysteem")
        assert transaction.run(text("select current_setting('app.tenant')")).scalar_one() == str(utrecht)
    with pytest.raises(Unauthenticated), transactions.at_gate() as transaction:
        gate.authenticate(transaction, "fout")


def test_a_person_acts_only_where_they_work(transactions: Transactions, utrecht: UUID, emmen: UUID) -> None:
    person = new_id()
    with transactions.of(utrecht) as transaction:
        people.put_group(transaction, "vth", "Vergunningen", ["clerk"])
        people.put_role_group(transaction, "behandelaar", "vth")
        people.put_person(transaction, person, "Noor", demo=True)
        people.put_membership(transaction, person, "vth")
    with transactions.at_gate() as transaction:
        gate.open_session(transaction, "koekje", person, transaction.at + timedelta(days=3650))
    with transactions.at_gate() as transaction:
        caller, here = gate.act_for(transaction, "koekje", "utrecht")
        assert (here.name, here.several) == ("Utrecht", False)
        assert (caller.rights, caller.groups, caller.roles) == ({"clerk"}, {"vth"}, {"behandelaar"})
    with pytest.raises(NotFound), transactions.at_gate() as transaction:
        gate.act_for(transaction, "koekje", "emmen")
    with transactions.at_gate() as transaction:
        assert [place.name for place in gate.visitor(transaction, "koekje").workplaces] == ["Utrecht"]
        gate.close_session(transaction, "koekje")
    with pytest.raises(Unauthenticated), transactions.at_gate() as transaction:
        gate.visitor(transaction, "koekje")
