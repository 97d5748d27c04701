"""A process owner changes a municipality's choices on the pages: every kind, with days, faults, and who was first."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from tests.api.owner import FEMKE, KEY, TODAY, VISIT, YEAR, Owner, card, on, said
from tests.api.test_at_once import at_once
from tests.api.test_three_municipalities import BIG, PERSONS, Clerk
from tests.api.three import Desk
from tests.application import APPLICATION

PASSAGE = Path(__file__).parents[2] / "bpmn/library/evenementenvergunning/texts/bezwaarclausule.md"


@pytest.fixture
def groningen(app: Flask) -> Owner:
    return Owner(app, "groningen")


def test_the_overview_asks_everything_that_is_open(groningen: Owner) -> None:
    page = groningen.page()
    assert page.count("</h3>") == 12
    fee = card(page, "Hoeveel leges rekent u?")
    for told in ("eigen keuze", "€ 125,50", "€ 95,00", "Daan Smit", "Legesverordening 2026, RB-2025-118", "1 januari"):
        assert told in fee
    assert "zoals de basis" in card(page, "Wie vraagt u om advies?")
    assert "Politie (advies) en Brandweer (advies)" in card(page, "Wie vraagt u om advies?")
    visit = card(page, VISIT)
    assert "staat uit" in visit and "Bij stap" in visit


def test_the_diagram_has_a_mark_where_a_point_is(groningen: Owner) -> None:
    marks = {one["element"]: one["kind"] for one in groningen.desk.get(groningen.path("/schema.json")).json["marks"]}
    assert sorted(marks.values()) == ["off", "open", "open", "open", "open"]
    diagram = groningen.page("/schema.bpmn")
    assert all(f'id="{element}"' in diagram for element in marks)


def test_a_fee_is_changed_for_new_cases_in_one_municipality(
    app: Flask, groningen: Owner, outside: Callable[[str], Any], jobs: Callable[[], None]
) -> None:
    assert groningen.change("vp-leges", waarde="77,50", besluit="RB-2026-9").status_code == 302
    page = groningen.page()
    assert "De keuze is bewaard" in page
    fee = card(page, "Hoeveel leges rekent u?")
    assert "€ 77,50" in fee and "RB-2026-9" in fee and "€ 95,00" not in fee
    letters = {}
    for slug in ("groningen", "emmen"):
        outside(slug).post("/v1/cases", {"model": KEY, "variables": APPLICATION})
        jobs()
        letters[slug] = letter(app, slug)
    assert "€ 77,50" in letters["groningen"] or "77,5" in letters["groningen"]
    assert "77,5" not in letters["emmen"] and "125,5" in letters["emmen"]


def test_a_letter_of_ones_own_keeps_its_passage(app: Flask, groningen: Owner) -> None:
    page = groningen.page("/vp-besluitbrief")
    assert "Deze passage moet er woordelijk in blijven" in page and page.count("bezwaar maken (Awb 6:7)") == 3
    own = "# Uw evenement\r\n\r\nDag {{ aanvrager.naam }}, {{ schoen }}"
    assert said(groningen.change("vp-besluitbrief", waarde=own)) == [
        ("waarde", "Het invulveld &#39;schoen&#39; leest &#39;schoen&#39;, maar geen formulier of stap vult dat."),
        ("waarde", said(groningen.change("vp-besluitbrief", waarde=own))[1][1]),
    ]
    assert said(groningen.change("vp-besluitbrief", waarde=" "))[0] == ("waarde", "Vul de tekst in.")
    clause = PASSAGE.read_text(encoding="utf-8")
    good = f"# Uw evenement\r\n\r\nDag {{{{ aanvrager.naam }}}}, het is zover.\r\n\r\n{clause}"
    assert groningen.change("vp-besluitbrief", waarde=good).status_code == 302
    said_now = card(groningen.page(), "Hoe schrijft u het besluit aan de aanvrager?")
    assert "eigen keuze" in said_now and "een eigen tekst" in said_now and "de tekst van de basis" in said_now
    assert "het is zover" in groningen.page("/vp-besluitbrief")
    assert "de tekst van de basis" in card(Owner(app, "emmen").page(), "Hoe schrijft u het besluit aan de aanvrager?")


def letter(app: Flask, slug: str) -> str:
    """The newest case's first letter, as a clerk reads it."""
    persons = {"groningen": FEMKE, "emmen": UUID("019b0000-0000-7000-9000-000000000005")}
    clerk = Desk(app, persons[slug])
    case = re.search(rf'href="(/{slug}/zaken/[0-9a-f-]+)"', clerk.get(f"/{slug}/zaken").text)
    assert case
    document = re.search(r'href="([^"]*/documenten/[^"]*)"', clerk.get(case[1]).text)
    assert document, "no letter yet"
    return str(clerk.get(document[1]).text)


