"""The outline tells every step once, in the order of the flow, with what stands in it and may happen during it."""

from pathlib import Path

import pytest

from bpmn import readers
from bpmn.outline import outline

LIBRARY = Path(__file__).parents[3] / "bpmn/library/evenementenvergunning/process.bpmn"
HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"><process id="p" isExecutable="true">'


@pytest.fixture(scope="module")
def permit():
    return readers.read(LIBRARY.read_bytes())[0][0]


def told(xml):
    return outline(readers.read(f"{HEAD}{xml}</process></definitions>".encode())[0][0])


def by_id(outlined):
    return {step.id: step for step in outlined.every()}


def test_every_step_is_told_once(permit):
    ids = [step.id for step in outline(permit).every()]
    assert sorted(ids) == sorted(set(permit.nodes) - {permit.id})


def test_steps_stand_in_the_order_of_the_flow(permit):
    order = [step.id for step in outline(permit).every()]
    main = ["Start_Aanvraag", "Behandeling", "Start_Behandeling", "Task_Volledigheid", "Task_Risicoklasse"]
    main += ["Task_Advies", "Task_Schouw", "Task_Voorbereiden", "Task_Besluiten", "End_Behandeld", "Gateway_Uitkomst"]
    assert [order.index(id_) for id_ in main] == sorted(order.index(id_) for id_ in main)
    assert all(step.reached for step in outline(permit).every())


def test_a_step_says_what_it_is_and_asks(permit):
    steps = by_id(outline(permit))
    visit = steps["Task_Schouw"]
    assert (visit.nl, visit.en, visit.name, visit.lane) == (
        "Taak voor een medewerker",
        "User task",
        "Advies op locatie",
        "Adviseur",
    )
    assert [f.nl for f in visit.facts] == [
        "Formulier: schouw",
        "Voor groep: brandweer",
        "Gemeenten mogen kiezen: vp-schouw",
    ]
    (late,) = steps["Task_Advies"].boundary
    assert (late.en, [f.en for f in late.facts]) == (
        "Boundary event (time)",
        ["Time: =adviestermijn", "The step goes on"],
    )


def test_ways_out_name_the_step_behind_a_join(permit):
    steps = by_id(outline(permit))
    high, low = steps["Gateway_Risico"].ways
    assert (high.name, high.nl, high.condition, high.back) == ("ja", "Advies op locatie", '=risicoklasse = "C"', False)
    assert (low.target, low.nl) == ("Gateway_Voorbereiden", "Besluit voorbereiden")
    back, on = steps["Gateway_Akkoord"].ways
    assert (back.back, on.back) == (True, False)
    assert steps["Gateway_Gereed"].nl == "Samenkomst"


def test_what_no_flow_leads_to_comes_last_and_says_so():
    steps = told(
        '<task id="alone"/><startEvent id="s"/><task id="a"/><sequenceFlow id="f" sourceRef="s" targetRef="a"/>'
    )
    assert [(step.id, step.reached) for step in steps.every()] == [("s", True), ("a", True), ("alone", False)]


def test_loops_of_joins_and_boundary_events_that_hang_on_each_other_end():
    steps = told(
        '<startEvent id="s"/><exclusiveGateway id="g"/><exclusiveGateway id="h"/>'
        '<sequenceFlow id="f1" sourceRef="s" targetRef="g"/><sequenceFlow id="f2" sourceRef="g" targetRef="h"/>'
        '<sequenceFlow id="f3" sourceRef="h" targetRef="g"/>'
        '<boundaryEvent id="a" attachedToRef="b"/><boundaryEvent id="b" attachedToRef="a"/>'
    )
    assert [step.id for step in steps.every()] == ["s", "g", "h", "a", "b"]


def test_a_long_process_is_told():
    flows = "".join(f'<sequenceFlow id="f{n}" sourceRef="t{n}" targetRef="t{n + 1}"/>' for n in range(3000))
    tasks = "".join(f'<task id="t{n}"/>' for n in range(1, 3001))
    assert len(list(told(f'<startEvent id="t0"/>{tasks}{flows}').every())) == 3001
