"""When a failed job gets another attempt: exponential backoff with full jitter, and the other side's Retry-After."""

import random
from dataclasses import dataclass

DAY = 86_400.0  # whoever asks for more is mistaken, and the job would be lost without an incident


@dataclass(frozen=True, slots=True)
class Pace:
    """`first`: longest wait before the second attempt, doubled each time up to `cap`; seconds."""

    first: float
    cap: float


def wait_before_next(attempt: int, pace: Pace, asked: float | None, draw: random.Random) -> float:
    """Seconds until attempt `attempt + 1`. Full jitter, so that a thousand jobs that failed together do not come back
    together; never sooner than the other side asked (RFC 9110, Retry-After), which can be a day at most."""
    longest = min(pace.cap, pace.first * 2 ** (attempt - 1))
    return max(draw.uniform(0, longest), min(asked or 0.0, DAY))
