"""A bounded, thread-safe memory for values that never change under their key."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

T = TypeVar("T")


class LeastRecent:
    """Keeps the `most` values that were used last. Two threads may make the same value once each: harmless, since
    equal keys stand for equal values."""

    def __init__(self, most: int = 2_000) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value under `key`, made when absent; what `make` raises is not remembered."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(T, self._kept[key])
        value = make()
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value
