"""Steps, rules and forms: what changes, what may not, and the hash of the structure."""

from datetime import date
from pathlib import Path

import pytest

from bpmn import feel, package
from tenants import apply
from tenants.demo import load

OFF = {"point": "vp-schouw", "on": False}
STEP = '<plus1:stepPoint id="vp-schouw" default="on" owner="municipality">'
TABLE = (Path(load.__file__).parent / "data/emmen-risicoklasse.dmn").read_text("utf-8")
FIREWORKS = {
    "point": "vp-aanvraag",
    "form": {"add": [{"type": "checkbox", "key": "vuurwerk", "label": "Er is vuurwerk"}]},
}


def outcome(effective, **values):
    model = effective.package.decisions["risicoklasse"]
    return model.evaluate("risicoklasse", lambda n: values.get(n, feel.MISSING), feel.Evaluation(0)).value


# steps


def test_a_step_that_is_off_passes_through_and_still_writes_its_outputs(choose, permit):
    found = choose(OFF)
    node, before = found.package.process.nodes["Task_Schouw"], permit.process.nodes["Task_Schouw"]
    assert (node.kind, node.work.form, node.outgoing, node.incoming) == ("task", None, before.outgoing, before.incoming)
    assert [(m.target, m.source.text, m.source.feel) for m in node.outputs] == [("schouw", "null", True)]
    assert found.voids == {"verleend-hoog-risico"}
    others = {i: n for i, n in found.package.process.nodes.items() if i != "Task_Schouw"}
    assert others == {i: n for i, n in permit.process.nodes.items() if i != "Task_Schouw"}


def test_the_effective_files_say_that_the_step_is_off_and_read_as_such(choose):
    found = choose(OFF)
    again, findings = package.read(found.package.files)
    assert findings == ()
    assert again.hash == found.package.hash
    assert apply.apply(again, None, date(2026, 6, 1)).package.process.nodes["Task_Schouw"].kind == "task"


def test_a_step_that_the_base_has_off_can_be_switched_on(choose, changed_permit):
    base = changed_permit(STEP, STEP.replace('default="on"', 'default="off"'))
    assert choose(base=base).package.process.nodes["Task_Schouw"].kind == "task"
    found = choose({"point": "vp-schouw", "on": True}, base=base)
    assert found.package.process.nodes["Task_Schouw"].kind == "userTask"


def test_a_boundary_event_that_is_off_goes_with_the_path_that_only_it_reaches(choose, changed_permit):
    point = '<extensionElements><plus1:stepPoint id="vp-herinnering"/></extensionElements>'
    base = changed_permit(
        'cancelActivity="false" attachedToRef="Task_Advies">',
        f'cancelActivity="false" attachedToRef="Task_Advies">{point}',
    )
    found = choose({"point": "vp-herinnering", "on": False}, base=base)
    assert found.findings == ()
    gone = set(base.process.nodes) - set(found.package.process.nodes)
    assert gone == {"Boundary_Adviestermijn", "Task_Herinnering", "End_Herinnering"}
    assert found.package.process.nodes["Task_Advies"].boundary == ()
    assert all(set(lane.nodes) <= set(found.package.process.nodes) for lane in found.package.process.lanes)


def test_an_activity_that_is_off_loses_its_boundary_events_too(choose, changed_permit):
    base = changed_permit(
        '<plus1:formPoint id="vp-advies"', '<plus1:stepPoint id="vp-stap"/><plus1:formPoint id="vp-advies"'
    )
    found = choose({"point": "vp-stap", "on": False}, base=base)
    gone = set(base.process.nodes) - set(found.package.process.nodes)
    assert gone == {"Boundary_Adviestermijn", "Task_Herinnering", "End_Herinnering"}
    assert found.package.process.nodes["Task_Advies"].loop is None


def test_a_sub_process_that_is_off_loses_what_is_inside(choose, changed_permit):
    base = changed_permit(
        '<subProcess id="Behandeling" name="Aanvraag behandelen">',
        '<subProcess id="Behandeling" name="Aanvraag behandelen"><extensionElements>'
        '<plus1:stepPoint id="vp-alles"/></extensionElements>',
    )
    found = choose({"point": "vp-alles", "on": False}, base=base)
    nodes = found.package.process.nodes
    assert nodes["Behandeling"].kind == "task"
    assert not [n for n in nodes.values() if n.scope == "Behandeling"]
    assert "Task_IntrekkingBevestigen" not in nodes


FLOW = '<sequenceFlow id="Flow_NietPubliceren" name="nee" sourceRef="Gateway_Publiceren" targetRef="Gateway_Gereed">'
OTHER = '<sequenceFlow id="Flow_WelPubliceren" name="ja" sourceRef="Gateway_Publiceren" targetRef="Task_Publiceren">'


def flow_point(flow, id_):
    return flow, f'{flow}<extensionElements><plus1:stepPoint id="{id_}"/></extensionElements>'


