"""The process as steps: everything that the canvas can do with a step, by forms."""

import re
from typing import Any

import pytest
from flask import Flask

from bpmn import readers
from bpmn.model import Process
from tests.api.test_modelling_pages import HIDDEN, LOTTE, Editor

STEPS = "/ontwerp/stappen"


class Outliner(Editor):
    """An editor who uses the list."""

    def change(self, element: str, action: str, **fields: str) -> Any:
        page = self.page(f"{STEPS}/{element}")
        sent = dict(HIDDEN.findall(page)) | fields | {"actie": action}
        return self.desk.post(f"/plus-1/modellen/evenementenvergunning{STEPS}/{element}", sent)

    def process(self) -> Process:
        found, findings = readers.read(self.json("bestanden")["files"]["process.bpmn"].encode())
        assert not [one for one in findings if one.severity == "error"]
        return next(one for one in found if one.executable)


@pytest.fixture
def lotte(app: Flask) -> Outliner:
    return Outliner(app, LOTTE)


def test_the_list_says_all_that_the_diagram_says(lotte: Outliner) -> None:
    page = lotte.page(STEPS)
    process = lotte.process()
    for node in process.nodes.values():
        if node.scope is not None:
            assert f'id="{node.id}"' in page, node.id
            assert not node.name or node.name in page
        for flow in node.outgoing:
            assert f'href="#{flow.target}"' in page
    assert "Kan gepubliceerd worden" in page and "=volledig = &#34;ja&#34;" in page


def test_a_step_is_renamed_and_gets_a_form(lotte: Outliner) -> None:
    lotte.page(STEPS)
    assert lotte.change("Task_Besluiten", "naam", naam="Besluit vaststellen").status_code == 302
    assert lotte.change("Task_Besluiten", "formulier", formulier="schouw").status_code == 302
    node = lotte.process().nodes["Task_Besluiten"]
    assert (node.name, node.work.form) == ("Besluit vaststellen", "schouw")
    assert lotte.change("Task_Besluiten", "formulier", formulier="").status_code == 302
    assert lotte.process().nodes["Task_Besluiten"].work.form is None


def test_a_step_is_put_behind_another_and_goes_again(lotte: Outliner) -> None:
    lotte.page(STEPS)
    way = lotte.process().nodes["Task_Voorbereiden"].outgoing[0]
    answer = lotte.change("Task_Voorbereiden", "stap", soort="userTask", nieuw="Meelezen", plek=way.id)
    assert answer.status_code == 302 and answer.headers["Location"].endswith("stappen#Task_Voorbereiden")
    process = lotte.process()
    made = next(node for node in process.nodes.values() if node.name == "Meelezen")
    assert process.nodes["Task_Voorbereiden"].outgoing[0].target == made.id
    assert [flow.target for flow in made.outgoing] == [way.target]
    assert "Meelezen" in lotte.page(STEPS)
    assert lotte.change(made.id, "verwijderen").status_code == 302
    assert lotte.process().nodes["Task_Voorbereiden"].outgoing[0].target == way.target


def test_a_choice_gets_a_route_a_condition_and_a_default(lotte: Outliner) -> None:
    lotte.page(STEPS)
    lotte.change("Gateway_Publiceren", "verbinden", naar="Task_Besluitbrief", alleen='=publicatieUrl = "x"')
    ways = {flow.target: flow for flow in lotte.process().nodes["Gateway_Publiceren"].outgoing}
    flow = ways["Task_Besluitbrief"]
    assert flow.condition is not None and flow.condition.text == 'publicatieUrl = "x"'
    lotte.change("Gateway_Publiceren", "voorwaarde", route=flow.id, voorwaarde='=publicatieUrl = "y"')
    changed = next(one for one in lotte.process().nodes["Gateway_Publiceren"].outgoing if one.id == flow.id)
    assert changed.condition is not None and changed.condition.text == 'publicatieUrl = "y"'
    lotte.change("Gateway_Publiceren", "standaard", route=flow.id)
    assert lotte.process().nodes["Gateway_Publiceren"].default == flow.id
    lotte.change("Gateway_Publiceren", "route-weg", route=flow.id)
    assert flow.id not in {one.id for one in lotte.process().nodes["Gateway_Publiceren"].outgoing}


WRONG = [
    ("Task_Besluiten", "naam", {"naam": "x" * 81}, "het maximum is 80"),
    ("Task_Besluiten", "formulier", {"formulier": "x" * 300}, ""),
    ("Task_Besluiten", "verbinden", {"naar": "bestaat-niet"}, "Er is geen element"),
    ("Task_Besluiten", "verbinden", {"naar": "Start_Aanvraag"}, ""),
    ("Task_Besluiten", "stap", {"soort": "draak", "nieuw": "x"}, ""),
    ("End_Verleend", "stap", {"soort": "userTask", "nieuw": "x"}, ""),
    ("Start_Aanvraag", "verwijderen", {}, ""),
    ("Task_Besluiten", "voorwaarde", {"route": "weg", "voorwaarde": "=1"}, "Er is geen element"),
    ("Task_Besluiten", "iets", {}, "Kies wat u wilt wijzigen"),
]


@pytest.mark.parametrize(("element", "action", "fields", "said"), WRONG)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    lotte: Outliner, element: str, action: str, fields: dict[str, str], said: str
) -> None:
    lotte.page(STEPS)
    before = lotte.json("bestanden")
    answer = lotte.change(element, action, **fields)
    assert answer.status_code == 400 and 'role="alert"' in answer.text and said in answer.text
    assert lotte.json("bestanden") == before


def test_who_was_second_is_told_and_may_try_again(lotte: Outliner, app: Flask) -> None:
    lotte.page(STEPS)
    page = lotte.page(f"{STEPS}/Task_Besluiten")
    lotte.change("Task_Besluiten", "naam", naam="Eerst")
    sent = dict(HIDDEN.findall(page)) | {"actie": "naam", "naam": "Daarna"}
    late = lotte.desk.post(f"/plus-1/modellen/evenementenvergunning{STEPS}/Task_Besluiten", sent)
    assert late.status_code == 412 and 'value="Daarna"' in late.text and "intussen veranderd" in late.text
    assert re.search(r'name="revision" value="2"', late.text)


def test_a_broken_process_says_how_to_go_on(lotte: Outliner) -> None:
    lotte.save("<definitions")
    page = lotte.page(STEPS)
    assert "Het proces kan niet worden gelezen" in page
    assert lotte.desk.get(f"/plus-1/modellen/evenementenvergunning{STEPS}/Task_Besluiten").status_code == 404
    assert "kan niet worden gelezen" in lotte.page("/ontwerp/verschil")
    assert "fout moet eerst weg" in lotte.page("/ontwerp/voorleggen")
