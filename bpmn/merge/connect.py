"""Keeps a merged file whole: nothing refers to what is gone, and references agree with the flows and lanes."""

from collections.abc import Iterator
from typing import Final

from bpmn.merge.elements import Merging, tag
from bpmn.readers.names import BPMN

_FLOW: Final = "sequenceFlow"
_ENDS: Final = {
    _FLOW: ("@sourceRef", "@targetRef"),
    "messageFlow": ("@sourceRef", "@targetRef"),
    "association": ("@sourceRef", "@targetRef"),
    "boundaryEvent": ("@attachedToRef",),
}


def connect(merging: Merging) -> None:
    """Takes away what dangles, then mends `incoming`, `outgoing`, `flowNodeRef` and `default`."""
    _flows(merging)
    _lanes(merging)
    known = {key for tree in (merging.base, merging.mine, merging.theirs) for key in tree.records}
    while gone := set(_dangling(merging, known)):
        for key in gone:
            del merging.facets[key]
    for facets in merging.facets.values():
        flow = merging.facets.get(f"#{facets.get('@default', '')}", {})
        if "@default" in facets and f"#{facets['@default']}" in known and not flow:
            del facets["@default"]


def _dangling(merging: Merging, known: set[str]) -> Iterator[str]:
    """What stands in, begins at, hangs on or draws something that is gone; what never existed is not our business."""
    facets = merging.facets
    for key, own in facets.items():
        if "parent" in own and own["parent"] not in facets:
            yield key
            continue
        named = [f"#{own[end]}" for end in _ENDS.get(tag(own), ()) if end in own]
        refers = _refers(merging, key)
        if any(each in known and each not in facets for each in (*named, *([f"#{refers}"] if refers else []))):
            yield key


def _refers(merging: Merging, key: str) -> str:
    trees = (merging.theirs, merging.mine, merging.base)
    return next((t.records[key].refers for t in trees if key in t.records), "")


def _flows(merging: Merging) -> None:
    used = {
        (tag(record.facets), record.refers)
        for tree in (merging.mine, merging.theirs)
        for record in tree.records.values()
        if record.refers and "text" in record.facets
    }
    wanted = {
        f"#{own[end]}/{kind}[{key[1:]}]": (f"#{own[end]}", kind, key[1:])
        for key, own in merging.facets.items()
        if tag(own) == _FLOW
        for kind, end in (("outgoing", "@sourceRef"), ("incoming", "@targetRef"))
        if end in own and (kind, key[1:]) in used
    }
    for key in [k for k, own in merging.facets.items() if tag(own) in ("incoming", "outgoing") and k not in wanted]:
        if f"#{merging.facets[key].get('text', '')}" in merging.facets:
            del merging.facets[key]
    _add(merging, wanted)


def _lanes(merging: Merging) -> None:
    wanted = {
        f"{lane}/flowNodeRef[{key[1:]}]": (str(lane), "flowNodeRef", key[1:])
        for key, own in merging.facets.items()
        for lane in own.get("lanes", ())
    }
    for key in [k for k, own in merging.facets.items() if tag(own) == "flowNodeRef" and k not in wanted]:
        del merging.facets[key]
    _add(merging, wanted)


def _add(merging: Merging, wanted: dict[str, tuple[str, str, str]]) -> None:
    for key, (parent, kind, text) in wanted.items():
        if key not in merging.facets and parent in merging.facets:
            merging.facets[key] = {"tag": f"{{{BPMN}}}{kind}", "text": text, "parent": parent}