def test_a_flow_that_is_off_goes_with_what_only_it_reaches(choose, changed_permit):
    base = changed_permit(*flow_point(OTHER, "vp-wel"))
    found = choose({"point": "vp-wel", "on": False}, base=base)
    assert found.findings == ()
    assert set(base.process.nodes) - set(found.package.process.nodes) == {"Task_Publiceren"}
    assert [f.id for f in found.package.process.nodes["Gateway_Publiceren"].outgoing] == ["Flow_NietPubliceren"]
    assert found.package.process.nodes["Gateway_Gereed"].incoming == ("Flow_NietPubliceren",)


def test_the_last_flow_must_stay(choose, changed_permit):
    flow = '<sequenceFlow id="Flow_Brief" sourceRef="Task_Besluitbrief" targetRef="Gateway_Publiceren"/>'
    point = '<extensionElements><plus1:stepPoint id="vp-brief"/></extensionElements>'
    base = changed_permit(flow, flow.replace("/>", f">{point}</sequenceFlow>"))
    found = choose({"point": "vp-brief", "on": False}, base=base)
    assert [(f.code, f.element) for f in found.findings] == [("choice-step", "vp-brief")]


def test_a_statutory_step_cannot_be_switched_off_nor_declared_open(choose, changed_permit):
    statutory = '<plus1:statutory basis="Awb 1:3"/>'
    base = changed_permit(statutory, f'{statutory}<plus1:stepPoint id="vp-besluit"/>')
    assert [f.code for f in choose(base=base).findings] == ["point-statutory"]
    found = choose({"point": "vp-besluit", "on": False}, base=base)
    assert {f.code for f in found.findings} == {"point-statutory", "choice-step"}
    assert found.package.process.nodes["Task_Besluiten"].kind == "userTask"


def test_four_eyes_need_the_other_step(choose, changed_permit):
    form = '<zeebe:formDefinition formId="voorbereiden"/>'
    base = changed_permit(form, f'{form}<plus1:stepPoint id="vp-voorbereiden"/>')
    found = choose({"point": "vp-voorbereiden", "on": False}, base=base)
    assert [(f.code, f.element) for f in found.findings] == [("choice-four-eyes", "Task_Besluiten")]


# rules


def test_an_own_table_decides_and_may_read_an_added_field(choose):
    found = choose({"point": "vp-risico", "dmn": TABLE}, FIREWORKS)
    assert found.findings == ()
    case = {"aantalBezoekers": 3000, "versterktGeluid": False, "wegafsluiting": False, "vuurwerk": False}
    assert (outcome(choose(), **case), outcome(found, **case)) == ("B", "C")
    assert outcome(found, **{**case, "aantalBezoekers": 10, "vuurwerk": True}) == "C"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.replace('id="risicoklasse"', 'id="risico"'), "risicoklasse"),
        (lambda t: t.replace('name="risicoklasse" typeRef="string"', 'name="klasse" typeRef="string"'), "uitkomsten"),
        (
            lambda t: t.replace('name="risicoklasse" typeRef="string"', 'name="risicoklasse" typeRef="number"'),
            "uitkomsten",
        ),
        (lambda t: t.replace('hitPolicy="FIRST"', 'hitPolicy="PRIORITY"'), "FIRST"),
        (
            lambda t: t[: t.index('      <rule id="Regel_Overig"')] + t[t.index("    </decisionTable>") :],
            "altijd geldt",
        ),
        (lambda t: t.replace("<text>vuurwerk</text>", "<text>maanstand</text>"), "maanstand"),
        (lambda t: t.replace("&gt;= 2500", "&gt;= ("), ""),
        (lambda t: t[:200], ""),
        (lambda t: "<!DOCTYPE a>" + t[t.index("<definitions") :], "DOCTYPE"),
    ],
)
def test_a_table_that_breaks_the_contract_is_refused(choose, permit, change, words):
    found = choose({"point": "vp-risico", "dmn": change(TABLE)}, FIREWORKS)
    faults = [f for f in found.findings if f.severity == "error"]
    assert faults
    assert all(f.element == "vp-risico" and f.nl.startswith("vp-risico") for f in faults)
    assert any(words in f.nl for f in faults)
    assert found.package.decisions == permit.decisions


def test_a_table_or_form_for_later_is_checked_now_and_counts_later(choose, permit):
    later = {"validFrom": "2027-01-01"}
    choices = ({"point": "vp-risico", "dmn": TABLE, **later}, {**FIREWORKS, "validFrom": "2026-01-01"})
    assert choose(*choices).package.decisions == permit.decisions
    assert choose(*choices, on=date(2027, 1, 1)).package.decisions != permit.decisions
    assert not choose({"point": "vp-risico", "dmn": TABLE.replace("FIRST", "PRIORITY"), **later}).usable
    form_later = choose({**FIREWORKS, **later})
    assert form_later.package is permit


