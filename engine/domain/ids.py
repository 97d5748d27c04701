"""Identifiers: UUIDv7 (RFC 9562, section 5.7), so that keys grow with time and indexes stay dense."""

import secrets
import time
from threading import Lock
from uuid import UUID

_lock = Lock()
_last = 0


def new_id() -> UUID:
    """A fresh UUIDv7: 48 bits of Unix milliseconds, 12 bits that count within one (method 1), then random bits.

    Ids of one process never go back, so that rows made together keep their order."""
    global _last
    fresh = (time.time_ns() // 1_000_000) << 12 | secrets.randbits(11)
    with _lock:
        _last = max(fresh, _last + 1)
        moment = _last
    value = (moment >> 12) << 80 | 0x7 << 76 | (moment & 0xFFF) << 64
    return UUID(int=value | 0b10 << 62 | secrets.randbits(62))
