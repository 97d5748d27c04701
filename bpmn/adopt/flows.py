"""Conditions of flows and gateways, and the exclusive flow without one that Flowable takes as it comes."""

from typing import Final

from bpmn.adopt.source import TEXT, Source
from bpmn.readers.names import BPMN, Element, child

_ELSEWHERE: Final = ("activationCondition", "condition", "loopCondition", "completionCondition")


def translate(source: Source) -> None:
    """Every condition in FEEL; one in a script language stays, and the reader refuses it."""
    for flow in source.root.iter(f"{{{BPMN}}}sequenceFlow"):
        inner = child(flow, "conditionExpression")
        if inner is not None:
            _condition(source, inner)
    for tag in _ELSEWHERE:
        for inner in source.root.iter(f"{{{BPMN}}}{tag}"):
            _condition(source, inner)
    ways: dict[str, list[Element]] = {}
    for flow in source.root.iter(f"{{{BPMN}}}sequenceFlow"):
        ways.setdefault(flow.get("sourceRef") or "", []).append(flow)
    for gateway in source.root.iter(f"{{{BPMN}}}exclusiveGateway"):
        _unconditional(source, gateway, ways.get(gateway.get("id") or "", []))


def _condition(source: Source, inner: Element) -> None:
    text = (inner.text or "").strip()
    language = (inner.get("language") or "juel").lower()
    if "juel" in language or "feel" in language:
        inner.attrib.pop("language", "")
        if text:
            inner.text = source.condition(text, inner, TEXT)
    elif text:
        source.left_open(inner, TEXT)


def _unconditional(source: Source, gateway: Element, ways: list[Element]) -> None:
    """The first flow without a condition is taken when no earlier one is: a default, or it hides those after it."""
    open_ = [w for w in ways if child(w, "conditionExpression") is None and w.get("id") != gateway.get("default")]
    if len(ways) < 2 or not open_:
        return
    at = ways.index(open_[0])
    if gateway.get("default") is None and at == len(ways) - 1:
        gateway.set("default", open_[0].get("id") or "")
        source.notes.info(
            "made-default",
            open_[0],
            "Deze pijl had geen voorwaarde en stond als laatste: het is nu de standaardpijl.",
            "This flow had no condition and came last: it is the default flow now.",
        )
        return
    source.notes.warning(
        "always-taken",
        open_[0],
        "Deze pijl heeft geen voorwaarde en wordt dus genomen voordat naar latere pijlen wordt gekeken, zoals in de"
        " andere engine. Geef haar een voorwaarde, of maak haar de standaardpijl.",
        "This flow has no condition, so it is taken before later flows are looked at, as in the other engine. Give it a"
        " condition, or make it the default flow.",
    )
