"""What both changed differently comes back as a conflict that a person understands, and every decision is kept."""

import msgspec
import pytest
from lxml import etree

from bpmn.merge import merge
from tests.unit.merge.conftest import (
    ADVICE,
    LETTER,
    PROCESS,
    TABLE,
    connected,
    element,
    insert,
    replace,
    to_lane,
    tree,
)

VISIT = 'name="Advies op locatie"'


def decided(base, mine, theirs, side):
    """The merged files once everything open is decided for one side."""
    conflicts = merge(base, mine, theirs, {}).conflicts
    merged = merge(base, mine, theirs, {c.id: side for c in conflicts})
    assert merged.conflicts == ()
    return merged.files


def test_two_names_for_one_step(files, changed):
    mine = changed(replace(PROCESS, VISIT, 'name="Schouw"'))
    theirs = changed(replace(PROCESS, VISIT, 'name="Bezoek"'))
    (found,) = merge(files, mine, theirs, {}).conflicts
    assert (found.id, found.path, found.element) == ("process.bpmn#Task_Schouw@name", PROCESS, "Task_Schouw")
    assert (found.mine, found.theirs) == ("Schouw", "Bezoek")
    assert found.nl == "U en een ander wijzigden allebei de naam van 'Schouw'. Kies wat blijft."
    assert found.en == "You and someone else both changed the name of 'Schouw'. Choose what stays."
    assert b'name="Schouw"' in decided(files, mine, theirs, "mine")[PROCESS]
    assert b'name="Bezoek"' in decided(files, mine, theirs, "theirs")[PROCESS]


def test_other_changes_of_both_are_there_whatever_is_decided(files, changed):
    mine = changed("term", replace(PROCESS, VISIT, 'name="Schouw"'))
    theirs = changed("label", "retries", replace(PROCESS, VISIT, 'name="Bezoek"'))
    merged = decided(files, mine, theirs, "theirs")
    assert b'default="P6W" max="P12W"' in merged[PROCESS]
    assert b'type="http" retries="2"' in merged[PROCESS]
    assert merged[ADVICE] == theirs[ADVICE]


@pytest.mark.parametrize("decision", ["", "geen", "MINE"])
def test_a_decision_that_is_none_leaves_the_conflict_open(files, changed, decision):
    mine = changed(replace(PROCESS, VISIT, 'name="Schouw"'))
    theirs = changed(replace(PROCESS, VISIT, 'name="Bezoek"'))
    decisions = {"process.bpmn#Task_Schouw@name": decision, "process.bpmn#Weg@name": "mine"}
    assert len(merge(files, mine, theirs, decisions).conflicts) == 1


def test_a_step_that_one_removed_and_the_other_changed(files, changed):
    mine = changed("no visit")
    theirs = changed(replace(PROCESS, VISIT, 'name="Bezoek"'))
    (found,) = merge(files, mine, theirs, {}).conflicts
    assert found.nl == "U verwijderde 'Bezoek'; een ander wijzigde het. Kies wat blijft."
    assert (found.mine, found.theirs.split("\n")[0]) == ("", "userTask id: Task_Schouw, name: Bezoek")
    (swapped,) = merge(files, theirs, mine, {}).conflicts
    assert swapped.en == "Someone else removed 'Bezoek'; you changed it. Choose what stays."
    gone, kept = (etree.fromstring(decided(files, mine, theirs, side)[PROCESS]) for side in ("mine", "theirs"))
    assert gone.xpath("//*[@id='Task_Schouw']|//*[@bpmnElement='Task_Schouw']|//*[text()='Task_Schouw']") == []
    assert element(kept, "Task_Schouw").get("name") == "Bezoek"
    assert len(kept.xpath("//*[@bpmnElement='Task_Schouw']|//*[text()='Task_Schouw']")) == 2


def test_a_step_that_one_removed_and_the_other_connected_anew(files, changed):
    theirs = changed(tree(connected("Task_Voorbereiden", "Task_Schouw", "Flow_Extra")))
    (found,) = merge(files, changed("no visit"), theirs, {}).conflicts
    assert found.element == "Task_Schouw"


def test_moving_the_drawing_of_a_step_that_is_removed_is_no_conflict(files, changed):
    theirs = changed(replace(PROCESS, 'x="1360" y="820"', 'x="1365" y="820"'))
    merged = merge(files, changed("no visit"), theirs, {})
    assert merged.conflicts == ()
    assert b"Task_Schouw" not in merged.files[PROCESS]


