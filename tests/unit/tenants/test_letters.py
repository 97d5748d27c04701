"""Letters of a municipality's own: which merge fields they may have, and the passages that stay."""

import pytest

from bpmn import package
from tenants import apply, describe
from tests.unit.tenants.versions import FILES, ON, PROCESS, base, chosen, told

OWN = "# Uw evenement mag doorgaan\n\nDag {{ aanvrager.naam }}, het besluit over {{ evenement }} ligt klaar.\n\n"
CLAUSE = FILES["texts/bezwaarclausule.md"].decode()
LETTER = "texts/besluitbrief.md"


def faults(choose, text):
    found = choose({"point": "vp-besluitbrief", "text": text})
    assert {f.element for f in found.findings} <= {"vp-besluitbrief"} and all(f.nl != f.en for f in found.findings)
    return [f.nl for f in found.findings]


def test_a_letter_of_ones_own_is_what_the_connector_writes(choose, permit):
    found = choose({"point": "vp-besluitbrief", "text": OWN + CLAUSE})
    assert found.findings == ()
    assert found.package.texts["besluitbrief"] == OWN + CLAUSE != permit.texts["besluitbrief"]
    assert found.package.texts["aanvulverzoek"] == permit.texts["aanvulverzoek"]
    assert found.package.files[LETTER].decode() == OWN + CLAUSE and found.package.hash != permit.hash
    again, findings = package.read(found.package.files)
    assert findings == () and again.hash == found.package.hash


def test_letters_are_no_structure_but_a_case_keeps_the_one_it_began_with(choose, permit):
    found = choose({"point": "vp-besluitbrief", "text": OWN + CLAUSE}).package
    assert apply.structure_hash(found) == apply.structure_hash(permit)
    assert apply.content_key(found) != apply.content_key(permit) == apply.content_key(choose().package)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is leeg of langer dan"),
        ("# T\n\n" + "x" * 60_000, "is leeg of langer dan"),
        (OWN, "verplichte passage 'bezwaarclausule' ontbreekt of is veranderd: '## Bent u het niet eens"),
        (OWN + CLAUSE.replace("zes weken", "twee weken"), "verplichte passage 'bezwaarclausule'"),
        (OWN.removeprefix("# ") + CLAUSE, "eerste regel moet een kop zijn"),
        (OWN + "{{ 1 + }}\n\n" + CLAUSE, "het invulveld '1 +' klopt niet"),
        (OWN + "{{ schoenmaat }}\n\n" + CLAUSE, "leest 'schoenmaat', maar geen formulier of stap vult dat"),
    ],
)
def test_what_a_letter_must_keep_to(choose, text, said):
    (found,) = faults(choose, text)
    assert said in found


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_taken(choose, permit):
    found = choose({"point": "vp-besluitbrief", "text": "{{ 1 + }} {{ a }} {{ b }}"})
    assert [f.code for f in found.findings] == ["choice-text"] * 5
    assert found.package is permit


def test_blanks_and_line_ends_are_no_change_of_a_passage(choose):
    assert faults(choose, OWN + CLAUSE.replace("\n\n", "\r\n\r\n  ").replace("zes weken bez", "zes  weken\nbez")) == []


def test_a_field_that_the_municipality_added_may_be_merged(choose):
    field = {"type": "textfield", "key": "huisnaam", "label": "Naam van het huis"}
    letter = {"point": "vp-besluitbrief", "text": OWN + "{{ huisnaam }}\n\n" + CLAUSE}
    found = choose({"point": "vp-aanvraag", "form": {"add": [field]}}, letter)
    assert found.findings == ()


def test_the_base_must_hold_its_own_passages(permit):
    without = base((LETTER, CLAUSE, ""))
    assert [(f.code, f.element) for f in apply.apply(without, None, ON).findings] == [
        ("point-passage", "vp-besluitbrief")
    ]
    unknown = base((PROCESS, 'required="bezwaarclausule"', 'required="slot"'))
    (finding,) = apply.apply(unknown, None, ON).findings
    assert "geen texts/slot.md" in finding.nl


def test_a_sentence_and_every_status():
    mine = chosen({"point": "vp-besluitbrief", "text": OWN + CLAUSE})
    (sentence,) = describe.describe(base(), mine, ON)
    assert sentence.nl.startswith("De brief of het bericht bij 'Besluitbrief maken' heeft een eigen tekst")
    point = "vp-besluitbrief"
    assert told(base(), mine)[point].status == "fits"
    assert told(base((LETTER, "# Besluit op", "# Ons besluit op")), mine)[point].status == "fits-base-changed"
    renamed = base((PROCESS, 'text="besluitbrief" required', 'text="herinnering" required=""  unused'))
    assert told(renamed, mine)[point].status == "needs-attention"
    clause = base(
        (LETTER, "binnen zes weken", "binnen 6 weken"),
        ("texts/bezwaarclausule.md", "binnen zes weken", "binnen 6 weken"),
    )
    asked = told(clause, mine)[point]
    assert (
        asked.status == "needs-attention"
        and "bezwaarclausule" in asked.nl
        and asked.nl.startswith("De eigen tekst bij")
    )
    same = chosen({"point": point, "text": FILES[LETTER].decode()})
    assert told(base(), same)[point].status == "redundant"
