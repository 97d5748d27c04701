"""Who a tenant is: an opaque id with dated attributes, for municipalities merge and codes die."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from uuid import UUID

KINDS = frozenset({"collective", "municipality", "executor"})


@dataclass(frozen=True, slots=True)
class Attribute:
    """A dated fact about a tenant. `name`: cbs (municipality code) or oin; `until`: last day, None while it lasts."""

    name: str
    value: str
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it counts on that day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Tenant:
    """An authority. `kind`: collective, municipality or executor; `since` and `until`: first and last day."""

    id: UUID
    kind: str
    name: str
    since: date
    until: date | None = None
    attributes: tuple[Attribute, ...] = ()

    def attribute(self, name: str, on: date) -> str | None:
        """The value of an attribute on a day; None when it has none then."""
        return next((a.value for a in self.attributes if a.name == name and a.holds(on)), None)

    def exists(self, on: date) -> bool:
        """Whether the authority exists on that day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a tenant; `rights` are the fixed roles that it gives, `roles` the process roles that it fills."""

    id: str
    name: str
    rights: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Membership:
    """A person in groups of a tenant."""

    tenant: UUID
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A person, once, whichever tenants they work for."""

    id: UUID
    name: str
    memberships: tuple[Membership, ...]


def slug(name: str) -> str:
    """A name as it stands in an address: `'s-Hertogenbosch` → `s-hertogenbosch`; empty without a letter or digit."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
