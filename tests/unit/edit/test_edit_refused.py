"""What cannot be is refused with what is wrong and what to do, in Dutch and English; hostile files do no harm."""

import pytest

from bpmn import edit
from tests.unit.edit.conftest import PERMIT, SMALL

CASES = [
    ("unknown-id", edit.add_step, "weg", "userTask", "x"),
    ("unknown-id", edit.rename, "weg", "x"),
    ("unknown-id", edit.delete, ""),
    ("unknown-id", edit.connect, "Task_Advies", "weg"),
    ("unknown-id", edit.set_condition, "weg", "x"),
    ("unknown-id", edit.move_to_lane, "Task_Advies", "weg"),
    ("unknown-kind", edit.add_step, "Task_Advies", "scriptTask", "x"),
    ("wrong-kind", edit.add_step, "Flow_Brief", "userTask", "x"),
    ("wrong-kind", edit.add_step, "Task_Advies", "userTask", "x", "Task_Schouw"),
    ("wrong-kind", edit.delete, "Lane_adviseur"),
    ("wrong-kind", edit.delete, "evenementenvergunning"),
    ("wrong-kind", edit.set_condition, "Task_Advies", "x"),
    ("other-flow", edit.add_step, "Task_Advies", "userTask", "x", "Flow_Brief"),
    ("other-flow", edit.set_default, "Gateway_Risico", "Flow_Brief"),
    ("end-in-flow", edit.add_step, "Task_Advies", "endEvent", "x"),
    ("from-end", edit.add_step, "End_Verleend", "userTask", "x"),
    ("from-end", edit.connect, "End_Verleend", "End_Geweigerd"),
    ("into-start", edit.connect, "Gateway_Uitkomst", "Start_Aanvraag"),
    ("into-boundary", edit.connect, "Task_Schouw", "Boundary_Adviestermijn"),
    ("across-border", edit.connect, "Task_Schouw", "End_Verleend"),
    ("to-itself", edit.connect, "Task_Schouw", "Task_Schouw"),
    ("connected", edit.connect, "Task_Schouw", "Gateway_Voorbereiden"),
    ("after-event-gateway", edit.add_step, "Gateway_Wachten", "userTask", "x"),
    ("after-event-gateway", edit.connect, "Gateway_Wachten", "Task_Schouw"),
    ("no-condition", edit.connect, "Start_Behandeling", "Task_Schouw", "x"),
    ("no-condition", edit.set_condition, "Flow_Aanvraag", "=x"),
    ("no-default", edit.set_default, "Start_Aanvraag", "Flow_Aanvraag"),
    ("only-start", edit.delete, "Start_Aanvraag"),
    ("only-start", edit.delete, "Start_Behandeling"),
    ("no-form", edit.set_form, "Task_Publiceren", "advies"),
    ("form-too-long", edit.set_form, "Task_Advies", "a" * 201),
    ("no-lane", edit.move_to_lane, "Task_Advies", "Task_Schouw"),
    ("boundary-lane", edit.move_to_lane, "Boundary_Adviestermijn", "Lane_behandelaar"),
    ("lane-outside", edit.move_to_lane, "Task_Advies", "Lane_aanvrager"),
    ("open-sub-process", edit.move_to_lane, "Behandeling", "Lane_adviseur"),
    ("name-too-long", edit.rename, "Task_Advies", "a" * 81),
    ("name-too-long", edit.add_step, "Task_Advies", "userTask", "a" * 81),
    ("text-too-long", edit.set_condition, "Flow_Volledig", "a" * 2001),
    ("character", edit.rename, "Task_Advies", "a\x00b"),
    ("character", edit.rename, "Task_Advies", "a\ud800b"),
    ("character", edit.set_condition, "Flow_Volledig", "a\x0bb"),
    ("character", edit.set_form, "Task_Advies", "\uffff"),
    ("no-name", edit.rename, "Trigger_Intrekking", "x"),
]


