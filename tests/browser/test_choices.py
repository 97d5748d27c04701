"""A process owner changes a municipality's choices in a real browser: with and without scripts, by keyboard, narrow."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_clerk import MARK, log_in, picture, tab_to

Open = Callable[..., Page]
KEY = "evenementenvergunning"
FEE = "Hoeveel leges rekent u?"


def own(page: Page, product: Any, slug: str, rest: str = "") -> None:
    page.goto(f"{product.address}/{slug}/inrichting/{KEY}{rest}")


def first_letter(page: Page, product: Any, slug: str, person: str) -> str:
    """The letter that a new case gets at once, as a clerk reads it."""
    case = product.start(slug)
    log_in(page, person)
    for _ in range(40):
        page.goto(f"{product.address}/{slug}/zaken/{case['id']}")
        link = page.locator("a[href*='/documenten/']").first
        if link.count():
            break
        page.wait_for_timeout(250)
    link.click()
    return page.locator("article").inner_text()


def test_a_fee_is_changed_and_the_next_letter_tells_it(open_page: Open, product: Any) -> None:
    page = open_page(product.address)
    log_in(page, "Daan Smit")
    own(page, product, "groningen")
    page.get_by_role("link", name=f"Wijzigen {FEE}").click()
    expect(page.get_by_role("heading", name=FEE, level=1)).to_be_visible()
    page.get_by_label("Leges (in euro's)").fill("600")
    page.get_by_role("button", name="Bewaren").last.click()
    expect(page.get_by_role("heading", name="Er zijn 2 fouten gevonden")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Leges (in euro's)")).to_have_value("600")
    picture(page, "keuze-fout-1440")
    page.get_by_label("Leges (in euro's)").fill("77,50")
    page.get_by_label("Waarom kiest uw gemeente dit?").fill("De raad verlaagt de leges")
    page.get_by_role("button", name="Bewaren").last.click()
    expect(page.get_by_role("status")).to_contain_text("De keuze is bewaard")
    expect(page.locator("section", has_text=FEE)).to_contain_text("€ 77,50")
    assert "77,5" in first_letter(open_page(product.address), product, "groningen", "Femke Hoekstra")
    emmen = first_letter(open_page(product.address), product, "emmen", "Roelof Meijer")
    assert "125,5" in emmen and "77,5" not in emmen


def test_a_list_is_changed_without_scripts(open_page: Open, product: Any) -> None:
    page = open_page(product.address, java_script_enabled=False)
    log_in(page, "Daan Smit")
    page.goto(f"{product.address}/utrecht/inrichting/{KEY}/vp-adviseurs")
    page.get_by_role("button", name="Regel erbij").click()
    page.get_by_label("Regel 3", exact=True).select_option(label="GHOR (advies)")
    page.get_by_role("button", name="Regel 3 omhoog").click()
    expect(page.get_by_label("Regel 2", exact=True)).to_have_value("ghor")
    page.get_by_role("button", name="Weghalen Regel 1").click()
    page.get_by_label("Waarom kiest uw gemeente dit?").fill("De GHOR kijkt mee")
    page.get_by_role("button", name="Bewaren").last.click()
    expect(page.get_by_role("status")).to_contain_text("De keuze is bewaard")
    card = page.locator("section", has=page.get_by_role("heading", name="Wie vraagt u om advies?"))
    expect(card).to_contain_text("GHOR (advies) en Brandweer (advies)")
    card.get_by_role("link", name="Terug naar de basis").click()
    page.get_by_role("button", name="Terug naar de basis").click()
    expect(card).to_contain_text("zoals de basis")


def test_a_step_is_switched_by_keyboard(open_page: Open, product: Any) -> None:
    page = open_page(product.address)
    log_in(page, "Daan Smit")
    own(page, product, "emmen", "/vp-schouw")
    tab_to(page, "Aan: de stap wordt gedaan")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Waarom kiest")
    page.keyboard.type("De brandweer adviseert vanaf kantoor")
    tab_to(page, "Besluit")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("De keuze is bewaard")
    diagram = page.locator("[data-plus1-diagram]")
    expect(diagram).to_have_attribute("data-ready", "yes")
    expect(diagram.locator(".djs-element.plus1-mark-off")).to_have_count(1)
    expect(diagram.locator(".djs-element.plus1-mark-changed")).to_have_count(2)
    expect(diagram.locator(".djs-element.plus1-mark-open")).to_have_count(2)


def test_who_was_second_keeps_what_was_typed(open_page: Open, product: Any) -> None:
    first, second = open_page(product.address), open_page(product.address)
    for page in (first, second):
        log_in(page, "Daan Smit")
        own(page, product, "utrecht", "/vp-beslistermijn")
        page.get_by_label("Beslistermijn").fill("10")
        page.get_by_label("Waarom kiest uw gemeente dit?").fill("Wij zijn te klein")
    first.get_by_role("button", name="Bewaren").last.click()
    expect(first.get_by_role("status")).to_contain_text("De keuze is bewaard")
    second.get_by_role("button", name="Bewaren").last.click()
    expect(second.get_by_role("alert")).to_contain_text("intussen gewijzigd")
    expect(second.get_by_label("Beslistermijn")).to_have_value("10")
    expect(second.get_by_label("Waarom kiest uw gemeente dit?")).to_have_value("Wij zijn te klein")
    second.get_by_role("button", name="Bewaren").last.click()
    expect(second.get_by_role("status")).to_contain_text("De keuze is bewaard")


PAGES = [
    ("keuzes", "groningen", ""),
    ("keuze-bedrag", "groningen", "/vp-leges"),
    ("keuze-termijn", "groningen", "/vp-beslistermijn"),
    ("keuze-lijst", "groningen", "/vp-adviseurs"),
    ("keuze-groep", "groningen", "/vp-mandaatgroep"),
    ("keuze-regel", "emmen", "/vp-risico"),
    ("keuze-formulier", "emmen", "/vp-aanvraag"),
    ("keuze-stap", "groningen", "/vp-schouw"),
    ("keuze-brief", "groningen", "/vp-besluitbrief"),
    ("keuze-basis", "groningen", "/vp-schouw/basis?vanaf=2026-03-01"),
]

PICTURED = (
    "keuzes",
    "keuze-bedrag",
    "keuze-lijst",
    "keuze-regel",
    "keuze-formulier",
)  # the ones that docs/eigenaar.md shows


@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize(("name", "slug", "path"), PAGES, ids=[page[0] for page in PAGES])
def test_every_page_is_accessible_and_fits(
    open_page: Open,
    violations: Callable[[Page], list[str]],
    product: Any,
    name: str,
    slug: str,
    path: str,
    width: int,
) -> None:
    page = open_page(product.address, width)
    log_in(page, "Daan Smit")
    own(page, product, slug, path)
    if page.locator("[data-plus1-diagram]").count():
        expect(page.locator("[data-plus1-diagram]")).to_have_attribute("data-ready", "yes")
        assert page.evaluate(MARK), "the licence of bpmn.io wants its mark visible and not overlapped"
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.get_by_role("heading", level=1).count() == 1
    if name in PICTURED:
        page.evaluate("scrollTo(0, 0)")
        picture(page, f"{name}-{width}")
