"""A municipality's process in a slot: it keeps the contract, or is refused with what is wrong; a wizard makes most."""

import json
from random import Random

import pytest

from engine.runtime import compile_process
from engine.usecases.check_choices import check_choices
from tenants import apply, describe, drawn, override, slots, structure, variation
from tests.unit.tenants.slotted import CONTRACT, EMPTY, FIELD, PROCESS_XML, SLOT, STEP, slotted
from tests.unit.tenants.versions import ON, PROCESS, chosen, told

SIGNAL = '<startEvent id="Eigen_Start"><signalEventDefinition signalRef="S"/></startEvent>'
ERROR = '<errorEventDefinition errorRef="F"/>'
NOW = 1_780_000_000_000


def filled(process, on=None):
    return apply.apply(on or slotted(), chosen({"point": SLOT, "process": process}), ON)


def own(*changes, forms=None):
    """The process that keeps the contract, with texts replaced."""
    text = PROCESS_XML
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text if forms is None else {"bpmn": text, "forms": forms}


def faults(found):
    assert {(f.code, f.element, f.severity) for f in found.findings} == {("choice-slot", SLOT, "error")}
    assert all(f.nl.startswith(SLOT) and f.en.startswith(SLOT) for f in found.findings)
    assert found.package.hash == slotted().hash
    return " ".join(f.nl for f in found.findings)


def test_an_empty_slot_passes_with_what_the_base_writes_there():
    base = slotted()
    empty = apply.apply(base, None, ON)
    assert empty.package is base and empty.findings == ()
    assert check_choices(base, override.Override(base.key), ON, ON, NOW) == ()


@pytest.mark.parametrize("process", [{"step": STEP}, own(), own(forms={})])
def test_a_process_that_keeps_the_contract_stands_in_the_slot_and_runs(process):
    found = filled(process)
    assert found.findings == ()
    node = found.package.process.nodes["Call_Extra"]
    assert not node.work.all_in and not node.work.all_out
    assert [m.target for m in node.inputs] == ["locatie"]
    assert {m.target for m in node.outputs} == {"uitslag", "toelichting"}
    called = found.package.processes[node.work.called.text]
    for one in (found.package.process, called):
        compile_process(one, found.package.decisions)
    assert structure.structure_hash(found.package) != structure.structure_hash(slotted())
    assert structure.structure_hash(found.package) == structure.structure_hash(filled(process).package)
    assert found.played.hash == slotted().hash
    assert check_choices(slotted(), chosen({"point": SLOT, "process": process}), ON, ON, NOW) == ()


def test_a_slot_may_stand_in_place_of_a_process_of_the_base():
    contract = CONTRACT.replace('<plus1:slotPoint id="vp-extra"', '<plus1:slotPoint id="vp-extra" replace="true"')
    called = '<zeebe:calledElement processId="evenementenvergunning"/>'
    found = filled({"step": STEP}, slotted(contract=contract, empty=called + EMPTY))
    assert found.package.process.nodes["Call_Extra"].work.called.text == "slot-vp-extra"
    closed = slotted(empty=called + EMPTY)
    assert "zet replace op true" in apply.apply(closed, None, ON).findings[0].nl


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ([('source="=locatie"', 'source="=aanvrager"')], "leest 'aanvrager', maar het slot geeft dat niet"),
        ([('target="toelichting"', 'target="iets"')], "'toelichting' niet altijd ingevuld"),
        ([('name="bezwaar"', 'name="misschien"')], "Het einde 'misschien' is geen resultaat van dit slot"),
        ([('id="Eigen_Taak"', 'id="Task_Schouw"'), ('"Eigen_Taak"', '"Task_Schouw"')], "'Task_Schouw' bestaat al"),
        ([('id="eigen"', 'id="evenementenvergunning"')], "'evenementenvergunning' bestaat al"),
        ([('name="Dorpsraad vragen"', 'name="Aanvulling vragen"')], "heet zoals een wettelijke stap"),
        ([("<zeebe:userTask/>", '<zeebe:userTask/><plus1:statutory basis="Wet"/>')], "mag alleen in de basis staan"),
        ([("<zeebe:userTask/>", '<zeebe:userTask/><plus1:stepPoint id="x"/>')], "mag alleen in de basis staan"),
        ([("<zeebe:userTask/>", '<zeebe:formDefinition formId="weg"/>')], "'weg'"),
        ([("userTask id", "serviceTask id"), ("/userTask", "/serviceTask")], "zegt niet wat er moet gebeuren"),
        ([('<startEvent id="Eigen_Start"/>', SIGNAL)], "gewone startgebeurtenis"),
        ([('isExecutable="true"', 'isExecutable="false"')], "moet een proces hebben"),
        ([("</process>", "")], "XML"),
        ([('=uitslag2 = "ja"', "=uitslag2 = ")], "De expressie 'uitslag2 =' klopt niet"),
        (
            [('name="bezwaar"/>', 'name="bezwaar"><errorEventDefinition errorRef="F"/></endEvent>')],
            "geeft een fout door",
        ),
    ],
)
def test_a_process_that_breaks_the_contract_is_refused_with_what_is_wrong(changes, words):
    assert words.casefold() in faults(filled(own(*changes))).casefold()


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (STEP | {"name": " "}, "Geef de stap een naam"),
        (STEP | {"role": "burgemeester"}, "De rol 'burgemeester' bestaat niet. Kies uit: aanvrager"),
        (STEP | {"answers": [{"result": "ja", "label": "Ja"}]}, "'ja' is geen resultaat van dit slot"),
        (STEP | {"answers": []}, "Geef minstens een antwoord"),
        (STEP | {"answers": STEP["answers"][:1] * 2}, "hetzelfde resultaat"),
        (STEP | {"form": []}, "'toelichting' niet altijd ingevuld"),
        (STEP | {"form": [FIELD | {"type": "kaart"}]}, "kaart"),
        (STEP | {"name": "Aanvulling vragen"}, "heet zoals een wettelijke stap"),
    ],
)
def test_a_step_that_does_not_fit_is_refused_in_words_of_its_page(step, words):
    assert words in faults(filled({"step": step}))


