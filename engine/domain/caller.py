"""Who asks: a person or a client, always acting for exactly one tenant."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Caller:
    """`kind`: person, client or system. `rights`: of the five fixed ones in `rights.py`. `groups`: ids of the
    tenant's groups; `roles`: process roles that those groups fill in this tenant (role_group)."""

    tenant: UUID
    kind: str
    id: str
    name: str
    rights: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()

    @property
    def actor(self) -> str:
        """The text that history keeps: kind and id."""
        return f"{self.kind}:{self.id}"


def system(tenant: UUID, name: str = "plus1") -> Caller:
    """The engine itself, for timers, jobs and seeding."""
    return Caller(tenant, "system", name, name, rights=frozenset({"system"}))
