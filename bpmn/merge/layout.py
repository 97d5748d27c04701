"""Merges drawings: what one side added follows what the other moved."""

from typing import Final

from bpmn.merge.elements import Merging, tag
from bpmn.merge.places import numbers, text
from bpmn.merge.tree import Tree, Value, drawn

_FURTHEST: Final = 100


def follow(merging: Merging) -> None:
    """Moves the shapes and flows that one side added as the other side moved the steps before them."""
    for _, side, other in merging.sides:
        before = _before(side)
        for key in [k for k in side.records if drawn(k) and k not in merging.base.records and k not in other.records]:
            dx, dy = _moved(merging.base, other, side.records[key].refers, before)
            for inner in side.subtree(key) if dx or dy else []:
                _shift(merging.facets.get(inner, {}), dx, dy)


def changed_by_both(merging: Merging) -> bool:
    """Whether both sides changed the drawing, so that their changes may be in each other's way."""
    old = _drawing(merging.base)
    return all(_drawing(tree) != old for tree in (merging.mine, merging.theirs))


def _drawing(tree: Tree) -> dict[str, dict[str, Value]]:
    return {key: record.facets for key, record in tree.records.items() if key.startswith("~")}


def _before(tree: Tree) -> dict[str, str]:
    """For each step one that it comes after or hangs on; for each flow its source."""
    found: dict[str, str] = {}
    for key, record in tree.records.items():
        facets = record.facets
        if "@attachedToRef" in facets:
            found[key[1:]] = str(facets["@attachedToRef"])
        if tag(facets) == "sequenceFlow":
            source = str(facets.get("@sourceRef", ""))
            found[key[1:]] = source
            found.setdefault(str(facets.get("@targetRef", "")), source)
    return found


def _moved(base: Tree, other: Tree, id_: str, before: dict[str, str]) -> tuple[float, float]:
    for _ in range(_FURTHEST):
        places = [t.records.get(f"~{id_}/Bounds[1]") for t in (base, other)]
        old, new = (numbers(place.facets.get("bounds")) if place is not None else None for place in places)
        if old and new:
            # An open sub-process that grew moved what stands behind it.
            return new[0] + new[2] - old[0] - old[2], new[1] - old[1]
        id_ = before.get(id_, "")
    return 0, 0


def _shift(facets: dict[str, Value], dx: float, dy: float) -> None:
    for name in ("bounds", "waypoints"):
        found = numbers(facets.get(name))
        if found is None:
            continue
        if name == "bounds":
            facets[name] = tuple(text(n) for n in (found[0] + dx, found[1] + dy, *found[2:]))
        else:
            points = zip(found[::2], found[1::2], strict=True)
            facets[name] = tuple((text(x + dx), text(y + dy)) for x, y in points)
