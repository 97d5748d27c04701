"""What a merge gives: the files, and what both sides changed so that a person must decide."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeVar

Side = Literal["mine", "theirs"]
SIDES: Final[tuple[Side, Side]] = ("mine", "theirs")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both changed, each in another way. `id` is stable, so that a decision can name it; `element` is the id of
    the element (or field) it is about, "" for a whole file; `mine` and `theirs` are the two values, "" when gone."""

    id: str
    path: str
    element: str
    nl: str
    en: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged files; `conflicts` are those without a decision, where the files hold "mine" for the time being."""

    files: Mapping[str, bytes]
    conflicts: tuple[Conflict, ...]


@dataclass(slots=True)
class Deciding:
    """The decisions that came in, and the conflicts of one file that still wait for one."""

    path: str
    decisions: Mapping[str, str]
    open: list[Conflict] = field(default_factory=list)

    def choose(self, conflict: Conflict) -> Side:
        """The side that was decided on; "mine" for the time being when nobody decided, and then it stays open."""
        decided = self.decisions.get(conflict.id)
        if decided == "mine":
            return "mine"
        if decided == "theirs":
            return "theirs"
        self.open.append(conflict)
        return "mine"


def three_way(base: T, mine: T, theirs: T, conflict: Callable[[], T]) -> T:
    """What only one side changed is taken, what both changed alike too; else what `conflict` says."""
    if mine == theirs or theirs == base:
        return mine
    return theirs if mine == base else conflict()
