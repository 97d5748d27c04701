"""Walks one `process` element and builds its model; the same for every dialect."""

from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from bpmn.model import SCOPES, Expression, Flow, Lane, Loop, Node, Process
from bpmn.readers.declared import attribute, declared
from bpmn.readers.dialect import Reading
from bpmn.readers.draft import Draft, Drafts
from bpmn.readers.events import receive, triggers
from bpmn.readers.names import BPMN, BPMN_DI, KINDS, Element, child, extensions, flag, line, local, ref, text
from bpmn.readers.unknown import check
from bpmn.readers.wiring import connect


def read_process(reading: Reading, element: Element) -> Process:
    """The process with all its nodes wired; findings go to `reading.notes`."""
    drafts = Drafts(reading)
    id = drafts.id_of(element)
    root = Node(id, "process", element.get("name"), documentation=_documentation(element), line=line(element))
    check(reading, element)
    drafts.add(Draft(root, element))
    _content(drafts, element, id)
    lanes = _lanes(reading, element)
    executable = flag(element, "isExecutable", reading.dialect.lenient)
    if element.get("isExecutable") is None and reading.dialect.lenient:
        reading.notes.info(
            "no-is-executable",
            element,
            "isExecutable ontbreekt; het proces is gelezen als uitvoerbaar.",
            "isExecutable is missing; the process was read as executable.",
        )
    return Process(
        id=id,
        name=element.get("name"),
        executable=executable,
        nodes=MappingProxyType(connect(drafts, lanes)),
        lanes=lanes,
        declared=declared(element),
        variables=MappingProxyType(_data_objects(element)),
        line=line(element),
        lenient=reading.dialect.lenient,
        path=reading.notes.path,
        drawn=_drawn(reading),
    )


def _drawn(reading: Reading) -> frozenset[str]:
    tags = [f"{{{BPMN_DI}}}{tag}" for tag in ("BPMNShape", "BPMNEdge")]
    return frozenset(ref(e.get("bpmnElement")) or "" for e in reading.root.iter(*tags))


def _content(drafts: Drafts, element: Element, scope: str) -> None:
    for e in element:
        tag = local(e)
        if tag == "sequenceFlow":
            drafts.flows.append(_flow(drafts, e))
        elif tag == "association":
            drafts.associations.append((ref(e.get("sourceRef")) or "", ref(e.get("targetRef")) or ""))
        elif tag in KINDS:
            _node(drafts, e, tag, scope)
        check(drafts.reading, e)


def _flow(drafts: Drafts, e: Element) -> Flow:
    source = text(e, "conditionExpression")
    inner = child(e, "conditionExpression")
    if inner is not None:
        _language(drafts.reading, inner, e)
    return Flow(
        id=drafts.flow_id(e),
        source=ref(e.get("sourceRef")) or "",
        target=ref(e.get("targetRef")) or "",
        name=e.get("name"),
        condition=drafts.reading.dialect.condition(drafts.reading, source, inner if inner is not None else e)
        if source
        else None,
        declared=declared(e),
        line=line(e),
    )


def _language(reading: Reading, inner: Element, owner: Element) -> None:
    language = inner.get("language") or "feel"
    if "feel" not in language.lower() and language.lower() != "juel":
        reading.notes.error(
            "unsupported-language",
            inner,
            f"Een voorwaarde in '{language}' kan niet worden uitgevoerd. Schrijf haar in FEEL.",
            f"A condition in '{language}' cannot be run. Write it in FEEL.",
            owner.get("id") or "",
        )


