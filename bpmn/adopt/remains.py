"""What nobody took: not needed here, kept as a property, or named; nothing is dropped silently."""

import re
from typing import Final

from lxml import etree

from bpmn.adopt import extend
from bpmn.adopt.source import TEXT, VENDORS, Source, owner
from bpmn.readers.names import BPMN, Element, attributes, base, local, space

# What runs the same without it: why, in Dutch and English.
_ASYNC: Final = ("elke stap is hier een eigen transactie", "each step is a transaction of its own here")
_FORMS: Final = ("formulieren worden hier altijd gecontroleerd", "forms are always checked here")
_VERSIONS: Final = ("versies horen hier bij het pakket", "versions belong to the package here")
_HISTORY: Final = ("bewaren regelt Plus-1 zelf", "Plus-1 itself arranges retention")
_SHAPE: Final = ("het zegt alleen iets tegen de andere editor", "it only tells the other editor something")
_RETRIES: Final = (
    "na een mislukte poging probeert Plus-1 het zelf opnieuw",
    "Plus-1 itself tries again after a failure",
)
_EDGE: Final = (
    "een voorwaarde wordt hier bij elke wijziging van gegevens bekeken",
    "a condition is looked at here whenever data changes",
)
UNNEEDED: Final = {
    **dict.fromkeys(
        ("async", "asyncBefore", "asyncAfter", "asyncLeave", "exclusive", "jobPriority", "taskPriority"), _ASYNC
    ),
    **dict.fromkeys(("triggerable", "parallelInSameTransaction", "asyncLeaveExclusive"), _ASYNC),
    **dict.fromkeys(("formFieldValidation", "work-form-field-validation"), _FORMS),
    **dict.fromkeys(("sameDeployment", "fallbackToDefaultTenant"), _VERSIONS),
    **dict.fromkeys(("historyTimeToLive", "historyLevel", "isStartableInTasklist"), _HISTORY),
    **dict.fromkeys(("modelerTemplate", "modelerTemplateVersion", "modelerTemplateIcon", "diagramRelationId"), _SHAPE),
    **dict.fromkeys(("variableName", "variableEvents"), _EDGE),
}
# Words that have no place of their own, with what to do.
_ADVICE: Final = {
    "initiator": (
        "Wie de zaak startte, is hier geen gegeven. Vraag het in het startformulier, of geef het mee bij het starten.",
        "Who started the case is no variable here. Ask for it in the start form, or pass it when starting.",
    ),
    "candidateStarterGroups": (
        "Wie een zaak mag starten, regelt de beheerder met rollen.",
        "Who may start a case is arranged by the administrator with roles.",
    ),
    "candidateStarterUsers": (
        "Wie een zaak mag starten, regelt de beheerder met rollen.",
        "Who may start a case is arranged by the administrator with roles.",
    ),
    "caseRef": (
        "CMMN wordt niet ondersteund. Maak van de zaak een proces met een ad-hoc deelproces, en roep dat aan.",
        "CMMN is not supported. Make a process with an ad-hoc sub-process of the case, and call that.",
    ),
    "skipExpression": (
        "Teken een keuze om de stap heen, met deze voorwaarde.",
        "Draw a choice around the step, with this condition.",
    ),
}
_ADVICE_CASE: Final = frozenset({"caseRef", "caseBinding", "caseVersion", "caseDefinitionKey"})
_PREFIX: Final = {
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://operaton.org/schema/1.0/bpmn": "operaton",
    "http://flowable.org/bpmn": "flowable",
    "http://activiti.org/bpmn": "activiti",
}
_XMLNS: Final = re.compile(r' xmlns(?::[\w.-]+)?="[^"]*"')
_EXTENSIBLE: Final = """
    process subProcess transaction adHocSubProcess task userTask serviceTask sendTask receiveTask scriptTask
    businessRuleTask manualTask callActivity startEvent endEvent intermediateCatchEvent intermediateThrowEvent
    boundaryEvent exclusiveGateway parallelGateway inclusiveGateway eventBasedGateway complexGateway participant
    sequenceFlow"""
_HOSTS: Final = frozenset(_EXTENSIBLE.split())

# Open points that nothing else in the file shows: they are kept with their element, for the reader to tell.
_KEPT: Final = frozenset(
    {
        "case-number",
        "decision-outcome",
        "duplicate-id",
        "look-after",
        "message-key",
        "message-made",
        "nothing-sent",
        "only-inputs-seen",
        "only-mapped-leaves",
    }
)


