"""Merges three versions of an XML file element by element: what stays, and what each element says."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from bpmn.merge import places, words
from bpmn.merge.model import Deciding, Side, three_way
from bpmn.merge.tree import ROOT, Record, Tree, Value, drawn, has_id
from bpmn.readers.names import base as bare

Fate = Literal["merged", "mine", "theirs", "gone"]


@dataclass(slots=True)
class Merging:
    """One file under way. `fates`: what becomes of each element; `facets`: what each that stays says;
    `both_drew`: each side drew something that the other did not."""

    base: Tree
    mine: Tree
    theirs: Tree
    deciding: Deciding
    fates: dict[str, Fate] = field(default_factory=dict)
    facets: dict[str, dict[str, Value]] = field(default_factory=dict)
    both_drew: bool = False

    @property
    def sides(self) -> tuple[tuple[Side, Tree, Tree], tuple[Side, Tree, Tree]]:
        """Each side with its tree and the tree of the other."""
        return (("mine", self.mine, self.theirs), ("theirs", self.theirs, self.mine))

    def every(self) -> Iterator[str]:
        """Every key of the three, containers before what stands in them."""
        return iter(dict.fromkeys(k for tree in (self.theirs, self.mine, self.base) for k in tree.subtree(ROOT)))


def run(merging: Merging) -> None:
    """Fills `fates` and `facets`; what needs a decision goes to `deciding`."""
    mine, theirs = (set(filter(drawn, tree.records)) for tree in (merging.mine, merging.theirs))
    merging.both_drew = bool(
        mine - theirs - merging.base.records.keys() and theirs - mine - merging.base.records.keys()
    )
    parts = [key for key in merging.every() if key.startswith("~") and "/" in key]
    references = [key for key in merging.every() if _record(merging, key).refers]
    later = {*parts, *references}
    for key in merging.every():
        if key not in merging.fates and key not in later:
            merging.fates[key] = _fate(merging, key)
    for key in references:
        if key not in merging.fates:
            _settle_reference(merging, key)
    for key in parts:
        if key not in merging.fates:
            merging.fates[key] = _fate(merging, key)
    for key in merging.every():
        if merging.fates[key] != "gone":
            merging.facets[key] = _facets(merging, key)


def _record(merging: Merging, key: str) -> Record:
    return next(t.records[key] for t in (merging.theirs, merging.mine, merging.base) if key in t.records)


def _fate(merging: Merging, key: str) -> Fate:
    in_base = key in merging.base.records
    if not in_base and has_id(key) and key in merging.mine.records and key in merging.theirs.records:
        if not _differs(merging.mine, merging.theirs, key):
            return "merged"
        return _settle(
            merging,
            key,
            merging.deciding.choose(words.added_twice(merging.mine, merging.theirs, key, merging.deciding.path)),
        )
    for side, tree, other in merging.sides:
        if in_base and key not in tree.records:
            if key not in other.records or not _touched(merging.base, other, key):
                return "gone"
            found = words.removed(merging.mine, merging.theirs, key, side, merging.deciding.path)
            return _settle(merging, key, merging.deciding.choose(found))
    return "merged"


def _settle(merging: Merging, key: str, side: Side) -> Fate:
    """Everything in the element is as that side has it."""
    chosen, other = (merging.mine, merging.theirs) if side == "mine" else (merging.theirs, merging.mine)
    for inner in other.subtree(key):
        if inner not in chosen.records:
            merging.fates[inner] = "gone"
    for inner in chosen.subtree(key):
        merging.fates[inner] = side
    return side if key in chosen.records else "gone"


def _differs(one: Tree, other: Tree, key: str) -> bool:
    keys = one.subtree(key)
    if keys != other.subtree(key):
        return True
    return any(one.records[k].facets != other.records[k].facets for k in keys)


def _touched(base: Tree, side: Tree, key: str) -> bool:
    """Whether that side changed the element, something in it, or connected something new to it."""
    if set(base.subtree(key)) != set(side.subtree(key)) or _differs_in(base, side, key):
        return True
    ids = (k[1:] for k in side.subtree(key) if has_id(k))
    return any(side.links.get(i, set()) - base.links.get(i, set()) for i in ids)


def _differs_in(base: Tree, side: Tree, key: str) -> bool:
    return any(base.records[k].facets != side.records[k].facets for k in base.subtree(key))


def _fate_of_reference(merging: Merging, key: str) -> Fate:
    """A reference or a shape goes with what it stands for; else it is taken away where a side took only it away."""
    refers = f"#{_record(merging, key).refers}"
    if merging.fates.get(refers, "gone") == "gone":
        return "gone"
    for _, tree, _ in merging.sides:
        if key in merging.base.records and key not in tree.records and refers in tree.records:
            return "gone"
    return "merged"


def _settle_reference(merging: Merging, key: str) -> None:
    merging.fates[key] = _fate_of_reference(merging, key)
    if merging.fates[key] == "gone":
        # What stands in a shape goes with it.
        inside = (k for tree in (merging.base, merging.mine, merging.theirs) for k in tree.subtree(key))
        merging.fates.update(dict.fromkeys(inside, "gone"))


def _facets(merging: Merging, key: str) -> dict[str, Value]:
    mine, theirs, old = (t.records.get(key) for t in (merging.mine, merging.theirs, merging.base))
    fate = merging.fates[key]
    if fate == "mine" and mine is not None:
        return dict(mine.facets)
    if theirs is None or (fate == "theirs" and theirs is not None):
        record = theirs or mine
        return dict(record.facets) if record is not None else {}
    if mine is None:
        return dict(theirs.facets)
    before = old.facets if old is not None else {}
    found: dict[str, Value] = {}
    for facet in dict.fromkeys((*theirs.facets, *mine.facets, *before)):
        value = _facet(merging, key, facet, (before.get(facet), mine.facets.get(facet), theirs.facets.get(facet)))
        if value is not None:
            found[facet] = value
    return found


def _facet(
    merging: Merging, key: str, facet: str, values: tuple[Value | None, Value | None, Value | None]
) -> Value | None:
    base, mine, theirs = values
    if merging.both_drew and facet in ("bounds", "waypoints") and mine == theirs != base:
        # Each made room for a step of its own, by chance as much.
        return places.both(base, mine, theirs)

    def conflict() -> Value | None:
        if facet == "@id" and _record(merging, key).refers:
            # The id of a shape means nothing to anyone.
            return min(str(value) for value in values[1:] if value is not None)
        if facet in ("bounds", "waypoints"):
            return places.both(*values)
        side = merging.deciding.choose(words.changed(merging.mine, merging.theirs, key, facet, merging.deciding.path))
        return values[1 if side == "mine" else 2]

    return three_way(*values, conflict)


def tag(facets: dict[str, Value]) -> str:
    """The tag without its namespace."""
    return bare(str(facets.get("tag", "")))