def test_all_faults_come_at_once_and_what_was_typed_stays(groningen: Owner) -> None:
    sent = {"waarde": "600", "reden": " ", "besluit": "RB-7", "vanaf.dag": "31", "vanaf.maand": "2", "vanaf.jaar": YEAR}
    answer = groningen.change("vp-leges", **sent)
    assert said(answer) == [
        ("waarde", "Leges (600) is hoger dan de grens 500."),
        ("reden", "Geef een reden."),
        ("vanaf", "Dit is geen datum. Vul dag, maand en jaar in cijfers in."),
    ]
    for typed in ('value="600"', 'value="RB-7"', f'value="{YEAR}"', 'value="31"'):
        assert typed in answer.text
    assert "€ 95,00" in card(groningen.page(), "Hoeveel leges rekent u?")
    assert said(groningen.change("vp-leges", waarde="duur", reden=""))[0] == (
        "waarde",
        "Vul een getal in, bijvoorbeeld 95 of 95,50.",
    )


def test_a_term_never_goes_over_the_limit_of_the_law(groningen: Owner) -> None:
    assert "Minstens 2 weken, hoogstens 12 weken" in groningen.page("/vp-beslistermijn")
    over = said(groningen.change("vp-beslistermijn", waarde="13", eenheid="W"))
    assert over and {field for field, _ in over} == {"waarde"}
    assert all("(13 weken)" in text and "12 weken" in text for _, text in over)
    assert said(groningen.change("vp-beslistermijn", waarde="85", eenheid="D"))
    assert groningen.change("vp-beslistermijn", waarde="84", eenheid="D").status_code == 302
    assert "84 dagen" in card(groningen.page(), "Binnen welke termijn beslist u?")


def test_a_rule_between_choices_is_told_at_the_field(groningen: Owner) -> None:
    broken = said(groningen.change("vp-adviestermijn", waarde="6", eenheid="W"))
    assert broken == [("waarde", "De adviestermijn moet korter zijn dan de beslistermijn.")]


def test_who_was_second_loses_nothing(groningen: Owner) -> None:
    first, second = groningen.page("/vp-leges"), groningen.page("/vp-leges")
    assert groningen.send("/vp-leges", first, {"waarde": "80", "reden": "Eerst", "actie": "bewaren"}).status_code == 302
    sent = {"waarde": "85", "reden": "Daarna", "besluit": "RB-8", "actie": "bewaren"}
    late = groningen.send("/vp-leges", second, sent)
    assert late.status_code == 412 and "intussen gewijzigd" in late.text
    assert all(f">{text}<" in late.text for text in ("€ 80,00", "Eerst")), "what counts now stands beside it"
    assert 'value="85"' in late.text and "Daarna</textarea>" in late.text and 'value="RB-8"' in late.text
    assert groningen.send("/vp-leges", late.text, sent).status_code == 302
    assert "€ 85,00" in card(groningen.page(), "Hoeveel leges rekent u?")


def test_sending_twice_changes_once(groningen: Owner) -> None:
    page = groningen.page("/vp-leges")
    sent = {"waarde": "80", "reden": "Dubbel", "actie": "bewaren"}
    answers = [groningen.send("/vp-leges", page, sent).status_code for _ in range(2)]
    assert answers == [302, 302]