@pytest.mark.parametrize(("code", "operation", "arguments"), [(c[0], c[1], c[2:]) for c in CASES])
def test_what_cannot_be_is_refused_with_what_to_do(code, operation, arguments):
    with pytest.raises(edit.Refused) as caught:
        operation(PERMIT, *arguments)
    refused = caught.value
    assert refused.code == code
    for text in (refused.nl, refused.en):
        assert text.endswith(".")
        assert text.count(". ") + text.count(": ") >= 1
    assert refused.nl != refused.en


def test_a_condition_on_the_default_flow_is_refused():
    with pytest.raises(edit.Refused, match="Choose another default first"):
        edit.set_condition(SMALL, "F3", "=x")


def test_a_flow_must_be_chosen_where_there_are_more():
    forked = edit.connect(SMALL, "A", "E1", "=x")
    with pytest.raises(edit.Refused, match="2 flows leave 'Beoordelen'"):
        edit.add_step(forked, "A", "userTask", "x")


def test_a_form_for_another_engine_is_refused():
    other = SMALL.replace(b"http://camunda.org/schema/zeebe/1.0", b"http://camunda.org/schema/1.0/bpmn")
    with pytest.raises(edit.Refused, match="another engine"):
        edit.set_form(other, "A", "x")


HOSTILE = {
    "": "xml-broken",
    "geen xml": "xml-broken",
    "<definitions>": "xml-broken",
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>': "xml-doctype",
    "<x/>": "not-bpmn",
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>': "unknown-id",
}


@pytest.mark.parametrize(("text", "code"), HOSTILE.items(), ids=HOSTILE.values())
def test_hostile_files(text, code):
    for operation, arguments in (
        (edit.delete, ("A",)),
        (edit.add_step, ("A", "userTask", "x")),
        (edit.connect, ("A", "B")),
        (edit.set_form, ("A", "x")),
        (edit.move_to_lane, ("A", "B")),
    ):
        with pytest.raises(edit.Refused) as caught:
            operation(text.encode(), *arguments)
        assert caught.value.code == code


def test_an_id_that_occurs_twice_is_refused():
    with pytest.raises(edit.Refused, match="occurs 2 times"):
        edit.delete(SMALL.replace(b'id="E2"', b'id="E1"'), "E1")


@pytest.mark.parametrize("number", ["nan", "inf", "-1e400", "x", ""])
def test_a_drawing_with_impossible_numbers_is_read(number):
    source = SMALL.replace(b'x="240" y="80"', f'x="{number}" y="{number}"'.encode())
    assert b"Controleren" in edit.add_step(source, "A", "userTask", "Controleren")


def test_flows_whose_end_is_missing_are_left():
    torn = SMALL.replace(b'targetRef="E2"', b'targetRef="weg"')
    assert b'targetRef="weg"' in edit.add_step(torn, "A", "userTask", "x")
    assert b"weg" not in edit.delete(edit.delete(torn, "F3"), "G")


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ('<intermediateThrowEvent id="x"><linkEventDefinition id="l" name="a"/></intermediateThrowEvent>', "from-link"),
        (
            '<boundaryEvent id="x" attachedToRef="t"><compensateEventDefinition id="c"/></boundaryEvent>',
            "from-compensation",
        ),
        ('<subProcess id="x" triggeredByEvent="true"/>', "beside-flow"),
        ('<task id="x" isForCompensation="true"/>', "beside-flow"),
    ],
)
def test_what_no_flow_leaves_gets_none(step, code):
    space = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    source = f'<definitions {space}><process id="p"><task id="t"/>{step}</process></definitions>'.encode()
    for operation, arguments in ((edit.connect, ("x", "t")), (edit.add_step, ("x", "userTask", "y"))):
        with pytest.raises(edit.Refused) as caught:
            operation(source, *arguments)
        assert caught.value.code == code
