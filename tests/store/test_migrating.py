"""A version from before rings and notices: after migrating it goes on, and nothing old is told as new."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from engine.embedded.cluster import Cluster
from engine.store import migrate

OWNER, UTRECHT, EMMEN = (UUID(int=number) for number in (1, 2, 3))
VERSION = UUID(int=9)
AT = "'2026-03-01T10:00:00+00:00'"
TENANTS = {OWNER: ("collective", "plus-1"), UTRECHT: ("municipality", "utrecht"), EMMEN: ("municipality", "emmen")}
PUBLISHED = (
    "insert into model (owner_id, key, name) values (:owner, 'melding', 'Melding')",
    "insert into version (owner_id, id, key, semver, package_hash, changelog, published_by, published_at) "
    f"values (:owner, :version, 'melding', '1.0.0', 'x', 'Nieuw', 'system:plus1', {AT})",
    "insert into rollout (owner_id, version_id, tenant_id, key, state, override_revision, decided_by, decided_by_name, "
    f"decided_at) values (:owner, :version, :utrecht, 'melding', 'adopted', 0, 'system:plus1', 'Plus-1', {AT}), "
    "(:owner, :version, :emmen, 'melding', 'held', 0, null, null, null)",
)


def test_what_was_rolled_out_before_is_open_to_everyone_and_read(cluster: Cluster, fresh_database: Any) -> None:
    name = fresh_database()
    owner, app = cluster.url("plus1_owner", name), cluster.url("plus1_app", name)
    as_it_was(owner)
    for tenant, (kind, slug) in TENANTS.items():
        with acting(app, tenant) as connection:
            new = text("insert into tenant (id, kind, slug, name) values (:id, :kind, :slug, :slug)")
            connection.execute(new, {"id": tenant, "kind": kind, "slug": slug})
    with acting(app, OWNER) as connection:
        for statement in PUBLISHED:
            values = {"owner": OWNER, "version": VERSION, "utrecht": UTRECHT, "emmen": EMMEN}
            connection.execute(text(statement), values)
    assert migrate.upgrade(owner) == migrate.head()
    with acting(app, EMMEN) as connection:
        assert connection.execute(text("select ring, opens_on::text from release_ring")).all() == [
            ("everyone", "2026-03-01")
        ]
    with acting(app, UTRECHT) as connection:
        (seen,) = connection.execute(text("select seen_at from rollout where state = 'adopted'")).all()
        assert seen.seen_at is not None


def as_it_was(owner: str) -> None:
    """Tables as they were before."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations").replace("%", "%%"))
    with create_engine(owner, poolclass=NullPool).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")


@contextmanager
def acting(app: str, tenant: UUID) -> Iterator[Connection]:
    """A transaction of a tenant, bound by row-level security."""
    with create_engine(app, poolclass=NullPool).begin() as connection:
        connection.execute(text("select set_config('app.tenant', :tenant, true)"), {"tenant": str(tenant)})
        yield connection
