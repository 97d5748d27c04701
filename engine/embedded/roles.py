"""The five database roles, as SQL that may be run again: for the embedded cluster and for a server of one's own."""

from collections.abc import Mapping

OWNER = "plus1_owner"
APP = "plus1_app"
AUDITOR = "plus1_auditor"
GATE = "plus1_gate"
DISPATCH = "plus1_dispatch"
LOGINS = (OWNER, APP, AUDITOR)
NO_LOGINS = (GATE, DISPATCH)
DATABASE = "plus1"


def cluster_sql(passwords: Mapping[str, str]) -> str:
    """The statements that make the roles, with the passwords of those that log in; to be run as superuser.

    The owner is a member of gate and dispatch, because `ALTER FUNCTION … OWNER TO` asks for that; row-level security
    binds all five: none has SUPERUSER or BYPASSRLS.
    """
    made = [_create(role) for role in (*LOGINS, *NO_LOGINS)]
    logins = [f"ALTER ROLE {role} LOGIN PASSWORD {_literal(passwords[role])};" for role in LOGINS if role in passwords]
    grants = [f"GRANT {role} TO {OWNER} WITH INHERIT TRUE, SET TRUE;" for role in NO_LOGINS]
    limits = [f"ALTER ROLE {APP} SET idle_in_transaction_session_timeout = '60s';"]
    return "\n".join([*made, *logins, *grants, *limits])


def database_sql(database: str) -> str:
    """The statements that hand an empty `database` to the owner and let only our roles in; to be run inside it."""
    name = _identifier(database)
    return "\n".join(
        [
            f"ALTER DATABASE {name} OWNER TO {OWNER};",
            f"ALTER SCHEMA public OWNER TO {OWNER};",
            "REVOKE ALL ON SCHEMA public FROM PUBLIC;",
            f"GRANT USAGE ON SCHEMA public TO {APP}, {AUDITOR}, {GATE}, {DISPATCH};",
            door_sql(database),
        ]
    )


def door_sql(database: str) -> str:
    """Who may connect: kept per database, so a copy made from a template needs it again."""
    name = _identifier(database)
    return f"REVOKE ALL ON DATABASE {name} FROM PUBLIC;\nGRANT CONNECT ON DATABASE {name} TO {APP}, {AUDITOR};"


def create_sql(database: str, template: str | None = None) -> str:
    """The statement that makes `database`, empty or as a copy of `template`."""
    source = _identifier(template) if template else "template0"
    return f"CREATE DATABASE {_identifier(database)} OWNER {OWNER} TEMPLATE {source}"


def drop_sql(database: str) -> str:
    """The statement that removes `database`, connections included."""
    return f"DROP DATABASE IF EXISTS {_identifier(database)} WITH (FORCE)"


def _create(role: str) -> str:
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN "
        f"CREATE ROLE {role} NOLOGIN; END IF; END $$;"
    )


def _literal(text: str) -> str:
    if "\\" in text:
        raise ValueError("a password may hold no backslash")
    return "'" + text.replace("'", "''") + "'"


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