@pytest.mark.parametrize(
    "process",
    [1, ["x"], {}, {"step": {}}, {"step": STEP, "bpmn": "x"}, {"bpmn": 1}, {"bpmn": "x", "forms": {"f": 1}}]
    + [{"step": STEP | {"extra": 1}}, {"step": STEP | {"answers": [{"result": "akkoord"}]}}],
)
def test_a_choice_of_another_shape_cannot_be_read(process):
    raw = {"point": SLOT, "reason": "Daarom", "process": process}
    found, findings = override.read({"key": "evenementenvergunning", "choices": [raw]})
    assert found is None and [f.code for f in findings] == ["choice-content"]


def test_a_form_of_its_own_may_not_bear_the_name_of_one_of_the_base():
    form = {"type": "default", "id": "aanvraag", "components": [FIELD]}
    assert "De basis heeft al een formulier 'aanvraag'" in faults(filled(own(forms={"aanvraag": form})))
    assert "heet zelf 'aanvraag'" in faults(filled(own(forms={"ander": form})))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('class="stop"', 'class="weg"', "kent de soort 'weg' niet"),
        ('class="stop"', 'class="done"', "met welk einde van de basis"),
        ('name="locatie"', "", "zonder naam"),
        (' variable="uitslag"', "", "zet variable"),
        ('<plus1:output name="toelichting"', '<plus1:output name="meer"', "geen waarde voor een leeg slot bij: meer"),
    ],
)
def test_a_wrong_declaration_is_a_fault_of_the_base(old, new, words):
    found = apply.apply(slotted(contract=CONTRACT.replace(old, new)), None, ON)
    assert [f.code for f in found.findings] == ["point-slot"]
    assert words in found.findings[0].nl


def test_a_slot_stands_on_a_call_activity():
    point = '<plus1:fourEyes other="Task_Voorbereiden"/>'
    base = slotted((PROCESS, point, point + '<plus1:slotPoint id="vp-elders"/>'))
    assert "staat niet op een aanroep" in apply.apply(base, None, ON).findings[0].nl


def test_the_step_is_told_in_a_sentence():
    (sentence,) = describe.describe(slotted(), chosen({"point": SLOT, "process": {"step": STEP}}), ON)
    assert sentence.nl.startswith("Bij 'Eigen stap' heeft de gemeente een eigen stap 'Advies dorpsraad'; in de basis: ")
    assert sentence.en.startswith("At 'Eigen stap' it has a step of its own 'Advies dorpsraad'; in the base: nothing")
    assert slots.called(own()) == "Dorpsraad"


@pytest.mark.parametrize(
    ("old", "new", "status", "words"),
    [
        (CONTRACT, CONTRACT, "fits", ""),
        ("Eigen stap", "Uw stap", "fits-base-changed", "is in de basis veranderd"),
        ('<plus1:input name="locatie" type="string"/>', "", "needs-attention", "geeft 'locatie' niet meer"),
        ('name="locatie" type="string"', 'name="locatie" type="number"', "needs-attention", "van een ander type"),
        ('<plus1:result value="bezwaar" class="stop"/>', "", "needs-attention", "het resultaat 'bezwaar'"),
        ('class="stop"', 'class="terug"', "needs-attention", "betekent iets anders"),
        ("<plus1:result", '<plus1:output name="soort"/><plus1:result', "needs-attention", "vraagt nu ook 'soort'"),
        ('value="akkoord"', 'value="meer"/><plus1:result value="akkoord"', "fits-base-changed", "veranderd"),
    ],
)
def test_what_becomes_of_a_filled_slot(old, new, status, words):
    text = slotted().files[PROCESS].decode()
    assert old in text
    found = told(slotted((PROCESS, old, new)), chosen({"point": SLOT, "process": {"step": STEP}}), old=slotted())[SLOT]
    assert found.status == status
    assert words in found.nl and found.nl.startswith("De eigen stap 'Advies dorpsraad' bij '")


def test_a_slot_that_is_gone_leaves_the_step_void():
    found = told(slotted((PROCESS, CONTRACT, "")), chosen({"point": SLOT, "process": {"step": STEP}}), old=slotted())
    assert found[SLOT].status == "void"


def test_steps_that_are_drawn_by_chance_fit_and_are_readable_as_json():
    (point,) = (p for p in variation.points(slotted()) if p.id == SLOT)
    for seed in range(20):
        for choices in drawn.structures(slotted(), 4, Random(seed)):
            mine = chosen(*json.loads(json.dumps([c for c in choices if c["point"] == point.id])))
            assert apply.apply(slotted(), mine, ON).findings == ()
