"""CPU per call, measured round by round."""

import time
from collections.abc import Callable


def rounds(act: Callable[[], object], times: int, number: int) -> list[float]:
    """Microseconds of CPU per call, in each of `number` rounds of `times` calls."""
    found = []
    for _ in range(number):
        began = time.process_time()
        for _ in range(times):
            act()
        found.append((time.process_time() - began) / times * 1e6)
    return found
