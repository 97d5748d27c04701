"""Draws small processes as BPMN text (Camunda 8 dialect), so that a test shows its model on a line or two."""

import re
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">'
    '<error id="err" errorCode="E"/><error id="err2" errorCode="E2"/><escalation id="esc" escalationCode="X"/>'
    '<message id="m1" name="m1"/><message id="m2" name="m2"/><signal id="s1" name="s1"/>'
    '<message id="mk" name="mk"><extensionElements><zeebe:subscription correlationKey="=nr"/></extensionElements>'
    "</message>"
)
CATCH_ALL = "<errorEventDefinition/>"
CANCEL = "<cancelEventDefinition/>"
TERMINATE = "<terminateEventDefinition/>"


def process(*content: str, id: str = "p") -> str:
    """A file with one process."""
    return f'{HEAD}<process id="{id}" isExecutable="true">{"".join(content)}</process></definitions>'


def flows(text: str) -> str:
    """Sequence flows: `a>b`, with a condition `a>b{=x > 1}`; the id is `a__b`."""
    found = ""
    for source, target, condition in re.findall(r"(\w+)>(\w+)(?:\{([^}]*)\})?", text):
        inner = f"<conditionExpression>{escape(condition)}</conditionExpression>" if condition else ""
        found += (
            f'<sequenceFlow id="{source}__{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'
        )
    return found


def element(kind: str, ids: str, *inner: str, **attributes: str) -> str:
    """One element per id."""
    more = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return "".join(f'<{kind} id="{id}"{more}>{"".join(inner)}</{kind}>' for id in ids.split())


def start(ids: str = "s", *inner: str, **attributes: str) -> str:
    """Start events."""
    return element("startEvent", ids, *inner, **attributes)


def end(ids: str = "e", *inner: str) -> str:
    """End events."""
    return element("endEvent", ids, *inner)


def user(ids: str, *inner: str, **attributes: str) -> str:
    """User tasks."""
    return element("userTask", ids, *inner, **attributes)


def gateway(kind: str, ids: str, *inner: str, **attributes: str) -> str:
    """Gateways of a kind: exclusive, parallel, inclusive, eventBased, complex."""
    return element(f"{kind}Gateway", ids, *inner, **attributes)


def sub(id: str, *content: str, kind: str = "subProcess", **attributes: str) -> str:
    """A sub-process with its content."""
    return element(kind, id, *content, **attributes)


def event_sub(id: str, *content: str) -> str:
    """An event sub-process."""
    return element("subProcess", id, *content, triggeredByEvent="true")


def boundary(id: str, host: str, definition: str, stays: bool = False) -> str:
    """A boundary event; `stays`: it does not interrupt."""
    cancels = "false" if stays else "true"
    return element("boundaryEvent", id, definition, attachedToRef=host, cancelActivity=cancels)


def catch(ids: str, definition: str, **attributes: str) -> str:
    """Intermediate catch events."""
    return element("intermediateCatchEvent", ids, definition, **attributes)


def throw(ids: str, definition: str) -> str:
    """Intermediate throw events."""
    return element("intermediateThrowEvent", ids, definition)


def message(ref: str = "m1") -> str:
    """A message."""
    return f'<messageEventDefinition messageRef="{ref}"/>'


def error(ref: str = "err") -> str:
    """An error."""
    return f'<errorEventDefinition errorRef="{ref}"/>'


ESCALATION = '<escalationEventDefinition escalationRef="esc"/>'
SIGNAL = '<signalEventDefinition signalRef="s1"/>'


def link(name: str = "L") -> str:
    """A link."""
    return f'<linkEventDefinition name="{name}"/>'


def timer(text: str, tag: str = "timeDuration") -> str:
    """A timer."""
    return f"<timerEventDefinition><{tag}>{escape(text)}</{tag}></timerEventDefinition>"


def condition(text: str) -> str:
    """A condition."""
    return f"<conditionalEventDefinition><condition>{escape(text)}</condition></conditionalEventDefinition>"


def compensate(ref: str = "") -> str:
    """Compensation, of one activity or of all."""
    return f'<compensateEventDefinition activityRef="{ref}"/>' if ref else "<compensateEventDefinition/>"


def handled(activity: str, handler: str) -> str:
    """Boundary event, handler task and association that make an activity compensable."""
    return (
        boundary(f"c{activity}", activity, compensate())
        + user(handler, isForCompensation="true")
        + f'<association id="as{activity}" sourceRef="c{activity}" targetRef="{handler}"/>'
    )


def extension(*inner: str) -> str:
    """Zeebe extension elements."""
    return f"<extensionElements>{''.join(inner)}</extensionElements>"


def mapping(inputs: dict[str, str] | None = None, outputs: dict[str, str] | None = None) -> str:
    """`zeebe:ioMapping`: target → source."""
    lines = [f"<zeebe:input source={quoteattr(s)} target={quoteattr(t)}/>" for t, s in (inputs or {}).items()]
    lines += [f"<zeebe:output source={quoteattr(s)} target={quoteattr(t)}/>" for t, s in (outputs or {}).items()]
    return f"<zeebe:ioMapping>{''.join(lines)}</zeebe:ioMapping>"


def many(number: str = "", until: str = "", sequential: bool = False, **zeebe: str) -> str:
    """Multi-instance over a number, or over a collection (`inputCollection=…`)."""
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in zeebe.items())
    inner = extension(f"<zeebe:loopCharacteristics{attributes}/>") if zeebe else ""
    inner += f"<loopCardinality>{escape(number)}</loopCardinality>" if number else ""
    inner += f"<completionCondition>{escape(until)}</completionCondition>" if until else ""
    tag = "multiInstanceLoopCharacteristics"
    return f'<{tag} isSequential="{"true" if sequential else "false"}">{inner}</{tag}>'
