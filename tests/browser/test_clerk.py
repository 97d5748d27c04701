"""A clerk's day in a real browser: by keyboard, on a narrow screen, without scripts, with a colleague who was first."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
PICTURES = os.environ.get("PLUS1_PICTURES")
MARK = """async () => {
  const mark = document.querySelector('.bjs-powered-by');
  mark.scrollIntoView({block: 'center', behavior: 'instant'});
  const box = mark.getBoundingClientRect();
  const seen = [[0.2, 0.2], [0.8, 0.8]].map(([x, y]) =>
    document.elementFromPoint(box.x + x * box.width, box.y + y * box.height));
  return box.width > 40 && seen.every((element) => mark.contains(element));
}"""


def picture(page: Page, name: str) -> None:
    """Keep a screenshot for docs/, when asked for (make pictures)."""
    if PICTURES:
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))


def log_in(page: Page, person: str) -> None:
    page.get_by_role("button", name=person).click()
    expect(page.get_by_role("button", name="Uitloggen")).to_be_visible()


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press Tab until the element with that name has the focus; it must be seen to have it."""
    focused = """() => { const at = document.activeElement; const label = at.labels?.[0]?.textContent ?? '';
      return [at.textContent + ' ' + label + ' ' + (at.getAttribute('aria-label') ?? ''),
              getComputedStyle(at).outlineStyle + getComputedStyle(at).boxShadow] }"""
    for _ in range(most):
        page.keyboard.press("Tab")
        text, ring = page.evaluate(focused)
        if re.search(name, text):
            assert ring != "nonenone", f"the focus on {name} cannot be seen"
            return
    raise AssertionError(f"Tab does not reach {name}")


def test_a_whole_task_by_keyboard(open_page: Open, product: Any) -> None:
    case = product.start("utrecht")
    page = open_page(product.address)
    tab_to(page, "Aisha Bakker")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Taken", level=1)).to_be_visible()
    tab_to(page, "Naar de inhoud|Direct naar")
    page.keyboard.press("Enter")
    tab_to(page, f"Oppakken.*{case['businessKey']}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("opgepakt")
    tab_to(page, "^ *Afronden")
    page.keyboard.press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    tab_to(page, "volledig")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(page.get_by_label("Ja, de aanvraag is volledig")).to_be_checked()
    tab_to(page, "^ *Afronden")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("afgerond")
    after = product.wait("utrecht", case["id"])
    assert {task["node"] for task in after["tasks"]} == {"Task_Advies"}


def test_without_scripts_the_same_work_is_done(open_page: Open, product: Any) -> None:
    page = open_page(product.address, java_script_enabled=False)
    log_in(page, "Femke Hoekstra")
    page.goto(f"{product.address}/groningen/nieuw/evenementenvergunning")
    page.get_by_role("button", name="Zaak starten").click()
    expect(page.get_by_role("heading", name=re.compile("8 fouten"))).to_be_visible()
    fill_application(page)
    page.get_by_role("button", name="Zaak starten").click()
    expect(page.get_by_role("heading", name=re.compile("1 fout"))).to_be_visible()  # the road, which is now asked for
    page.get_by_label("Welke weg moet dicht?").fill("Lindelaan")
    page.get_by_role("button", name="Zaak starten").click()
    expect(page.get_by_role("status")).to_contain_text("De zaak is gestart met nummer Z")


def fill_application(page: Page) -> None:
    page.get_by_label("Naam", exact=True).fill("Sanne de Vries")
    page.get_by_label("E-mailadres").fill("sanne@voorbeeld.nl")
    page.get_by_label("Naam van het evenement").fill("Straatfeest Lindelaan")
    page.get_by_label("Soort evenement").select_option("buurtfeest")
    page.get_by_label("Wat gaat u doen?").fill("Een feest voor de hele straat.")
    page.get_by_label("Waar is het evenement?").fill("Lindelaan")
    for part, value in (("Dag", "12"), ("Maand", "6"), ("Jaar", "2027")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Hoeveel bezoekers").fill("1.200")
    page.get_by_label("Er moet een weg dicht").check()


def test_fields_come_and_go_and_keep_what_was_typed(open_page: Open, product: Any) -> None:
    page = open_page(product.address)
    log_in(page, "Roelof Meijer")
    page.goto(f"{product.address}/emmen/nieuw/evenementenvergunning")
    road = page.get_by_label("Welke weg moet dicht?")
    expect(road).to_be_hidden()
    fill_application(page)
    expect(road).to_be_visible()
    expect(page.get_by_label("Naam", exact=True)).to_have_value("Sanne de Vries")
    expect(page.get_by_label("Er is vuurwerk")).to_be_visible()  # Emmen's own field
    page.get_by_label("Er moet een weg dicht").uncheck()
    expect(road).to_be_hidden()
    page.get_by_role("button", name="Zaak starten").click()
    expect(page.get_by_role("status")).to_contain_text("De zaak is gestart met nummer Z")


def test_the_second_clerk_is_told_who_was_first(open_page: Open, product: Any) -> None:
    case = product.start("groningen")
    address = f"{product.address}/groningen/taken?zoek={case['businessKey']}"
    first, second = open_page(product.address), open_page(product.address)
    for page, person in ((first, "Femke Hoekstra"), (second, "Anna de Boer")):
        log_in(page, person)
        page.goto(address)
        expect(page.get_by_role("button", name="Oppakken")).to_have_count(1)
    first.get_by_role("button", name="Oppakken").click()
    expect(first.get_by_role("status")).to_contain_text("opgepakt")
    with second.expect_response(lambda answer: answer.status == 409):
        second.get_by_role("button", name="Oppakken").click()
    expect(second.get_by_role("alert")).to_contain_text("Deze taak is al opgepakt door Femke Hoekstra.")


PAGES = [
    ("login", "", None),
    ("gemeenten", "/gemeenten", "Anna de Boer"),
    ("taken", "/utrecht/taken", "Aisha Bakker"),
    ("taak", "/utrecht/taken/{task}", "Aisha Bakker"),
    ("zaken", "/utrecht/zaken", "Aisha Bakker"),
    ("zaak", "/utrecht/zaken/{case}", "Aisha Bakker"),
    ("nieuw", "/utrecht/nieuw", "Aisha Bakker"),
    ("aanvraag", "/utrecht/nieuw/evenementenvergunning", "Aisha Bakker"),
    ("inrichting-lijst", "/groningen/inrichting", "Daan Smit"),
    ("inrichting", "/groningen/inrichting/evenementenvergunning", "Daan Smit"),
    ("problemen", "/utrecht/problemen", "Noor Peters"),
]


@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize(("name", "path", "person"), PAGES, ids=[page[0] for page in PAGES])
def test_every_page_is_accessible_and_fits(
    open_page: Open,
    violations: Callable[[Page], list[str]],
    product: Any,
    name: str,
    path: str,
    person: str,
    width: int,
) -> None:
    case = product.start("utrecht")
    page = open_page(product.address, width)
    if person:
        log_in(page, person)
        page.goto(product.address + path.format(case=case["id"], task=case["tasks"][0]["id"]))
    if page.locator("[data-plus1-diagram]").count():
        expect(page.locator("[data-plus1-diagram]")).to_have_attribute("data-ready", "yes")
        assert page.evaluate(MARK), "the licence of bpmn.io wants its mark visible and not overlapped"
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.get_by_role("heading", level=1).count() == 1
    picture(page, f"{name}-{width}")
