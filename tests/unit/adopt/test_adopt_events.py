"""What events of other engines give along."""

from bpmn.model import Expression
from tests.unit.adopt.adopting import adopted, file, process

TASK = '<userTask id="a"/>'


def shown(mappings):
    return {m.target: (m.source.text, m.source.feel) for m in mappings if isinstance(m.source, Expression)}


def test_a_signal_gives_its_values_along():
    content = (
        '<intermediateThrowEvent id="t"><signalEventDefinition signalRef="s"><extensionElements>'
        '<camunda:in source="bedrag" target="b"/><camunda:in sourceExpression="${x + 1}" target="c"/>'
        "</extensionElements></signalEventDefinition></intermediateThrowEvent>"
    )
    found = adopted(file(TASK + content, '<signal id="s" name="klaar"/>'))
    assert shown(process(found).nodes["t"].inputs) == {"b": ("bedrag", True), "c": ("x + 1", True)}
    assert found.translated == found.total == 2


def test_an_error_gives_its_message_along():
    content = '<endEvent id="z"><errorEventDefinition errorRef="e"/></endEvent>'
    found = adopted(file(TASK + content, '<error id="e" errorCode="stuk" camunda:errorMessage="Zaak ${nr} is stuk"/>'))
    assert shown(process(found).nodes["z"].inputs) == {"message": ('"Zaak " + string(nr) + " is stuk"', True)}


def test_what_has_no_element_to_stand_at_stays_with_the_process():
    found = adopted(file(TASK, '<message id="m" name="x" camunda:onbekend="y"/>'))
    assert b'<zeebe:property name="camunda:onbekend" value="y"/>' in (found.content or b"")