def test_two_steps_in_one_flow(files, changed):
    mine = changed(tree(insert("Flow_Vastgelegd", "Activity_1", "Lane_behandelaar")))
    theirs = changed(tree(insert("Flow_Vastgelegd", "Activity_2", "Lane_behandelaar")))
    (found,) = merge(files, mine, theirs, {}).conflicts
    assert found.id == "process.bpmn#Flow_Vastgelegd@targetRef"
    assert (found.mine, found.theirs) == ("Nieuw Activity_1", "Nieuw Activity_2")


def test_two_lanes_for_one_step(files, changed):
    mine = changed(tree(to_lane("Task_Voorbereiden", "Lane_adviseur")))
    theirs = changed(tree(to_lane("Task_Voorbereiden", "Lane_mandaathouder")))
    (found,) = merge(files, mine, theirs, {}).conflicts
    assert (found.element, found.mine, found.theirs) == ("Task_Voorbereiden", "Adviseur", "Mandaathouder")
    root = etree.fromstring(decided(files, mine, theirs, "theirs")[PROCESS])
    lanes = [e.getparent().get("id") for e in root.iter("{*}flowNodeRef") if e.text == "Task_Voorbereiden"]
    assert lanes == ["Lane_mandaathouder"]


def test_an_id_that_both_gave_to_something_new(files, changed):
    mine = changed(tree(insert("Flow_Vastgelegd", "Activity_1", "Lane_behandelaar")))
    theirs = changed(tree(insert("Flow_Beslist", "Activity_1", "Lane_mandaathouder")))
    found = merge(files, mine, theirs, {}).conflicts
    assert "You and someone else both added 'Nieuw Activity_1'. Choose what stays." in [c.en for c in found]


def test_rules_and_columns_of_one_table_are_not_mixed(files, changed):
    column = (
        '<input id="Input_Nieuw"><inputExpression id="E"><text>datum</text></inputExpression></input><output id="Output'
    )
    mine = changed(replace(TABLE, '<output id="Output', column))
    theirs = changed("new rule")
    (found,) = merge(files, mine, theirs, {}).conflicts
    assert found.nl == "U en een ander wijzigden allebei de beslistabel van 'Risicoklasse'. Kies wat blijft."
    assert b"Regel_Nieuw" not in decided(files, mine, theirs, "mine")[TABLE]
    assert b"Input_Nieuw" not in decided(files, mine, theirs, "theirs")[TABLE]


def test_two_orders_of_rules(files, changed):
    def first(id_):
        def change(found):
            root = etree.fromstring(found[TABLE])
            rule = root.xpath(f"//*[@id='{id_}']")[0]
            rule.getparent().insert(rule.getparent().index(rule) - 1, rule)
            return {**found, TABLE: etree.tostring(root)}

        return change

    mine, theirs = changed(first("Regel_Middel")), changed(first("Regel_Overig"))
    (found,) = merge(files, mine, theirs, {}).conflicts
    assert found.id.endswith("@order")
    merged = decided(files, mine, theirs, "theirs")[TABLE]
    assert merged.index(b'"Regel_Overig"') < merged.index(b'"Regel_Weg"')


def test_fields_of_a_form(files, changed):
    def put(**values):
        def change(found):
            form = msgspec.json.decode(found[ADVICE])
            form["components"][1].update(values)
            return {**found, ADVICE: msgspec.json.encode(form)}

        return change

    mine, theirs = changed(put(label="Mijn", description="Kort")), changed(put(label="Hun", disabled=True))
    (found,) = merge(files, mine, theirs, {}).conflicts
    assert (found.path, found.mine, found.theirs) == (ADVICE, "Mijn", "Hun")
    assert "veld-advies" in found.id
    field = msgspec.json.decode(decided(files, mine, theirs, "theirs")[ADVICE])["components"][1]
    assert (field["label"], field["description"], field["disabled"]) == ("Hun", "Kort", True)


def test_json_tells_true_from_one(files, changed):
    base = {"forms/x.json": b'{"a": 1, "b": 1}'}
    merged = merge(base, {"forms/x.json": b'{"a": true, "b": 1}'}, {"forms/x.json": b'{"a": 1, "b": 2}'}, {})
    assert msgspec.json.decode(merged.files["forms/x.json"]) == {"a": True, "b": 2}
    assert merged.conflicts == ()


