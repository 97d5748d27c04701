"""What the engine needs from outside, as the narrowest interfaces that do."""

from collections.abc import Callable, Hashable
from typing import Protocol, TypeVar
from uuid import UUID

T = TypeVar("T")


class Wake(Protocol):
    """Tells a worker that a job is due; best effort, since a sweep finds what was not woken."""

    def wake(self, tenant: UUID, job: UUID) -> None:
        """Wake for one job; never raises."""


class Memory(Protocol):
    """Keeps what is immutable by its key (compiled models, published versions) between transactions."""

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value under `key`, made when absent."""
