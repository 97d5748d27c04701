"""Door: reads the demo data that is shipped beside this file. No pure module imports it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import Any
from uuid import UUID

import msgspec

from tenants.tenant import Attribute, Group, Membership, Person, Tenant

_DATA = resources.files("tenants.demo") / "data"
_DECODER: msgspec.json.Decoder[Any] = msgspec.json.Decoder(float_hook=Decimal)
_OVERRIDES = ("groningen.json", "emmen.json")

PLUS_1 = UUID("019b0000-0000-7000-8000-000000000001")
UTRECHT = UUID("019b0000-0000-7000-8000-000000000344")
GRONINGEN = UUID("019b0000-0000-7000-8000-000000000014")
EMMEN = UUID("019b0000-0000-7000-8000-000000000114")


@dataclass(frozen=True, slots=True)
class DemoTenant:
    """A tenant with its groups."""

    tenant: Tenant
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class DemoOverride:
    """The choices of a tenant for one model, as JSON for `override.read`."""

    tenant: UUID
    key: str
    choices: tuple[Mapping[str, object], ...]


def tenants() -> tuple[DemoTenant, ...]:
    """The collective first, then the municipalities."""
    return tuple(
        DemoTenant(
            Tenant(
                id=UUID(t["id"]),
                kind=t["kind"],
                name=t["name"],
                since=date.fromisoformat(t["since"]),
                attributes=tuple(
                    Attribute(a["name"], a["value"], date.fromisoformat(a["since"])) for a in t["attributes"]
                ),
            ),
            tuple(Group(g["id"], g["name"], tuple(g["rights"]), tuple(g["roles"])) for g in t["groups"]),
        )
        for t in _read("tenants.json")
    )


def persons() -> tuple[Person, ...]:
    """Everyone who can log in to the demo, with their groups per tenant."""
    return tuple(
        Person(
            UUID(p["id"]),
            p["name"],
            tuple(Membership(UUID(m["tenant"]), tuple(m["groups"])) for m in p["memberships"]),
        )
        for p in _read("persons.json")
    )


def overrides() -> tuple[DemoOverride, ...]:
    """The choices of the demo municipalities; Utrecht has none."""
    return tuple(
        DemoOverride(UUID(o["tenant"]), o["key"], tuple(_with_files(c) for c in o["choices"]))
        for o in map(_read, _OVERRIDES)
    )


def _with_files(choice: Mapping[str, object]) -> dict[str, object]:
    """A text that begins with @ names a file beside the JSON, for decision tables are no pleasure inside it."""
    return {
        name: (_DATA / value[1:]).read_text("utf-8") if isinstance(value, str) and value.startswith("@") else value
        for name, value in choice.items()
    }


def _read(name: str) -> Any:
    return _DECODER.decode((_DATA / name).read_bytes())
