"""Decisions of Camunda 7, Operaton and Flowable become decisions in FEEL, in the same file and drawing."""

from lxml import etree

from bpmn import dmn, xml
from bpmn.adopt.adoption import Adoption
from bpmn.adopt.decision_texts import Rewriting, rewrite
from bpmn.dmn.elements import Element, all_elements, kid, kids, local, norm, text_in

MODELER = "http://camunda.org/schema/modeler/1.0"
CAMUNDA = ("http://camunda.org/schema/1.0/dmn", "http://operaton.org/schema/1.0/dmn")
FLOWABLE = ("http://flowable.org/dmn", "http://activiti.org/dmn")
_NUMBERS = frozenset({"integer", "long", "double"})
_DROPPED = {
    "historyTimeToLive": ("de bewaartermijn regelt de gemeente per zaaktype", "how long is set per case type"),
    "versionTag": ("versies krijgen hier een nummer", "versions have numbers here"),
    "inputVariable": ("cellen lezen de waarde als `?`", "cells read the value as `?`"),
}


def adopt(name: str, source: bytes) -> Adoption:
    """The DMN file with all its texts in FEEL; the parts that are counted are texts and attributes of the engine.

    Where a text cannot be translated it stays, with its language, which the reader then refuses with its place."""
    try:
        root = xml.parse(source, name, comments=True)
    except xml.Unreadable as unreadable:
        return Adoption(None, unreadable.findings)
    work = Rewriting(name, _dialect(root))
    if not work.dialect:
        model, findings = dmn.read(source, path=name)
        return Adoption(None if model is None else source, findings)
    for element in list(all_elements(root)):
        if isinstance(element.tag, str):
            rewrite(element, work)
    _results(root, work)
    _vendor(root, work)
    root.attrib.pop("expressionLanguage", "")
    root.set(f"{{{MODELER}}}executionPlatform", "Camunda Cloud")
    root.set(f"{{{MODELER}}}executionPlatformVersion", "8.8.0")
    made = xml.written(root)
    _, faults = dmn.read(made, path=name)
    told = {(f.element, f.line) for f in work.findings if f.severity == "error"}
    rest = tuple(f for f in faults if (f.element, f.line) not in told)
    return Adoption(made, (*work.findings, *rest), work.done, work.total)


def _dialect(root: Element) -> str:
    """camunda7, flowable, or nothing when the file is in FEEL for all that it says."""
    if (root.get(f"{{{MODELER}}}executionPlatform") or "") == "Camunda Cloud":
        return ""
    used = {str(name).partition("}")[0].strip("{") for e in all_elements(root) for name in e.attrib}
    used |= {str(space) for space in root.nsmap.values()}
    if used & set(FLOWABLE) or "flowable" in (root.get("exporter") or "").lower():
        return "flowable"
    other = any("feel" not in (e.get("expressionLanguage") or "feel").lower() for e in all_elements(root))
    marked = any("${" in (e.text or "") or "#{" in (e.text or "") for e in all_elements(root))
    old = root.get(f"{{{MODELER}}}executionPlatform") == "Camunda Platform"
    return "camunda7" if used & set(CAMUNDA) or other or marked or old else ""


def _results(root: Element, work: Rewriting) -> None:
    """In Camunda 7 the outputs of a required decision are variables of their own; here they are its result."""
    decisions = {e.get("id") or "": e for e in kids(root, "decision")}
    for element in decisions.values():
        for need in (n for r in kids(element, "informationRequirement") for n in kids(r, "requiredDecision")):
            required = decisions.get((need.get("href") or "").rpartition("#")[2])
            table = None if required is None else kid(required, "decisionTable")
            if required is None or table is None:
                continue
            names = [norm(column.get("name")) for column in kids(table, "output")]
            if len(names) == 1 and names[0]:
                _called(required, names[0])
            elif len(names) > 1:
                _members(element, required, frozenset(names), work)


def _called(decision: Element, name: str) -> None:
    """The result of a decision under the name of its only column."""
    variable = kid(decision, "variable")
    if variable is None:
        variable = decision.makeelement(etree.QName(decision, "variable").text, {"id": f"{decision.get('id')}_waarde"})
        after = [e for e in decision if local(e) in ("description", "extensionElements", "question", "allowedAnswers")]
        decision.insert(len(after), variable)
    variable.set("name", name)


def _members(element: Element, required: Element, names: frozenset[str], work: Rewriting) -> None:
    table = kid(element, "decisionTable")
    for column in kids(table, "input") if table is not None else ():
        expression = kid(column, "inputExpression")
        text = text_in(expression).strip()
        if text in names and expression is not None:
            found = kid(expression, "text")
            assert found is not None
            found.text = f"{required.get('id')}.{text}"
        elif any(name in text.split() for name in names):
            work.say(
                "adopt-dmn-result",
                column,
                f"`{text}` leest een kolom van beslissing {required.get('id')}. Schrijf `{required.get('id')}.kolom`.",
                f"`{text}` reads a column of decision {required.get('id')}. Write `{required.get('id')}.column`.",
            )


def _vendor(root: Element, work: Rewriting) -> None:
    """Attributes of the engine: what they did is told, since none has a place in the file here."""
    for element in all_elements(root):
        for key in [k for k in element.attrib if str(k).partition("}")[0].strip("{") in (*CAMUNDA, *FLOWABLE)]:
            name = str(key).partition("}")[2]
            value = element.get(key) or ""
            del element.attrib[key]
            work.total += 1
            if name in _DROPPED:
                work.done += 1
            nl, en = _DROPPED.get(name, ("kijk wat het deed", "see what it did"))
            severity = "info" if name in _DROPPED else "warning"
            nl, en = f"'{name}={value}' is niet overgenomen: {nl}.", f"'{name}={value}' was not taken over: {en}."
            work.say("adopt-dmn-attribute", element, nl, en, severity)
        kind = element.get("typeRef")
        if kind in _NUMBERS:
            element.set("typeRef", "number")
    etree.cleanup_namespaces(root, keep_ns_prefixes=_kept(root))


def _kept(root: Element) -> list[str]:
    """Prefixes that stay, used or not: those of the drawing and of tools, not of the engine."""
    return [prefix for prefix, space in root.nsmap.items() if prefix and space not in (*CAMUNDA, *FLOWABLE)]