def test_of_eight_at_once_one_is_kept_and_the_others_are_told(app: Flask) -> None:
    owners = [Owner(app, "groningen") for _ in range(8)]
    pages = [owner.page("/vp-leges") for owner in owners]
    turns = iter(range(8))

    def act() -> Any:
        n = next(turns)
        return owners[n].send("/vp-leges", pages[n], {"waarde": str(60 + n), "reden": "Samen", "actie": "bewaren"})

    answers = [answer.status_code for answer in at_once(8, act)]
    assert sorted(answers) == [302] + [412] * 7
    assert card(owners[0].page(), "Hoeveel leges rekent u?").count("Samen") == 1


def test_a_later_choice_stands_beside_the_present_one(groningen: Owner) -> None:
    question, new_year = "Hoeveel leges rekent u?", date(TODAY.year + 1, 1, 1)
    assert groningen.change("vp-leges", waarde="100", **on("vanaf", new_year)).status_code == 302
    fee = card(groningen.page(), question)
    assert "€ 95,00" in fee and "€ 100,00" in fee and f"31 december {TODAY.year}" in fee
    assert groningen.change("vp-leges", waarde="90", **on("tot", date(TODAY.year, 12, 31))).status_code == 302
    fee = card(groningen.page(), question)
    assert "€ 90,00" in fee and "€ 100,00" in fee and "€ 95,00" not in fee
    later = f"/vp-leges?vanaf={new_year}"
    page = groningen.page(later)
    assert 'value="100,00"' in page and "Proef</textarea>" in page
    sent = {"waarde": "105", "reden": "Geïndexeerd", "actie": "bewaren", **on("vanaf", new_year)}
    assert groningen.send(later, page, sent).status_code == 302
    fee = card(groningen.page(), question)
    assert "€ 90,00" in fee and "€ 105,00" in fee and "€ 100,00" not in fee
    asked = groningen.page(f"/vp-leges/basis?vanaf={new_year}")
    assert "Deze keuze gaat dan niet in" in asked
    assert groningen.send("/vp-leges/basis", asked, {}).status_code == 302
    fee = card(groningen.page(), question)
    assert "€ 90,00" in fee and "€ 105,00" not in fee


def test_two_choices_never_count_on_one_day(groningen: Owner) -> None:
    groningen.change("vp-leges", waarde="100", **on("vanaf", date(TODAY.year + 1, 1, 1)))
    clash = said(groningen.change("vp-leges", waarde="90", **on("tot", date(TODAY.year + 1, 2, 1))))
    assert clash[0][0] == "vanaf" and "op een van deze dagen" in clash[0][1]


def test_back_to_the_base_asks_no_reason(groningen: Owner) -> None:
    asked = groningen.page("/vp-leges/basis?vanaf=2026-01-01")
    assert "€ 95,00" in asked and "Vanaf vandaag geldt: € 125,50" in asked and 'name="reden"' not in asked
    assert groningen.send("/vp-leges/basis", asked, {}).status_code == 302
    assert "zoals de basis" in card(groningen.page(), "Hoeveel leges rekent u?")
    again = groningen.send("/vp-leges/basis", groningen.page("/vp-schouw/basis?vanaf=2026-03-01"), {})
    assert again.status_code == 302 and "eigen keuze" in card(groningen.page(), VISIT)


