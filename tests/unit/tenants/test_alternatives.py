"""One of several fragments: the gateway goes the chosen way, what only the others reach is gone."""

import pytest

from bpmn import package
from engine.runtime import compile_process
from tenants import apply, describe
from tests.unit.tenants.versions import ON, PROCESS, base, chosen, told

POINT = "vp-toets"
GATEWAY = '<exclusiveGateway id="Gateway_Publiceren" name="Besluit publiceren?"'
OPTIONS = "Flow_WelPubliceren Flow_NietPubliceren"


def with_point(options=OPTIONS, *more):
    point = f'<plus1:alternativePoint id="{POINT}" options="{options}" owner="municipality"/>'
    declared = f"<extensionElements>{point}</extensionElements>"
    text = base().files[PROCESS].decode()
    begin = text.index(GATEWAY)
    head = text[begin : text.index(">", begin) + 1]
    default = head.replace(">", ' default="Flow_NietPubliceren">') if "default=" not in head else head
    return base((PROCESS, head, default + declared), *more)


def picked(option, on=None):
    return apply.apply(on or with_point(), chosen({"point": POINT, "option": option}), ON)


def test_the_chosen_way_is_taken_and_the_other_is_gone():
    found = picked("Flow_WelPubliceren")
    assert found.findings == ()
    gateway = found.package.process.nodes["Gateway_Publiceren"]
    assert [(f.id, f.condition) for f in gateway.outgoing] == [("Flow_WelPubliceren", None)]
    compile_process(found.package.process, found.package.decisions)
    other = picked("Flow_NietPubliceren").package
    target = gateway.outgoing[0].target
    assert target in found.package.process.nodes and target not in other.process.nodes
    assert apply.structure_hash(found.package) != apply.structure_hash(other)


def test_the_file_says_the_same_in_plain_bpmn():
    found = picked("Flow_WelPubliceren").package
    again, findings = package.read(found.files)
    assert findings == () and again.hash == found.hash
    gateway = again.process.nodes["Gateway_Publiceren"]
    assert gateway.default == "Flow_WelPubliceren"
    assert {f.id: f.condition.text if f.condition else None for f in gateway.outgoing} == {
        "Flow_WelPubliceren": None,
        "Flow_NietPubliceren": "false",
    }


def test_without_a_choice_the_base_is_itself():
    model = with_point()
    assert apply.apply(model, None, ON).package is model and apply.apply(model, None, ON).findings == ()


@pytest.mark.parametrize("option", ["", "Flow_Brief", "weg"])
def test_another_way_is_refused_with_the_ways_that_there_are(option):
    (finding,) = picked(option).findings
    assert finding.element == POINT and finding.code == "choice-alternative"
    assert "Flow_WelPubliceren" in finding.nl and "Flow_NietPubliceren" in finding.en


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("Flow_WelPubliceren", "minstens twee keuzes"),
        ("Flow_WelPubliceren Flow_Brief", "noemt pijlen die niet uit deze poort komen: Flow_Brief"),
        ("", "standaardpijl nodig"),
    ],
)
def test_a_wrong_declaration_is_told(options, said):
    found = apply.apply(with_point(options), None, ON).findings
    assert any(said in f.nl for f in found) and {f.code for f in found} == {"point-options"}


def test_a_sentence_and_every_status():
    mine = chosen({"point": POINT, "option": "Flow_WelPubliceren"})
    (sentence,) = describe.describe(with_point(), mine, ON)
    assert sentence.nl.startswith("Bij 'Besluit publiceren?' kiest de gemeente '") and "de basis kiest '" in sentence.nl
    assert told(with_point(), mine, old=with_point())[POINT].status == "fits"
    renamed = with_point(OPTIONS, (PROCESS, 'id="Flow_WelPubliceren" name="', 'id="Flow_WelPubliceren" name="X'))
    assert told(renamed, mine, old=with_point())[POINT].status == "fits-base-changed"
    assert told(base(), mine, old=with_point())[POINT].status == "void"
    gone = with_point("Flow_NietPubliceren Flow_NietPubliceren")
    assert told(gone, mine, old=with_point())[POINT].status == "needs-attention"
