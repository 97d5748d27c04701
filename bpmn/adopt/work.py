"""Service tasks, send tasks and events that do work: their code and topics become job types with inputs."""

from typing import Final

from bpmn.adopt import code, extend, mappings, scripts
from bpmn.adopt.code import Code
from bpmn.adopt.source import Source
from bpmn.readers.juel import NotSimple, translate
from bpmn.readers.names import BPMN, Element, child, extension, local
from bpmn.readers.names import ZEEBE as ZEEBE_SPACE

_OWN_TYPES: Final = frozenset({"external", "external-worker"})
# Flowable's built-in tasks whose fields a connector of ours understands, under its own names.
_HTTP: Final = {"requestUrl": "url", "requestMethod": "method", "requestHeaders": "headers", "requestBody": "body"}
_HTTP_CONNECTOR: Final = {"payload": "body"}


def translate_task(source: Source, task: Element) -> None:
    """A service, send or business rule task."""
    if extension(task, ZEEBE_SPACE, "taskDefinition") is not None:
        return
    kind, topic = source.get(task, "type"), source.get(task, "topic")
    called = code.found(source, task, lambda name: source.get(task, name))
    connector = source.own(task, "connector")
    if topic and (kind is None or kind in _OWN_TYPES):
        source.take(task, "type")
        extend.put(source, task, "taskDefinition", type=source.value(source.take(task, "topic") or "", task, "topic"))
    elif kind:
        _built_in(source, task, kind)
    elif called is not None:
        _called(source, task, called)
    elif connector:
        _connector(source, task, connector[0])
    elif local(task) != "sendTask" or not task.get("messageRef"):
        return
    retries(source, task)


def translate_event(source: Source, definition: Element) -> None:
    """Code or a topic on the message of a throw event is work of the event."""
    event = definition.getparent()
    called = code.found(source, definition, lambda name: source.get(definition, name))
    topic = source.take(definition, "topic")
    if event is None or (called is None and topic is None):
        return
    if topic:
        source.take(definition, "type")
        extend.put(source, event, "taskDefinition", type=source.value(topic, definition, "topic"))
    elif called is not None:
        source.take(definition, called.kind)
        give(source, event, called)
        tell(source, event, called, definition)
        source.left_open(definition, called.kind)
    source.document.remove(definition)


def give(source: Source, step: Element, called: Code) -> None:
    """The job type and its inputs."""
    extend.put(source, step, "taskDefinition", type=called.job)
    # Whoever implements the job reads in its headers what it was.
    box = extend.put(source, step, "taskHeaders")
    source.document.create(box, f"{{{ZEEBE_SPACE}}}header", len(box), {"key": called.kind, "value": called.text})
    for name, value in called.inputs:
        extend.mapping(source, step, "input", value, name)
    if called.result:
        extend.mapping(source, step, "output", "=result", called.result)


def tell(source: Source, step: Element, called: Code, place: Element) -> None:
    """The finding that somebody has to implement the job. `place`: where the code stood."""
    inputs = ", ".join(name for name, _ in called.inputs)
    given = (f" met alleen deze invoer: {inputs}", f" with only these inputs: {inputs}") if inputs else ("", "")
    lost = ("", "")
    if not called.whole:
        lost = (" Niet alle argumenten konden worden omgezet.", " Not all arguments could be translated.")
    if called.term:
        nl = f"'{called.text}' wijzigt een termijn. De stap heet hier '{called.job}'{given[0]}."
        en = f"'{called.text}' changes a term. The step is called '{called.job}' here{given[1]}."
        todo = (
            " Regel het opschorten, verlengen of hervatten hier met de termijn zelf, niet met een programma.",
            " Suspend, extend or resume the term itself here, without a program.",
        )
    else:
        nl = f"'{called.text}' is programmacode en wordt niet uitgevoerd. Hier is het werk: '{called.job}'{given[0]}."
        en = f"'{called.text}' is program code and is not run. Here it is a job of type '{called.job}'{given[1]}."
        todo = (
            " Laat een systeem dat werk doen, of kies een andere soort werk.",
            " Let a system do that work, or choose another job type.",
        )
    id_ = step.get("id") or ""
    source.notes.warning("implement-me", place, f"{nl}{lost[0]}{todo[0]}", f"{en}{lost[1]}{todo[1]}", id_)


def retries(source: Source, task: Element) -> None:
    """The number of attempts; here the time between them is the product's own."""
    for e in source.own(task, "failedJobRetryTimeCycle"):
        text = (e.text or "").strip()
        number = _number(text)
        definition = extension(task, ZEEBE_SPACE, "taskDefinition")
        if number is None or definition is None:
            continue
        definition.set("retries", number)
        source.drop(e)
        source.notes.once(
            "retries",
            "",
            task,
            "Het aantal pogingen is overgenomen; de tijd ertussen bepaalt Plus-1 zelf.",
            "The number of attempts was taken over; Plus-1 itself decides the time between them.",
        )


