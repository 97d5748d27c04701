"""Emmen decides about a version that its own table does not fit, in a real browser: narrow, by keyboard, to the end."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Product, serving
from tests.browser.test_choices import KEY
from tests.browser.test_clerk import MARK, log_in, picture, tab_to
from tests.store import new_bases
from tests.unit.tenants.versions import EMMEN_TABLE

Open = Callable[..., Page]
VERSION, CHOICE = "/versie/1.1.0", "/versie/1.1.0/keuze/vp-risico?vanaf=2026-01-01"
NOTE = "De risicoklasse leest het aantal bezoekers onder een andere naam."


@pytest.fixture(scope="module")
def offering() -> Iterator[Product]:
    """A product of its own, since a version that is published changes the shared process for every test."""
    with serving() as made:
        made.publish(new_bases.renamed_input(), "1.1.0", NOTE)
        yield made


def at(page: Page, product: Any, slug: str, rest: str = "") -> None:
    page.goto(f"{product.address}/{slug}/inrichting/{KEY}{rest}")


def held(page: Page, product: Any) -> None:
    """Log in as Emmen's owner, once the roll-out has looked at its choices."""
    log_in(page, "Daan Smit")
    for _ in range(40):
        at(page, product, "emmen", VERSION)
        if page.get_by_role("heading", name="Besluit").count():
            return
        page.wait_for_timeout(250)
    raise AssertionError("the version was not looked at")


PAGES = [("versie-wacht", ""), ("versie-besluit", VERSION), ("versie-keuze", CHOICE)]


@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize(("name", "path"), PAGES, ids=[page[0] for page in PAGES])
def test_every_page_is_accessible_and_fits(
    open_page: Open, violations: Callable[[Page], list[str]], offering: Product, name: str, path: str, width: int
) -> None:
    page = open_page(offering.address, width)
    held(page, offering)
    at(page, offering, "emmen", path)
    if page.locator("[data-plus1-difference]").count():
        expect(page.locator("[data-plus1-difference]")).to_have_attribute("data-ready", "yes")
        assert page.evaluate(MARK), "the licence of bpmn.io wants its mark visible and not overlapped"
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.get_by_role("heading", level=1).count() == 1
    if name == "versie-besluit":  # the one that docs/eigenaar.md shows
        picture(page, f"{name}-{width}")


def test_emmen_makes_its_table_anew_and_goes_over(open_page: Open, offering: Product) -> None:
    page = open_page(offering.address)
    held(page, offering)
    at(page, offering, "emmen")
    page.get_by_role("link", name="Bekijk versie 1.1.0 en beslis").click()
    expect(page.get_by_text("Er is nog 1 punt waarover u moet beslissen")).to_be_visible()
    page.get_by_role("button", name="Laten vervallen vanaf 1.1.0 Hoe bepaalt").click()
    page.get_by_role("button", name="Toch houden Hoe bepaalt").click()
    expect(page.get_by_role("status").first).to_contain_text("Deze keuze telt ook voor versie 1.1.0")
    tab_to(page, "Opnieuw kiezen voor 1.1.0")
    page.keyboard.press("Enter")
    expect(page.get_by_text("U kiest voor versie 1.1.0")).to_be_visible()
    table = EMMEN_TABLE.replace("aantalBezoekers", "bezoekers").encode()
    file: FilePayload = {"name": "emmen.dmn", "mimeType": "application/dmn+xml", "buffer": table}
    page.get_by_label("Uw eigen tabel (.dmn)").set_input_files(file)
    page.get_by_label("Waarom kiest uw gemeente dit?").fill("De invoer heet anders")
    page.get_by_role("button", name="Bewaren").last.click()
    expect(page.get_by_role("status").first).to_contain_text("De keuze is bewaard voor versie 1.1.0")
    assert offering.call("emmen", "GET", f"/v1/models/{KEY}")["version"] == "1.0.0"
    page.get_by_role("link", name="Naar het besluit").click()
    expect(page.get_by_role("heading", name="Besluit")).to_be_in_viewport()
    tab_to(page, "Overgaan op versie 1.1.0")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Nieuwe zaken beginnen vanaf nu op versie 1.1.0")
    assert offering.call("emmen", "GET", f"/v1/models/{KEY}")["version"] == "1.1.0"
    assert offering.start("emmen", vuurwerk=True)["tasks"]
