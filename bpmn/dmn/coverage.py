"""Boxes of sets of bits: what they have in common, and what is left of one without others."""

from collections.abc import Sequence

Box = tuple[int, ...]
_MOST = 2_500_000
_WEIGHT = 3


class TooMuch(Exception):
    """The table has more combinations than the analysis goes through."""


class Effort:
    """Counts comparisons of boxes; raises TooMuch beyond the limit, so that no table can hold up a check."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = _MOST

    def spend(self, steps: int) -> None:
        """Take so many comparisons."""
        self.left -= steps
        if self.left < 0:
            raise TooMuch


def common(one: Box, other: Box) -> Box:
    """What two boxes share; some set is empty when they share nothing."""
    return tuple(left & right for left, right in zip(one, other, strict=True))


def inside(one: Box, other: Box) -> bool:
    """Whether a box lies wholly in another."""
    return all(not left & ~right for left, right in zip(one, other, strict=True))


def without(box: Box, others: Sequence[Box], effort: Effort) -> list[Box]:
    """What is left of a box, as boxes that share nothing."""
    left = [box]
    for other in others:
        effort.spend(len(left))
        found: list[Box] = []
        for each in left:
            parts = _minus(each, other)
            effort.spend(_WEIGHT * (len(parts) - 1) if len(parts) > 1 else 0)
            found.extend(parts)
        left = found
        if not left:
            break
    return left


def _minus(box: Box, other: Box) -> list[Box]:
    if not all(common(box, other)):
        return [box]
    found: list[Box] = []
    head: Box = ()
    for at, (mine, theirs) in enumerate(zip(box, other, strict=True)):
        if mine & ~theirs:
            found.append((*head, mine & ~theirs, *box[at + 1 :]))
        head = (*head, mine & theirs)
    return found
