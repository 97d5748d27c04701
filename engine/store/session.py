"""Sessions that know their tenant: PostgreSQL is told at the start of each transaction, or nothing may be asked."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, event, text
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, UOWTransaction, with_loader_criteria

from engine.store.tables.base import TenantOwned

SET_TENANT = text("select set_config('app.tenant', :tenant, true)")


class NoTenant(RuntimeError):
    """A transaction was begun without saying for which tenant: a bug of ours, never the user's fault."""


class TenantSession(Session):
    """A session for one tenant. `info["tenant"]` is a UUID, or AT_GATE before the caller is known."""


AT_GATE = "at the gate"


@event.listens_for(TenantSession, "after_begin")
def _tell_database(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    tenant = session.info.get("tenant")
    if tenant is None:
        raise NoTenant("say which tenant before the first statement")
    if tenant != AT_GATE and not transaction.nested:
        connection.execute(SET_TENANT, {"tenant": str(tenant)})


@event.listens_for(TenantSession, "do_orm_execute")
def _second_wall(state: ORMExecuteState) -> None:
    """Row-level security already filters; this one filters too, so that a lost policy does not open the tables."""
    tenant = state.session.info.get("tenant")
    if isinstance(tenant, UUID) and (state.is_select or state.is_update or state.is_delete):
        state.statement = state.statement.options(
            with_loader_criteria(TenantOwned, lambda row: row.tenant_id == tenant, include_aliases=True)
        )


@event.listens_for(TenantSession, "before_flush")
def _own_rows_only(session: Session, context: UOWTransaction, instances: Any) -> None:
    tenant = session.info.get("tenant")
    for row in [*session.new, *session.dirty, *session.deleted]:
        if isinstance(row, TenantOwned) and row.tenant_id != tenant:
            raise NoTenant(f"{type(row).__name__} belongs to another tenant")


def enter_tenant(session: Session, tenant: UUID) -> None:
    """Say for whom a fresh session works; switching inside a transaction is refused, since objects of the first
    tenant would stay in the identity map."""
    known = session.info.get("tenant")
    if session.in_transaction() and known not in (tenant, AT_GATE):
        raise NoTenant("end the transaction before acting for another tenant")
    session.info["tenant"] = tenant
