"""Merges a text by its paragraphs."""

import difflib
import re
from typing import Final

from bpmn.merge.model import Conflict, Deciding, three_way

MOST: Final = 2000
_BLANK: Final = re.compile(r"\n[ \t]*\n\s*")


def merge(base: str, mine: str, theirs: str, deciding: Deciding) -> str | None:
    """The merged text; None when it has too many paragraphs to compare."""
    old, ours, others = (_split(text) for text in (base, mine, theirs))
    if max(len(old), len(ours), len(others)) > MOST:
        return None
    found: list[str] = []
    start, left, right = 0, 0, 0
    for at, in_mine, in_theirs in [*_anchors(old, ours, others), (len(old), len(ours), len(others))]:
        found += _between(start, old[start:at], ours[left:in_mine], others[right:in_theirs], deciding)
        found += old[at : at + 1]
        start, left, right = at + 1, in_mine + 1, in_theirs + 1
    return "\n\n".join(found) + "\n"


def _split(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").strip("\n")
    return _BLANK.split(text) if text else []


def _anchors(base: list[str], mine: list[str], theirs: list[str]) -> list[tuple[int, int, int]]:
    """Places in the base that both sides left as they were, with their places there."""
    one, other = _kept(base, mine), _kept(base, theirs)
    return [(at, one[at], other[at]) for at in sorted(one.keys() & other.keys())]


def _kept(base: list[str], side: list[str]) -> dict[int, int]:
    blocks = difflib.SequenceMatcher(None, base, side, autojunk=False).get_matching_blocks()
    return {block.a + n: block.b + n for block in blocks for n in range(block.size)}


def _between(start: int, base: list[str], mine: list[str], theirs: list[str], deciding: Deciding) -> list[str]:
    def conflict() -> list[str]:
        found = Conflict(
            id=f"{deciding.path}#alinea-{start + 1}",
            path=deciding.path,
            element="",
            nl=f"U en een ander wijzigden de tekst bij alinea {start + 1}. Kies welke tekst blijft.",
            en=f"You and someone else changed the text at paragraph {start + 1}. Choose which text stays.",
            mine="\n\n".join(mine),
            theirs="\n\n".join(theirs),
        )
        return mine if deciding.choose(found) == "mine" else theirs

    return three_way(base, mine, theirs, conflict)
