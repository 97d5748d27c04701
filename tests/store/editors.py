"""Who works on models in the tests of drafts, proposals and roll-out, and on which."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from engine.domain.caller import Caller
from tenants.demo import load

KEY = "evenementenvergunning"
SMALL = {"process.bpmn": (Path(__file__).parents[1] / "models" / "keuze.bpmn").read_bytes()}
Act = Callable[..., Any]


def editor(tenant: UUID, name: str) -> Caller:
    """A process owner who is also an editor."""
    return Caller(tenant, "person", name.lower(), name, frozenset({"owner", "publisher"}))


LOTTE, BRAM, NOOR = (editor(load.PLUS_1, name) for name in ("Lotte", "Bram", "Noor"))
DAAN = editor(load.UTRECHT, "Daan")
