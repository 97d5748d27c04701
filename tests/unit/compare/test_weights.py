"""How much a change weighs for others: what is gone, what came, what cannot be read any more."""

import pytest

from bpmn import package
from bpmn.compare import compare
from tests.unit.tenants.versions import APPLICATION, FILES, PROCESS, TABLE, base, without_parameter, without_visit


def told(new, old=None):
    found = compare(old or base(), new)
    return found.impact, {(c.kind, c.subject, c.id): (c.impact, c.nl) for c in found.changes}


def files(**changed):
    """The permit with files added, replaced or (None) removed; `__` stands for `/`, the ending is told by the name."""
    endings = {"forms": "json", "texts": "md", "scenarios": "json", "decisions": "dmn", "processes": "bpmn"}
    named = {f"{n.replace('__', '/')}.{endings[n.split('__')[0]]}": c for n, c in changed.items()}
    found, _ = package.read({p: c for p, c in {**FILES, **named}.items() if c is not None})
    return found


def test_an_optional_step_that_goes_breaks_what_others_chose():
    impact, changes = told(without_visit())
    assert impact == "major"
    assert changes["removed", "step", "Task_Schouw"] == ("major", "Stap 'Advies op locatie' is verwijderd.")
    question = "Open punt 'Kijkt de brandweer bij een hoog risico op de locatie?' is verwijderd."
    assert changes["removed", "point", "vp-schouw"] == ("major", question)
    assert changes["removed", "flow", "Flow_Geschouwd"][0] == "minor"
    assert changes["changed", "flow", "Flow_HoogRisico"][1] == (
        "Pijl 'ja' van 'Is het risico hoog?' naar 'Advies op locatie' is veranderd: doel van 'Advies op locatie' naar"
        " 'poort voor Besluit voorbereiden'."
    )
    assert told(base(), without_visit())[0] == "minor"


def test_what_comes_new_says_what_it_does():
    step = next(c for c in compare(without_visit(), base()).changes if c.subject == "step")
    assert (step.kind, step.nl) == ("added", "Stap 'Advies op locatie' is toegevoegd.")
    assert {(d.nl, d.before, d.after) for d in step.details} == {
        ("soort", "geen", "taak voor een mens"),
        ("baan", "geen", "Adviseur"),
        ("formulier", "geen", "schouw"),
        ("groepen", "geen", "brandweer"),
        ("uitvoer 'schouw'", "geen", "={datum: schouwDatum, bevindingen: bevindingen}"),
    }


def test_a_parameter_and_its_point_that_go_break_what_others_chose():
    impact, changes = told(without_parameter())
    assert impact == "major"
    assert {k: v[0] for k, v in changes.items()} == {
        ("removed", "parameter", "leges"): "major",
        ("removed", "point", "vp-leges"): "major",
    }
    assert told(base(), without_parameter())[0] == "minor"


def test_an_end_of_the_process_and_a_message_are_known_to_others():
    text = FILES[PROCESS].decode()
    begin = text.index('<endEvent id="End_Geweigerd"')
    end = text[begin : text.index("</endEvent>", begin) + len("</endEvent>")]
    ended = told(base((PROCESS, end, "")))[1]
    assert ended["removed", "event", "End_Geweigerd"] == ("major", "Gebeurtenis 'Geweigerd' is verwijderd.")
    begin = text.index('<intermediateCatchEvent id="Event_Aanvulling"')
    caught = text[begin : text.index("</intermediateCatchEvent>", begin) + len("</intermediateCatchEvent>")]
    assert told(base((PROCESS, caught, "")))[1]["removed", "event", "Event_Aanvulling"][0] == "major"
    inner = text.index('<endEvent id="End_Herinnering"')
    inside = text[inner : text.index("</endEvent>", inner) + len("</endEvent>")]
    assert told(base((PROCESS, inside, "")))[1]["removed", "event", "End_Herinnering"][0] == "minor"


def test_another_id_of_the_process_is_known_to_others():
    impact, changes = told(base((PROCESS, 'process id="evenementenvergunning"', 'process id="evenement"')))
    assert impact == "major"
    wanted = "Proces 'Evenementenvergunning' is veranderd: id van 'evenementenvergunning' naar 'evenement'."
    assert changes["changed", "process", "evenement"][1] == wanted


FIELD = '"id": "veld-datum"\n        },'


