"""Multi-instance: the list, the item, the number, and how the results come together."""

from bpmn.adopt import extend
from bpmn.adopt.source import TEXT, Source
from bpmn.readers.names import BPMN, Element, child, local, text


def translate(source: Source) -> None:
    """`collection` and its kind become `zeebe:loopCharacteristics`; `loopCounter` begins at 1 here, at 0 there."""
    for loop in list(source.root.iter(f"{{{BPMN}}}multiInstanceLoopCharacteristics")):
        activity = loop.getparent()
        if activity is not None:
            _one(source, loop, activity)


def _one(source: Source, loop: Element, activity: Element) -> None:
    outside = activity.getparent()
    count = child(loop, "loopCardinality")
    if count is not None and count.text:
        count.text = source.value(count.text, count, TEXT, outside)
    name, given = _name(source, loop), source.get(loop, "collection")
    listed = given or text(loop, "loopDataInputRef")
    found: dict[str, str] = {}
    if listed:
        inner = child(loop, "loopDataInputRef")
        source.take(loop, "collection")
        where = (loop, "collection") if given or inner is None else (inner, TEXT)
        found["inputCollection"] = source.condition(listed, *where, outside)
    if name:
        found["inputElement"] = name
    for e in source.own(loop, "variableAggregation"):
        found |= _together(source, e)
    if found:
        extend.put(source, loop, "loopCharacteristics", **found)
    index = source.take(loop, "elementIndexVariable")
    if index:
        extend.mapping(source, activity, "input", "=loopCounter - 1", index)


def _name(source: Source, loop: Element) -> str | None:
    item = child(loop, "inputDataItem")
    return source.take(loop, "elementVariable") or (item.get("name") if item is not None else None)


def _together(source: Source, e: Element) -> dict[str, str]:
    """Flowable's aggregation: one list of contexts, a value per variable."""
    target, lines = e.get("target"), [v for v in e if local(v) == "variable" and v.get("source")]
    if not target or not lines or len(e) != len(lines):
        return {}
    entries = ", ".join(f"{v.get('target') or v.get('source')}: {v.get('source')}" for v in lines)
    source.drop(e)
    return {"outputCollection": target, "outputElement": f"={{{entries}}}"}


def is_multiple(activity: Element) -> bool:
    """Whether the activity is done several times."""
    return any(local(e).endswith("LoopCharacteristics") for e in activity)
