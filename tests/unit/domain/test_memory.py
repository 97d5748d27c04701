"""The bounded memory: made once, the least recently used goes first, faults are not remembered."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.domain.memory import LeastRecent


def test_a_value_is_made_once() -> None:
    memory, made = LeastRecent(), []
    for _ in range(3):
        assert memory.recall("a", lambda: made.append(1) or len(made)) == 1
    assert made == [1]


def test_nothing_is_a_value_too() -> None:
    memory, made = LeastRecent(), []
    for _ in range(2):
        assert memory.recall("a", lambda: made.append(1)) is None
    assert made == [1]


def test_the_least_recently_used_goes_first() -> None:
    memory, made = LeastRecent(2), []

    def recall(key: str) -> None:
        memory.recall(key, lambda: made.append(key))

    for key in "abacabb":
        recall(key)
    # c pushes b out, since a was used later; b then pushes c out.
    assert made == ["a", "b", "c", "b"]


def test_what_fails_is_not_remembered() -> None:
    memory = LeastRecent()
    with pytest.raises(ZeroDivisionError):
        memory.recall("a", lambda: 1 // 0)
    assert memory.recall("a", lambda: 5) == 5


def test_a_value_may_be_made_of_others_in_the_same_memory() -> None:
    memory = LeastRecent(1)
    assert memory.recall("a", lambda: memory.recall("b", lambda: 2) + 1) == 3
    assert memory.recall("a", lambda: 0) == 3


def test_threads_always_get_the_value_of_their_key() -> None:
    memory = LeastRecent(5)

    def work(start: int) -> bool:
        return all(memory.recall(n % 9, lambda n=n: n % 9) == n % 9 for n in range(start, start + 3_000))

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(work, range(8)))
