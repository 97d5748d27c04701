"""When a failed job comes back: later each time, never past the cap, spread out, never sooner than asked."""

from random import Random

import pytest

from engine.worker.retry import Pace, wait_before_next

PACE = Pace(first=10, cap=600)


def waits(attempt: int, asked: float | None = None, times: int = 2_000) -> list[float]:
    """Many draws."""
    draw = Random(7)
    return [wait_before_next(attempt, PACE, asked, draw) for _ in range(times)]


@pytest.mark.parametrize(("attempt", "longest"), [(1, 10), (2, 20), (3, 40), (6, 320), (7, 600), (50, 600)])
def test_the_longest_wait_doubles_up_to_the_cap(attempt: int, longest: float) -> None:
    found = waits(attempt)
    assert 0.98 * longest < max(found) <= longest


def test_jitter_is_full_so_that_jobs_do_not_come_back_together() -> None:
    found = waits(3)
    assert min(found) < 1
    assert 19 < sum(found) / len(found) < 21
    assert len(set(found)) == len(found)


def test_never_sooner_than_the_other_side_asked() -> None:
    assert min(waits(1, asked=7)) == 7 and max(waits(1, asked=7)) > 9
    assert set(waits(1, asked=3_600)) == {3_600}


def test_the_same_draw_gives_the_same_wait() -> None:
    assert waits(4, times=3) == waits(4, times=3)


@pytest.mark.parametrize("asked", [1e9, float("inf")])
def test_nobody_can_ask_for_more_than_a_day(asked: float) -> None:
    """A job that another system put off for a century would be lost without an incident."""
    assert set(waits(1, asked=asked)) == {86_400}
