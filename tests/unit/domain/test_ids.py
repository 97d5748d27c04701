"""Identifiers are UUIDv7: of now, growing, and never given twice."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122

from engine.domain.ids import new_id


def test_an_id_is_a_uuid_of_version_7_with_the_time_in_front() -> None:
    before, made, after = time.time_ns() // 1_000_000, new_id(), time.time_ns() // 1_000_000
    assert (made.version, made.variant) == (7, RFC_4122)
    # Many ids at once may run a little ahead of the clock, never behind it.
    assert before <= made.int >> 80 <= after + 1_000


def test_ids_grow_although_many_are_made_in_one_millisecond() -> None:
    made = [new_id() for _ in range(20_000)]
    assert made == sorted(made) and len(set(made)) == len(made)
    assert len({id_.int >> 80 for id_ in made}) < len(made)


def test_threads_never_get_the_same_id() -> None:
    with ThreadPoolExecutor(8) as threads:
        parts = list(threads.map(lambda _: [new_id() for _ in range(2_000)], range(8)))
    assert all(part == sorted(part) for part in parts)
    assert len({id_.int >> 62 for part in parts for id_ in part}) == 16_000


def test_the_end_is_random() -> None:
    assert len({new_id().int & ((1 << 62) - 1) for _ in range(1_000)}) == 1_000
