"""Gives ids where they are missing, and takes the prefix from references."""

from typing import Final

from bpmn.adopt.source import Source
from bpmn.readers.names import BPMN, KINDS, Element, attributes, base, local, ref, space

_NAMED: Final = KINDS | {
    "process", "sequenceFlow", "message", "signal", "error", "escalation", "lane", "participant", "messageFlow",
    "association", "textAnnotation", "dataObject", "dataObjectReference", "collaboration", "group",
}  # fmt: skip
_REFERRING: Final = """
    sourceRef targetRef default attachedToRef messageRef signalRef errorRef escalationRef activityRef processRef
    bpmnElement dataObjectRef operationRef calledElement"""
_REFERENCES: Final = frozenset(_REFERRING.split())
_TEXTS: Final = frozenset({"incoming", "outgoing", "flowNodeRef", "eventDefinitionRef"})


def settle(source: Source) -> None:
    """References first, so that an id that they need is known to be in use."""
    ids = {e.get("id") or "" for e in source.root.iter(f"{{{BPMN}}}*")}
    for e in source.root.iter("*"):
        for name, value in attributes(e):
            if base(name) in _REFERENCES and not space(name):
                _attribute(source, ids, e, name, value)
        if local(e) in _TEXTS and space(str(e.tag)) == BPMN and (e.text or "").strip():
            text = (e.text or "").strip()
            e.text = _plain(source, ids, e, text)
    seen: set[str] = set()
    nodes = {e.get("id") or "": e for e in source.root.iter(*(f"{{{BPMN}}}{kind}" for kind in KINDS))}
    for e in list(source.root.iter(f"{{{BPMN}}}*")):
        if local(e) in _NAMED and not e.get("id"):
            _give(source, e)
        elif e.get("id") in seen:
            _again(source, e, nodes)
        seen.add(e.get("id") or "")


def _attribute(source: Source, ids: set[str], e: Element, name: str, value: str) -> None:
    found = _plain(source, ids, e, value)
    if found != value:
        e.set(name, found)


def _plain(source: Source, ids: set[str], e: Element, value: str) -> str:
    bare = ref(value) or ""
    if value in ids or ":" not in value or bare not in ids:
        return value
    source.notes.once(
        "prefixed-reference",
        "",
        e,
        "Verwijzingen met een voorvoegsel staan er nu zonder dat voorvoegsel.",
        "References with a prefix now stand there without it.",
    )
    return bare


def _give(source: Source, e: Element) -> None:
    prefix = "Flow" if local(e) == "sequenceFlow" else local(e)[0].upper() + local(e)[1:]
    source.document.give_id(e, prefix)
    source.notes.once(
        "id-given",
        local(e),
        e,
        f"Elementen zonder id ({local(e)}) hebben er een gekregen.",
        f"Elements without an id ({local(e)}) were given one.",
    )


def _again(source: Source, e: Element, nodes: dict[str, Element]) -> None:
    old = e.get("id")
    flow = local(e) == "sequenceFlow"
    given = source.document.give_id(e, "Flow" if flow else local(e)[0].upper() + local(e)[1:])
    if not flow:
        source.notes.warning(
            "duplicate-id",
            e,
            f"Het id '{old}' kwam vaker voor; dit element ({local(e)}) heet nu '{given}'. Pijlen en verwijzingen gaan"
            " naar het eerste. Kijk of dat klopt.",
            f"The id '{old}' occurred more than once; this element ({local(e)}) is called '{given}' now. Flows and"
            " references lead to the first. See whether that is right.",
        )
        return
    source.notes.info(
        "id-given",
        e,
        f"Het id '{old}' kwam vaker voor; deze pijl heet nu '{given}'.",
        f"The id '{old}' occurred more than once; this flow is called '{given}' now.",
    )
    node = nodes.get(e.get("sourceRef") or "")
    if node is not None and node.get("default") == old:
        _default(e.getparent(), node, old or "", given)


def _default(parent: Element | None, node: Element, old: str, given: str) -> None:
    """The default named this very flow when no other one of that id leaves the node."""
    flows = [f for f in (parent if parent is not None else ()) if local(f) == "sequenceFlow"]
    if not any(f.get("id") == old and f.get("sourceRef") == node.get("id") for f in flows):
        node.set("default", given)
