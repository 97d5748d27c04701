"""The modeller speaks Dutch: every kind of element is shown with its panel and menus."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.modelling import begin
from tests.browser.test_clerk import log_in

Open = Callable[..., Page]
WALK = (Path(__file__).parent / "walk.js").read_text()
KINDS = 60
EVERYDAY = {
    "user-task": "persoon mens gebruiker",
    "service-task": "systeem koppeling",
    "exclusive-gateway": "keuze poort splitsing XOR",
    "parallel-gateway": "AND",
    "inclusive-gateway": "OR",
    "timer-intermediate-catch": "wachten klok timer",
    "send-task": "brief bericht",
    "rule-task": "besluit beslissing tabel",
    "subprocess": "subproces",
}
CHANGED = {"service-task", "send-task", "rule-task", "subprocess"}
AMONG_THE_FIRST = """([kind]) => {
  const entries = [...document.querySelectorAll('.djs-popup .entry')];
  return entries.length < 20 && entries.slice(0, 6).some((each) => each.dataset.id.includes(kind));
}"""


@pytest.fixture
def page(open_page: Open, product: Any) -> Page:
    """The modeller, which saves nothing of what these tests do to it."""
    page = open_page(product.address)
    page.set_default_timeout(90_000)
    page.route("**/bewaren", lambda route: route.abort())
    log_in(page, "Bram Visser")
    return begin(page, product)


def test_no_text_of_the_drawing_and_its_panel_is_without_dutch(page: Page) -> None:
    found = page.evaluate(WALK)
    assert found["shown"] >= KINDS
    assert found["missing"] == []
    assert {"Algemeen", "Formulier", "Beslistabel", "Wat een gemeente mag kiezen"} <= set(found["labels"])


def test_no_text_of_decisions_and_forms_is_without_dutch(page: Page) -> None:
    page.get_by_role("tab", name="Beslissingen").click()
    expect(page.get_by_text("Welke regel telt")).to_be_visible()
    page.locator("td.input-cell").first.click(button="right")
    expect(page.get_by_text("Regel erboven", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Samenhang bekijken").click()
    page.get_by_role("tab", name="Formulieren").click()
    expect(page.get_by_text("Korte tekst")).to_be_visible()
    page.locator(".fjs-editor-container .fjs-form-field-textfield").first.click()
    expect(page.locator(".plus1-modeller__other").get_by_text("Controle")).to_be_visible()
    assert page.evaluate("[...plus1Missing]") == []


@pytest.mark.parametrize("menu", ["append", "replace"])
def test_menus_find_everyday_words(page: Page, menu: str) -> None:
    page.get_by_role("button", name="Passend").click()
    page.locator("[data-element-id=Task_Volledigheid]").first.click()
    page.locator(f".djs-context-pad [data-action={menu}]").click()
    # the step is a user task already, and is never changed into a gateway or event
    asked = EVERYDAY if menu == "append" else {k: w for k, w in EVERYDAY.items() if k in CHANGED}
    for kind, words in asked.items():
        for word in words.split():
            page.locator(".djs-popup-search input").fill("")
            page.keyboard.type(word)
            page.wait_for_function(AMONG_THE_FIRST, arg=[kind], timeout=5000)
    page.locator(".djs-popup-search input").fill("")
    page.keyboard.type("een knop om te toveren")
    expect(page.locator(".djs-popup")).to_contain_text("0 gevonden")


def test_menus_find_dutch_and_english_names(page: Page) -> None:
    page.get_by_role("button", name="Passend").click()
    page.locator("[data-element-id=Task_Volledigheid]").first.click()
    page.locator(".djs-context-pad [data-action=append]").click()
    for word in ("medewerker", "user task"):
        page.locator(".djs-popup-search input").fill("")
        page.keyboard.type(word)
        entry = page.locator(".djs-popup .entry", has_text="Taak voor een medewerker")
        expect(entry).to_be_visible()
        expect(page.locator(".djs-popup .entry")).to_have_count(1)
