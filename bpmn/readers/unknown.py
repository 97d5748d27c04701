"""Says what stands in a file and is not read: nothing is dropped silently."""

from typing import Final

from bpmn.readers.dialect import Reading
from bpmn.readers.names import BPMN, CAMUNDA7, FLOWABLE, KINDS, ZEEBE, Element, attributes, is_plus1, local, space

_ATTRIBUTES: Final = """
    id name isExecutable isClosed processType sourceRef targetRef default cancelActivity isInterrupting attachedToRef
    parallelMultiple isForCompensation triggeredByEvent gatewayDirection instantiate eventGatewayType implementation
    operationRef messageRef signalRef errorRef escalationRef activityRef waitForCompletion calledElement method
    scriptFormat isSequential behavior testBefore loopMaximum ordering cancelRemainingInstances completionQuantity
    startQuantity associationDirection isImmediate processRef itemSubjectRef isCollection dataObjectRef dataStoreRef
    partitionElementRef definitionalCollaborationRef"""
ATTRIBUTES: Final = frozenset(_ATTRIBUTES.split())
_SILENT: Final = """
    documentation extensionElements incoming outgoing sequenceFlow association laneSet lane flowNodeRef childLaneSet
    textAnnotation text group category categoryValue auditing monitoring
    dataObject dataObjectReference dataStoreReference dataState property
    ioSpecification dataInput dataOutput inputSet outputSet dataInputAssociation dataOutputAssociation
    conditionExpression multiInstanceLoopCharacteristics standardLoopCharacteristics loopCardinality loopCondition
    completionCondition activationCondition script eventDefinitionRef loopDataInputRef loopDataOutputRef
    inputDataItem outputDataItem noneBehaviorEventRef oneBehaviorEventRef ioBinding supports"""
SILENT: Final = frozenset(_SILENT.split())
HARMLESS: Final = (
    "http://www.w3.org/",
    "http://camunda.org/schema/modeler/",
    "http://bpmn.io/schema/",
    "http://www.omg.org/spec/BPMN/non-normative/",
)


def check(reading: Reading, element: Element) -> None:
    """Findings for unread attributes, children and vendor extensions of one BPMN element."""
    if space(element.tag) != BPMN:
        _foreign(reading, element, element.tag)
        return
    for name, _ in attributes(element):
        if not space(name) and name not in ATTRIBUTES:
            reading.notes.warning(
                "unknown-attribute",
                element,
                f"Het attribuut '{name}' is onbekend en wordt niet gelezen. Haal het weg of verbeter de naam.",
                f"The attribute '{name}' is unknown and is not read. Remove it or correct its name.",
            )
        elif space(name):
            _foreign(reading, element, name)
    _quantities(reading, element)
    for c in element:
        tag = local(c)
        if space(c.tag) == BPMN and tag not in SILENT | KINDS and not tag.endswith("EventDefinition"):
            _unsupported(reading, c)
    for name in ("dataInputAssociation", "dataOutputAssociation"):
        if element.find(f"{{{BPMN}}}{name}") is not None:
            reading.notes.once(
                "data-association",
                name,
                element,
                "Gegevensassociaties worden niet uitgevoerd: gegevens staan in de variabelen van de zaak.",
                "Data associations are not executed: data lives in the variables of the case.",
            )
    reading.dialect.unread(reading, element)


def _unsupported(reading: Reading, e: Element) -> None:
    tag = local(e)
    if tag in ("performer", "humanPerformer", "potentialOwner", "resourceRole"):
        reading.notes.warning(
            "assignment-not-read",
            e,
            f"'{tag}' wordt niet gelezen. Gebruik de toewijzing van de taak of de rol van de baan.",
            f"'{tag}' is not read. Use the assignment of the task or the role of its lane.",
        )
        return
    reading.notes.error(
        "unsupported-element",
        e,
        f"'{tag}' kan niet worden uitgevoerd. Haal het element weg of gebruik een ander.",
        f"'{tag}' cannot be run. Remove the element or use another.",
        e.get("id") or "",
    )


def _quantities(reading: Reading, element: Element) -> None:
    for name in ("startQuantity", "completionQuantity"):
        if element.get(name, "1").strip() != "1":
            reading.notes.error(
                "unsupported-quantity",
                element,
                f"{name} groter dan 1 wordt niet ondersteund. Gebruik een meervoudige taak.",
                f"{name} above 1 is not supported. Use a multi-instance activity.",
            )


def _foreign(reading: Reading, element: Element, name: str) -> None:
    namespace = space(name)
    if namespace in (BPMN, ZEEBE, *CAMUNDA7, *FLOWABLE) or namespace.startswith(HARMLESS) or is_plus1(name):
        return
    reading.notes.once(
        "foreign-namespace",
        namespace,
        element,
        f"Wat in de naamruimte '{namespace}' staat, wordt niet gelezen.",
        f"What stands in the namespace '{namespace}' is not read.",
    )
