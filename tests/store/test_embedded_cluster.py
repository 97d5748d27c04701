"""The embedded PostgreSQL: roles without power, secrets closed, one owner, kills survived, other versions refused."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from engine import embedded
from engine.embedded import Cluster, Refused, binaries, layout, own_server, roles


def connect(cluster: Cluster, role: str, database: str = "plus1") -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(cluster.url(role, database).replace("+psycopg", ""), autocommit=True)


def test_no_role_of_ours_is_above_row_level_security(cluster: Cluster) -> None:
    with connect(cluster, roles.OWNER) as owner:
        rows = owner.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin"
            " FROM pg_roles WHERE rolname LIKE 'plus1%' AND rolname <> 'plus1_super' ORDER BY 1"
        ).fetchall()
    assert {row[0]: row[5] for row in rows} == {
        "plus1_app": True,
        "plus1_auditor": True,
        "plus1_dispatch": False,
        "plus1_gate": False,
        "plus1_owner": True,
    }
    assert not any(flag for row in rows for flag in row[1:5])


def test_the_app_role_makes_no_tables(cluster: Cluster) -> None:
    with connect(cluster, roles.APP) as app:
        for statement in ("CREATE TABLE t (a int)", "CREATE TEMP TABLE t (a int)", "CREATE SCHEMA s"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement)


def test_the_owner_gives_functions_to_gate_and_dispatch(cluster: Cluster, fresh_database) -> None:
    name = fresh_database()
    body = "RETURNS text LANGUAGE sql SECURITY DEFINER AS 'select current_user::text'"
    with connect(cluster, roles.OWNER, name) as owner:
        for role in roles.NO_LOGINS:
            owner.execute(f"CREATE FUNCTION {role}_f() {body}")
            owner.execute(f"GRANT CREATE ON SCHEMA public TO {role}")
            owner.execute(f"ALTER FUNCTION {role}_f() OWNER TO {role}")
            owner.execute(f"REVOKE CREATE ON SCHEMA public FROM {role}")
    with connect(cluster, roles.APP, name) as app:
        assert app.execute("SELECT plus1_gate_f(), plus1_dispatch_f()").fetchone() == ("plus1_gate", "plus1_dispatch")


def test_a_copy_of_a_template_lets_in_no_stranger(cluster: Cluster, fresh_database) -> None:
    template = fresh_database()
    with connect(cluster, roles.OWNER, template) as owner:
        owner.execute("CREATE TABLE t (a int)")
    copy = fresh_database(template)
    with connect(cluster, roles.OWNER, copy) as owner:
        assert owner.execute("SELECT count(*) FROM t").fetchone() == (0,)
        assert owner.execute("SELECT has_database_privilege('public', current_database(), 'CONNECT')").fetchone() == (
            False,
        )


def test_a_wrong_password_is_refused(cluster: Cluster) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(host=str(cluster.socket_dir), user="plus1_app", password="x", dbname="plus1")


def test_secrets_are_for_the_owner_only(cluster: Cluster) -> None:
    assert stat.S_IMODE((cluster.data_dir / layout.PASSWORDS).stat().st_mode) == 0o600
    assert stat.S_IMODE(cluster.socket_dir.stat().st_mode) == 0o700
    assert not (cluster.data_dir / "superuser.password").exists()


def test_a_second_start_on_the_same_data_is_refused_and_names_the_first(cluster: Cluster) -> None:
    with pytest.raises(Refused, match=f"in use by process {os.getpid()}"):
        embedded.start(cluster.data_dir)


def test_another_process_attaches(cluster: Cluster, tmp_path: Path) -> None:
    attached = embedded.attach(cluster.data_dir)
    assert attached is not None and attached.app_url == cluster.app_url
    assert embedded.attach(tmp_path) is None


def test_committed_rows_survive_a_kill(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    running = embedded.start(tmp_path / "data")
    try:
        with connect(running, roles.OWNER) as owner:
            owner.execute("CREATE TABLE t (a int)")
            owner.execute("INSERT INTO t VALUES (7)")
        assert running.process is not None
        running.process.kill()
        running.process.wait()
        assert not running.alive()
        running.revive()
        with connect(running, roles.OWNER) as owner:
            assert owner.execute("SELECT a FROM t").fetchall() == [(7,)]
    finally:
        running.stop()
    assert not running.socket_dir.exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's death signal is Linux's")
def test_the_server_stops_when_its_supervisor_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from engine import embedded;"
        "c = embedded.start(Path(sys.argv[1])); print(c.process.pid, flush=True); time.sleep(60)"
    )
    root = Path(__file__).parents[2]
    words = [sys.executable, "-c", code, str(tmp_path / "data")]
    with subprocess.Popen(words, cwd=root, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        server = int(supervisor.stdout.readline())
        supervisor.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while layout.alive(server) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not layout.alive(server)
    embedded.start(tmp_path / "data").stop()


def test_data_of_another_major_version_is_left_alone(tmp_path: Path) -> None:
    home = tmp_path / "postgres"
    home.mkdir()
    (home / "PG_VERSION").write_text("15\n")
    with pytest.raises(Refused) as refused:
        embedded.start(tmp_path)
    assert "PostgreSQL 15" in refused.value.message and "pg_dump" in refused.value.remedy
    assert sorted(path.name for path in home.iterdir()) == ["PG_VERSION"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to shed its rights")
def test_as_root_the_account_nobody_serves_where_namespaces_are_forbidden(tmp_path: Path, monkeypatch) -> None:
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o711)
    monkeypatch.setattr(binaries, "_USER_NAMESPACE", ("false",))
    running = embedded.start(tmp_path / "data", durable=False)
    try:
        assert running.programs is not None and running.programs.user == "nobody"
        with connect(running, roles.APP) as app:
            assert app.execute("SELECT current_user").fetchone() == ("plus1_app",)
    finally:
        running.stop()
    monkeypatch.undo()
    again = embedded.start(tmp_path / "data", durable=False)
    assert again.programs is not None and again.programs.user == "nobody", "files of nobody stay nobody's"
    again.stop()


def test_a_password_is_quoted_and_a_name_too() -> None:
    assert "PASSWORD 'a''b'" in roles.cluster_sql(dict.fromkeys(roles.LOGINS, "a'b"))
    assert roles.create_sql('x"y').startswith('CREATE DATABASE "x""y"')
    with pytest.raises(ValueError):
        roles.cluster_sql(dict.fromkeys(roles.LOGINS, "a\\b"))


def test_roles_on_an_own_server_are_made_from_the_addresses(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    server = embedded.start(tmp_path / "data", durable=False)
    try:
        server.drop_database("plus1")
        with connect(server, layout.SUPERUSER, "postgres") as superuser:
            superuser.execute("DROP ROLE plus1_owner, plus1_app, plus1_auditor, plus1_gate, plus1_dispatch")
        known = own_server.passwords(
            "postgresql+psycopg://plus1_owner:o@h/d", "postgresql+psycopg://plus1_app:a%40b@h/d", ""
        )
        assert known == {"plus1_owner": "o", "plus1_app": "a@b"}
        for _ in range(2):
            own_server.make(server.url(layout.SUPERUSER, "postgres"), known)
        server.passwords |= known
        with connect(server, roles.OWNER) as owner:
            owner.execute("CREATE TABLE t (a int)")
            logins = "SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolname LIKE 'plus1%' ORDER BY 1"
            assert owner.execute(logins).fetchall() == [("plus1_app",), ("plus1_owner",), ("plus1_super",)]
        with connect(server, roles.APP) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE u (a int)")
        with pytest.raises(Refused, match="roles were not made"):
            own_server.make(server.app_url, known)
        with pytest.raises(Refused, match="No password is known for plus1_app"):
            own_server.make(server.app_url, {"plus1_owner": "o"})
    finally:
        server.stop()


def test_a_first_start_that_was_broken_off_is_done_again(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    half = tmp_path / "data" / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    running = embedded.start(tmp_path / "data", durable=False)
    running.stop()
    assert not half.exists()