def test_a_table_may_not_read_a_field_that_was_not_added(choose):
    found = choose({"point": "vp-risico", "dmn": TABLE})
    assert ["vuurwerk" in f.nl for f in found.findings] == [True]


# forms


def form(effective, id_="aanvraag"):
    return effective.package.forms[id_]


def test_fields_are_added_hidden_renamed_explained_and_ordered(choose):
    found = choose(
        {
            "point": "vp-aanvraag",
            "form": {
                "add": [{"type": "textfield", "key": "kenteken", "label": "Kenteken"}],
                "hide": ["voorzieningen"],
                "label": {"locatie": "Plek", "datum": "Dag van het evenement"},
                "help": {"evenement": "Zoals het op de poster staat"},
                "order": ["locatie", "soort"],
            },
        }
    )
    assert found.findings == ()
    fields = {f.name: f for f in form(found).inputs()}
    assert "kenteken" in fields
    assert "voorzieningen" not in fields
    assert (fields["locatie"].label, fields["datum"].label) == ("Plek", "Dag van het evenement")
    assert fields["evenement"].description == "Zoals het op de poster staat"
    names = [n for n in fields if n in {"evenement", "soort", "omschrijving", "locatie"}]
    assert names == ["evenement", "locatie", "omschrijving", "soort"]


@pytest.mark.parametrize(
    ("chosen", "word"),
    [
        ({"hide": ["evenement"]}, "verplicht"),
        ({"hide": ["versterktGeluid"]}, "gebruikt door"),
        ({"hide": ["onbekend"]}, "geen veld"),
        ({"hide": ["aanvrager"]}, "moet blijven"),
        ({"hide": ["aanvrager.organisatie"]}, "gebruikt door"),
        ({"add": [{"type": "textfield", "key": "locatie", "label": "L"}]}, "bestaat al"),
        ({"add": [{"type": "textfield", "key": "leges", "label": "L"}]}, "bestaat al"),
        ({"add": [{"type": "textfield", "key": "uitkomst", "label": "L"}]}, "bestaat al"),
        ({"add": [{"type": "textfield", "label": "L"}]}, "geen naam"),
        ({"add": [{"type": "textfield", "key": "n", "label": "N", "validate": {"required": True}}]}, "verplicht"),
        ({"add": [{"type": "html", "key": "n", "content": "<b>"}]}, "niet toegestaan"),
        ({"add": "kenteken"}, "lijst"),
        ({"label": {"locatie": ""}}, "tekst"),
        ({"label": {"onbekend": "x"}}, "geen veld"),
        ({"label": "x"}, "geen veld"),
        ({"order": ["locatie", "aanvrager.naam"]}, "één groep"),
        ({"order": ["locatie", "locatie"]}, "twee keer"),
        ({"kleur": "rood"}, "kan niet"),
    ],
)
def test_a_form_choice_that_breaks_the_contract_is_refused(choose, permit, chosen, word):
    found = choose({"point": "vp-aanvraag", "form": chosen})
    faults = [f for f in found.findings if f.severity == "error"]
    assert any(word in f.nl for f in faults)
    assert all(f.element == "vp-aanvraag" for f in faults)
    assert form(found) == permit.forms["aanvraag"]


def test_only_what_the_point_allows(choose):
    found = choose({"point": "vp-advies", "form": {"hide": ["toelichting"]}})
    assert ["mag hier niet" in f.nl for f in found.findings] == [True]


# hash


def test_structure_decides_the_hash_and_values_do_not(choose, permit):
    base = apply.structure_hash(permit)
    values = choose({"point": "vp-leges", "value": 1}, {"point": "vp-adviseurs", "items": ["ghor"]})
    assert apply.structure_hash(values.package) == base
    hashes = {
        base,
        apply.structure_hash(choose(OFF).package),
        apply.structure_hash(choose(FIREWORKS).package),
        apply.structure_hash(choose({"point": "vp-risico", "dmn": TABLE}, FIREWORKS).package),
    }
    assert len(hashes) == 4
    assert apply.structure_hash(choose(OFF, {"point": "vp-leges", "value": 2}).package) in hashes


def test_the_drawing_does_not_count(permit, changed_permit):
    moved = changed_permit(
        '<dc:Bounds x="650" y="430" width="100" height="80"/>', '<dc:Bounds x="651" y="430" width="100" height="80"/>'
    )
    assert apply.structure_hash(moved) == apply.structure_hash(permit)
    assert moved.hash != permit.hash


def test_scenarios_letters_and_the_readme_do_not_count(permit):
    files = {**permit.files, "scenarios/nieuw.json": permit.files["scenarios/verleend.json"], "README.md": b"Anders"}
    more, _ = package.read(files)
    assert more.hash != permit.hash
    assert apply.structure_hash(more) == apply.structure_hash(permit)