def test_paragraphs_of_a_letter(files, changed):
    mine, theirs = changed(replace(LETTER, "De leges zijn", "U betaalt")), changed(replace(LETTER, "De leges", "Leges"))
    (found,) = merge(files, mine, theirs, {}).conflicts
    assert found.nl.startswith("U en een ander wijzigden de tekst bij alinea ")
    assert (found.mine[:9], found.theirs[:5]) == ("U betaalt", "Leges")
    assert b"\n\nLeges zijn" in decided(files, mine, theirs, "theirs")[LETTER]


def test_a_file_that_one_removed_and_the_other_changed(files, changed):
    mine = {p: c for p, c in files.items() if p != ADVICE}
    theirs = changed("label")
    (found,) = merge(files, mine, theirs, {}).conflicts
    assert (found.id, found.mine) == (ADVICE, "")
    assert found.nl.startswith("U verwijderde het bestand forms/advies.json; een ander wijzigde het.")
    assert ADVICE not in decided(files, mine, theirs, "mine")
    assert decided(files, mine, theirs, "theirs")[ADVICE] == theirs[ADVICE]
    assert ADVICE not in merge(files, mine, files, {}).files


HOSTILE = {
    "broken": b"<definitions>",
    "empty": b"",
    "doctype": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
    "no text": b"\xff\xfe\x00",
    "twice": b'<d xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><a id="x"/><a id="x"/></d>',
    "other root": b"<x/>",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("path", [PROCESS, ADVICE, LETTER])
def test_a_file_that_cannot_be_read_is_one_piece(files, changed, path, content):
    mine, theirs = {**files, path: content}, changed("name", "label", "paragraph")
    found = [c for c in merge(files, mine, theirs, {}).conflicts if c.path == path]
    assert len(found) == 1
    assert decided(files, mine, theirs, "mine")[path].strip() == content.strip()
    assert decided(files, mine, theirs, "theirs")[path] == theirs[path]


WORDS = [
    (
        PROCESS,
        '=volledig = "ja"',
        "=§",
        "de voorwaarde van de pijl van 'Is de aanvraag volledig?' naar 'Gateway_Behandelen'",
    ),
    (PROCESS, 'type="http" retries="5"', 'type="http" retries="§"', "het aantal pogingen van 'Besluit publiceren'"),
    (
        PROCESS,
        'type="http" retries="5"',
        'type="§" retries="5"',
        "'type' bij 'taskDefinition' van 'Besluit publiceren'",
    ),
    (PROCESS, "Hoeveel leges rekent u?", "§", "de vraag van het keuzepunt 'vp-leges'"),
    (PROCESS, 'default="125.50"', 'default="§"', "de standaardwaarde van de parameter 'Leges'"),
    (PROCESS, 'name="Ingetrokken"', 'name="§"', "de naam van '1'"),
    (TABLE, "&gt;= 5000", "§", "een cel of expressie van 'Risicoklasse'"),
    (ADVICE, '"label": "Negatief"', '"label": "§"', "iets bij 'veld-advies › negatief › label'"),
]


@pytest.mark.parametrize(("path", "old", "new", "words"), WORDS)
def test_a_conflict_names_the_thing_as_people_do(files, changed, path, old, new, words):
    mine, theirs = (changed(replace(path, old, new.replace("§", value))) for value in "12")
    (found,) = merge(files, mine, theirs, {}).conflicts
    assert found.nl == f"U en een ander wijzigden allebei {words}. Kies wat blijft."
    assert (found.mine[-1], found.theirs[-1]) == ("1", "2")


def test_parts_of_a_form_never_share_a_conflict():
    base = {"forms/x.json": b'{"a": {"b/c": 1}, "a/b": {"c": 1}}'}
    mine, theirs = ({"forms/x.json": base["forms/x.json"].replace(b"1", value)} for value in (b"2", b"3"))
    found = merge(base, mine, theirs, {}).conflicts
    assert len({c.id for c in found}) == len(found) == 2


@pytest.mark.parametrize("id_", ["a/b", "#a", "~a", "", " ", "é'\\", "x" * 5000])
def test_strange_ids_do_no_harm(id_):
    def file(name, extra=""):
        tags = f'<task id="{id_}" name="{name}"><incoming>{id_}</incoming></task><task id="y"/>{extra}'
        return {PROCESS: f'<d xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">{tags}</d>'.encode()}

    merged = merge(file("a"), file("b"), file("a", "<task id='z'/>"), {})
    root = etree.fromstring(merged.files[PROCESS])
    assert merged.conflicts == ()
    assert root.xpath("//@name") == ["b"]
    assert "z" in root.xpath("//@id")
