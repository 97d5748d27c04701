"""Which tenants there are, for the command line: an operator has no session, and says a municipality's short name."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from engine.domain.errors import NotFound
from engine.store.transaction import Transaction

KNOWN = text("select tenant, tenant_kind, tenant_slug, tenant_name from known_tenants()")


@dataclass(frozen=True, slots=True)
class KnownTenant:
    """A tenant by its opaque id, with its kind (collective, municipality, executor), short name and name."""

    tenant: UUID
    kind: str
    slug: str
    name: str


def known_tenants(transaction: Transaction) -> tuple[KnownTenant, ...]:
    """All tenants, the collective first; in a transaction at the gate."""
    rows = transaction.run(KNOWN).all()
    return tuple(KnownTenant(row.tenant, row.tenant_kind, row.tenant_slug, row.tenant_name) for row in rows)


def tenant_by_slug(transaction: Transaction, slug: str) -> KnownTenant:
    """The tenant with this short name. Raises NotFound."""
    for known in known_tenants(transaction):
        if known.slug == slug:
            return known
    raise NotFound