def test_a_list_is_edited_by_its_buttons(groningen: Owner) -> None:
    point, page = "/vp-adviseurs", groningen.page("/vp-adviseurs")

    def items(page: str) -> list[str]:
        return re.findall(r'<option value="(\w+)" selected>', page)

    assert items(page) == ["politie", "brandweer"]
    typed = {"items.0": "politie", "items.1": "brandweer", "reden": "Half getypt"}
    more = groningen.send(point, page, typed | {"actie": "erbij"})
    assert more.status_code == 200 and 'name="items.2"' in more.text and "Half getypt" in more.text
    empty = groningen.send(point, page, typed | {"items.2": "", "actie": "bewaren"})
    assert said(empty) == [("items.2", "Maak een keuze.")]
    typed |= {"items.2": "ghor"}
    assert items(groningen.send(point, page, typed | {"actie": "omhoog.2"}).text) == ["politie", "ghor", "brandweer"]
    assert items(groningen.send(point, page, typed | {"actie": "omlaag.0"}).text) == ["brandweer", "politie", "ghor"]
    assert items(groningen.send(point, page, typed | {"actie": "weg.1"}).text) == ["politie", "ghor"]
    twice = groningen.send(point, page, typed | {"items.2": "politie", "actie": "bewaren"})
    assert said(twice) == [("items.2", "Dit staat al in de lijst.")]
    foreign = groningen.send(point, page, typed | {"items.2": "onbekend", "actie": "bewaren"})
    assert said(foreign) == [("items.2", "Maak een keuze.")]
    none = groningen.send(point, page, {"reden": "Niemand", "actie": "bewaren"})
    assert said(none)[0][0] == "items.0" and "minstens 1" in said(none)[0][1]
    del typed["items.0"]
    assert groningen.send(point, page, typed | {"actie": "bewaren"}).status_code == 302
    assert "Brandweer (advies) en GHOR (advies)" in card(groningen.page(), "Wie vraagt u om advies?")


def test_a_clerk_reads_and_changes_nothing(app: Flask) -> None:
    clerk = Owner(app, "groningen", FEMKE)
    page = clerk.page()
    assert "€ 95,00" in page and ">Wijzigen" not in page and "/basis" not in page
    assert clerk.desk.get(clerk.path("/vp-leges")).status_code == 403


def test_what_is_no_open_point_is_not_there(groningen: Owner) -> None:
    for rest in ("/vp-niets", "/vp-niets/basis", "/vp-leges?bestand=basis", "/vp-risico?bestand=eigen"):
        assert groningen.desk.get(groningen.path(rest)).status_code == 404


def test_pages_are_in_english_too(groningen: Owner) -> None:
    groningen.desk.get("/taal/en")
    assert "own choice" in groningen.page() and "Why does your municipality choose this?" in groningen.page("/vp-leges")
    over = groningen.change("vp-beslistermijn", waarde="13", eenheid="W")
    assert "13 weeks" in over.text and "12 weeks" in over.text


def test_a_running_case_goes_on_as_it_began(
    app: Flask, groningen: Owner, outside: Callable[[str], Any], jobs: Callable[[], None]
) -> None:
    system = outside("groningen")
    old = system.post("/v1/cases", {"model": KEY, "variables": BIG}).json
    jobs()
    tomorrow = on("vanaf", TODAY + timedelta(days=1))
    assert groningen.change("vp-leges", waarde="77,50", **tomorrow).status_code == 302
    assert groningen.change("vp-schouw", waarde="aan").status_code == 302
    new = system.post("/v1/cases", {"model": KEY, "variables": BIG}).json
    jobs()
    handler, adviser, mandated = (Clerk(app, name, "groningen") for name in PERSONS["groningen"])
    for case, then in ((old, "Besluit voorbereiden"), (new, "Advies op locatie")):
        number = case["businessKey"]
        handler.do("Volledigheid controleren", number, volledig="ja")
        for _ in range(2):
            adviser.do("Advies geven", number, advies="positief", toelichting="Geen bezwaar.")
        tasks = system.get(f"/v1/cases/{case['id']}").json["tasks"]
        assert [task["name"] for task in tasks] == [then], "the step is on for cases that began after the change"
    concept = {"conceptVergunning": "verleend", "motivering": "Zie de adviezen.", "conceptAfsluiting": "geweigerd"}
    handler.do("Besluit voorbereiden", old["businessKey"], **concept)
    result = {"akkoord": "ja", "resultaatVergunning": "verleend", "resultaatAfsluiting": "geweigerd"}
    mandated.do("Besluit nemen", old["businessKey"], **result)
    jobs()
    page = handler.client.get(f"/groningen/zaken/{old['id']}").text
    letters = [handler.client.get(path).text for path in re.findall(r'href="([^"]*/documenten/[^"]*)"', page)]
    assert len(letters) > 1 and all("€ 95" in one and "€ 77" not in one for one in letters), (
        "the day it was applied for"
    )
