"""One case of the host in memory."""

from dataclasses import dataclass, field

from engine.domain import effects
from engine.runtime import Definition, State, load
from tests.conformance.invariants import Wait


@dataclass
class Case:
    """One running case: its state as bytes, and what its effects have opened."""

    id: int
    definition: Definition
    parent: tuple[int, int] | None = None
    blob: bytes = b""
    over: bool = False
    tasks: dict[int, tuple[int, effects.OpenTask]] = field(default_factory=dict)
    jobs: dict[int, effects.OpenJob] = field(default_factory=dict)
    waits: dict[Wait, tuple[int, effects.OpenWait]] = field(default_factory=dict)
    incidents: dict[int, effects.OpenIncident] = field(default_factory=dict)

    def state(self) -> State:
        """A fresh copy of its state."""
        return load(self.blob)
