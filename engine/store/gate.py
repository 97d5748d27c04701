"""Before the tenant is known: who is behind this key or session. Each question is one statement."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from engine.domain.caller import Caller
from engine.domain.errors import NotFound, Unauthenticated
from engine.store.statement import asking
from engine.store.transaction import Transaction

AUTHENTICATE = asking("select tenant, id, name, scopes from authenticate(:hash)", "tenant id name scopes")
ACT_FOR = text(
    "select person, person_name, tenant, tenant_name, tenant_kind, several, rights, groups, roles "
    "from act_for(:hash, :slug)"
)
TENANTS_OF = text("select person, person_name, tenant, tenant_name, tenant_kind, tenant_slug from tenants_of(:hash)")
OPEN = text("select open_session(:hash, :person, :until)")
CLOSE = text("select close_session(:hash)")
DEMO_PERSONS = text("select person, person_name, tenant_name, group_names from demo_persons()")


@dataclass(frozen=True, slots=True)
class Workplace:
    """A tenant that a person may act for."""

    tenant: UUID
    name: str
    kind: str
    slug: str


@dataclass(frozen=True, slots=True)
class Here:
    """The tenant that a person acts for now; `several`: they could act for others too."""

    name: str
    kind: str
    several: bool


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who a browser session belongs to, and the tenants they may act for."""

    person: UUID
    name: str
    workplaces: tuple[Workplace, ...]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A demo identity, shown on the log-in page of demo mode."""

    person: UUID
    name: str
    places: tuple[tuple[str, tuple[str, ...]], ...]


def secret_hash(secret: str) -> str:
    """SHA-256 in hex: enough for secrets of 256 random bits, which no dictionary holds."""
    return hashlib.sha256(secret.encode()).hexdigest()


def authenticate(transaction: Transaction, key: str) -> Caller:
    """The client with this API key; the transaction then works for its tenant. Raises Unauthenticated."""
    row = transaction.run(AUTHENTICATE, {"hash": secret_hash(key)}).first()
    if row is None:
        raise Unauthenticated(
            "Deze API-sleutel is onbekend of verlopen. Vraag de beheerder om een nieuwe.",
            "This API key is unknown or has expired. Ask the administrator for a new one.",
        )
    transaction.enter(row.tenant)
    return Caller(row.tenant, "client", row.id, row.name, rights=frozenset(row.scopes))


def act_for(transaction: Transaction, session: str, slug: str) -> tuple[Caller, Here]:
    """The person of this session, acting for the tenant with this slug, and that tenant.

    Raises NotFound when they do not work there."""
    row = transaction.run(ACT_FOR, {"hash": secret_hash(session), "slug": slug}).first()
    if row is None:
        raise NotFound
    transaction.enter(row.tenant)
    caller = Caller(
        row.tenant,
        "person",
        str(row.person),
        row.person_name,
        rights=frozenset(row.rights),
        groups=frozenset(row.groups),
        roles=frozenset(row.roles),
    )
    return caller, Here(row.tenant_name, row.tenant_kind, row.several)


def visitor(transaction: Transaction, session: str) -> Visitor:
    """Who is logged in. Raises Unauthenticated."""
    rows = transaction.run(TENANTS_OF, {"hash": secret_hash(session)}).all()
    if not rows:
        raise Unauthenticated("Uw sessie is verlopen. Log opnieuw in.", "Your session has ended. Log in again.")
    places = tuple(Workplace(r.tenant, r.tenant_name, r.tenant_kind, r.tenant_slug) for r in rows if r.tenant)
    return Visitor(rows[0].person, rows[0].person_name, places)


def open_session(transaction: Transaction, session: str, person: UUID, until: datetime) -> None:
    """Remember a browser session by the hash of its cookie."""
    transaction.run(OPEN, {"hash": secret_hash(session), "person": person, "until": until})


def close_session(transaction: Transaction, session: str) -> None:
    """Log out."""
    transaction.run(CLOSE, {"hash": secret_hash(session)})


def demo_persons(transaction: Transaction) -> tuple[DemoPerson, ...]:
    """The demo identities, each with its tenants and groups."""
    found: dict[UUID, DemoPerson] = {}
    for row in transaction.run(DEMO_PERSONS):
        place = (row.tenant_name, tuple(row.group_names))
        known = found.get(row.person)
        places = (*known.places, place) if known else (place,)
        found[row.person] = DemoPerson(row.person, row.person_name, places)
    return tuple(found.values())