@pytest.mark.parametrize(
    ("added", "impact"),
    [
        ('{"type": "textfield", "key": "extra", "id": "extra", "label": "Extra"},', "minor"),
        (
            '{"type": "textfield", "key": "extra", "id": "extra", "label": "Extra", "validate": {"required": true}},',
            "major",
        ),
        ('{"type": "text", "text": "Let op.", "id": "extra"},', "patch"),
    ],
)
def test_a_field_that_others_must_fill_in_weighs_more(added, impact):
    assert FIELD in FILES[APPLICATION].decode()
    new = base((APPLICATION, FIELD, FIELD + added))
    assert told(new)[0] == impact
    gone = told(base(), new)[0]
    assert gone == ("patch" if impact == "patch" else "major")


def test_a_start_form_that_asks_other_things_is_no_small_change():
    other = FILES[APPLICATION].decode().replace('"id": "aanvraag"', '"id": "verzoek"', 1)
    ask = (PROCESS, 'formId="aanvraag"', 'formId="verzoek"')
    kept = {**base(ask).files, "forms/verzoek.json": other.encode()}
    assert told(package.read(kept)[0])[1]["changed", "event", "Start_Aanvraag"][0] == "minor"
    fewer = other.replace('"key": "locatie"', '"key": "plek"')
    changed = {**base(ask).files, "forms/verzoek.json": fewer.encode()}
    assert told(package.read(changed)[0])[1]["changed", "event", "Start_Aanvraag"][0] == "major"


def test_rows_of_a_table_that_come_go_or_change_places_are_told_with_their_cells():
    text = FILES[TABLE].decode()
    begin = text.index('<rule id="Regel_Druk_Geluid"')
    end = text.index('<rule id="Regel_Middel"')
    impact, changes = told(base((TABLE, text[begin:end], "")))
    assert impact == "minor"
    note = "Druk, met versterkt geluid en een afgesloten weg: hoog risico"
    gone = f"Regel 2 ({note}) van beslissing 'Risicoklasse' is verwijderd."
    assert changes["removed", "rule", "Regel_Druk_Geluid"] == ("minor", gone)
    row = next(c for c in compare(base(), base((TABLE, text[begin:end], ""))).changes if c.subject == "rule")
    assert [(d.nl, d.before, d.after) for d in row.details][:2] == [
        ("'Aantal bezoekers'", "[2000..5000)", "geen"),
        ("'Versterkt geluid'", "true", "geen"),
    ]
    after = text.index('<rule id="Regel_Weg"')
    swapped = base((TABLE, text[begin:after], text[end:after] + text[begin:end]))
    (moved,) = compare(base(), swapped).changes
    assert (moved.impact, moved.nl) == (
        "minor",
        "Beslissing 'Risicoklasse' is veranderd: volgorde van de regels.",
    )
    first = "Groot evenement: hoog risico, Druk, met versterkt geluid"
    assert moved.details[0].before.startswith(first) and not moved.details[0].after.startswith(first)


def test_whole_files_that_come_or_go():
    new = files(texts__extra=b"Hallo", scenarios__verleend=None, forms__schouw=None)
    changes = {k: v[0] for k, v in told(new)[1].items()}
    assert changes == {
        ("added", "text", "extra"): "minor",
        ("removed", "scenario", "verleend"): "patch",
        ("removed", "form", "schouw"): "major",
    }


def test_a_file_that_cannot_be_read_is_told_and_its_content_is_not_called_removed():
    impact, changes = told(files(forms__schouw=b"{", decisions__risicoklasse=b"<x", texts__herinnering=b"\xff"))
    assert impact == "major"
    assert {(kind, subject) for kind, subject, _ in changes} == {("changed", "file")}
    assert {id_ for _, _, id_ in changes} == {
        "forms/schouw.json",
        "decisions/risicoklasse.dmn",
        "texts/herinnering.md",
    }
    broken = changes["changed", "file", "forms/schouw.json"][1]
    assert broken == "Bestand 'forms/schouw.json' kan niet worden gelezen; wat erin staat telt niet mee."


def test_what_no_reader_knows_is_told_as_such():
    new = base((PROCESS, 'messageEventDefinition id="Trigger_Aanvulling"', 'messageEventDefinition id="T"'))
    assert set(told(new)[1]) == {("changed", "other", "process.bpmn")}
    assert told(new)[0] == "patch"