def _node(drafts: Drafts, e: Element, tag: str, scope: str) -> None:
    reading = drafts.reading
    kind = "eventSubProcess" if tag == "subProcess" and flag(e, "triggeredByEvent") else tag
    inputs, outputs = reading.dialect.mappings(reading, e)
    id = drafts.id_of(e)
    node = Node(
        id=id,
        kind=kind,
        name=e.get("name"),
        scope=scope,
        default=ref(e.get("default")),
        triggers=receive(reading, e) if kind in ("receiveTask", "sendTask") else triggers(reading, e),
        parallel_multiple=flag(e, "parallelMultiple") or e.get("eventGatewayType") == "Parallel",
        interrupting=flag(e, "cancelActivity" if kind == "boundaryEvent" else "isInterrupting", True),
        instantiate=flag(e, "instantiate"),
        attached=ref(e.get("attachedToRef")),
        for_compensation=flag(e, "isForCompensation"),
        loop=_loop(reading, e),
        inputs=inputs,
        outputs=outputs,
        condition=_condition(reading, e, kind),
        cancel_rest=flag(e, "cancelRemainingInstances", True),
        sequential=e.get("ordering") == "Sequential",
        work=reading.dialect.work(reading, e, kind),
        documentation=_documentation(e),
        declared=declared(e),
        line=line(e),
    )
    drafts.add(Draft(node, e))
    if kind in SCOPES:
        _content(drafts, e, id)


def _condition(reading: Reading, e: Element, kind: str) -> Expression | None:
    tag = {"complexGateway": "activationCondition", "adHocSubProcess": "completionCondition"}.get(kind)
    source = text(e, tag) if tag else None
    inner = child(e, tag) if tag else None
    return reading.dialect.condition(reading, source, inner if inner is not None else e) if source else None


def _loop(reading: Reading, e: Element) -> Loop | None:
    dialect = reading.dialect
    standard = child(e, "standardLoopCharacteristics")
    if standard is not None:
        source, maximum = text(standard, "loopCondition"), standard.get("loopMaximum")
        return Loop(
            standard=True,
            sequential=True,
            test_before=flag(standard, "testBefore"),
            condition=dialect.condition(reading, source, standard) if source else None,
            maximum=dialect.value(reading, maximum, standard) if maximum else None,
        )
    multi = child(e, "multiInstanceLoopCharacteristics")
    if multi is None:
        return None
    check(reading, multi)
    count, source = text(multi, "loopCardinality"), text(multi, "completionCondition")
    loop = Loop(
        sequential=flag(multi, "isSequential"),
        cardinality=dialect.value(reading, count, multi) if count else None,
        condition=dialect.condition(reading, source, multi) if source else None,
        first=dialect.first_instance,
    )
    return dialect.loop(reading, multi, loop)


def _documentation(e: Element) -> str:
    return "\n".join((d.text or "").strip() for d in e.findall(f"{{{BPMN}}}documentation") if d.text)


def _lanes(reading: Reading, process: Element) -> tuple[Lane, ...]:
    found: list[Lane] = []
    for e in process.iter(f"{{{BPMN}}}lane"):
        nodes = tuple(ref(n.text) or "" for n in e.findall(f"{{{BPMN}}}flowNodeRef") if n.text)
        inner = [d for d in declared(e) if d.tag == "role"]
        role = attribute(e, "role") or (inner[0].attributes.get("id") or inner[0].text if inner else None)
        found.append(Lane(e.get("id") or "", e.get("name"), role or None, nodes, line(e), declared(e)))
        check(reading, e)
    return tuple(found)


def _data_objects(process: Element) -> dict[str, object]:
    """Initial values of data objects (ours, or an extension of Flowable); others start without a value."""
    found: dict[str, object] = {}
    for e in process.iter(f"{{{BPMN}}}dataObject"):
        inner = next((x for x in extensions(e) if local(x) == "value"), None)
        value = attribute(e, "value") if inner is None else inner.text or ""
        if value is not None:
            found[e.get("name") or e.get("id") or ""] = _typed(value, ref(e.get("itemSubjectRef")) or "")
    return found


def _typed(source: str, kind: str) -> object:
    if kind in ("int", "integer", "long", "double", "float", "decimal"):
        try:
            return Decimal(source)
        except InvalidOperation:
            return None
    return source == "true" if kind == "boolean" else source