def settle(source: Source) -> None:
    """A finding and a place for each part that is left; then nothing of a vendor stands in the file."""
    for box in [e for e in source.root.iter("*") if space(str(e.tag)) in VENDORS and local(e) == "properties"]:
        _properties(source, box)
    # Open listeners and the like have their finding, but still stand in the file.
    for e in [e for e in source.root.iter("*") if space(str(e.tag)) in VENDORS]:
        above = e.getparent()
        if above is not None and space(str(above.tag)) not in VENDORS:
            _element(source, e, above)
    for process in source.root.findall(f"{{{BPMN}}}process"):
        tag = source.take(process, "versionTag")
        if tag:
            extend.put(source, process, "versionTag", value=tag)
    for e in list(source.root.iter("*")):
        for key, value in attributes(e):
            if space(key) in VENDORS:
                _attribute(source, e, key, value)
    for e, name in source.pending():
        source.left_open(e, name)
        text = (e.text or "").strip() if name == TEXT else e.get(name) or ""
        source.notes.warning(
            "expression-left",
            e,
            f"Hier staat een expressie van een andere engine: '{text}'. Zij wordt als tekst gelezen. Haal haar weg.",
            f"An expression of another engine stands here: '{text}'. It is read as text. Remove it.",
            owner(e),
        )


def keep_open(source: Source) -> None:
    """Puts the open points that the file would not show among the properties of their elements."""
    hosts = {e.get("id"): e for e in source.root.iter(f"{{{BPMN}}}*") if local(e) in _HOSTS}
    for one in source.notes.found:
        host = hosts.get(one.element)
        if one.code in _KEPT and host is not None:
            extend.keep(source, host, "plus1:open", f"{one.nl} | {one.en}")


def _properties(source: Source, box: Element) -> None:
    """Free properties of an element are the same thing here."""
    element = box.getparent()
    host = element.getparent() if element is not None else None
    if host is None or local(host) not in _HOSTS:
        return
    for each in box:
        if local(each) == "property":
            extend.keep(source, host, each.get("name") or "", each.get("value") or "")
    source.drop(box)


def _host(source: Source, e: Element) -> Element | None:
    """Where its property can stand: itself, the nearest around it, else the first process."""
    around = (a for a in (e, *e.iterancestors()) if local(a) in _HOSTS and space(str(a.tag)) == BPMN)
    return next(around, source.root.find(f"{{{BPMN}}}process"))


def _element(source: Source, e: Element, box: Element) -> None:
    name, host = local(e), _host(source, e)
    if name in UNNEEDED or name == "failedJobRetryTimeCycle":
        _unneeded(source, e, name, UNNEEDED.get(name, _RETRIES))
        source.drop(e)
        return
    text = _XMLNS.sub("", etree.tostring(e, encoding="unicode", with_tail=False))
    if not source.is_open(e):
        _left(source, e, name, owner(e))
    source.left_open(e)
    if host is not None:
        extend.keep(source, host, f"{_PREFIX[space(str(e.tag))]}:{name}", text)
    source.document.remove(e)
    if local(box) == "extensionElements" and not len(box):
        source.document.remove(box)


def _attribute(source: Source, e: Element, key: str, value: str) -> None:
    name = base(key)
    if name in UNNEEDED:
        _unneeded(source, e, name, UNNEEDED[name])
        source.take(e, name)
        return
    del e.attrib[key]
    source.left_open(e, name)
    host = _host(source, e)
    if host is not None:
        extend.keep(source, host, f"{_PREFIX[space(key)]}:{name}", value)
    if name in _ADVICE_CASE:
        nl, en = _ADVICE["caseRef"]
        source.notes.error("cmmn", e, nl, en, owner(e))
    else:
        _left(source, e, name, owner(e), value)


def _unneeded(source: Source, e: Element, name: str, why: tuple[str, str]) -> None:
    source.notes.once(
        "not-needed",
        name,
        e,
        f"'{name}' is hier niet nodig: {why[0]}.",
        f"'{name}' is not needed here: {why[1]}.",
    )


def _left(source: Source, e: Element, name: str, element: str, value: str = "") -> None:
    shown = f"{name} = {value}" if value else name
    nl, en = _ADVICE.get(
        name,
        (
            "Het staat nog bij de eigenschappen van het element. Los het hier op een andere manier op.",
            "It still stands among the properties of the element. Solve it here in another way.",
        ),
    )
    source.notes.warning(
        "not-translated",
        e,
        f"'{shown}' is niet omgezet. {nl}",
        f"'{shown}' was not translated. {en}",
        element,
    )


def free_of_vendors(root: Element) -> bool:
    """Whether nothing of Camunda 7, Operaton, Flowable or Activiti stands in the file."""
    return not any(
        space(str(e.tag)) in VENDORS or any(space(k) in VENDORS for k, _ in attributes(e)) for e in root.iter("*")
    )
