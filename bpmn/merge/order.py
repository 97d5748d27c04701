"""The order of a list that two sides changed: what was added keeps the neighbour it was put behind."""

from collections.abc import Collection, Hashable, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def moved_by_both(base: Sequence[K], mine: Sequence[K], theirs: Sequence[K]) -> bool:
    """Whether both sides put what they have in common in another order, and not the same."""
    common = _common(base, mine, theirs)
    orders = [[k for k in side if k in common] for side in (base, mine, theirs)]
    return orders[1] != orders[0] and orders[2] != orders[0] and orders[1] != orders[2]


def merge(base: Sequence[K], mine: Sequence[K], theirs: Sequence[K], keep: Collection[K], prefer: str = "") -> list[K]:
    """`keep` in an order that follows both sides, the same whoever is "mine" unless `prefer` ("mine", "theirs")."""
    common = _common(base, mine, theirs)
    orders = [[k for k in side if k in common] for side in (base, mine, theirs)]
    moved = [side for side in orders[1:] if side != orders[0]]
    spine = min(moved, key=str) if moved else orders[0]
    if prefer and len(moved) == 2:
        spine = orders[1 if prefer == "mine" else 2]
    chosen, done = set(keep), set(spine)
    behind: dict[K | None, list[K]] = {}
    for anchor, run in sorted((r for side in (mine, theirs) for r in _runs(side, common)), key=lambda r: str(r[1])):
        behind.setdefault(anchor, []).extend(k for k in run if k not in done)
        done.update(run)
    order = [*behind.get(None, []), *(k for at in spine for k in (at, *behind.get(at, [])))]
    return [k for k in order if k in chosen]


def _common(*sides: Sequence[K]) -> set[K]:
    return set(sides[0]).intersection(*sides[1:])


def _runs(side: Sequence[K], common: Collection[K]) -> list[tuple[K | None, list[K]]]:
    """What stands between the common ones, each run with the common one that it follows."""
    found: list[tuple[K | None, list[K]]] = [(None, [])]
    for key in side:
        if key in common:
            found.append((key, []))
        else:
            found[-1][1].append(key)
    return [run for run in found if run[1]]
