"""Ties to the tenant's own catalogue: whole, well-formed, told in sentences, and read by the element they belong to."""

import pytest

from tenants import apply, describe, override, structure
from tests.unit.tenants.versions import ON, PROCESS, base, chosen, told

TYPE, RESULT = "vp-zaaktype", "vp-resultaat"
PACKAGE, END = '<plus1:package key="evenementenvergunning"/>', '<endEvent id="End_Verleend" name="Vergunning verleend">'
ADDRESS = "https://catalogi.utrecht.example/api/v1/zaaktypen/0b1c"
GOOD = {"result": "Verleend", "status": "0190aa11-0000-7000-8000-000000000001"}


def mapped(*more, maps="result status"):
    text = base().files[PROCESS].decode()
    begin = text.index('<endEvent id="End_Verleend"')
    head = text[begin : text.index(">", begin) + 1]
    point = f'<plus1:mappingPoint id="{RESULT}" maps="{maps}"/>'
    return base(
        (PROCESS, PACKAGE, f'{PACKAGE}<plus1:mappingPoint id="{TYPE}" maps="zaaktype"/>'),
        (PROCESS, head, f"{head}<extensionElements>{point}</extensionElements>"),
        *more,
    )


def tied(*choices, on=None):
    return apply.apply(on or mapped(), chosen(*choices), ON)


def test_what_is_tied_is_read_by_its_element_and_is_no_structure():
    found = tied({"point": TYPE, "map": {"zaaktype": ADDRESS}}, {"point": RESULT, "map": GOOD})
    assert found.findings == ()
    assert found.mapping == {"evenementenvergunning": {"zaaktype": ADDRESS}, "End_Verleend": GOOD}
    assert structure.structure_hash(found.package) == structure.structure_hash(mapped())
    assert apply.apply(mapped(), None, ON).mapping == {}


def test_halves_are_told_as_a_warning():
    (finding,) = tied({"point": TYPE, "map": {"zaaktype": ADDRESS}}).findings
    assert (finding.code, finding.severity, finding.element) == ("mapping-incomplete", "warning", RESULT)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"result": "Verleend"}, "Vul het statustype in"),
        (GOOD | {"result": "  "}, "Vul het resultaattype in"),
        ({}, "Vul het resultaattype in"),
        (GOOD | {"zaaktype": "x"}, "'zaaktype' wordt hier niet gekoppeld"),
        (GOOD | {"result": "http://catalogi.example/1"}, "begint met https://"),
        (GOOD | {"result": "https://"}, "begint met https://"),
        (GOOD | {"result": "https://wachtwoord@catalogi.example/1"}, "begint met https://"),
        (GOOD | {"result": "https://catalogi.example:99999/1"}, "begint met https://"),
        (GOOD | {"result": "https://catalogi.example/a b"}, "begint met https://"),
        (GOOD | {"result": "https://catalogi.example/" + "x" * 1000}, "begint met https://"),
        (GOOD | {"result": "x" * 101}, "hoogstens 100 tekens"),
        (GOOD | {"result": "een\ntwee"}, "op een regel"),
    ],
)
def test_a_tie_that_can_be_no_entry_of_a_catalogue_is_refused(given, words):
    found = tied({"point": RESULT, "map": given})
    assert found.mapping == {}
    assert {(f.code, f.element) for f in found.findings} == {("choice-mapping", RESULT)}
    assert any(words in f.nl for f in found.findings)


@pytest.mark.parametrize("given", [[], "x", {"result": 1}, {"result": None}])
def test_a_tie_of_another_shape_cannot_be_read(given):
    raw = {"point": RESULT, "reason": "Daarom", "map": given}
    found, findings = override.read({"key": "evenementenvergunning", "choices": [raw]})
    assert found is None and [f.code for f in findings] == ["choice-content"]


@pytest.mark.parametrize(
    ("maps", "words"),
    [("", "zet maps"), ("result kleur", "kent 'kleur' niet"), ("zaaktype result", "hoort bij het proces")],
)
def test_a_wrong_declaration_is_a_fault_of_the_base(maps, words):
    found = apply.apply(mapped(maps=maps), None, ON).findings
    assert {f.code for f in found} == {"point-mapping"} and any(words in f.nl for f in found)


def test_the_tie_is_told_in_a_sentence():
    (sentence,) = describe.describe(mapped(), chosen({"point": TYPE, "map": {"zaaktype": "Evenement"}}), ON)
    assert sentence.nl.startswith("'Evenementenvergunning' is gekoppeld aan: zaaktype 'Evenement'.")
    assert sentence.en.startswith("'Evenementenvergunning' is tied to: case type 'Evenement'.")


@pytest.mark.parametrize(
    ("new", "status", "words"),
    [
        (mapped, "fits", "past in de nieuwe versie"),
        (lambda: mapped(maps="result status document"), "needs-attention", "vraagt nu ook een informatieobjecttype"),
        (lambda: mapped(maps="result"), "needs-attention", "vraagt geen statustype meer"),
        (base, "void", "kan een gemeente niet meer kiezen"),
    ],
)
def test_what_becomes_of_a_tie(new, status, words):
    found = told(new(), chosen({"point": RESULT, "map": GOOD}), old=mapped())[RESULT]
    assert found.status == status and words in found.nl