def _number(text: str) -> str | None:
    head = text.split("/")[0]
    if head.startswith("R") and head[1:].isdigit():
        return head[1:]
    parts = text.split(",")
    return str(len(parts) + 1) if all(part.strip().startswith("P") for part in parts) else None


def _called(source: Source, task: Element, called: Code) -> None:
    result = source.get(task, "resultVariable") or source.get(task, "resultVariableName")
    if called.kind == "expression" and _calculated(source, task, result):
        return
    source.take(task, called.kind)
    give(source, task, called)
    for name in ("resultVariable", "resultVariableName", "useLocalScopeForResultVariable"):
        source.take(task, name)
    if result:
        extend.mapping(source, task, "output", "=result", result)
    tell(source, task, called, task)
    source.left_open(task, called.kind)


def _calculated(source: Source, task: Element, result: str | None) -> bool:
    """An expression that only works something out is a script task here."""
    text = source.get(task, "expression") or ""
    sets = scripts.assignments(text)
    if sets is None and result:
        try:
            value = translate(text)
        except NotSimple:
            return False
        sets = [(result, value)] if value is not None else None
    if sets is None:
        return False
    for name in ("expression", "resultVariable", "resultVariableName"):
        source.take(task, name)
    task.tag = f"{{{BPMN}}}scriptTask"
    scripts.write(source, task, sets)
    return True


def _built_in(source: Source, task: Element, kind: str) -> None:
    """Flowable's tasks of a type: http has a connector here, a decision a task of its own, the others a job type."""
    if kind == "case" or source.get(task, "caseDefinitionKey"):
        return
    given = dict(code.fields(source, task))
    source.take(task, "type")
    if kind == "dmn":
        key = given.get("decisionTableReferenceKey", "")
        task.tag = f"{{{BPMN}}}businessRuleTask"
        extend.put(source, task, "calledDecision", decisionId=key, resultVariable=f"{task.get('id')}_uitkomst")
        _check(source, task, f"beslissing '{key}'", f"decision '{key}'")
        return
    extend.put(source, task, "taskDefinition", type=kind)
    answer = given.pop("responseVariableName", "") if kind == "http" else ""
    for name, value in given.items():
        extend.mapping(source, task, "input", value, _HTTP.get(name, name) if kind == "http" else name)
    if answer:
        extend.mapping(source, task, "output", "=result.body", answer)
    _check(source, task, f"werk van de soort '{kind}'", f"job of type '{kind}'")


def _connector(source: Source, task: Element, connector: Element) -> None:
    named = next((e for e in connector if local(e) == "connectorId"), None)
    id_ = ((named.text or "") if named is not None else "").strip() or "connector"
    http = id_ == "http-connector"
    extend.put(source, task, "taskDefinition", type="http" if http else code.kebab(id_))
    box = next((e for e in connector if local(e) == "inputOutput"), None)
    outputs = []
    for line in list(box) if box is not None else []:
        if local(line) == "outputParameter":
            outputs.append(f"{line.get('name')} ({(line.text or '').strip()})")
        elif local(line) == "inputParameter":
            name = line.get("name") or ""
            mappings.parameter(source, task, line, _HTTP_CONNECTOR.get(name, name) if http else name)
    for line in box if box is not None else ():
        if local(line) == "outputParameter":
            source.left_open(line)
    source.drop(connector)
    told = (f" Schrijf de uitvoer zelf: {', '.join(outputs)}.", f" Write the outputs: {', '.join(outputs)}.")
    _check(source, task, f"werk van de soort '{id_}'", f"job of type '{id_}'", told if outputs else ("", ""))


def _check(source: Source, task: Element, nl: str, en: str, more: tuple[str, str] = ("", "")) -> None:
    source.notes.warning(
        "look-after",
        task,
        f"Deze taak van de andere engine is hier {nl}.{more[0]} Kijk of invoer en uitvoer kloppen.",
        f"This task of the other engine is a {en} here.{more[1]} See whether its inputs and outputs are right.",
    )


def working(source: Source) -> list[Element]:
    """The tasks that may be work of a system."""
    kinds = ("serviceTask", "sendTask", "businessRuleTask")
    return [e for kind in kinds for e in source.root.iter(f"{{{BPMN}}}{kind}")]


def throwing(source: Source) -> list[Element]:
    """The message definitions of throw and end events."""
    kinds = ("intermediateThrowEvent", "endEvent")
    events = [e for kind in kinds for e in source.root.iter(f"{{{BPMN}}}{kind}")]
    return [found for e in events if (found := child(e, "messageEventDefinition")) is not None]
